"""分类明细: members of an axis (功能科目、经济科目、项目、来源、职务) against the amount they break down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rongji.checks import relations
from rongji.checks.excuses import asked, can_fill, may_be_negative, unless_missing
from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.kernel.figure import Figure, FigureKey, Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.law.model import Breakdown

QUESTIONS = {"project_list_complete": "项目清单是否完整列举", "lists_complete": "明细表是否完整列举"}
"""What 基本信息 asks the bureau about its lists, by field."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One stated list of members beside its stated total."""

    breakdown: Breakdown
    total: Figure
    members: tuple[Figure, ...]

    @property
    def codes(self) -> dict[str, Figure]:
        """Members by code."""
        return {item.key.member.partition(":")[2]: item for item in self.members}

    @property
    def is_levelled(self) -> bool:
        """Whether its codes have upper and lower levels."""
        return bool(self.breakdown.levels)

    def below(self, code: str) -> list[Figure]:
        """The finest stated members under an upper code."""
        return [item for item in self.leaves if _is_under(item.key.member.partition(":")[2], code)]

    @property
    def uppers(self) -> list[tuple[str, Figure]]:
        """Members with stated members under them."""
        codes = self.codes
        return [(code, item) for code, item in codes.items() if any(_is_under(other, code) for other in codes)]

    @property
    def leaves(self) -> list[Figure]:
        """Members with no stated member under them."""
        if not self.is_levelled:
            return list(self.members)
        codes = self.codes
        return [item for code, item in codes.items() if not any(_is_under(other, code) for other in codes)]

    @property
    def tops(self) -> list[Figure]:
        """Members with no stated member above them."""
        codes = self.codes
        return [item for code, item in codes.items() if not any(_is_under(code, other) for other in codes)]


@check(title="明细之和等于总数")
def breakdowns_close(situation: Situation) -> Iterator[Finding]:
    """A complete list adds up to its total at its finest level; a list of the main items only stays within it.

    Whether a list is complete is the bureau's own statement (项目清单、明细表是否完整列举): without it a shortfall
    is a question, unless the same list closes in another column.
    """
    stated = list(listings(situation))
    for listing in stated:
        complete = _is_complete(situation, listing.breakdown)
        if complete is False and may_be_negative(listing.total):
            continue  # 只列了一部分的调整数有增有减，不能与总数比大小
        if complete is False:
            parts = _loosest(listing)
            yield relations.parts_within(listing.total, parts, subject=listing.breakdown.label)
        else:
            whole = complete or _proven_whole(listing, stated)
            finding = _closing(listing) if whole else _unsure(_closing(listing), listing.breakdown.complete)
            yield unless_missing(finding, _unnumbered(situation, listing), what="没有填数")


@check(title="上级科目等于下级科目之和", basis="政府收支分类科目：类、款、项逐级汇总")
def upper_codes_add_up(situation: Situation) -> Iterator[Finding]:
    """Every stated upper code (类 3, 款 5 digits) is the sum of the finest codes stated under it.

    Lists that print an item beside its own upper code as a sibling (拥军优属 beside 退役军人管理事务) are
    recognised by their total and left alone. Where most upper codes do not list all their items, a shortfall is
    a question.
    """
    for listing in listings(situation):
        if listing.is_levelled and not _are_siblings(listing):
            found = [_upper_finding(listing, code, upper) for code, upper in listing.uppers]
            closed = sum(1 for item in found if item.agrees)
            lists_all = closed > len(found) - closed  # 多数上级科目都列全了下级，其余的差额就不是没列全
            yield from (item if lists_all else _half_listed(item) for item in found)


