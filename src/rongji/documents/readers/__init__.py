"""Readers: a file somebody else wrote into the block model, every piece with its place."""

from pathlib import Path

from rongji.documents.readers.model import ReadFile, UnreadableDocument

__all__ = ["ReadFile", "UnreadableDocument", "read_document"]


def read_document(source: Path | bytes, file: str = "") -> ReadFile:
    """Read a file by its content: txt, docx, xlsx, xls, ods, pdf, html.

    Raises: UnreadableDocument.
    """
    raise UnreadableDocument(file=file, reason="还不能读这种文件")
