"""Small tables as a reader would hand them to the checks: columns, rows and cells in the words of the field."""

from dataclasses import replace

import rongji.checks.stated  # noqa: F401
from rongji.checks.registry import check_named
from rongji.checks.stated.model import (
    Column,
    ColumnKind,
    Mention,
    Parts,
    Passage,
    Row,
    RowKind,
    StatedCell,
    StatedDocument,
    StatedTable,
)
from rongji.kernel.figure import Figure, FigureKey, Nil, Source, SourceKind, Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Place
from rongji.kernel.quantity import NotANumber, Quantity
from rongji.kernel.reading import Reading, ReadingKind

NILS = {"": Nil.BLANK, "－": Nil.DASH, "无": Nil.NONE}
UNITS = ("万元", "亿元", "元", "%", "人次", "人", "名", "件", "期", "个", "分", "台", "次", "个百分点", "天")
STAGES = {stage.value: stage for stage in Stage}


def column(
    title: str,
    kind: str = "value",
    stage: str = "",
    unit: str = "",
    *,
    whole: int | None = None,
    parts: str = "all",
    sign: int = 1,
    year: int | None = None,
) -> Column:
    """A column; `above|title` for several header rows."""
    path = tuple(title.split("|"))
    return Column(-1, path, ColumnKind(kind), STAGES[stage], unit, year, whole, Parts(parts), sign)


def row(
    label: str,
    *cells: str,
    kind: str = "item",
    whole: int | None = None,
    parts: str = "all",
    level: int = 0,
    number: str = "",
    code: str = "",
    sign: int = 1,
    keys: tuple[str, ...] = (),
) -> tuple[Row, tuple[str, ...], tuple[str, ...]]:
    """A row with its cells after the label; `above/label` for the cells it stands under; keys: of its figures."""
    path = tuple(label.split("/"))
    return Row(-1, path, RowKind(kind), level, number, code, whole, Parts(parts), sign), cells, keys


def table(
    columns: list[Column], rows: list[tuple], *, number: int = 1, region: int = 0, **facts: object
) -> StatedTable:
    """A region: the first column holds the labels of the rows."""
    placed = tuple(replace(item, index=index) for index, item in enumerate(columns))
    lines = tuple(replace(item[0], index=index) for index, item in enumerate(rows))
    cells = []
    for line, (_, texts, keys) in zip(lines, rows, strict=True):
        cells.append(_cell(number, region, line, placed[0], line.label, ""))
        named = [*keys, *[""] * len(texts)]
        cells += [
            _cell(number, region, line, col, text, key)
            for col, text, key in zip(placed[1:], texts, named, strict=False)
        ]
    place = Place(table=number)
    return StatedTable(number, region, placed, lines, tuple(cells), place, **facts)  # type: ignore[arg-type]


def _cell(number: int, region: int, line: Row, col: Column, text: str, key: str) -> StatedCell:
    place = Place(table=number, row=region * 100 + line.index + 1, column=col.index + 1)
    if col.kind in (ColumnKind.LABEL, ColumnKind.TEXT, ColumnKind.REASON):
        return StatedCell(line.index, col.index, text, place, nil=NILS.get(text))
    quantity = _quantity(text, col.unit_name, col.kind)
    if quantity is None:
        return StatedCell(line.index, col.index, text, place, nil=NILS.get(text, Nil.WORD))
    label = line.label if col.kind is not ColumnKind.WEIGHT else f"{line.label}分值"
    named = (
        FigureKey.parse(key)
        if key
        else FigureKey(line.label, col.stage, "", f"cell:{number}.{region}.{line.index}.{col.index}")
    )
    figure = Figure(named, label, Source(SourceKind.IMPORTED, at=place), quantity, text, statement="table")
    reading = Reading(0, len(text), len(text), text, ReadingKind.QUANTITY, quantity)
    return StatedCell(line.index, col.index, text, place, figure, None, (reading,))


def _quantity(text: str, unit: str, kind: ColumnKind) -> Quantity | None:
    usual = {ColumnKind.WEIGHT: "分", ColumnKind.SCORE: "分", ColumnKind.RATE: "%"}.get(kind, "")
    text = text.removesuffix("以内")
    named = next((name for name in UNITS if text.endswith(name)), "")
    plain = text.removesuffix(named).replace(",", "").lstrip("≥≤=").strip()
    try:
        return Quantity.parse(plain, named or unit or usual)
    except NotANumber:
        return None


def figure(key: str, text: str, *, label: str = "", vague: str = "", statement: str = "text") -> Figure:
    """A figure of running text: number and unit as printed."""
    named = next(name for name in UNITS if text.endswith(name))
    parsed = FigureKey.parse(key)
    quantity = Quantity.parse(text.removesuffix(named), named)
    source = Source(SourceKind.IMPORTED, at=Place(paragraph=1))
    return Figure(parsed, label or parsed.concept, source, quantity, text, vague=vague, statement=statement)


def passage(text: str, *figures: Figure, heading: tuple[str, ...] = ()) -> Passage:
    """A paragraph with the figures that stand in it, in order."""
    mentions, begin = [], 0
    for item in figures:
        start = text.index(item.printed, begin)
        begin = start + len(item.printed)
        mentions.append(Mention(Reading(start, begin, begin, item.printed, ReadingKind.QUANTITY, item.quantity), item))
    return Passage(text, tuple(mentions), ((0, Place(paragraph=1)),), heading)


def document(*pieces: StatedTable | Passage, **facts: object) -> StatedDocument:
    """A document of tables and passages."""
    tables = tuple(item for item in pieces if isinstance(item, StatedTable))
    passages = tuple(item for item in pieces if isinstance(item, Passage))
    return StatedDocument("made.txt", tables=tables, passages=passages, **facts)  # type: ignore[arg-type]


def found(identity: str, *pieces: StatedTable | Passage, **facts: object) -> list[Finding]:
    """What one check finds in a document of those pieces."""
    check = check_named(identity)
    assert check is not None, identity
    return list(check.findings(document(*pieces, **facts)))  # type: ignore[arg-type]


def verdicts(identity: str, *pieces: StatedTable | Passage, **facts: object) -> list[str]:
    """The verdicts of one check, in order."""
    return [item.verdict.value for item in found(identity, *pieces, **facts)]


def accused(findings: list[Finding]) -> list[Finding]:
    """The contradictions among them."""
    return [item for item in findings if item.verdict is Verdict.CONTRADICTION]
