"""勾稽关系: sums, subsets, equal amounts, budget stages, rates and growth that legal/identities lays down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rongji.checks import relations
from rongji.checks.bases import judge_rate
from rongji.checks.excuses import asked, may_be_negative
from rongji.checks.registry import check
from rongji.checks.relations import Terms
from rongji.checks.situation import Situation
from rongji.kernel.figure import Figure, FigureKey, Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.law.model import Identity

_POSITIONAL = ("rate", "growth")  # 分子、分母各占其位，缺一个就不能算
HEADCOUNT = ("posts.", "staff.")  # 人员编制另有口径问题，见 headcount


@dataclass(frozen=True, slots=True)
class Occasion:
    """One place where an identity is looked at: the stated total, the parts that are there, those that are not.

    missing/missing_less: labels of parts not stated that would be added, or taken off.
    readings: the other ways of counting that the stated figures allow, each with its note.
    unsettled: labels of figures that alone would tell on which basis the total stands, and are not stated.
    """

    identity: Identity
    total: Figure
    terms: Terms
    missing: tuple[str, ...]
    missing_less: tuple[str, ...] = ()
    readings: tuple[tuple[str, Terms], ...] = ()
    unsettled: tuple[str, ...] = ()


@check(title="合计等于各项之和")
def sums_close(situation: Situation) -> Iterator[Finding]:
    """Every stated total equals the sum of its parts (收入按来源、支出按基本和项目、资金来源、结余、资产、采购…)."""
    for item in of_kind(situation, "sum"):
        if not item.total.key.concept.startswith(HEADCOUNT):
            finding = relations.sum_of_parts(item.total, item.terms, subject=item.identity.label)
            yield excused(finding, item)


@check(title="其中数不超过总数")
def parts_stay_within(situation: Situation) -> Iterator[Finding]:
    """What is part of a whole does not exceed it (房屋和车辆在固定资产之内、净值不高于原值…)."""
    for item in of_kind(situation, "subset"):
        parts = [figure for _, figure in item.terms]
        yield excused(relations.parts_within(item.total, parts, subject=item.identity.label), item)


@check(title="同一笔钱的两个合计一致")
def equal_totals_agree(situation: Situation) -> Iterator[Finding]:
    """Two totals that must be one amount agree (资金来源合计与资金结构合计)."""
    for item in of_kind(situation, "equal"):
        label = item.identity.label
        if len(item.terms) == 1:
            yield excused(relations.same_amount(item.total, item.terms[0][1], subject=label), item)
        else:  # 只列了各部分，没有列合计
            yield excused(relations.sum_of_parts(item.total, item.terms, subject=label), item)


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
            finding = relations.ratio(item.total, top, bottom, subject=item.identity.label)
            yield judge_rate(situation, finding, item.total, top, bottom)


@check(title="所填增减幅度与两年数相符")
def growth_follows(situation: Situation) -> Iterator[Finding]:
    """A stated change is (this year − last year) ÷ last year."""
    for item in of_kind(situation, "growth"):
        if len(item.terms) == 2:
            (_, now), (_, before) = item.terms
            yield relations.growth_or_fall(item.total, now, before, subject=item.identity.label)


def of_kind(situation: Situation, kind: str) -> Iterator[Occasion]:
    """Every occasion on which the identities of one kind can be looked at."""
    for identity in situation.book.identities:
        if identity.kind == kind:
            yield from _occasions(situation, identity)


def excused(finding: Finding, item: Occasion) -> Finding:
    """A contradiction as a question where something else than a mistake can explain it."""
    if finding.verdict is not Verdict.CONTRADICTION:
        return finding
    return _other_reading(finding, item) or _without_basis(finding, item) or excuse_missing(finding, item)


def excuse_missing(finding: Finding, item: Occasion) -> Finding:
    """A gap that a part not stated at all could fill is a question."""
    over = finding.difference or 0
    missing = item.missing if over > 0 or may_be_negative(item.total) else ()
    missing = (*missing, *(item.missing_less if over < 0 else ()))
    if finding.verdict is not Verdict.CONTRADICTION or not missing:
        return finding
    names = "、".join(missing)
    note = f"{names}没有列出，差额可能在此，不能断定。"
    return asked(finding, note, f"补列{names}（没有的填 0），使合计与各项相符。")


def _other_reading(finding: Finding, item: Occasion) -> Finding | None:
    """The gap closes on another way of counting the same total."""
    for note, terms in item.readings:
        if relations.sum_of_parts(item.total, terms).agrees:
            remedy = "核对口径：按规定口径改正合计或分项，确按此口径填列的在报告中注明。"
            return asked(finding, f"{note}则相符，疑为口径不同。", remedy)
    return None


def _without_basis(finding: Finding, item: Occasion) -> Finding | None:
    """Only a figure that is not stated tells on which basis the total stands."""
    if not item.unsettled:
        return None
    names = "、".join(item.unsettled)
    note = f"没有列{names}，分不清按原值还是按净值填列，不能断定。"
    return asked(finding, note, f"补列{names}，并核对口径。")


def _occasions(situation: Situation, identity: Identity) -> Iterator[Occasion]:
    head = FigureKey.parse(identity.total)
    units = situation.unit_codes if identity.scope == "each" else ("",)
    for unit in units:
        for stage in _stages(situation, identity, head, unit):
            total = situation.numbered(replace(head, stage=stage, unit=unit))
            if total is None:
                continue
            terms, missing = _terms(situation, identity, identity.parts, stage, unit)
            in_place = len(terms) == len(identity.parts) or identity.kind not in _POSITIONAL
            if len(terms) >= identity.least and in_place:
                yield Occasion(
                    identity,
                    total,
                    terms,
                    tuple(label for sign, label in missing if sign > 0),
                    tuple(label for sign, label in missing if sign < 0),
                    tuple(_readings(situation, identity, stage, unit)),
                    tuple(_unsettled(situation, identity, stage, unit)),
                )


def _readings(situation: Situation, identity: Identity, stage: Stage, unit: str) -> Iterator[tuple[str, Terms]]:
    for way in identity.readings:
        terms, _ = _terms(situation, identity, way.parts, stage, unit)
        if terms:
            yield way.note, terms


def _unsettled(situation: Situation, identity: Identity, stage: Stage, unit: str) -> Iterator[str]:
    for name in identity.needs:
        key = FigureKey.parse(name)
        if situation.numbered(replace(key, stage=key.stage or stage, unit=unit)) is None:
            yield _label(situation, key)


def _label(situation: Situation, key: FigureKey) -> str:
    concept = situation.concept(key.concept)
    return concept.label if concept else str(key)


def _stages(situation: Situation, identity: Identity, head: FigureKey, unit: str) -> tuple[Stage, ...]:
    if head.stage is not Stage.NONE:
        return (head.stage,)
    stated = situation.stages_of(head.concept, unit, head.member)
    return tuple(stage for stage in stated if not identity.stages or stage.value in identity.stages)


def _terms(
    situation: Situation, identity: Identity, parts: Sequence[str], stage: Stage, unit: str
) -> tuple[Terms, list[tuple[int, str]]]:
    """The stated figures of a signed sum, and sign and label of what is not stated (－ and 无 are stated nil)."""
    terms: list[tuple[int, Figure]] = []
    missing: list[tuple[int, str]] = []
    for text in parts:
        sign, bare = (-1, text[1:]) if text.startswith("-") else (1, text)
        parsed = FigureKey.parse(bare)
        inherits = identity.kind in ("sum", "subset", "equal")
        key = replace(parsed, stage=parsed.stage or (stage if inherits else Stage.NONE), unit=unit)
        figure = situation.numbered(key)
        if figure is not None:
            terms.append((sign, figure))
        elif (inside := _in_parts(situation, key)) and identity.kind not in _POSITIONAL:
            terms += [(sign, part) for part in inside]
        elif not situation.is_stated_nil(key):
            missing.append((sign, _label(situation, key)))
    return terms, missing


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
            finding = relations.sum_of_parts(total, relations.positive(parts), subject=identity.label)
            item = Occasion(identity, total, relations.positive(parts), ())
            yield excused(finding, replace(item, readings=tuple(_beside(situation, identity, key, parts))))


def _beside(
    situation: Situation, identity: Identity, key: FigureKey, parts: Sequence[Figure]
) -> Iterator[tuple[str, Terms]]:
    """The stages with something counted beside them (上年结转), for figures that are no member of a list."""
    for way in identity.readings if not key.member else ():
        keys = [replace(FigureKey.parse(part), unit=key.unit) for part in way.parts]
        found = [figure for item in keys if (figure := situation.numbered(item))]
        if len(found) == len(keys):
            yield way.note, relations.positive([*parts, *found])
