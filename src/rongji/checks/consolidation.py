"""汇总: the row of the whole bureau is the sum of its units' rows."""

from collections.abc import Iterator
from dataclasses import replace

from rongji.checks import relations
from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict

_HEADCOUNT = ("posts.", "staff.")


@check(title="汇总数等于各单位之和")
def units_add_up(situation: Situation) -> Iterator[Finding]:
    """Each consolidated money row is the sum of the units that keep their own accounts.

    Units without own accounts stand inside the bureau proper and are left out; posts and staff are counted at
    every unit that states them.
    """
    for key in situation.keys:
        whole = situation.numbered(key) if not key.unit else None
        if whole is None or not _is_summed(situation, key):
            continue
        parts, missing = _unit_rows(situation, key)
        if parts:
            finding = relations.sum_of_parts("", whole, relations.positive(parts), subject=f"{whole.label}汇总")
            yield _reworded(_excused(finding, missing), situation, parts)


def _is_summed(situation: Situation, key: FigureKey) -> bool:
    concept = situation.concept(key.concept)
    return concept is not None and concept.over_units == "sum"


def _unit_rows(situation: Situation, key: FigureKey) -> tuple[list[Figure], list[str]]:
    counts_everyone = key.concept.startswith(_HEADCOUNT)
    rows: list[Figure] = []
    missing: list[str] = []
    for unit in situation.year.units:
        own = replace(key, unit=unit.code)
        figure = situation.numbered(own)
        if figure is not None and (unit.keeps_own_accounts or counts_everyone):
            rows.append(figure)
        elif figure is None and unit.keeps_own_accounts and not situation.is_stated_nil(own):
            missing.append(unit.name)
    return rows, missing


def _excused(finding: Finding, missing: list[str]) -> Finding:
    """A shortfall that a unit without a row could fill is a question."""
    short = finding.difference is not None and finding.difference > 0
    if finding.verdict is not Verdict.CONTRADICTION or not missing or not short:
        return finding
    names = "、".join(missing)
    note = f"{names}没有填列，差额可能在此，不能断定。"
    return replace(
        finding,
        verdict=Verdict.QUESTION,
        explanation=finding.explanation + note,
        remedy=f"补填{names}一行（没有的填 0）。",
    )


def _reworded(finding: Finding, situation: Situation, parts: list[Figure]) -> Finding:
    """Units named instead of the same label repeated: `汇总 …，而局机关 … + 光荣院 …`."""
    text = finding.explanation
    for part in parts:
        unit = situation.year.unit_named(part.key.unit)
        if unit is not None and part.quantity is not None:
            text = (
                text.replace(f"{part.label} {part.quantity.shown()}", f"{unit.name} {part.quantity.shown()}", 1)
                if (text.find(f"而{part.label}") >= 0 or text.find(f"+ {part.label}") >= 0)
                else text
            )
    return replace(finding, explanation=text)
