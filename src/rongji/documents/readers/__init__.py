"""Readers: a file somebody else wrote into the block model, every piece with its place."""

from dataclasses import replace
from pathlib import Path

from rongji.documents.readers.limits import MAX_FILE_BYTES, refuse_large
from rongji.documents.readers.model import ReadFile, UnreadableDocument
from rongji.documents.readers.sniff import Kind, kind_of

__all__ = ["ReadFile", "UnreadableDocument", "read_document"]

# Endings under which a kind usually comes; another one is worth a note.
_ENDINGS = {
    Kind.TXT: ("", "txt", "csv", "tsv", "md", "text", "log", "prn"),
    Kind.HTML: ("", "html", "htm", "xhtml", "shtml"),
    Kind.MHTML: ("", "mht", "mhtml"),
    Kind.DOCX: ("", "docx", "docm", "dotx"),
    Kind.XLSX: ("", "xlsx", "xlsm", "xltx"),
    Kind.XLS: ("", "xls", "xlt", "et"),
    Kind.ODS: ("", "ods"),
    Kind.PDF: ("", "pdf"),
}


def read_document(source: Path | bytes, file: str = "") -> ReadFile:
    """Read a file by its content: txt, docx, xlsx, xls, ods, pdf, html, mht; its ending decides nothing.

    Does not cover: binary files of old Word and WPS (doc, wps), presentations, OFD, rtf, odt: the refusal says in
    which format to save them. Raises: UnreadableDocument.
    """
    name = file or (source.name if isinstance(source, Path) else "")
    data = source if isinstance(source, bytes) else _content(source, name)
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(name)
    kind = kind_of(data, name)
    found = _read(kind, data, name)
    ending = Path(name).suffix.lower().removeprefix(".")
    if ending in _ENDINGS[kind]:
        return found
    note = f"文件名以 .{ending} 结尾，内容是 {kind.value}，已按内容读取。"
    return replace(found, notes=(note, *found.notes))


def _content(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableDocument(file=name, reason="这是文件夹，请指定其中的文件")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise _too_large(name)
        if not path.is_file():
            raise UnreadableDocument(file=name, reason="这不是普通文件，请指定一个文档")
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableDocument(file=name, reason="找不到这个文件，请检查文件名和路径") from None
    except PermissionError:
        raise UnreadableDocument(file=name, reason="没有读取权限，请检查文件权限") from None
    except (OSError, ValueError) as error:
        raise UnreadableDocument(file=name, reason=f"读取出错（{error}），请把文件复制到本机后重试") from None


def _too_large(name: str) -> UnreadableDocument:
    return refuse_large(name, f"文件超过 {MAX_FILE_BYTES // 1024 // 1024} MB", "请拆成几个文件或压缩其中的图片")


def _read(kind: Kind, data: bytes, name: str) -> ReadFile:
    """By the reader of that kind; the libraries of the others are not loaded."""
    match kind:
        case Kind.PDF:
            from rongji.documents.readers.pdf import read_pdf

            return read_pdf(data, name)
        case Kind.XLSX | Kind.XLS | Kind.ODS:
            from rongji.documents.readers.sheets import read_sheets

            return read_sheets(data, name, kind.value)
        case Kind.DOCX:
            from rongji.documents.readers.docx import read_docx

            return read_docx(data, name)
        case Kind.HTML | Kind.MHTML:
            from rongji.documents.readers.html import read_html

            return read_html(data, name, is_mail=kind is Kind.MHTML)
        case Kind.TXT:
            from rongji.documents.readers.txt import read_txt

            return read_txt(data, name)
