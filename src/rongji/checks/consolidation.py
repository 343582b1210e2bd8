"""汇总: the row of the whole bureau is the sum of its units' rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rongji.checks import relations
from rongji.checks.excuses import asked, unless_missing
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
    sums = list(_sums(situation))
    apart = any(_needs_everyone(situation, item) for item in sums)
    for item in sums:
        finding = unless_missing(_finding(item.whole, item.rows), item.missing)
        yield _reworded(finding if apart else _inside_the_bureau(situation, finding, item), situation, item.rows)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A consolidated row, the units' rows under it, and the units that have none."""

    whole: Figure
    rows: list[Figure]
    missing: list[str]


def _sums(situation: Situation) -> Iterator[_Sum]:
    for key in situation.keys:
        whole = situation.numbered(key) if not key.unit else None
        if whole is not None and _is_summed(situation, key):
            rows, missing = _unit_rows(situation, key)
            if rows:
                yield _Sum(whole, rows, missing)


def _finding(whole: Figure, rows: list[Figure]) -> Finding:
    return relations.sum_of_parts(whole, relations.positive(rows), subject=f"{whole.label}汇总")


def _with_accounts(situation: Situation, rows: list[Figure]) -> list[Figure]:
    keep = {unit.code for unit in situation.year.accounting_units}
    return [row for row in rows if row.key.unit in keep]


def _needs_everyone(situation: Situation, item: _Sum) -> bool:
    """Whether this row closes only when units without own accounts are counted: then they are counted apart."""
    own = _with_accounts(situation, item.rows)
    if not own or len(own) == len(item.rows):
        return False
    return _finding(item.whole, item.rows).verdict is Verdict.HOLDS and _finding(item.whole, own).is_trouble


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
        elif figure is None and (unit.keeps_own_accounts or counts_everyone) and not situation.is_stated_nil(own):
            missing.append(unit.name)
    return rows, missing


def _inside_the_bureau(situation: Situation, finding: Finding, item: _Sum) -> Finding:
    """People of units without own accounts may already stand in the row of the bureau proper."""
    own = _with_accounts(situation, item.rows)
    if finding.verdict is not Verdict.CONTRADICTION or not own or len(own) == len(item.rows):
        return finding
    if _finding(item.whole, own).verdict is not Verdict.HOLDS:
        return finding
    note = "若未单独核算单位的人数已并入局机关则相符，疑为口径不同。"
    return asked(finding, note, "核对局机关一行是否已含未单独核算单位的人数，只计一次。")


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
