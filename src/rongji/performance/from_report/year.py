"""The bureau-year that a report states, with an account of what was taken, what was left and what is not in it."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rongji.checks.stated.model import StatedDocument
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Stage
from rongji.kernel.refusal import Refusal
from rongji.kernel.units import UnitKind
from rongji.performance.from_report.facts import take_facts
from rongji.performance.from_report.indicators import indicators_of, pairs
from rongji.performance.from_report.tables import take_tables, units_of
from rongji.performance.from_report.taking import Left, Taken
from rongji.performance.workbook.layout import Column, Sheet, load_layout

_MAIN_SHEETS = ("staff", "income", "expenditure", "execution", "three_public", "assets", "procurement", "scores")
_GRADES = ("评价等次", "自评等次", "评价等级", "自评等级", "绩效等级")


class YearUnknown(Refusal):
    """A report that does not say which year it is about."""

    code = "report-year-unknown"
    sentence = "报告“{file}”没有写明是哪个年度的，请用 --year 指明。"


@dataclass(frozen=True)
class ReadYear:
    """The year as far as the report states it.

    left: numbers that were not taken over. missing: title of a sheet → what it has room for and the report does not
    state of the whole bureau; absent: titles of the sheets of which it states nothing.
    """

    facts: BureauYear
    left: tuple[Left, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]
    absent: tuple[str, ...]

    @property
    def restated(self) -> int:
        """How many printings are of facts already in the tables."""
        return sum(item.statement != "form" for item in self.facts.figures)


def year_from(said: StatedDocument, *, bureau: str, scheme: str, year: int | None = None, form: str = "") -> ReadYear:
    """Everything that is certain. bureau, scheme, form: how the workbook shall name them, a report does not.

    Raises: YearUnknown.
    """
    file = Path(said.name).name
    about = year or said.year
    if about is None:
        raise YearUnknown(file=file)
    taken = Taken(file)
    units = units_of(said, file)
    take_tables(said, taken, about)
    take_facts(said, taken, about, [unit.code for unit in units])
    indicators = indicators_of(said, taken)  # takes the totals of its table, too
    facts = BureauYear(
        bureau=bureau,
        name=said.organisation or said.title or file,
        year=about,
        scheme=scheme,
        profile=_profile(said, taken, file, form),
        units=units,
        figures=FigureSet(tuple(taken.figures)),
        indicators=indicators,
    )
    missing = {sheet: _missing(sheet, facts) for sheet in map(load_layout().sheet, _MAIN_SHEETS)}
    some = tuple((sheet.title, titles) for sheet, titles in missing.items() if titles and len(titles) < _size(sheet))
    none = tuple(sheet.title for sheet, titles in missing.items() if len(titles) == _size(sheet))
    return ReadYear(facts, tuple(taken.left), some, none)


def _profile(said: StatedDocument, taken: Taken, file: str, form: str) -> dict[str, str]:
    places = Counter(item.quantity.places for item in taken.figures if _is_money(item) and item.quantity)
    found = {"profile_source": file}
    if places:
        found["money_places"] = str(places.most_common(1)[0][0])
    grade = next((text for label, text in pairs(said) if label in _GRADES), "")
    if grade:
        found["stated_grade"] = grade
    return found | ({"form": form} if form else {})


def _is_money(figure: Figure) -> bool:
    return figure.quantity is not None and figure.quantity.unit.kind is UnitKind.MONEY


def _missing(sheet: Sheet, facts: BureauYear) -> tuple[str, ...]:
    """What a sheet has room for and the report does not state of the whole bureau."""
    return tuple(title for title, keys in _wanted(sheet) if not any(key in facts.figures for key in keys))


def _size(sheet: Sheet) -> int:
    return len(sheet.items or sheet.columns)


def _wanted(sheet: Sheet) -> list[tuple[str, list[FigureKey]]]:
    """What a sheet asks of the whole bureau: by its fixed rows, else by its columns."""
    if sheet.items:
        return [
            (item.title, [_key(column, item.concept, item.stage) for column in sheet.columns]) for item in sheet.items
        ]
    return [(column.title, [_key(column, "", Stage.NONE)]) for column in sheet.columns]


def _key(column: Column, concept: str, stage: Stage) -> FigureKey:
    return FigureKey(column.concept or concept, column.stage or stage, "", column.member)
