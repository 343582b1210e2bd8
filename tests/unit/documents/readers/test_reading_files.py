"""Reading whatever file comes: by its content, with only the libraries that it needs, or a refusal in words."""

import subprocess
import sys
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.documents import samples
from unit.documents.readers.reading import archive, docx, p, read

from rongji.documents.readers import UnreadableDocument, read_document
from rongji.documents.writers import render

TEXT = """\
2022年度青山县绩效自评表

\t项目
\t预算数
\t执行率

\t基本支出
\t413.73
\t94.87%

一、概况

全年支出392.52万元，其中人员支出353.38万元。
"""


@cache
def example(kind: str) -> bytes:
    """A small file of a kind."""
    if kind == "txt":
        return TEXT.encode()
    return render(samples.multi_part_form(), kind)


KINDS = ["txt", "html", "docx", "xlsx"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", KINDS)
def test_the_content_decides_and_another_ending_is_noted(kind, ending):
    found = read(example(kind), f"示例.{ending}")
    assert found.kind == kind
    expected = () if kind == ending else (f"文件名以 .{ending} 结尾，内容是 {kind}，已按内容读取。",)
    assert found.notes == expected


@pytest.mark.parametrize(
    ("content", "file", "kind"),
    [
        ("甲，乙。", "无名", "txt"),
        ("BM 是一个牌子。", "文.txt", "txt"),
        ("MZ 项目完成。", "文.txt", "txt"),
        ("<说明>文字里的尖括号。", "文.txt", "txt"),
        ("  \n<html><body>甲", "页.html", "html"),
        ("\ufeff<!DOCTYPE HTML><p>甲", "页.htm", "html"),
        ("<table><tr><td>甲<td>1</table>", "表.html", "html"),
        ("From: a\nTo: b\n\n这是一封普通的信。", "信.txt", "txt"),
    ],
)
def test_kinds_of_text(content, file, kind):
    assert read(content, file).kind == kind


def test_a_path_and_its_bytes_read_the_same(tmp_path):
    path = tmp_path / "示例.txt"
    path.write_bytes(example("txt"))
    assert read_document(path) == read_document(path.read_bytes(), "示例.txt")


def test_every_place_names_the_file():
    assert {run.place.file for run in read(example("docx"), "示例.docx").document.runs()} == {"示例.docx"}


_LOADED = """
import sys
from pathlib import Path
from rongji.documents.readers import read_document
if len(sys.argv) > 1:
    read_document(Path(sys.argv[1]))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
LIBRARIES = {"lxml", "python_calamine", "pypdfium2", "django", "docx", "openpyxl"}
NEEDED = {"": set(), "txt": set(), "html": {"lxml"}, "docx": {"lxml"}, "xlsx": {"python_calamine"}}


@pytest.mark.parametrize("kind", NEEDED)
def test_only_the_libraries_of_the_kind_are_loaded(kind, tmp_path):
    """A command that reads text files starts fast."""
    command = [sys.executable, "-c", _LOADED]
    if kind:
        path = tmp_path / f"示例.{kind}"
        path.write_bytes(example(kind))
        command.append(str(path))
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & LIBRARIES == NEEDED[kind]


def read_or_refused(content: bytes, file: str) -> None:
    try:
        read_document(content, file)
    except UnreadableDocument as refusal:
        assert file in str(refusal)


MUTATIONS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=30), st.booleans(), st.floats(0, 1)),
    min_size=1,
    max_size=4,
)


def mutated(data: bytes, mutations: list[tuple[float, bytes, bool, float]]) -> bytes:
    """The bytes with pieces put in, exchanged, or cut off."""
    for at, piece, exchanges, cut in mutations:
        place = int(at * len(data))
        rest = data[place + (len(piece) if exchanges else 0) :]
        data = data[:place] + piece + (rest[: len(rest) // 2] if cut > 0.9 else rest)
    return data


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(mutations=MUTATIONS)
def test_a_damaged_file_is_read_or_refused(kind, mutations):
    """Never anything else, wherever the damage is."""
    read_or_refused(mutated(example(kind), mutations), f"示例.{kind}")


PARTS = [
    ("docx", "word/document.xml"),
    ("docx", "word/styles.xml"),
    ("xlsx", "xl/worksheets/sheet1.xml"),
    ("xlsx", "xl/styles.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("xlsx", "xl/sharedStrings.xml"),
]


@pytest.mark.parametrize(("kind", "part"), PARTS)
@settings(max_examples=40)
@given(mutations=MUTATIONS)
def test_damage_inside_an_archive_is_read_or_refused(kind, part, mutations):
    """The archive is whole, the part within is not."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(example(kind))) as source:
        parts = {item.filename: source.read(item) for item in source.infolist()}
    read_or_refused(archive({**parts, part: mutated(parts[part], mutations)}), f"示例.{kind}")


@settings(max_examples=100)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>"]))
def test_any_bytes_are_read_or_refused(data, head):
    read_or_refused(head + data, "随机.docx")


PIECES = ["\t", "\n", "\n\n", " ", "  ", "\u3000", "\f", "|", ",", '"', "─", "│", "┌", "+--+", "---"]
PIECES += [
    "、",
    "。",
    "一、",
    "（一）",
    "1.",
    "①",
    "13.5",
    "98%",
    "合计",
    "项目",
    "公共财",
    "单位：万元",
    "注：",
    "2022年度报告",
]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_text_is_read_and_no_word_is_lost(text):
    """Whatever tables it seems to hold, every figure stands in the document, in its order."""
    if not text.strip():
        return
    found = read(text, "任意.txt").document
    printed = "".join(found.texts())
    for word in ("13.5", "98%", "合计", "公共财"):
        assert printed.count(word) >= text.count(word), word


TAGS = ["<table>", "</table>", "<tr>", "<td>", "<td rowspan=2>", "<td colspan=3>", "<th>", "<br>", "<p>", "</p>"]
TAGS += ["<div>", "</div>", "<h1>", "</h1>", "<ul><li>", "<a>", "<span>", "甲", "13.5", "一、概况", "&nbsp;", "\n"]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(TAGS), max_size=60).map("".join))
def test_any_page_is_read(tags):
    document = read(f"<html><body>{tags}", "任意.html").document
    for table in document.tables():
        assert sum(cell.colspan * cell.rowspan for row in table.rows for cell in row.cells) == len(table.columns) * len(
            table.rows
        )


BODY = [p("甲。"), p("一、概况"), "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:p>", "</w:p>",
        '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr></w:tc>', '<w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc>',
        "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", "<w:ins>", "</w:ins>"]  # fmt: skip


@settings(max_examples=100)
@given(st.lists(st.sampled_from(BODY), max_size=20).map("".join))
def test_any_body_of_a_word_file_is_read_or_refused(body):
    read_or_refused(docx(body), "任意.docx")
