"""From a raw book to the facts of a bureau-year: every bad cell is named, and one error means nothing is taken."""

from collections.abc import Callable
from dataclasses import dataclass, field

from rongji.documents.readers.workbook.raw import CellKind, RawBook, RawCell, RawSheet
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureSet
from rongji.performance.workbook.facts import read_facts, read_statements
from rongji.performance.workbook.headers import BoundSheet, bind
from rongji.performance.workbook.layout import (
    GUIDE_TITLE,
    SCRATCH_PREFIX,
    Layout,
    Sheet,
    SheetKind,
    closest,
    load_layout,
    squeeze,
)
from rongji.performance.workbook.matrices import read_matrix
from rongji.performance.workbook.problems import CellProblem, ProblemList
from rongji.performance.workbook.profile import Profile, check_words, read_profile
from rongji.performance.workbook.reading import Reading, RowReader
from rongji.performance.workbook.records import (
    check_references,
    evidence_record,
    goal_record,
    indicator_record,
    problem_record,
    project_figures,
    project_record,
    read_coded,
    rows_of,
    signatory_record,
    text_record,
    unit_record,
)
from rongji.performance.workbook.vocabulary import Vocabulary, vocabulary_for

_NEEDED = ("profile", "units")
_ANY_YEAR = 2020


def parse(
    book: RawBook, layout: Layout | None = None, vocabulary: Callable[[int], Vocabulary] = vocabulary_for
) -> tuple[BureauYear | None, tuple[CellProblem, ...]]:
    """The bureau-year in a book and everything that is wrong with the book.

    The year is None as soon as one problem is an error: all or nothing.
    """
    return _Parser(book, layout or load_layout(), vocabulary).run()


@dataclass
class _Parser:
    book: RawBook
    layout: Layout
    vocabulary: Callable[[int], Vocabulary]
    notes: ProblemList = field(default_factory=ProblemList)

    def run(self) -> tuple[BureauYear | None, tuple[CellProblem, ...]]:
        raw = self._match_sheets()
        profile_sheet = self.layout.sheet("profile")
        profile = read_profile(raw.get("profile"), profile_sheet, self.notes)
        words = self.vocabulary(profile.year or _ANY_YEAR)
        check_words(profile, profile_sheet, self.notes, words.schemes, words.forms)
        self.reading = self._reading(profile, words)
        self.bound = {name: self._bind(sheet, name) for name, sheet in raw.items() if name != "profile"}
        year = self._year(profile)
        return (None if self.notes.has_errors else year), tuple(self.notes.found)

    def _match_sheets(self) -> dict[str, RawSheet]:
        found: dict[str, RawSheet] = {}
        for raw in self.book:
            sheet = self.layout.sheet_titled(raw.title)
            if sheet and sheet.id in found:
                self._sheet_error(raw.title, f"工作表“{sheet.title}”出现了两次", "请只保留一张")
            elif sheet:
                found[sheet.id] = raw
            elif squeeze(raw.title) != GUIDE_TITLE and not squeeze(raw.title).startswith(SCRATCH_PREFIX):
                self._unknown_sheet(raw)
        for sheet in self.layout.sheets:
            if sheet.id not in found:
                self._missing_sheet(sheet)
        return found

    def _sheet_error(self, title: str, what: str, remedy: str) -> None:
        self.notes.error(title, RawCell("", CellKind.TEXT, title), what, remedy)

    def _unknown_sheet(self, raw: RawSheet) -> None:
        titles = {squeeze(sheet.title): sheet.title for sheet in self.layout.sheets}
        near = closest(squeeze(raw.title), titles)
        hint = f"请改名为“{titles[near]}”；" if near else ""
        self._sheet_error(raw.title, "不认识的工作表", f"{hint}自用的底稿请把表名改为以“{SCRATCH_PREFIX}”开头")

    def _missing_sheet(self, sheet: Sheet) -> None:
        if sheet.id in _NEEDED:
            self._sheet_error(sheet.title, f"缺少工作表“{sheet.title}”", "请从模板中补上此表并填写")
        elif self.book.is_spreadsheet:
            self.notes.warn(
                sheet.title, RawCell(""), f"缺少工作表“{sheet.title}”，按未填处理", "如有数据，请从模板中补上此表"
            )

    def _reading(self, profile: Profile, words: Vocabulary) -> Reading:
        places = int(profile.values.get("money_places") or 0)
        return Reading(self.layout, words, self.notes, self.book.file, self.book.is_spreadsheet, places)

    def _bind(self, raw: RawSheet, name: str) -> BoundSheet | None:
        return bind(raw, self.layout.sheet(name), self.notes, is_spreadsheet=self.book.is_spreadsheet)

    def _year(self, profile: Profile) -> BureauYear:
        reading, bound = self.reading, self.bound
        units = read_coded(reading, bound.get("units"), unit_record)
        reading.units.update({item.code: item for item in units})
        evidence = read_coded(reading, bound.get("evidence"), evidence_record)
        reading.evidence.update({item.code: item.title for item in evidence})
        projects = read_coded(reading, bound.get("projects"), project_record)
        reading.projects.update({item.code: item.name for item in projects})
        concepts, fact_figures = read_facts(reading, bound.get("facts"))
        tables = self._table_figures()
        figures = (*tables, *fact_figures, *read_statements(reading, bound.get("restated")))
        indicators = read_coded(reading, bound.get("indicators"), indicator_record)
        check_references(reading, bound.get("indicators"), "parent", {item.code for item in indicators}, itself="code")
        problems = read_coded(reading, bound.get("problems"), problem_record)
        check_references(reading, bound.get("problems"), "answers", {item.code for item in problems}, itself="code")
        return BureauYear(
            bureau=profile.values.get("bureau", ""),
            name=profile.values.get("name", ""),
            year=profile.year,
            scheme=profile.values.get("scheme", ""),
            profile=profile.extra,
            units=units,
            figures=FigureSet(figures),
            indicators=indicators,
            projects=projects,
            goals=read_coded(reading, bound.get("goals"), goal_record),
            texts=read_coded(reading, bound.get("texts"), text_record),
            problems=problems,
            signatories=tuple(signatory_record(row) for row in rows_of(reading, bound.get("signatories"))),
            evidence=evidence,
            declared_concepts=concepts,
        )

    def _table_figures(self) -> list[Figure]:
        """Figures of the matrix sheets and of the projects, in the order of the workbook."""
        found: list[Figure] = []
        for sheet in self.layout.sheets:
            bound = self.bound.get(sheet.id)
            if bound is None:
                continue
            if sheet.kind is SheetKind.MATRIX:
                found += read_matrix(self.reading, bound)
            elif sheet.id == "projects":
                found += self._project_figures(bound)
        return found

    def _project_figures(self, bound: BoundSheet) -> list[Figure]:
        found: list[Figure] = []
        for raw in bound.rows:
            row = RowReader(self.reading, bound, raw)
            code = row.cell("code").text
            if code in self.reading.projects:
                found += project_figures(row, code)
        return found
