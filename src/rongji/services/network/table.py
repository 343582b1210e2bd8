"""The station table as upper levels ask for it: one row for each station, in the order of the tree."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from rongji.documents.model import (
    Align,
    Cell,
    Document,
    Orientation,
    Paragraph,
    Row,
    Section,
    Style,
    Table,
    Text,
    Title,
)
from rongji.kernel.quantity import Quantity
from rongji.services.network.facts import Network, StationFacts

_HEADINGS = (
    ("序号", 4), ("站点编码", 9), ("站点名称", 20), ("级别", 6), ("区划代码", 10), ("地址", 16), ("经度", 8),
    ("纬度", 7), ("工作人员（人）", 6), ("其中专职（人）", 6), ("五有", 4), ("命名", 10), ("命名文号", 18),
    ("挂牌日期", 8),
)  # fmt: skip
_PERSONS = "人"


def station_table(network: Network, name: str) -> Document:
    """The table as a document that every writer prints. name: of the bureau."""
    rows = (_heading(), *(_row(place, item) for place, item in enumerate(network.stations, 1)))
    title = "退役军人服务中心（站）基本情况表"
    head = f"填报单位：{name}　　截至日期：{network.on:%Y年%m月%d日}　　共 {len(network.stations)} 个"
    return Document(
        title=title,
        blocks=(
            Section(Orientation.LANDSCAPE, "服务站基本情况"),
            Title((title,)),
            Paragraph((Text(head),), indent=False, style=Style.NOTE),
            Table(tuple(width for _, width in _HEADINGS), rows, header_rows=1),
            Paragraph((Text("注：五有一栏为已达到的项数和应达到的项数；经纬度为十进制度。"),), style=Style.NOTE),
        ),
        properties={"unit": name},
        dated_on=network.on,
    )


def _heading() -> Row:
    return Row(tuple(_cell(label, Align.CENTER, header=True) for label, _ in _HEADINGS))


def _row(place: int, item: StationFacts) -> Row:
    return Row(tuple(_cells(place, item)))


def _cells(place: int, item: StationFacts) -> Iterator[Cell]:
    x, y = (f"{part:.5f}".rstrip("0").rstrip(".") for part in item.point) if item.point else ("", "")
    grade = item.grade
    centred = (str(place), item.code)
    yield from (_cell(text, Align.CENTER) for text in centred)
    yield _cell(item.name, Align.LEFT)
    yield from (_cell(text, Align.CENTER) for text in (item.tier, item.division_code))
    yield _cell(item.address, Align.LEFT)
    yield from (_cell(text, Align.CENTER) for text in (x, y))
    yield from (_persons(number) for number in (item.staff, item.full_time))
    yield _cell(item.haves.words if item.haves else "", Align.CENTER)
    yield _cell(grade.words if grade else "", Align.CENTER)
    yield _cell(grade.certificate if grade else "", Align.LEFT)
    yield _cell(f"{item.opened_on:%Y-%m-%d}" if item.opened_on else "", Align.CENTER)


def _cell(text: str, align: Align, *, header: bool = False) -> Cell:
    return Cell((Paragraph((Text(text),), indent=False),), align=align, header=header)


def _persons(number: int) -> Cell:
    """A number that a spreadsheet can add up."""
    return replace(_cell(str(number), Align.CENTER), quantity=Quantity(Decimal(number), _PERSONS, 0))
