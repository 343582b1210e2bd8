"""A bureau-year in a form: the document, every number in it an inline figure, and what still stands in its way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rongji.documents.model import Block, Document, Orientation, Paragraph, Section, Style, Text
from rongji.kernel.figure import Figure, FigureKey, FigureSet
from rongji.kernel.finding import Finding, Verdict
from rongji.reports.blocks import BlockWriter
from rongji.reports.comparison import Comparison, compare_years
from rongji.reports.figures import is_scored, printed_figures
from rongji.reports.form import Form
from rongji.reports.formulas import with_formulas
from rongji.reports.notes import Note, automatic_notes
from rongji.reports.printing import Printer, troubles_by_key
from rongji.reports.records import Records
from rongji.reports.refusals import ReportNotReady
from rongji.reports.sources import Sources, missing_sheets, require_fit
from rongji.reports.writing import Writing
from rongji.rules.scoring.types import Evaluation

PREVIEW = "预览稿"
NOT_TO_BE_SENT = "预览稿（未通过校验，不得报送）"
SOURCES_ANNEX = "annex-sources"
_MOST_REASONS = 12


@dataclass(frozen=True)
class Report:
    """A report as made. figures: all that could be printed; printed: those that are; defects: wrong texts and gaps.

    blockers: sentences that say what must be settled before it can be final.
    """

    document: Document
    form: Form
    figures: FigureSet
    printed: Mapping[FigureKey, Figure]
    defects: tuple[Finding, ...]
    blockers: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of finalising it."""
        return not self.blockers


def build_report(
    sources: Sources,
    form: Form,
    forms: Mapping[str, Form],
    *,
    final: bool = False,
    dated_on: date | None = None,
    with_sources: bool = False,
) -> Report:
    """The report of one bureau-year in one form. with_sources: attach the list of where every figure comes from.

    Raises: FormDoesNotFit; ReportNotReady when `final` and anything is wrong or missing.
    """
    comparisons = compare_years(sources.year, sources.prior)
    require_fit(form, Records(sources.year, comparisons=comparisons))
    maker = _Maker(sources, form, forms, comparisons, with_sources)
    draft = maker.make(())
    notes = automatic_notes(draft.printer.printed, sources.findings, sources.evaluation, final=final)
    made = maker.make(notes)
    defects = tuple(made.printer.defects)
    blockers = tuple(_blockers(sources, defects))
    if final and blockers:
        raise ReportNotReady(
            count=len(blockers), reasons="；".join(item.rstrip("。") for item in blockers[:_MOST_REASONS])
        )
    document = maker.document(
        made.blocks, notice="" if final else NOT_TO_BE_SENT if blockers else PREVIEW, dated_on=dated_on
    )
    return Report(document, form, made.printer.figures, made.printer.printed, defects, blockers)


def _blockers(sources: Sources, defects: Iterable[Finding]) -> Iterator[str]:
    if sources.evaluation is not None:
        yield from (gate.message for gate in sources.evaluation.gates)
    for finding in sources.findings:
        if finding.verdict is Verdict.CONTRADICTION:
            yield finding.explanation
    for finding in defects:
        yield f"{finding.explanation}{finding.remedy}"


@dataclass
class _Made:
    printer: Printer
    blocks: tuple[Block, ...]


@dataclass
class _Maker:
    """Makes the blocks of one report; twice, because the notes depend on what is printed."""

    sources: Sources
    form: Form
    forms: Mapping[str, Form]
    comparisons: tuple[Comparison, ...]
    with_sources: bool

    def make(self, notes: tuple[Note, ...]) -> _Made:
        """The blocks of the form and of its annexes."""
        printer = self._printer(notes)
        annexes = self._annexes()
        titles = tuple(f"{item.label}" for item in annexes)
        records = Records(
            self.sources.year, comparisons=self.comparisons, notes=tuple(note.text for note in notes), annexes=titles
        )
        writing = Writing(self.sources.year, self.form, records, printer, base_fields(self.sources))
        writer = BlockWriter(writing, self.forms)
        blocks = [*writer.form(self.form)]
        for n, annex in enumerate(annexes, 1):
            blocks += _annexed(annex, n if len(annexes) > 1 else 0, [*writer.form(annex)])
        return _Made(printer, with_formulas(_tidy(blocks), printer.figures, self.sources.book))

    def _printer(self, notes: tuple[Note, ...]) -> Printer:
        figures = printed_figures(
            self.sources.year,
            self.sources.book,
            evaluation=self.sources.evaluation,
            projects=dict(self.sources.projects),
            comparisons=self.comparisons,
        ).with_figures(figure for note in notes for figure in note.figures)
        return Printer(figures, troubles_by_key(self.sources.findings), checked=bool(self.sources.findings))

    def _annexes(self) -> list[Form]:
        """The annexes of the form for which the bureau has anything to show."""
        records = Records(self.sources.year, comparisons=self.comparisons)
        named = [self.forms[name] for name in self.form.annexes]
        if self.with_sources and SOURCES_ANNEX in self.forms:
            named.append(self.forms[SOURCES_ANNEX])
        return [annex for annex in named if not missing_sheets(annex, records)]

    def document(self, blocks: tuple[Block, ...], *, notice: str, dated_on: date | None) -> Document:
        """The whole document with its standing and its properties."""
        year = self.sources.year
        return Document(
            title=f"{year.name}{year.year}年度{self.form.label}",
            blocks=blocks,
            properties={
                "bureau": year.bureau,
                "year": str(year.year),
                "form": self.form.id,
                "form_digest": self.form.digest,
            },
            notice=notice,
            dated_on=dated_on,
        )


def base_fields(sources: Sources) -> dict[str, str]:
    """The fields that every template may use."""
    year = sources.year
    return {
        "name": year.name,
        "year": str(year.year),
        "prior_year": str(year.year - 1),
        "next_year": str(year.year + 1),
        "evaluation.grade": _grade(sources),
        "evaluation.mark": _standing(sources.evaluation),
        **{f"profile.{key}": in_chinese(value) for key, value in year.profile.items()},
    }


def in_chinese(text: str) -> str:
    """A date written 2022-02-17 as a document writes it, 2022年2月17日; any other text as it is."""
    try:
        day = date.fromisoformat(text) if len(text) == len("2022-02-17") else None
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日" if day else text


def _standing(evaluation: Evaluation | None) -> str:
    if evaluation is None or evaluation.final:
        return ""
    return "（暂定）" if is_scored(evaluation) else "（自填）"


def _grade(sources: Sources) -> str:
    evaluation = sources.evaluation
    if evaluation is None or not is_scored(evaluation):
        return sources.year.profile.get("stated_grade", "")
    return evaluation.grade or "暂不评定"


def _annexed(annex: Form, number: int, blocks: list[Block]) -> list[Block]:
    """An annex begins on a page of its own, its number above its title."""
    label = Paragraph((Text(f"附表{number}" if number else "附表"),), style=Style.ATTACHMENT)
    section = (
        blocks[0] if blocks and isinstance(blocks[0], Section) else Section(Orientation.PORTRAIT, annex.label[:20])
    )
    rest = blocks[1:] if blocks and isinstance(blocks[0], Section) else blocks
    return [section, label, *rest]


def _tidy(blocks: list[Block]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not (isinstance(block, Paragraph) and not block.runs))
