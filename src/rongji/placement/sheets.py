"""The published points sheet as a file: the notice to hang up, the rows to reckon again, and reading them back."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from rongji.documents.build import label, paragraph, row, runs, table
from rongji.documents.model import (
    Block,
    Document,
    Orientation,
    Section,
    SignatureBlock,
    Style,
    Table,
    Title,
)
from rongji.documents.readers.encoding import decoded
from rongji.law.loader import lawbook
from rongji.placement.types import CohortFacts
from rongji.rules.placement.facts import SERVICE
from rongji.rules.placement.published import COLUMNS, NO_POINTS
from rongji.rules.placement.refusals import SheetUnreadable

Rows = Sequence[Mapping[str, str]]
NOTICE, LINES = "公示名单", "积分明细"
MOST_BYTES, MOST_ROWS = 40 * 1024 * 1024, 400_000
_DETAIL = ("名次", "姓名", "项目", "档次", "说明", "得分", "总分")
_ONCE = ("名次", "姓名", "总分")
_WIDTHS = {
    "名次": 5, "编号": 5, "姓名": 9, "退役年度": 8, "退役季次": 8, "安置地区划": 10, "法规知悉日": 11, "人员": 7,
    "入伍日期": 11, "退役日期": 11, "出生日期": 11, "项目": 12, "档次": 12, "起始日期": 11, "截止日期": 11, "数量": 6,
    "计分方式": 10, "单分": 6, "得分": 7, "总分": 7, "说明": 34, "名次说明": 22, "依据": 26,
}  # fmt: skip


def sheet_csv(rows: Rows) -> bytes:
    """The rows as CSV that Excel opens with its Chinese intact."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def notice(cohort: CohortFacts, rows: Rows, *, bureau_name: str) -> Document:
    """The notice on A4: who chooses in which order with how many points, item by item, and how to check it."""
    summary = _summary(rows)
    blocks: list[Block] = [
        Title((cohort.title, "服役表现量化评分和选岗顺序公示")),
        paragraph(
            f"{cohort.season_label}由政府安排工作退役士兵 {len(summary)} 人的服役表现量化评分已经核算并经本人确认，"
            f"现将得分和选岗顺序予以公示，公示期自 {_day(cohort.published_on)}至{_day(cohort.notice_until)}。"
        ),
        paragraph("对得分或顺序有异议的，请在公示期内向本局书面提出，并附依据材料。"),
        _order_table(summary),
        paragraph(f"评分依据：{_acts(rows)}。", style=Style.NOTE, indent=False),
        paragraph(
            f"复算办法：本表的电子版每行列明事实和依据，任何人可用 rongji placement verify 复算得分和名次。"
            f"内容摘要 {cohort.digest}。",
            style=Style.NOTE,
            indent=False,
        ),
        SignatureBlock((runs(bureau_name), runs(_day(cohort.published_on)))),
        Section(Orientation.LANDSCAPE, "分项"),
        Title(("服役表现量化评分分项表",)),
        _detail_table(rows),
    ]
    return Document(
        title=f"{cohort.title}积分公示",
        blocks=tuple(blocks),
        properties={"digest": cohort.digest, "bureau": cohort.bureau},
        dated_on=cohort.published_on,
    )


def workbook(cohort: CohortFacts, rows: Rows) -> Document:
    """The sheet for a workbook: the order on one page, every row for a recomputation on the other."""
    return Document(
        title=f"{cohort.title}积分表",
        blocks=(
            Section(Orientation.PORTRAIT, NOTICE),
            Title((f"{cohort.title}选岗顺序",)),
            _order_table(_summary(rows)),
            paragraph(f"内容摘要 {cohort.digest}", style=Style.NOTE, indent=False),
            Section(Orientation.LANDSCAPE, LINES),
            _full_table(rows),
        ),
        properties={"digest": cohort.digest, "bureau": cohort.bureau},
        dated_on=cohort.published_on,
    )


