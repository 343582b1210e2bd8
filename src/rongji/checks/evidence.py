"""佐证材料: what is scored or declared has something to show for it."""

from collections.abc import Iterator

from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.kernel.figure import Figure, SourceKind
from rongji.kernel.finding import Finding, Verdict

_BASIS = "绩效自评实务：逐项佐证，满意度附原始问卷"
_COMPUTED = ("score.", "execution.", "share.", "growth.", "rate.")
_NAMED = 5


@check(title="得分指标有佐证材料", basis=_BASIS, level=Verdict.DEFECT)
def scored_rows_have_evidence(situation: Situation) -> Iterator[Finding]:
    """Every scored row names at least one piece of evidence, unless its actual is computed from figures."""
    if situation.scheme is not None and not situation.scheme.gates.evidence_for_each:
        return
    scored = [row for row in situation.every_row if row.weight or row.stated_score]
    bare = [row for row in scored if not row.evidence and not row.formula]
    if bare:
        text = f"{len(scored)} 项计分指标中 {len(bare)} 项没有佐证材料：{_listed([row.name for row in bare])}。"
        remedy = "逐项挂上佐证材料（发放名册、验收单、文件、问卷汇总等）。"
        yield Finding("", Verdict.DEFECT, text, remedy=remedy, subject="indicators")
    elif scored:
        yield Finding("", Verdict.HOLDS, f"{len(scored)} 项计分指标都有佐证材料。", subject="indicators")


@check(title="填报数据有佐证材料", basis=_BASIS, level=Verdict.DEFECT)
def declared_figures_have_evidence(situation: Situation) -> Iterator[Finding]:
    """Every figure that a person typed names at least one piece of evidence; computed scores and rates need none."""
    figures = situation.year.figures
    leading = [figures.get(key) for key in situation.keys if not key.concept.startswith(_COMPUTED)]
    typed = [item for item in leading if item and item.quantity and item.source.kind is SourceKind.DECLARED]
    bare = [item for item in typed if not item.source.evidence]
    if bare:
        names = _listed([_name(situation, item) for item in bare])
        text = f"{len(typed)} 个填报数据中 {len(bare)} 个没有佐证材料：{names}。"
        yield Finding(
            "", Verdict.DEFECT, text, remedy="挂上账表、名册或文件；同一张表可以共用一份。", subject="figures"
        )


@check(title="佐证编码都在佐证清单内", level=Verdict.DEFECT)
def evidence_codes_exist(situation: Situation) -> Iterator[Finding]:
    """Every evidence code that a row or a figure names is in the evidence list."""
    known = {item.code for item in situation.year.evidence}
    named = {code for row in situation.year.indicators for code in row.evidence}
    named |= {code for figure in situation.year.figures for code in figure.source.evidence}
    for code in sorted(named - known):
        text = f"佐证编码“{code}”不在佐证材料清单内。"
        yield Finding("", Verdict.DEFECT, text, remedy="在佐证材料表补登，或改正编码。", subject=code)


def _name(situation: Situation, figure: Figure) -> str:
    unit = situation.year.unit_named(figure.key.unit)
    return f"{unit.name}{figure.full_label}" if unit else figure.full_label


def _listed(names: list[str]) -> str:
    unique = list(dict.fromkeys(names))
    return "、".join(unique[:_NAMED]) + ("等" if len(unique) > _NAMED else "")
