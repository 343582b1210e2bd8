"""Word files of other people: numbers that no text holds, exact spans, revisions, boxes, notes."""

import io

import docx as python_docx
import pytest
from unit.documents.readers.reading import ABOVE, HOLE, LEFT, docx, outline, p, places, read, shown, tables, tc, tr

SPAN = '<w:gridSpan w:val="{}"/>'
DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def word(body, **parts):
    return read(docx(body, **parts), "示例.docx")


def blocks(body, **parts):
    return outline(word(body, **parts).document)


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def test_spans_are_exact():
    form = table(
        tr(tc("机构", DOWN), tc("合计", DOWN), tc("其中", SPAN.format(2))),
        tr(tc("", GOES_ON), tc("", GOES_ON), tc("结转"), tc("拨款")),
        tr(tc("机关"), tc("110.50"), tc("10.50"), tc("100.00")),
    )
    (made,) = tables(docx(form), "示例.docx")
    assert made.spans_known
    assert shown(made) == [
        ["机构", "合计", "其中", LEFT],
        [ABOVE, ABOVE, "结转", "拨款"],
        ["机关", "110.50", "10.50", "100.00"],
    ]


@pytest.mark.parametrize(
    ("rows", "grid"),
    [
        ([tr(tc("甲"), tc("乙")), tr(tc("丙"))], [["甲", "乙"], ["丙", HOLE]]),
        (
            [tr(tc("甲"), tc("乙")), tr(tc("丙"), properties='<w:gridBefore w:val="1"/>')],
            [["甲", "乙"], ["", "丙"]],
        ),
        ([tr(tc("甲", GOES_ON), tc("乙"))], [["甲", "乙"]]),
        ([tr(tc("甲", DOWN + SPAN.format(2))), tr(tc("乙", GOES_ON), tc("丙"))], [["甲", LEFT], ["乙", "丙"]]),
        ([tr(tc("甲", SPAN.format(3))), tr(tc("乙", SPAN.format(2)), tc("丙"))], [["甲", LEFT], ["乙", "丙"]]),
        (
            ["<w:sdt><w:sdtContent>" + tr(tc("甲"), tc("乙")) + "</w:sdtContent></w:sdt>", tr(tc("丙"), tc("丁"))],
            [["甲", "乙"], ["丙", "丁"]],
        ),
    ],
    ids=["short row", "shifted row", "nothing above", "width changes", "no cell begins there", "content control"],
)
def test_crooked_tables_become_rectangles(rows, grid):
    assert shown(tables(docx(table(*rows)), "示例.docx")[0]) == grid


def test_a_table_inside_a_cell_stands_after_it():
    inner = table(tr(tc("子项"), tc("10")), tr(tc("子项二"), tc("20")))
    found = word(table(tr(tc("项目"), tc("说明")), tr(tc("甲"), f"<w:tc>{inner}<w:p/></w:tc>")))
    assert [shown(made)[0] for made in found.document.tables()] == [["项目", "说明"], ["子项", "10"]]
    assert found.notes == ("有 1 张表格套在别的表格里，已拆出来单独读取。",)


def test_a_frame_of_one_cell_is_seen_through():
    inner = table(tr(tc("项目"), tc("金额")), tr(tc("甲"), tc("10")))
    assert blocks(table(tr(f"<w:tc>{p('一、收支情况')}{inner}<w:p/></w:tc>"))) == [
        ("h1", "一、收支情况"),
        ("table", ""),
    ]


def test_places_count_paragraphs_tables_rows_and_columns():
    body = p("第一段。") + p("") + p("第二段。") + table(tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁")))
    assert places(word(body).document) == [
        {"file": "示例.docx", "paragraph": 1},
        {"file": "示例.docx", "paragraph": 2},
        {"file": "示例.docx", "table": 1, "row": 1, "column": 1},
        {"file": "示例.docx", "table": 1, "row": 1, "column": 2},
        {"file": "示例.docx", "table": 1, "row": 2, "column": 1},
        {"file": "示例.docx", "table": 1, "row": 2, "column": 2},
    ]


def test_spans_count_within_the_text_of_the_cell():
    cell = f"<w:tc>{p('指标1：完成')}{p('指标2：')}{p('未完成')}</w:tc>"
    (made,) = tables(docx(table(tr(tc("甲"), cell))), "示例.docx")
    text = made.rows[0].cells[1].text
    runs = [run for paragraph in made.rows[0].cells[1].paragraphs for run in paragraph.runs]
    assert [text[slice(*run.place.span)] for run in runs] == ["指标1：完成", "指标2：", "未完成"]


def level(depth, kind, pattern, start=1):
    inside = f'<w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inside}</w:lvl>'


def numbered(text, depth=0, number=1):
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{level(0, "chineseCounting", "%1、")}{level(1, "chineseCounting", "（%2）")}'
    f"{level(2, 'decimal', '%3.')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)


def test_automatic_numbers_are_part_of_the_text():
    body = "".join(
        [
            numbered("部门概况"),
            numbered("机构设置", 1),
            numbered("人员情况", 1),
            numbered("在职人员", 2),
            numbered("收支情况"),
            numbered("基本支出", 1),
            numbered("附注", number=2),
        ]
    )
    assert blocks(body, numbering=NUMBERING) == [
        ("h1", "一、部门概况"),
        ("h2", "（一）机构设置"),
        ("h2", "（二）人员情况"),
        ("h3", "1.在职人员"),
        ("h1", "二、收支情况"),
        ("h2", "（一）基本支出"),
        ("h1", "一、附注"),
    ]


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("chineseCounting", ["一", "十", "十一", "二十", "二十一"]),
        ("decimal", ["1", "10", "11", "20", "21"]),
        ("upperRoman", ["I", "X", "XI", "XX", "XXI"]),
        ("lowerLetter", ["a", "j", "k", "t", "u"]),
        ("decimalEnclosedCircle", ["①", "⑩", "⑪", "⑳", "21"]),
        ("decimalZero", ["01", "10", "11", "20", "21"]),
    ],
)
def test_kinds_of_numerals(kind, numbers):
    root = f'<w:abstractNum w:abstractNumId="1">{level(0, kind, "%1、")}</w:abstractNum>'
    root += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    body = "".join(numbered("甲。") for _ in range(21))
    found = [text for _, text in blocks(body, numbering=root)]
    assert [found[at - 1] for at in (1, 10, 11, 20, 21)] == [f"{number}、甲。" for number in numbers]