def read_sheet(file_name: str, data: bytes) -> list[dict[str, str]]:
    """The rows of a published sheet out of a csv or a workbook, wherever in it they stand.

    Raises: SheetUnreadable.
    """
    if len(data) > MOST_BYTES:
        raise SheetUnreadable(why=f"文件超过 {MOST_BYTES // 1024 // 1024} MB")
    grids = [_csv_grid(data)] if file_name.lower().endswith(".csv") else _workbook_grids(data)
    for grid in grids:
        for index, line in enumerate(grid):
            cells = ["".join(cell.split()) for cell in line]  # headings are broken to fit their columns
            if "编号" in cells and "项目" in cells and "总分" in cells:
                return _dicts(cells, grid[index + 1 :])
    raise SheetUnreadable(why="没有找到带“编号”“项目”“总分”列的表")


def _dicts(names: Sequence[str], rows: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    found = []
    for cells in rows:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (len(names) - len(cells))]
            found.append({name: cell.strip() for name, cell in zip(names, padded, strict=False) if name})
        if len(found) > MOST_ROWS:
            raise SheetUnreadable(why=f"超过 {MOST_ROWS} 行")
    return found


def _csv_grid(data: bytes) -> list[list[str]]:
    return [list(cells) for cells in csv.reader(io.StringIO(decoded(data, "积分表"), newline=""))]


def _workbook_grids(data: bytes) -> list[list[list[str]]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            [[_text(cell) for cell in cells] for cells in book.get_sheet_by_name(name).to_python(nrows=MOST_ROWS)]
            for name in reversed(book.sheet_names)
        ]
    except (CalamineError, PasswordError, OSError) as trouble:
        raise SheetUnreadable(why="文件不是 csv，也不是能打开的 Excel 工作簿") from trouble


def _text(cell: Any) -> str:
    """A cell as it was written; whole numbers that a program turned into 36.0 come back as 36."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _summary(rows: Rows) -> list[Mapping[str, str]]:
    """One row for each candidate, in order."""
    found: dict[str, Mapping[str, str]] = {}
    for item in rows:
        found.setdefault(item["编号"], item)
    return list(found.values())


def _order_table(summary: Sequence[Mapping[str, str]]) -> Table:
    """One row for each candidate; why somebody stands there is told where the points alone do not say it."""
    names = ("名次", "编号", "姓名", "入伍日期", "退役日期", "总分")
    head = row(*(label(name) for name in (*names, "名次说明")))
    body, before = [], ""
    for item in summary:
        is_told = item["总分"] in (before, NO_POINTS)
        body.append(row(*(item[name] for name in names), item["名次说明"] if is_told else ""))
        before = item["总分"]
    return table([6, 6, 12, 14, 14, 10, 28], head, *body, header_rows=1, unit_note="单位：分")


def _detail_table(rows: Rows) -> Table:
    """Every line; place, name and total stand once for each candidate."""
    head = row(*(label("怎么算的" if name == "说明" else name) for name in _DETAIL))
    body, before = [], ""
    for item in rows:
        is_next = item["编号"] != before
        body.append(row(*(_shown(item, name) if is_next or name not in _ONCE else "" for name in _DETAIL)))
        before = item["编号"]
    return table([6, 11, 15, 13, 37, 9, 9], head, *body, header_rows=1, unit_note="单位：分")


def _full_table(rows: Rows) -> Table:
    head = row(*(label(name) for name in COLUMNS))
    body = (row(*(item[name] for name in COLUMNS)) for item in rows)
    return table([_WIDTHS[name] for name in COLUMNS], head, *body, header_rows=1)


def _shown(item: Mapping[str, str], name: str) -> str:
    """A cell for a reader: the parts of the service are called what they are."""
    if name == "档次" and item["项目"] == SERVICE:
        return {"前段": "年限以内部分", "后段": "超过年限部分"}[item["档次"]]
    if name == "得分" and item["总分"] == NO_POINTS:
        return NO_POINTS
    return item[name]


def _acts(rows: Rows) -> str:
    """The acts behind the rows of law that the sheet names."""
    book = lawbook()
    found: dict[str, None] = {}
    for item in rows:
        for reference in filter(None, item["依据"].split("、")):
            place, _, number = reference.partition("#")
            region, _, name = place.rpartition("/")
            found[book.acts[book.tables[region, name].rows[int(number) - 1].act].citation] = None
    return "、".join(found)


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
