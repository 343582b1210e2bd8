"""What a form is made of: blocks, tables, rows, cells and lists, as data read from `legal/forms/*.yaml`.

Texts of a form are templates: `<field>` is a field of the record in hand, `{{key}}` a figure, `[[…]]` a clause that
falls away when one of its fields or figures is not stated. A form holds layout and words, never a number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rongji.documents.model import Align, Orientation, Style

REST = 0


@dataclass(frozen=True, slots=True)
class Each:
    """Over which records something repeats.

    where/excluding: field → the values it must (must not) have. of/axis: for `members`, the figure and its axis.
    """

    collection: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluding: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of: str = ""
    axis: str = ""


@dataclass(frozen=True, slots=True)
class ListSpec:
    """One line per record, or all of them run into one paragraph.

    marks: numbering of the items (`1.`, `（1）`, `（一）`, `①`, `一是`, `none`). join: run the items together with this
    mark between them. empty: what is printed when there is no record. skip_empty: leave out records with an empty item.
    """

    each: Each
    item: str
    marks: str = "none"
    lead: str = ""
    join: str = ""
    end: str = ""
    empty: str = ""
    skip_empty: bool = False
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class CellSpec:
    """One cell. cols: columns it covers, REST for all that are left; merge: join with equal cells above.

    verbatim: a reference (来源, 编号) printed as it is, its digits being no quantities.
    section: code of a text section printed inside the cell; lines beside it stand where the bureau wrote none.
    label: heading type; None = when it has no field or figure.
    """

    text: str = ""
    lines: ListSpec | None = None
    section: str = ""
    cols: int = 1
    rows: int = 1
    label: bool | None = None
    merge: bool = False
    align: Align = Align.AUTO
    vertical: bool = False
    verbatim: bool = False

    @property
    def is_label(self) -> bool:
        """Whether it is a heading or label cell."""
        if self.label is not None:
            return self.label
        return (
            bool(self.text) and not self.lines and not self.section and "<" not in self.text and "{{" not in self.text
        )


@dataclass(frozen=True, slots=True)
class CellsRow:
    """A plain row; height: least height in millimetres (room for a signature)."""

    cells: tuple[CellSpec, ...]
    height: int = 0


@dataclass(frozen=True, slots=True)
class SideRows:
    """Rows with one label cell standing at their left over all of them."""

    side: CellSpec
    rows: "tuple[RowSpec, ...]"


@dataclass(frozen=True, slots=True)
class EachRows:
    """Rows repeated for each record; empty: rows printed when there is none."""

    each: Each
    rows: "tuple[RowSpec, ...]"
    empty: "tuple[RowSpec, ...]" = ()


@dataclass(frozen=True, slots=True)
class ZipSide:
    """One side of a side-by-side row: its records and the cells of each."""

    each: Each
    cells: tuple[CellSpec, ...]


@dataclass(frozen=True, slots=True)
class ZipRows:
    """Lists standing side by side; the first item of a shorter list stretches over the rows left."""

    sides: tuple[ZipSide, ...]


RowSpec = CellsRow | SideRows | EachRows | ZipRows


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """A title; numbering of headings begins anew."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading; its number is generated, so none is ever skipped."""

    text: str
    level: int = 1
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A section of the narrative: the bureau's own text of that code, else the form's default text."""

    code: str
    default: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphBlock:
    """A fixed line of the form."""

    text: str
    indent: bool = True
    align: Align = Align.AUTO
    style: Style = Style.BODY
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list as paragraphs of its own."""

    spec: ListSpec


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table. unit/places: how money is printed in it; None = with the places it was stated.

    when: key of a figure without which the table is left out. nil: word per kind of empty cell.
    """

    name: str
    columns: tuple[int, ...]
    rows: tuple[RowSpec, ...]
    header_rows: int = 0
    caption: str = ""
    unit_note: str = ""
    unit: str = ""
    places: int | None = None
    when: str = ""
    nil: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """落款: who and when."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A new page of this orientation; name: its sheet in a workbook."""

    orientation: Orientation
    name: str = ""


@dataclass(frozen=True, slots=True)
class EachBlock:
    """Blocks repeated for each record."""

    each: Each
    blocks: "tuple[BlockSpec, ...]"


@dataclass(frozen=True, slots=True)
class IncludeBlock:
    """The blocks of another form, printed here."""

    form: str


BlockSpec = (
    TitleBlock
    | HeadingBlock
    | TextBlock
    | ParagraphBlock
    | ListBlock
    | TableBlock
    | SignatureLines
    | SectionBlock
    | EachBlock
    | IncludeBlock
)


@dataclass(frozen=True)
class Form:
    """A form as defined in one file.

    requires: sheets of the workbook without which it makes no sense; annexes: forms printed behind it when they fit.
    is_annex: used only by other forms. digest: of the file it was read from, its version.
    """

    id: str
    label: str
    blocks: tuple[BlockSpec, ...]
    act: str = ""
    trust: str = ""
    requires: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    lists: Mapping[str, ListSpec] = field(default_factory=dict)
    is_annex: bool = False
    digest: str = ""


def walk_blocks(blocks: tuple[BlockSpec, ...]) -> Iterator[BlockSpec]:
    """Every block, nested ones included."""
    for block in blocks:
        yield block
        if isinstance(block, EachBlock):
            yield from walk_blocks(block.blocks)


def walk_rows(rows: tuple[RowSpec, ...]) -> Iterator[RowSpec]:
    """Every row specification, nested ones included."""
    for row in rows:
        yield row
        if isinstance(row, SideRows | EachRows):
            yield from walk_rows(row.rows)
        if isinstance(row, EachRows):
            yield from walk_rows(row.empty)
