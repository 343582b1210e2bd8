"""勾稽关系: sums, subsets, equal amounts, budget stages, rates and growth that legal/identities lays down."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rongji.checks import relations
from rongji.checks.bases import judge_rate
from rongji.checks.registry import check
from rongji.checks.relations import Terms
from rongji.checks.situation import Situation
from rongji.kernel.figure import Figure, FigureKey, Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.law.model import Identity

HEADCOUNT = ("posts.", "staff.")  # 人员编制另有口径问题，见 headcount


@dataclass(frozen=True, slots=True)
class Occasion:
    """One place where an identity is looked at: the stated total, the parts that are there, those that are not."""

    identity: Identity
    total: Figure
    terms: Terms
    missing: tuple[str, ...]


@check(title="合计等于各项之和")
def sums_close(situation: Situation) -> Iterator[Finding]:
    """Every stated total equals the sum of its parts (收入按来源、支出按基本和项目、资金来源、结余、资产、采购…)."""
    for item in of_kind(situation, "sum"):
        if not item.total.key.concept.startswith(HEADCOUNT):
            finding = relations.sum_of_parts("", item.total, item.terms, subject=item.identity.label)
            yield excuse_missing(finding, item)


@check(title="其中数不超过总数")
def parts_stay_within(situation: Situation) -> Iterator[Finding]:
    """What is part of a whole does not exceed it (房屋和车辆在固定资产之内、净值不高于原值…)."""
    for item in of_kind(situation, "subset"):
        parts = [figure for _, figure in item.terms]
        yield relations.parts_within("", item.total, parts, subject=item.identity.label)


@check(title="同一笔钱的两个合计一致")
def equal_totals_agree(situation: Situation) -> Iterator[Finding]:
    """Two totals that must be one amount agree (资金来源合计与资金结构合计)."""
    for item in of_kind(situation, "equal"):
        for _, other in item.terms:
            yield relations.same_amount("", item.total, other, subject=item.identity.label)


@check(title="年初预算、调整与全年预算衔接", basis="预算法：决算按预算数、调整预算数、决算数分别列出")
def budget_stages_add_up(situation: Situation) -> Iterator[Finding]:
    """The adjusted budget is the initial budget plus the adjustment, for every budget figure that states all three."""
    for identity in situation.book.identities:
        if identity.kind == "stages":
            yield from _stage_findings(situation, identity)


@check(title="所填比率与分子分母相符")
def rates_follow(situation: Situation) -> Iterator[Finding]:
    """A stated rate is its numerator divided by its denominator (执行率、占比、控制率、利用率…).

    Where local forms use different bases, a rate that fits another basis or none is a question.
    """
    for item in of_kind(situation, "rate"):
        if len(item.terms) == 2:
            (_, top), (_, bottom) = item.terms
            finding = relations.ratio("", item.total, top, bottom, subject=item.identity.label)
            yield judge_rate(situation, finding, item.total, top, bottom)


@check(title="所填增减幅度与两年数相符")
def growth_follows(situation: Situation) -> Iterator[Finding]:
    """A stated change is (this year − last year) ÷ last year."""
    for item in of_kind(situation, "growth"):
        if len(item.terms) == 2:
            (_, now), (_, before) = item.terms
            finding = relations.growth("", item.total, now, before, subject=item.identity.label)
            yield _mirrored(finding, item.total, now, before)


def of_kind(situation: Situation, kind: str) -> Iterator[Occasion]:
    """Every occasion on which the identities of one kind can be looked at."""
    for identity in situation.book.identities:
        if identity.kind == kind:
            yield from _occasions(situation, identity)


def excuse_missing(finding: Finding, item: Occasion) -> Finding:
    """A shortfall that a part not stated at all could fill is a question, not a contradiction."""
    short = finding.difference is not None and finding.difference > 0
    if finding.verdict is not Verdict.CONTRADICTION or not item.missing or not short:
        return finding
    names = "、".join(item.missing)
    return replace(
        finding,
        verdict=Verdict.QUESTION,
        explanation=f"{finding.explanation}{names}没有列出，差额可能在此，不能断定。",
        remedy=f"补列{names}（没有的填 0），使合计与各项相符。",
    )


def _occasions(situation: Situation, identity: Identity) -> Iterator[Occasion]:
    head = FigureKey.parse(identity.total)
    units = situation.unit_codes if identity.scope == "each" else ("",)
    for unit in units:
        for stage in _stages(situation, identity, head, unit):
            total = situation.numbered(replace(head, stage=stage, unit=unit))
            if total is None:
                continue
            terms, missing = _terms(situation, identity, stage, unit)
            if len(terms) >= identity.least:
                yield Occasion(identity, total, terms, missing)


def _stages(situation: Situation, identity: Identity, head: FigureKey, unit: str) -> tuple[Stage, ...]:
    if head.stage is not Stage.NONE:
        return (head.stage,)
    stated = situation.stages_of(head.concept, unit, head.member)
    return tuple(stage for stage in stated if not identity.stages or stage.value in identity.stages)


def _terms(situation: Situation, identity: Identity, stage: Stage, unit: str) -> tuple[Terms, tuple[str, ...]]:
    terms: list[tuple[int, Figure]] = []
    missing: list[str] = []
    for text in identity.parts:
        sign, bare = (-1, text[1:]) if text.startswith("-") else (1, text)
        parsed = FigureKey.parse(bare)
        inherits = identity.kind in ("sum", "subset", "equal")
        key = replace(parsed, stage=parsed.stage or (stage if inherits else Stage.NONE), unit=unit)
        figure = situation.numbered(key)
        if figure is not None:
            terms.append((sign, figure))
        elif parts := _in_parts(situation, key):
            terms += [(sign, part) for part in parts]
        elif not situation.is_stated_nil(key):
            concept = situation.concept(key.concept)
            missing.append(concept.label if concept else str(key))
    return terms, tuple(missing)


def _in_parts(situation: Situation, key: FigureKey) -> list[Figure]:
    """The parts of a fact that is not stated itself but by all its parts (部门专项 + 公共专项 for 项目支出)."""
    for identity in situation.book.identities:
        if identity.kind == "sum" and identity.total == key.concept and not key.member:
            keys = [replace(FigureKey.parse(part), stage=key.stage, unit=key.unit) for part in identity.parts]
            found = [situation.numbered(item) for item in keys]
            if all(found):
                return [item for item in found if item]
    return []


def _stage_findings(situation: Situation, identity: Identity) -> Iterator[Finding]:
    total_stage = Stage(identity.total)
    for key in situation.keys:
        total = situation.numbered(key) if key.stage is total_stage else None
        if total is None:
            continue
        found = [situation.numbered(replace(key, stage=Stage(part))) for part in identity.parts]
        parts = [figure for figure in found if figure]
        if len(parts) >= identity.least:
            yield relations.sum_of_parts("", total, relations.positive(parts), subject=identity.label)


def _mirrored(finding: Finding, rate: Figure, now: Figure, before: Figure) -> Finding:
    """A fall printed without its sign (减少 10 写作 10) is a question of wording."""
    if finding.verdict is not Verdict.CONTRADICTION or rate.quantity is None:
        return finding
    turned = replace(rate, quantity=replace(rate.quantity, value=-rate.quantity.value))
    if relations.growth("", turned, now, before).verdict is Verdict.CONTRADICTION:
        return finding
    note = "数值相符而方向相反，可能是“减少”未写负号。"
    return replace(finding, verdict=Verdict.QUESTION, explanation=finding.explanation + note, remedy="写明增加或减少。")
