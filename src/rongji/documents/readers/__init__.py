"""Readers: a file somebody else wrote into the block model, every piece with its place."""

from pathlib import Path

from rongji.documents.readers.model import ReadFile, UnreadableDocument

__all__ = ["ReadFile", "UnreadableDocument", "read_document"]


def read_document(source: Path | bytes, file: str = "") -> ReadFile:
    """Read a file by its content: txt, docx, xlsx, xls, ods, pdf, html.

    Raises: UnreadableDocument.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    name = file or (source.name if isinstance(source, Path) else "")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        from rongji.documents.readers.pdf import read_pdf

        return read_pdf(data, name)
    from rongji.documents.readers.txt import read_txt

    return read_txt(data, name)
