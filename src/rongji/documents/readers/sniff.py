"""What a file is, by its content; endings lie."""

import re
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO

from rongji.documents.readers import ole
from rongji.documents.readers.encoding import looks_like_text
from rongji.documents.readers.model import UnreadableDocument

_RESAVE_WORD = "请用 Word 或 WPS 打开后另存为 .docx"
_RESAVE_SHEET = "请用 Excel 或 WPS 打开后另存为 .xlsx"
_HEAD = 4096
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|meta|p|h[1-6]|title|span|center|font)[\s>/]", re.I)
_WIDE_MARKUP = re.compile(rb"<\0(?:h\0t\0m\0l|H\0T\0M\0L|!\0D\0O\0C|!\0d\0o\0c)")
_MAIL = re.compile(rb"^(?:mime-version|from|date|subject|content-type|x-[a-z-]+)\s*:", re.I | re.M)
# Kinds that are no document, by their first bytes, with what people call them.
_OTHERS = (
    (b"\x89PNG", "图片"), (b"\xff\xd8\xff", "图片"), (b"GIF8", "图片"), (b"BM", "图片"), (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"), (b"RIFF", "图片或音视频"), (b"MZ", "程序"), (b"\x7fELF", "程序"), (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包"), (b"\x1f\x8b", "压缩包"), (b"BZh", "压缩包"), (b"\xfd7zXZ", "压缩包"),
    (b"SQLite format 3", "数据库"), (b"OFDX", "OFD 版式文件"), (b"\x00\x00\x01\x00", "图片"), (b"ID3", "音频"),
)  # fmt: skip


class Kind(StrEnum):
    """The kinds that are read."""

    TXT = "txt"
    HTML = "html"
    MHTML = "mhtml"
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    PDF = "pdf"


def kind_of(data: bytes, file: str) -> Kind:
    """The kind of a document by its content.

    Raises: UnreadableDocument when it is none that can be read, with what to do.
    """
    if not data.strip():
        raise UnreadableDocument(file=file, reason="文件是空的，请检查是否上传完整")
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if zipfile.is_zipfile(BytesIO(data)):
        return _in_archive(data, file)
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableDocument(file=file, reason="文件不完整（可能没有下载完），请重新取得文件")
    if data.startswith(ole.MAGIC):
        return _in_container(data, file)
    for head, name in _OTHERS:
        if data.startswith(head) and not _is_plain(data, head):
            raise UnreadableDocument(
                file=file, reason=f"这是{name}，不是文档，请提供 docx、xlsx、pdf、html 或 txt 文件"
            )
    return _in_text(data, file)


def _is_plain(data: bytes, head: bytes) -> bool:
    """A short mark of letters may begin a text as well."""
    return head.isalpha() and b"\x00" not in data[:_HEAD] and looks_like_text(data)


def _in_archive(data: bytes, file: str) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            items = archive.infolist()
            stated = _stated_kind(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        NotImplementedError,
        OSError,
        EOFError,
        LookupError,
        RuntimeError,
    ):
        raise UnreadableDocument(file=file, reason="文件已损坏或加了密码，请用原来的软件打开后另存一份") from None
    names = {item.filename for item in items}
    if any(item.flag_bits & 1 for item in items):
        raise UnreadableDocument(file=file, reason="文件加了密码，请先去掉密码再检查")
    if "word/document.xml" in names or _main_part(names, "word/"):
        return Kind.DOCX
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "content.xml" in names and (b"spreadsheet" in stated or not stated):
        return Kind.ODS
    raise UnreadableDocument(file=file, reason=_unknown_archive(names))


def _stated_kind(archive: zipfile.ZipFile) -> bytes:
    """What an OpenDocument archive calls itself."""
    if "mimetype" not in archive.namelist() or archive.getinfo("mimetype").flag_bits & 1:
        return b""
    with archive.open("mimetype") as part:
        return part.read(200)


def _main_part(names: set[str], folder: str) -> bool:
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)


def _unknown_archive(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return f"这是二进制工作簿（xlsb），{_RESAVE_SHEET}"
    if any(name.startswith("ppt/") for name in names):
        return "这是演示文稿，请把内容另存为 .docx 或 .pdf"
    if "content.xml" in names:
        return f"这是 OpenDocument 文字或演示文件，{_RESAVE_WORD}"
    if "OFD.xml" in names:
        return "这是 OFD 版式文件，请转换为 pdf"
    return "这是压缩包，请解压后检查里面的文件"


def _in_container(data: bytes, file: str) -> Kind:
    try:
        names = set(ole.Container(data).names())
    except ValueError:
        raise UnreadableDocument(file=file, reason="文件已损坏，请用原来的软件打开后另存一份") from None
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise UnreadableDocument(file=file, reason="文件加了打开密码，请先去掉密码再检查")
    if "WordDocument" in names:
        raise UnreadableDocument(file=file, reason=f"这是旧格式的 Word 或 WPS 文件（doc、wps），{_RESAVE_WORD}")
    if "Workbook" in names or "Book" in names:
        return Kind.XLS
    if "PowerPoint Document" in names:
        raise UnreadableDocument(file=file, reason="这是演示文稿，请把内容另存为 .docx 或 .pdf")
    raise UnreadableDocument(file=file, reason=f"这是旧格式的办公文件，{_RESAVE_WORD}或 .xlsx")


def _in_text(data: bytes, file: str) -> Kind:
    head = data[:_HEAD]
    if head.lstrip().startswith(b"{\\rtf"):
        raise UnreadableDocument(file=file, reason=f"这是 RTF 文件，{_RESAVE_WORD}")
    if b"multipart/related" in head.lower() and len(_MAIL.findall(head)) >= 2:
        return Kind.MHTML
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith(b"<") or _WIDE_MARKUP.search(head):
        return _in_markup(bare, file)
    if looks_like_text(data):
        return Kind.TXT
    raise UnreadableDocument(
        file=file, reason="不是能识别的文档，请用原来的软件打开后另存为 docx、xlsx、pdf、html 或 txt"
    )


def _in_markup(head: bytes, file: str) -> Kind:
    if b"<?mso-application" in head or (
        b"schemas.microsoft.com/office" in head[:2000] and b"<html" not in head.lower()
    ):
        word = b"word" in head[:2000].lower()
        raise UnreadableDocument(
            file=file, reason=f"这是 XML 格式的办公文件，{_RESAVE_WORD if word else _RESAVE_SHEET}"
        )
    if _MARKUP.search(head) or _WIDE_MARKUP.search(head):
        return Kind.HTML
    if head.startswith(b"<?xml"):
        raise UnreadableDocument(
            file=file, reason="这是 XML 数据文件，不是文档，请提供 docx、xlsx、pdf、html 或 txt 文件"
        )
    return Kind.TXT
