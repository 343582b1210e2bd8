"""Web pages as government sites publish them: content told from the site around it, data from layout."""

import pytest
from unit.documents.readers.reading import ABOVE, HOLE, LEFT, outline, places, read, shown, tables


def page(body, head=""):
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def blocks(body, head=""):
    return outline(read(page(body, head), "示例.html").document)


def test_the_site_around_the_document_is_left_out():
    body = """
    <script>var a = "不是正文";</script><style>p {}</style>
    <nav><a href=1>首页</a></nav>
    <div class="top-menu"><a>首页</a><a>政务公开</a></div>
    <div class="breadcrumb">当前位置：首页 &gt; 公开</div>
    <ul><li><a>要闻</a><li><a>通知</a><li><a>公告</a><li><a>图片</a></ul>
    <div style="display: none">看不见</div><p hidden>看不见</p>
    <div id="content"><h1>青山县绩效自评报告</h1><p>全年支出392.52万元。</p></div>
    <footer>版权所有</footer>"""
    assert blocks(body) == [("title", "青山县绩效自评报告"), ("body", "全年支出392.52万元。")]


def test_paragraphs_by_whatever_the_page_breaks_lines():
    body = "<div>　　一、概况<br>&nbsp;&nbsp;第一段。<br><br>第二段。<p>第三段。</p>第四段。</div><ul><li>第五段。</ul>"
    assert blocks(body) == [("h1", "一、概况"), *[("body", f"第{n}段。") for n in "一二三四五"]]


def test_white_space_of_the_source_is_no_white_space_of_the_text():
    assert blocks("<p>全年\n   支出\n392.52\n万元，Word\n file。</p>") == [("body", "全年支出392.52万元，Word file。")]


def test_a_line_pasted_with_breaks_is_one_paragraph():
    line = "青山县退役军人事务局承担全县退役军人的移交安置工作和服务"
    body = f"<div>{line}<br>{line}<br>{line}<br>{line}<br>全部完成。</div>"
    assert blocks(body) == [("body", line * 4 + "全部完成。")]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ("<h1>青山县<br>绩效自评报告</h1>", [("title", "青山县|绩效自评报告")]),
        ("<h1><span>青山县</span><span>绩效自评报告</span></h1>", [("title", "青山县|绩效自评报告")]),
        ("<h2>一、概况</h2>", [("h1", "一、概况")]),
        ("<h3>（二）收支</h3>", [("h2", "（二）收支")]),
        ("<h1>青山县绩效自评报告</h1><h1>收支</h1>", [("title", "青山县绩效自评报告"), ("h1", "收支")]),
        ("<h2>这是一句完整的话。</h2>", [("body", "这是一句完整的话。")]),
    ],
)
def test_headings(heads, expected):
    assert blocks(heads + "<p>正文。</p>")[: len(expected)] == expected


def test_the_page_names_itself_where_no_title_is_printed():
    head = "<title>青山县2022年度绩效自评报告_青山县人民政府网</title>"
    assert read(page("<p>正文。</p>", head)).document.title == "青山县2022年度绩效自评报告"


TABLE = """
<table><caption>年度收入情况 <span>单位：万元</span></caption>
<thead><tr><th rowspan=2>机构<th rowspan=2>合计<th colspan=2>其中</tr><tr><th>结&nbsp;转<th>拨<br>款</tr></thead>
<tr><td>机关</td><td>110.50</td><td><p>10.50</p></td><td>100.00</td></tr>
<tr><td>合计<td>110.50<td colspan=2></table>"""


def test_a_table_of_data():
    (table,) = tables(page(TABLE))
    assert (table.caption, table.unit_note, table.header_rows) == ("年度收入情况", "单位：万元", 2)
    assert shown(table) == [
        ["机构", "合计", "其中", LEFT],
        [ABOVE, ABOVE, "结 转", "拨款"],
        ["机关", "110.50", "10.50", "100.00"],
        ["合计", "110.50", "", LEFT],
    ]
    assert table.rows[0].cells[0].header