def test_numbers_and_levels_of_styles():
    styles = (
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="Sub"/><w:basedOn w:val="a3"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a3"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>'
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in [("绩效评价", "t"), ("部门概况", "a1"), ("机构", "a2"), ("人员一览", "c")]
    )
    found = blocks(body + table(tr(tc("甲"), tc("乙"))), styles=styles, numbering=NUMBERING)
    assert found == [("title", "绩效评价"), ("h1", "一、部门概况"), ("h2", "机构"), ("table", "人员一览")]


def test_insertions_are_taken_and_deletions_left_out():
    body = (
        "<w:p><w:r><w:t>全年支出</w:t></w:r>"
        "<w:del><w:r><w:delText>300</w:delText></w:r></w:del><w:ins><w:r><w:t>392</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:t>万元。</w:t></w:r></w:p>"
    )
    found = word(body + table(tr(tc("甲"), tc("乙")), tr(tc("删"), tc("除"), properties="<w:del/>")))
    assert outline(found.document)[0] == ("body", "全年支出392万元。")
    assert shown(next(found.document.tables())) == [["甲", "乙"]]
    assert found.notes == ("文件带有修订痕迹：按接受修订后的文字读取，3 处删除的内容没有读取。",)


def test_hidden_text_is_not_read():
    body = "<w:p><w:r><w:t>支出</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r></w:p>"
    found = word(body)
    assert outline(found.document) == [("body", "支出")]
    assert found.notes == ("有 1 处隐藏文字没有读取。",)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
        ("<w:fldSimple><w:r><w:t>域</w:t></w:r></w:fldSimple>", "域"),
        ("<w:r><w:instrText>SUM(A1)</w:instrText></w:r><w:r><w:t>12</w:t></w:r>", "12"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲 乙"),
        ("<w:r><w:t>2</w:t><w:noBreakHyphen/><w:t>3</w:t></w:r>", "2-3"),
        ("<w:r><w:t>1\u200b2\u00ad3</w:t></w:r>", "123"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "拼",
        ),
    ],
    ids=["link", "control", "field", "field code", "tab", "hyphen", "zero width", "ruby"],
)
def test_what_is_printed_of_a_run(inside, text):
    assert blocks(f"<w:p>{inside}</w:p>") == [("body", text)]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{p('框内文字。')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert blocks(f"<w:p><w:r><w:t>正文。</w:t></w:r><w:r>{both}</w:r></w:p>") == [
        ("body", "正文。"),
        ("body", "框内文字。"),
    ]


def test_a_line_break_inside_a_paragraph_parts_it():
    body = "<w:p><w:r><w:t>一、概况</w:t><w:br/><w:t>正文在此。</w:t></w:r></w:p>"
    assert blocks(body) == [("h1", "一、概况"), ("body", "正文在此。")]
    assert places(word(body).document)[1] == {"file": "示例.docx", "paragraph": 1, "span": (5, 10)}


def test_footnotes_follow_in_the_order_of_the_text():
    notes = f'<w:footnote w:id="2">{p("脚注二。")}</w:footnote><w:footnote w:id="5">{p("脚注五。")}</w:footnote>'
    body = '<w:p><w:r><w:t>正文。</w:t><w:footnoteReference w:id="5"/><w:footnoteReference w:id="2"/></w:r></w:p>'
    assert blocks(body, footnotes=notes) == [("body", "正文。"), ("note", "脚注五。"), ("note", "脚注二。")]


def test_a_table_of_contents_is_left_out():
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{p('一、概况 1')}</w:sdtContent></w:sdt>"
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    body = contents + p("一、概况 1", '<w:pStyle w:val="11"/>') + p("正文。")
    assert blocks(body, styles=styles) == [("body", "正文。")]


def test_macros_are_noted_and_not_read():
    data = docx(p("正文。"))
    made = io.BytesIO(data)
    import zipfile

    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\x00")
    found = read(made.getvalue(), "示例.docm")
    assert found.notes == ("文件带有宏；宏没有运行，也没有读取。",)


def test_a_file_of_another_program():
    """What python-docx writes: styles of its own template, merged cells, a list."""
    made = python_docx.Document()
    made.add_heading("青山县绩效自评报告", 0)
    made.add_heading("一、基本情况", 1)
    made.add_paragraph("全年支出392.52万元。")
    grid = made.add_table(2, 3)
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "项目"
    grid.cell(0, 2).text = "金额"
    grid.cell(1, 2).text = "10"
    buffer = io.BytesIO()
    made.save(buffer)
    found = read(buffer.getvalue(), "示例.docx").document
    assert outline(found)[:3] == [
        ("title", "青山县绩效自评报告"),
        ("h1", "一、基本情况"),
        ("body", "全年支出392.52万元。"),
    ]
    assert shown(next(found.tables())) == [["项目", LEFT, "金额"], ["", "", "10"]]
