"""来龙去脉: from a printed number back to its definition, rows, inputs, source, evidence, law. Pure."""

from collections.abc import Iterator

from rongji.documents.model import Block, Document, FigureRef, Heading, Paragraph, Run, Table
from rongji.kernel.figure import Figure, FigureKey, FigureSet
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.law.model import TRUST_LABELS, Trust
from rongji.reports.sources import Sources
from rongji.reports.types import Lineage, PastValue, PrintedAt

_AROUND = 16


class NoSuchFigure(Refusal):
    """A number asked about that the report does not know."""

    code = "no-such-figure"
    sentence = "没有编号为“{key}”的数据，请在报告页面中点选数字。"
    status = 404


def lineage_of(
    key: str, sources: Sources, figures: FigureSet, document: Document, history: tuple[PastValue, ...] = ()
) -> Lineage:
    """Everything known of one printed number.

    Raises: NoSuchFigure, UnreadableKey.
    """
    parsed = FigureKey.parse(key)
    figure = figures.get(parsed)
    if figure is None:
        raise NoSuchFigure(key=key)
    concept = sources.book.concepts.get(parsed.concept)
    titles = {item.code: item.title for item in sources.year.evidence}
    return Lineage(
        key=key,
        label=figure.full_label,
        shown=shown(figure),
        figure=figure,
        definition=concept.definition if concept else "",
        how=figure.how,
        act=_act(figure, sources),
        trust=TRUST_LABELS[Trust(figure.trust)] if figure.trust else "",
        source=figure.source.place,
        evidence=tuple((code, titles.get(code, code)) for code in figure.source.evidence),
        rows=tuple((row.identifier, row.label, str(row.quantity or "")) for row in figure.rows),
        rows_sum=_rows_sum(figure),
        statements=tuple((item.statement, shown(item), item.source.place) for item in figures.statements(parsed)),
        explanation=tuple(figure.explain()),
        troubles=tuple(
            item.explanation for item in sources.findings if item.is_trouble and parsed in {f.key for f in item.figures}
        ),
        history=history,
        printed_at=tuple(printed_places(document, key)),
    )


def shown(figure: Figure) -> str:
    """A figure as a person reads it, approximating word and unit included."""
    text = str(figure.quantity) if figure.quantity is not None else (figure.printed or "（空白）")
    return f"{figure.vague}{text}"


def _act(figure: Figure, sources: Sources) -> str:
    act = sources.book.acts.get(figure.act)
    return act.citation if act else figure.act


def _rows_sum(figure: Figure) -> str:
    quantities = [row.quantity for row in figure.rows if row.quantity is not None]
    if not quantities or len({item.unit_name for item in quantities}) != 1:
        return ""
    total = sum(item.value for item in quantities)
    return str(Quantity(total, quantities[0].unit_name, max(item.places for item in quantities)))  # type: ignore[arg-type]


def printed_places(document: Document, key: str) -> Iterator[PrintedAt]:
    """Every place of a document where the figure stands, in reading order, with the words around it."""
    heading = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = "".join(run.text for run in block.runs)
        for where, runs in _lines(block, heading):
            for position, run in enumerate(runs):
                if isinstance(run, FigureRef) and run.key == key:
                    yield PrintedAt(where or document.title, _around(runs, position))


def _lines(block: Block, heading: str) -> Iterator[tuple[str, tuple[Run, ...]]]:
    if isinstance(block, Paragraph):
        yield heading, block.runs
    elif isinstance(block, Table):
        for row in block.rows:
            label = next((cell.text.replace("\n", "") for cell in row.cells if cell.text and not cell.quantity), "")
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    yield f"表“{block.caption or heading or '自评表'}” {label[:20]}".strip(), paragraph.runs


def _around(runs: tuple[Run, ...], position: int) -> str:
    before = "".join(run.text for run in runs[:position])[-_AROUND:]
    after = "".join(run.text for run in runs[position + 1 :])[:_AROUND]
    return f"{before}{runs[position].text}{after}"