def listings(situation: Situation) -> Iterator[Listing]:
    """Every breakdown of the law that the year states with its total, by unit and stage."""
    figures = situation.year.figures
    for breakdown in situation.book.breakdowns:
        heads = {(key.stage, key.unit) for key in situation.keys if _is_member(key, breakdown)}
        for stage, unit in sorted(heads):
            total = situation.numbered(FigureKey(breakdown.concept, stage, unit))
            members = figures.members(breakdown.concept, stage, unit, breakdown.axis)
            stated = tuple(item for item in members if item.quantity is not None)
            if total is not None and stated and stage is not Stage.RATE:
                yield Listing(breakdown, total, stated)


def _is_member(key: FigureKey, breakdown: Breakdown) -> bool:
    return key.concept == breakdown.concept and key.member.startswith(f"{breakdown.axis}:")


def _is_complete(situation: Situation, breakdown: Breakdown) -> bool | None:
    """Whether the list names everything; None when the bureau was to say so and did not."""
    known = {"true": True, "false": False}
    return known[breakdown.complete] if breakdown.complete in known else situation.flag(breakdown.complete)


def _closing(listing: Listing) -> Finding:
    """The sum at the finest level; a list that closes over its upper codes or over all codes closes too."""
    label = listing.breakdown.label
    choices: list[Sequence[Figure]] = [listing.leaves]
    if listing.is_levelled:
        choices += [listing.tops, list(listing.members)]
    found = [relations.sum_of_parts(listing.total, relations.positive(parts), subject=label) for parts in choices]
    return next((item for item in found if item.agrees), found[0])


def _upper_finding(listing: Listing, code: str, upper: Figure) -> Finding:
    label = f"{listing.breakdown.label} {code}"
    return relations.sum_of_parts(upper, relations.positive(listing.below(code)), subject=label)


def _are_siblings(listing: Listing) -> bool:
    """Whether upper and lower codes are printed side by side without containing each other."""
    if len(listing.leaves) == len(listing.members):
        return True
    everything = relations.sum_of_parts(listing.total, relations.positive(listing.members))
    finest = relations.sum_of_parts(listing.total, relations.positive(listing.leaves))
    return everything.agrees and not finest.agrees


def _loosest(listing: Listing) -> list[Figure]:
    return listing.leaves if listing.is_levelled else list(listing.members)


def _half_listed(finding: Finding) -> Finding:
    """Lower codes that fall short of their upper code may be a list of the main ones only."""
    if finding.verdict is not Verdict.CONTRADICTION or not can_fill(finding):
        return finding
    return asked(finding, "下级科目可能未列全，不能断定。", "补齐下级科目，或改正出错的金额。")


def _unnumbered(situation: Situation, listing: Listing) -> list[str]:
    """Members of the list without a number: cells left blank, and projects that state no amount."""
    breakdown, head = listing.breakdown, listing.total.key
    stated = situation.year.figures.members(head.concept, head.stage, head.unit, breakdown.axis)
    blank = [item.label for item in stated if item.quantity is None and not situation.is_stated_nil(item.key)]
    if breakdown.axis != "project" or head.unit:
        return blank
    named = {item.key.member.partition(":")[2] for item in stated}
    return [*blank, *(item.name for item in situation.year.projects if item.code not in named)]


def _unsure(finding: Finding, field: str) -> Finding:
    """Nobody said whether the list is complete: too little is a question, too much stays a contradiction."""
    if finding.verdict is not Verdict.CONTRADICTION or not can_fill(finding):
        return finding
    question = QUESTIONS[field]
    remedy = f"在基本信息中填写“{question}”；应当完整的，补齐明细或改正金额。"
    return asked(finding, f"未说明“{question}”，不能断定。", remedy)


def _proven_whole(listing: Listing, others: Sequence[Listing]) -> bool:
    """Whether the same list of codes adds up in another column: then it leaves nothing out in this one either."""
    return any(
        other is not listing
        and other.breakdown.axis == listing.breakdown.axis
        and set(other.codes) == set(listing.codes)
        and _closing(other).agrees
        for other in others
    )


def _is_under(code: str, upper: str) -> bool:
    return code != upper and code.startswith(upper)
