"""自算比率: rates of the department against its own figures, wherever both are printed (资产利用率、控制率、变动率)."""

from collections.abc import Iterator
from dataclasses import replace

from rongji.checks import relations
from rongji.checks.excuses import asked, unless_cut_off
from rongji.checks.registry import document_check
from rongji.checks.stated.facts.printings import statements
from rongji.checks.stated.model import ColumnKind, StatedDocument
from rongji.kernel.figure import Figure, FigureKey, Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind
from rongji.law.recognition import recognition

_UNSAID = (Stage.NONE, Stage.ACTUAL)


@document_check(title="比率类指标与本文数字算得的一致")
def stated_rates_follow_stated_figures(document: StatedDocument) -> Iterator[Finding]:
    """A stated rate is what the document's own numbers make it (固定资产利用率 95% while everything is in use).

    Rates whose basis differs from form to form (控制率、变动率、执行率) are asked about at most; any basis that fits
    will do.
    """
    stated = statements(document)
    beside = _beside_amounts(document)
    of: dict[str, list[Figure]] = {}
    for key, figures in stated.items():
        quantity = figures[0].quantity
        wanted = key.stage in (Stage.RATE, *_UNSAID) and not key.unit and id(figures[0]) not in beside
        if wanted and quantity and quantity.unit.kind is UnitKind.RATIO:
            of.setdefault(key.concept, []).append(figures[0])
    for name, figures in of.items():
        rules = [rule for rule in recognition("check_words")["own_rates"] if rule["rate"] == name]
        for figure in figures if rules else ():
            found = [item for rule in rules if (item := _finding(stated, figure, rule))]
            yield from _chosen(found)


def _beside_amounts(document: StatedDocument) -> set[int]:
    """Rates in a row with the amounts that they are made of: they are held against these."""
    found: set[int] = set()
    for table in document.tables:
        rates, values = table.columns_of(ColumnKind.RATE), table.columns_of(ColumnKind.VALUE)
        for row in table.rows if len(values) > 1 else ():
            if sum(1 for column in values if table.figure(row.index, column.index)) > 1:
                found |= {id(figure) for column in rates if (figure := table.figure(row.index, column.index))}
    return found


def _chosen(found: list[tuple[Finding, bool]]) -> Iterator[Finding]:
    """The basis that fits, else the first one, asked about unless its basis is sure."""
    if found:
        finding, sure = next((item for item in found if item[0].agrees), found[0])
        if finding.verdict is Verdict.CONTRADICTION and not sure:
            note = "该比率的口径各地不一，请核对所用口径。"
            finding = asked(finding, note, "写明分子分母各用哪一个数；口径无误而比率不符的，改正比率。")
        yield finding


def _finding(stated: dict[FigureKey, list[Figure]], rate: Figure, rule: dict[str, str]) -> tuple[Finding, bool] | None:
    top, bottom = (_stated(stated, rule[name], rate.key.member) for name in ("top", "bottom"))
    if top is None or bottom is None or top.quantity is None or bottom.quantity is None:
        return None
    if not top.quantity.unit.is_comparable_with(bottom.quantity.unit):
        return None
    finding = relations.growth(rate, top, bottom) if rule["how"] == "growth" else relations.ratio(rate, top, bottom)
    return unless_cut_off(finding), bool(rule["sure"])


def _stated(stated: dict[FigureKey, list[Figure]], text: str, member: str) -> Figure | None:
    """A fact of the whole department in the rate's year; an amount that names no basis counts as actual."""
    wanted = FigureKey.parse(text)
    stages = _UNSAID if wanted.stage in _UNSAID else (wanted.stage,)
    for stage in stages:
        year = member
        if stage is Stage.PRIOR and member.startswith("year:"):
            year = f"year:{int(member.removeprefix('year:')) - 1}"
        found = stated.get(replace(wanted, stage=stage, member=year))
        if found:
            return found[0]
    return None