def test_cells_know_table_row_and_column():
    found = places(read(page(TABLE)).document)
    assert found[3:6] == [
        {"table": 1, "row": 2, "column": 3},
        {"table": 1, "row": 2, "column": 4, "span": (0, 1)},
        {"table": 1, "row": 2, "column": 4, "span": (1, 2)},
    ]


@pytest.mark.parametrize(
    "frame",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<table role=presentation><tr><td>{}</td><td></td></tr></table>",
        "<table><tr><td>左</td><td>{}</td></tr></table>",
    ],
    ids=["one cell", "declared", "beside a margin"],
)
def test_a_table_that_only_arranges_the_page_is_seen_through(frame):
    inner = "<h2>一、收支情况</h2><p>说明如下。</p>" + TABLE
    kinds = [kind for kind, _ in blocks(frame.format(inner))]
    assert kinds[-3:] == ["h1", "body", "table"]


def test_a_table_of_data_inside_another_stands_after_it():
    inner = "<table><tr><td>子项<td>10<tr><td>子项二<td>20</table>"
    rows = ("项目的名称<td>说明文字较长的一栏", f"甲项目<td>见下{inner}", "乙项目<td>无此情况")
    found = read(page("<table>" + "".join(f"<tr><td>{row}" for row in rows) + "</table>"), "示例.html")
    assert [shown(table)[0][0] for table in found.document.tables()] == ["项目的名称", "子项"]
    assert found.notes == ("有 1 张表格套在别的表格里，已拆出来单独读取。",)


@pytest.mark.parametrize(
    ("rows", "grid"),
    [
        ("<tr><td rowspan=9>甲<td>乙<tr><td>丙", [["甲", "乙"], [ABOVE, "丙"]]),
        ("<tr><td rowspan=0>甲<td>乙<tr><td>丙", [["甲", "乙"], [ABOVE, "丙"]]),
        ("<tr><td colspan=2>甲<td>乙<tr><td>丙<td>丁", [["甲", LEFT, "乙"], ["丙", "丁", HOLE]]),
        ("<tr><td colspan=9>甲<tr><td>丙<td>丁", [["甲", LEFT], ["丙", "丁"]]),
        ("<tr><td colspan=x rowspan=-1>甲<td>乙<tr><td>丙<td>丁", [["甲", "乙"], ["丙", "丁"]]),
    ],
)
def test_crooked_spans_become_rectangles(rows, grid):
    (table,) = tables(page(f"<table>{rows}</table>"))
    assert shown(table) == grid


def test_the_name_of_a_table_drawn_as_its_first_row():
    rows = "<tr><td colspan=3>年度支出情况<tr><td colspan=3>单位：万元<tr><td>甲<td>乙<td>丙<tr><td>1<td>2<td>3"
    (table,) = tables(page(f"<p>正文。</p><table>{rows}</table>"))
    assert (table.caption, table.unit_note, len(table.rows)) == ("年度支出情况", "单位：万元", 2)


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", ""])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_the_bytes_decide_where_the_declaration_lies(declared, encoding):
    """Many a page was converted and kept its old declaration."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    data = f"<html><head>{meta}</head><body><p>优抚对象镕𠮷。</p></body></html>".encode(encoding)
    assert outline(read(data).document) == [("body", "优抚对象镕𠮷。")]


def test_a_mail_archive():
    mail = (
        'From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'
        "--x\nContent-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
    )
    import base64

    body = base64.b64encode("<html><body><p>全年支出392.52万元。</p></body></html>".encode("gb2312")).decode()
    found = read(f"{mail}{body}\n--x\nContent-Type: image/png\n\n--x--\n", "示例.mht")
    assert (found.kind, outline(found.document)) == ("mhtml", [("body", "全年支出392.52万元。")])


def test_a_page_that_a_word_processor_saved_under_its_own_ending():
    html = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><!--[if gte mso 9]><xml><o:x/></xml><![endif]-->"
        "</head><body><p class=MsoNormal>支出<o:p></o:p><span style='mso-hide:all'>暗</span></p></body></html>"
    )
    found = read(html, "示例.doc")
    assert outline(found.document) == [("body", "支出")]
    assert found.notes == ("文件名以 .doc 结尾，内容是 html，已按内容读取。",)
