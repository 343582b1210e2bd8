"""Writes the workbook that a finance clerk fills in, empty or with what is already known of the year."""

from collections.abc import Iterable
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rongji.kernel.bureau_year import BureauYear, UnitFacts
from rongji.performance.workbook.layout import GUIDE_TITLE, Layout, Sheet, SheetKind, load_layout, required_sheets
from rongji.performance.workbook.lists import Lists
from rongji.performance.workbook.styles import BAND, HEADER, NEED, Styles
from rongji.performance.workbook.tabulate import Cell, Row, tabulate
from rongji.performance.workbook.template_sheet import SheetWriter, print_on_a4
from rongji.performance.workbook.vocabulary import Vocabulary, vocabulary_for

_LATEST = 2025
_NAMED = 7
_GUIDANCE = (
    ("先填", "先填“基本信息”和“机构”两张表，其他表里的机构、项目、佐证都只写编码。"),
    ("照印", "数字照报表上印出的样子填，几位小数就填几位；合计也照填，系统只核对，不替你改。"),
    ("空白", "空白＝未列示，0＝零，－＝不适用，无＝确实没有。这四种意思不同。"),
    ("百分数", "比率请带百分号，如 86%；只写 0.86 系统会退回来问。"),
    ("单位", "金额一律按表头注明的单位，一般是万元；不要在格子里写“万元”“人”。"),
    ("约数", "“约、近、余、多、以上”不写进数字，业务数据和文中复述两张表另有“约数词”栏。"),
    ("来源", "每个数都请写出处：文件和行号、凭证号或导出表。一行几个数出处不同，用“；”隔开，顺序与列相同。"),
    ("佐证", "自报的数要有佐证：在“佐证材料”登记编码，再填到数字所在行的“佐证”栏。"),
    ("核对", "绿色表头的“核对”列和“核对”行是公式：√ 相符，有数字就是相差多少。"),
    ("自用", "自己的底稿可以放在以“备查”开头的工作表或列里，导入时不读。"),
    ("导入", "填好后导入。只要有一格有错，整本都不导入，并逐格列出错在哪里、应怎样填。"),
)
_SUBJECTS = {
    SheetKind.PAIRS: "左右两列：项目、内容",
    SheetKind.RECORDS: "一行一条",
    SheetKind.MATRIX: "行列交叉填数",
}


def write_template(
    path: Path,
    form: str | None = None,
    units: Iterable[UnitFacts] = (),
    prefill: BureauYear | None = None,
    layout: Layout | None = None,
) -> None:
    """Write the workbook. form: marks the sheets that this form needs. prefill: what is already known.

    Raises: TextTooLong.
    """
    layout = layout or load_layout()
    words = vocabulary_for(prefill.year if prefill else _LATEST)
    rows = tabulate(prefill, layout) if prefill else _starting_rows(layout, form, units)
    known = prefill.units if prefill else tuple(units)
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": layout.title, "author": "荣绩"})
        styles = Styles(book)
        guide = book.add_worksheet(GUIDE_TITLE)
        worksheets = {sheet.id: book.add_worksheet(sheet.title) for sheet in layout.sheets}
        lists = Lists(book, words)
        needed = required_sheets(form) if form else ()
        _write_guide(guide, layout, styles, form or "", needed)
        codes = [unit.code for unit in known if unit.keeps_own_accounts]
        for sheet in layout.sheets:
            need = _need(sheet, form or "", needed)
            _writer(worksheets[sheet.id], sheet, styles, lists, words, rows, codes, need).write()
        guide.activate()


def _writer(
    worksheet: Worksheet,
    sheet: Sheet,
    styles: Styles,
    lists: Lists,
    words: Vocabulary,
    rows: dict[str, list[Row]],
    codes: list[str],
    need: str,
) -> SheetWriter:
    return SheetWriter(worksheet, sheet, styles, lists, words, rows.get(sheet.id, []), codes, need)


def _need(sheet: Sheet, form: str, needed: tuple[str, ...]) -> str:
    if sheet.id in ("profile", "units"):
        return "所有表式"
    return f"表式 {form} " if sheet.id in needed else ""


def _starting_rows(layout: Layout, form: str | None, units: Iterable[UnitFacts]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {"profile": [{"form": Cell(form)}] if form else []}
    rows["units"] = [
        {
            "code": Cell(unit.code),
            "name": Cell(unit.name),
            "is_bureau_proper": Cell("是" if unit.is_bureau_proper else "否"),
            "keeps_own_accounts": Cell("是" if unit.keeps_own_accounts else "否"),
            "note": Cell(unit.note),
        }
        for unit in units
    ]
    return rows


def _write_guide(sheet: Worksheet, layout: Layout, styles: Styles, form: str, needed: tuple[str, ...]) -> None:
    print_on_a4(sheet)
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 22)
    sheet.set_column(3, 3, 26)
    sheet.set_column(4, 4, 84)
    sheet.set_row(0, 12)
    sheet.set_row(1, 36)
    sheet.write_string(1, 1, layout.title, styles.of(font_size=18, bold=True, font_color=HEADER))
    if form:
        sheet.write_string(2, 1, f"报送表式：{form}", styles.note)
    row = _write_guidance(sheet, styles, 4)
    _write_contents(sheet, layout, styles, form, needed, row + 1)
    sheet.protect("")


def _write_guidance(sheet: Worksheet, styles: Styles, row: int) -> int:
    for word, sentence in _GUIDANCE:
        sheet.set_row(row, 20)
        sheet.write_string(row, 1, word, styles.of(bold=True, font_color=HEADER, align="center", bg_color=BAND))
        sheet.write_string(row, 2, sentence, styles.of())
        row += 1
    return row


def _write_contents(
    sheet: Worksheet, layout: Layout, styles: Styles, form: str, needed: tuple[str, ...], row: int
) -> None:
    for column, heading in enumerate(("序号", "工作表", "填报要求", "主要内容"), 1):
        sheet.write_string(row, column, heading, styles.header())
    for number, item in enumerate(layout.sheets, 1):
        need = _need(item, form, needed)
        line = {"border": 1, "border_color": "#D9CFC7"}
        shade = {"bg_color": NEED} if need else {}
        titles = [column.title for column in (*item.items, *item.columns)]
        contents = "、".join(titles[:_NAMED]) + ("等" if len(titles) > _NAMED else "")
        sheet.set_row(row + number, 20)
        sheet.write_number(row + number, 1, number, styles.of(align="center", **line))
        link = styles.of(font_color=HEADER, underline=1, **line)
        sheet.write_url(row + number, 2, f"internal:'{item.title}'!A1", link, item.title)
        requirement = f"{need.strip()}必填" if need else f"选填 · {_SUBJECTS[item.kind]}"
        sheet.write_string(row + number, 3, requirement, styles.of(**line, **shade))
        sheet.write_string(row + number, 4, contents, styles.of(font_color="#6B7280", **line))
