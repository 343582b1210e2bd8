"""Files made to hurt: each by a function, so that nothing large is made before it is needed."""

from collections.abc import Callable

from unit.documents import samples
from unit.documents.readers.reading import archive, docx, p, tc, tr, with_part

from rongji.documents.writers import render

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
MIB = 1024 * 1024
BULK = b" " * (300 * MIB)
FIRST_SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def honest(ending: str) -> bytes:
    return render(samples.multi_part_form(), ending)


def sheet(rows: str) -> bytes:
    """A workbook whose first sheet has other rows."""
    content = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_part(honest("xlsx"), FIRST_SHEET, content)


def ods(table: str) -> bytes:
    names = " ".join(
        f'xmlns:{short}="{OFFICE}{name}:1.0"' for short, name in zip("otx", ("office", "table", "text"), strict=True)
    )
    body = f"<o:body><o:spreadsheet>{table}</o:spreadsheet></o:body>"
    content = f"<o:document-content {names}>{body}</o:document-content>"
    return archive({"mimetype": SPREADSHEET, "content.xml": content})


def nested(opening: str, closing: str, depth: int, inside: str = "") -> str:
    return opening * depth + inside + closing * depth


def encrypted_zip() -> bytes:
    """An archive whose parts carry the mark of encryption."""
    data = bytearray(archive({"word/document.xml": "x"}))
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(head) + at] |= 1
    return bytes(data)


def compound(*names: str) -> bytes:
    """A compound file that holds empty streams of these names."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = (0x3E).to_bytes(2, "little") + (3).to_bytes(2, "little") + b"\xfe\xff\x09\x00\x06\x00"
    header[44:48] = (1).to_bytes(4, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[56:60] = (4096).to_bytes(4, "little")
    header[60:64] = header[68:72] = b"\xfe\xff\xff\xff"
    header[76:] = b"\x00\x00\x00\x00" + b"\xff" * (512 - 80)
    table = b"\xfd\xff\xff\xff\xfe\xff\xff\xff" + b"\xff" * (512 - 8)
    entries = b"".join(_entry(name, 5 if number == 0 else 2) for number, name in enumerate(("Root Entry", *names)))
    return bytes(header) + table + entries.ljust(512, b"\x00")


def _entry(name: str, kind: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\x00\x00"
    return wide.ljust(64, b"\x00") + len(wide).to_bytes(2, "little") + bytes([kind, 1]) + b"\xff" * 12 + b"\x00" * 48


def cells(*addresses: str) -> str:
    """Rows of one cell each."""
    return "".join(f'<row r="{"".join(filter(str.isdigit, at))}"><c r="{at}"><v>1</v></c></row>' for at in addresses)


def overlapping_merges() -> bytes:
    """One area merged a hundred thousand times."""
    merges = '<mergeCell ref="A1:SF400"/>' * 100_000
    content = f"<sheetData>{cells('A1', 'SF400')}</sheetData><mergeCells>{merges}</mergeCells>"
    return with_part(honest("xlsx"), FIRST_SHEET, f'<worksheet xmlns="{MAIN}">{content}</worksheet>')


def endless_row() -> bytes:
    """An open workbook of one cell that stands for seventeen thousand million."""
    cell = '<t:table-cell t:number-columns-repeated="16384" o:value-type="string"><x:p>甲</x:p></t:table-cell>'
    return ods(f'<t:table t:name="a"><t:table-row t:number-rows-repeated="1048576">{cell}</t:table-row></t:table>')


def long_format() -> bytes:
    """A number format of a hundred thousand digits."""
    formats = f'<numFmts><numFmt numFmtId="200" formatCode="{"0" * 100_000}"/></numFmts>'
    styles = "<cellXfs>" + '<xf numFmtId="200"/>' * 1000 + "</cellXfs>"
    return with_part(honest("xlsx"), "xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{formats}{styles}</styleSheet>')


def nested_mail() -> bytes:
    """A mail inside a mail inside a mail."""
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    return head + b"--x\nContent-Type: multipart/related; boundary=x\n\n" * 100_000


def spans() -> bytes:
    """A page whose cells claim every row there is."""
    return f"<table>{'<tr><td colspan=500 rowspan=65534>甲<td rowspan=0>乙' * 2000}</table>".encode()


HEAVY: dict[str, Callable[[], bytes]] = {
    "炸弹.docx": lambda: with_part(honest("docx"), "word/document.xml", BULK),
    "炸弹.xlsx": lambda: with_part(honest("xlsx"), "xl/sharedStrings.xml", BULK),
    "炸弹.ods": lambda: archive({"mimetype": SPREADSHEET, "content.xml": BULK}),
    "空段.docx": lambda: docx("<w:p/>" * 2_900_000),
    "段落.docx": lambda: docx(p("甲") * 600_000),
    "宽表.docx": lambda: docx("<w:tbl>" + tr(tc("甲", '<w:gridSpan w:val="500"/>')) * 50_000 + "</w:tbl>"),
    "远格.xlsx": lambda: sheet(cells("XFD1048576")),
    "大表.xlsx": lambda: sheet(cells("A1", "SF90000")),
    "空格.xlsx": lambda: sheet("<row>" + "<c/>" * 7_000_000 + "</row>"),
    "合并.xlsx": overlapping_merges,
    "重复.ods": endless_row,
    "段落.html": lambda: ("<p>甲" * 600_000).encode(),
    "标记.html": lambda: ("<p>" * 1_600_000).encode(),
    "跨格.html": spans,
    "归档.mht": nested_mail,
    "长行.txt": lambda: "字".encode() * 5_000_000,
    "空行.txt": lambda: b"\n" * 9_000_000 + "甲".encode(),
    "长文.txt": lambda: "甲乙丙丁。\n".encode() * 2_500_000,
}

CLUMSY: dict[str, Callable[[], bytes]] = {
    "未读.docx": lambda: with_part(honest("docx"), "docProps/core.xml", BULK),
    "空格.txt": lambda: (" " * 400_000 + "甲\n").encode(),
    "制表.txt": lambda: ("\t甲乙丙丁戊己庚辛，壬癸。\n\n" * 30_000).encode(),
    "竖线.txt": lambda: ("|甲" * 1_500 + "\n").encode() * 200,
    "引号.txt": lambda: ('"甲,' * 1_000 + "\n").encode() * 200,
    "链接.html": lambda: (nested("<div>", "</div>", 100, "<a>x</a>" * 5) * 300).encode(),
    "格式.xlsx": long_format,
    "深层.xlsx": lambda: sheet(nested("<a>", "</a>", 300_000)),
}
