"""Tables that a text file keeps one row to a line: each flavour gives the same grid, and every cell its line."""

import pytest
from unit.documents.readers.reading import ABOVE, HOLE, LEFT, outline, read, shown, tables

GRID = [
    ["项目", "预算数", "决算数", "完成率"],
    ["基本支出", "413.73", "392.52", "94.87%"],
    ["项目支出", "1,293.47", "", "85.41%"],
    ["合计", "1,707.20", "1,497.27", "87.70%"],
]


def tabs(rows):
    return "\n".join("\t".join(row) for row in rows)


def bars(rows):
    return "\n".join("|".join(row) for row in rows)


def markdown(rows):
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def commas(rows):
    return "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)


def wide(text):
    return sum(1 if char.isascii() else 2 for char in text)


def aligned(rows):
    return "\n".join("  " + "".join(cell + " " * (14 - wide(cell)) for cell in row).rstrip() for row in rows)


def right_aligned(rows):
    return "\n".join(
        row[0] + " " * (12 - wide(row[0])) + "".join(" " * (14 - wide(cell)) + cell for cell in row[1:]) for row in rows
    )


def ascii_box(rows):
    rule = "+" + "+".join("-" * 14 for _ in rows[0]) + "+"
    lines = ["|" + "|".join(f" {cell}{' ' * (13 - wide(cell))}" for cell in row) + "|" for row in rows]
    return "\n".join([rule, lines[0], rule, *lines[1:], rule])


def drawn_box(rows, width=1):
    """width: columns of the page that a drawn line takes; old programs print it as a full character."""
    dash = "─" * (14 // width)
    lines = ["│" + "│".join(f"{cell}{' ' * (14 - wide(cell))}" for cell in row) + "│" for row in rows]
    middle = "├" + "┼".join([dash] * len(rows[0])) + "┤"
    parted = [part for line in lines for part in (line, middle)][:-1]
    return "\n".join(["┌" + "┬".join([dash] * 4) + "┐", *parted, "└" + "┴".join([dash] * 4) + "┘"])


FLAVOURS = [tabs, bars, markdown, commas, aligned, right_aligned, ascii_box, drawn_box]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_every_flavour_gives_the_same_grid(flavour):
    (table,) = tables(flavour(GRID))
    assert [["" if cell == HOLE else cell for cell in row] for row in shown(table)] == GRID
    assert table.spans_known


def test_drawn_lines_as_wide_as_characters():
    (table,) = tables(drawn_box(GRID, width=2))
    assert [row[0] for row in shown(table)] == ["项目", "基本支出", "项目支出", "合计"]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_every_cell_knows_its_line_and_where_it_stands_in_it(flavour):
    text = flavour(GRID)
    lines = text.split("\n")
    for run in read(text).document.runs():
        start, end = run.place.span
        assert lines[run.place.line - 1][start:end] == run.text


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_name_and_unit_over_the_table_belong_to_it(flavour):
    text = f"年度支出情况\n单位：万元\n{flavour(GRID)}\n\n以上数字不含结转。\n"
    if flavour is commas:
        text = f"年度支出情况,,,\n单位：万元,,,\n{flavour(GRID)}\n"
    (table,) = tables(text)
    assert (table.caption, table.unit_note) == ("年度支出情况", "单位：万元")
    assert len(table.rows) == len(GRID)


def test_a_drawn_box_has_exact_spans():
    box = """\
┌────┬────────┬─────────────────┐
│机构│ 合计   │ 其中            │
│    │        ├────────┬────────┤
│    │        │ 结转   │ 拨款   │
├────┼────────┼────────┼────────┤
│机关│ 110.50 │ 10.50  │ 100.00 │
│本级│        │        │        │
└────┴────────┴────────┴────────┘
"""
    assert shown(tables(box)[0]) == [
        ["机构", "合计", "其中", LEFT],
        [ABOVE, ABOVE, "结转", "拨款"],
        ["机关本级", "110.50", "10.50", "100.00"],
    ]


def test_a_group_header_over_aligned_columns_leaves_the_structure_open():
    """How far 其中 reaches, spaces do not say; the figures still stand in their columns."""
    text = """\
机构        收入合计                其中
                         上年结转      财政拨款
局机关       110.50        10.50        100.00
光荣院        20.00                      20.00
"""
    (table,) = tables(text)
    assert not table.spans_known
    assert shown(table)[2:] == [["局机关", "110.50", "10.50", "100.00"], ["光荣院", "20.00", HOLE, "20.00"]]


def test_rows_that_cannot_be_told_into_columns_are_no_table():
    """A wrong table would accuse; the lines stay lines, and a note says so."""
    text = """\
            项   目        预算数        执行数   执行率
                合计     820.50     810.25 98.75%
 资金   （1）财政拨款     800.00     790.25
 来源
        （2）其他资金
                         20.50      20.00        －
        合计            820.50     810.25
"""
    found = read(text)
    assert not list(found.document.tables())
    assert [text for _, text in outline(found.document)][-1] == "合计            820.50     810.25"
    assert "没有按表格读取" in found.notes[0]


def test_quoted_fields_hold_commas_quotes_and_line_breaks():
    text = '项目,说明,金额\n甲,"第一行,\n第二行",10.5\n乙,"有""引号""",20\n'
    assert shown(tables(text, "表.csv")[0])[1:] == [["甲", "第一行,第二行", "10.5"], ["乙", '有"引号"', "20"]]


@pytest.mark.parametrize(
    "text",
    [
        "局长：甲某    日期：3月1日\n\n本单位编制10人。\n",
        "本单位共有编制10人,实有12人,其中在职9人,退休3人,均已列入预算,按规定执行。\n共接待来访30人次,办结30件。\n",
        "上半年,全市共受理案件458.6万件,结案388.7万件,结案率84.8%。\n与上年相比,受理上升1.2%,结案上升3.4%,未结案下降5%。\n",
        "项目|说明\n",
        "预算执行\t良好\n\n本年度全年支出392.52万元。\n",
    ],
    ids=[
        "signatures",
        "half-width commas",
        "half-width commas, as many a line",
        "one row of bars",
        "one line with a tab",
    ],
)
def test_what_only_looks_like_a_table(text):
    assert "table" not in [kind for kind, _ in outline(read(text).document)]


def test_heading_marks_of_markdown_fall_away():
    assert outline(read("# 青山县绩效自评报告\n\n## 一、概况\n\n正文说明。\n").document) == [
        ("title", "青山县绩效自评报告"),
        ("h1", "一、概况"),
        ("body", "正文说明。"),
    ]
