"""Files made to hurt, or only broken: refused in words that say what to do, within bounded memory, or read.

The heavy ones are read by another process that may not take more memory than an honest document needs.
"""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from unit.documents.readers.hostile import CLUMSY, HEAVY, MAIN, MIB, compound, encrypted_zip, honest, nested
from unit.documents.readers.reading import archive, docx, p, read, with_part

from rongji.documents.readers import UnreadableDocument, read_document

MEMORY_MIB = 1024  # address space of the reading process, the interpreter and its libraries included
SECONDS = 60  # a hanging reader fails; how fast refusals are is measured elsewhere

_READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) * 1048576,) * 2)
from pathlib import Path
from rongji.documents.readers import UnreadableDocument, read_document
try:
    print("read", len(read_document(Path(sys.argv[1])).document.blocks))
except UnreadableDocument as refusal:
    print("refused", refusal)
"""


def refused(content: bytes, file: str) -> str:
    with pytest.raises(UnreadableDocument) as refusal:
        read(content, file)
    text = str(refusal.value)
    assert file in text
    assert "请" in text, "a refusal says what to do"
    return text


def bounded(content: bytes, file: str, folder: Path) -> str:
    """What another process with little memory makes of a file."""
    path = folder / file
    path.write_bytes(content)
    command = [sys.executable, "-c", _READ, str(path), str(MEMORY_MIB)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("name", HEAVY)
def test_a_file_that_would_fill_the_memory_is_refused(name, tmp_path):
    said = bounded(HEAVY[name](), name, tmp_path)
    assert said.startswith("refused"), said
    assert "请" in said


@pytest.mark.parametrize("name", CLUMSY)
def test_what_is_only_clumsy_is_read_within_the_same_memory(name, tmp_path):
    """Parts that nobody reads are not unpacked; blanks, bars and depth cost no more than their length."""
    assert bounded(CLUMSY[name](), name, tmp_path).startswith("read")


ENTITY = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    "<!DOCTYPE w [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
)


@pytest.mark.parametrize("declared", [ENTITY, LAUGHS], ids=["outside file", "billion laughs"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_declared_entities_are_refused_in_word_files(declared, encoding, part):
    head = f'<?xml version="1.0" encoding="{encoding}"?>{declared}'
    tag = part.removeprefix("word/").removesuffix(".xml")
    content = f'{head}<w:{tag} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&a9;</w:{tag}>'
    data = with_part(honest("docx"), part, content.encode(encoding))
    assert "root:" not in refused(data, "实体.docx")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_declared_entities_are_refused_in_workbooks(part):
    content = f'{ENTITY}<x xmlns="{MAIN}">&a;</x>'
    assert "文档类型声明" in refused(with_part(honest("xlsx"), part, content), "实体.xlsx")


def test_entities_of_a_page_stay_what_they_are():
    found = read(f"{ENTITY.replace(' w ', ' html ')}<html><body><p>&a;正文&lt;&nbsp;&#30002;</p></body></html>")
    assert "root:" not in "".join(found.document.texts())
    assert "甲" in "".join(found.document.texts())


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx(nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 100_000)), "深.docx"),
        (docx(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 50_000)), "深.docx"),
        (nested("<div>", "</div>", 100_000, "甲").encode(), "深.html"),
        (nested("<table><tr><td>", "</table>", 100_000, "甲").encode(), "深.html"),
    ],
    ids=["controls", "tables", "blocks", "tables of a page"],
)
def test_what_is_nested_too_deep_is_refused(content, name):
    assert "嵌套过深" in refused(content, name)


def test_what_is_nested_as_deep_as_people_nest_is_read():
    deep = nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 100, p("甲。"))
    tables = nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 60, p("乙。"))
    assert [*read(docx(deep + tables), "深.docx").document.texts()].count("甲。") == 1
    assert read(nested("<div>", "</div>", 200, "甲").encode()).document.blocks
    assert read(nested("<table><tr><td>1<td>", "</table>", 60, "甲").encode()).document.blocks


OTHERS = [
    (b"", "空.docx", "空的"),
    (b" \n\t ", "空.txt", "空的"),
    (b"\x00" * 4096, "零.txt", "不是"),
    (honest("docx")[:4000], "截断.docx", "不完整"),
    (honest("xlsx")[:-40], "截断.xlsx", "不完整"),
    (b"%PDF-1.7"[:3] + b"\x00\x01", "假.pdf", "不是"),
    (b"\x89PNG\r\n\x1a\n" + bytes(64), "图.docx", "图片"),
    (b"\xff\xd8\xff\xe0" + bytes(64), "图.xlsx", "图片"),
    (b"MZ\x90\x00" + bytes(64), "程序.txt", "程序"),
    (b"Rar!\x1a\x07\x01\x00" + bytes(64), "包.doc", "压缩包"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(64), "包.docx", "压缩包"),
    (b"\x1f\x8b\x08" + bytes(64), "包.txt", "压缩包"),
    (archive({"a.docx": "x", "b.txt": "y"}), "包.docx", "压缩包"),
    (archive({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}), "演示.docx", "演示"),
    (archive({"xl/workbook.bin": "x"}), "表.xlsx", "xlsb"),
    (archive({"OFD.xml": "<a/>"}), "版式.docx", "OFD"),
    (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "文.docx", "OpenDocument"),
    (encrypted_zip(), "密.docx", "密码"),
    (compound("EncryptionInfo", "EncryptedPackage"), "密.xlsx", "密码"),
    (compound("WordDocument"), "旧.docx", "doc"),
    (compound("PowerPoint Document"), "旧.ppt", "演示"),
    (compound("Something"), "旧.dat", "旧格式"),
    (compound("Workbook"), "坏.xls", "损坏"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "坏.xls", "损坏"),
    (b"{\\rtf1\\ansi abc}", "文.doc", "RTF"),
    (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><a/>', "表.xls", "XML"),
    (b'<?xml version="1.0"?><feed><entry/></feed>', "数据.xml", "XML"),
    (archive({"word/document.xml": "<broken", "[Content_Types].xml": "<a/>"}), "坏.docx", "损坏"),
    (archive({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "无.docx", "没有正文"),
    (with_part(honest("xlsx"), "xl/workbook.xml", "<broken"), "坏.xlsx", "损坏"),
    (b"MIME-Version: 1.0\nFrom: a\nContent-Type: multipart/related; boundary=x\n\n--x--\n", "档.mht", "没有正文"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "name", "said"), OTHERS, ids=[f"{name}-{said}" for _, name, said in OTHERS])
def test_what_is_no_document_is_refused_in_words(content, name, said):
    assert said in refused(content, name)


def test_a_part_that_lies_about_its_size_is_counted_as_it_unpacks():
    data = with_part(honest("docx"), "word/document.xml", b" " * (130 * MIB))
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        true = opened.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    assert "解压后过大" in refused(data.replace(true, (1000).to_bytes(4, "little")), "谎.docx")


def test_a_stray_zero_byte_does_no_harm():
    text = "全年支出392.52万元，其中人员支出353.38万元，公用支出39.14万元。\n" * 20
    found = read(text.replace("其中", "其\x00中", 1).encode())
    assert "392.52" in "".join(found.document.texts())


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "没有.docx", "找不到"),
        (lambda folder: folder, "文件夹"),
        (lambda folder: Path("/dev/null"), "普通文件"),
        (lambda folder: folder / ("长" * 300), "出错"),
    ],
    ids=["missing", "a directory", "a device", "a name too long"],
)
def test_paths_that_lead_to_no_file(make, said, tmp_path):
    with pytest.raises(UnreadableDocument, match=said):
        read_document(make(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "保密.txt"
    path.write_text("甲。")
    path.chmod(0)
    with pytest.raises(UnreadableDocument, match="权限"):
        read_document(path)


def test_a_file_that_may_not_be_read_for_anybody(tmp_path, monkeypatch):
    """The same where the tests run as root, who may read everything."""
    path = tmp_path / "保密.txt"
    path.write_text("甲。")

    def closed(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(UnreadableDocument, match="权限"):
        read_document(path)


def test_a_file_larger_than_any_document_is_refused_unread(tmp_path):
    """A sparse file: it takes no room and would take gigabytes to read."""
    path = tmp_path / "巨大.xlsx"
    with path.open("wb") as file:
        file.truncate(2 * 1024 * MIB)
    with pytest.raises(UnreadableDocument, match="200 MB"):
        read_document(path)
