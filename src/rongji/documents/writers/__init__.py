"""Writers of the block model: docx, pdf, xlsx, html; a file appears whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from rongji.documents.model import Document
from rongji.kernel.refusal import Refusal

FORMATS = ("docx", "pdf", "xlsx", "html")
MEDIA_TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
}


class UnknownFormat(Refusal):
    """A file name whose ending is none of the formats."""

    code = "unknown-format"
    sentence = "不支持的文件格式“{ending}”，请使用 docx、pdf、xlsx 或 html。"


class CannotWrite(Refusal):
    """A file could not be written; nothing half-written is left behind."""

    code = "cannot-write"
    sentence = "文件“{path}”无法写入：{reason}。请检查磁盘空间和目录权限后重试。"


def render(document: Document, ending: str, *, font_dir: Path | None = None) -> bytes:
    """The document as the bytes of a file; ending: one of FORMATS.

    Raises: UnknownFormat, MissingGlyphs (pdf).
    """
    if ending not in FORMATS:
        raise UnknownFormat(ending=ending)
    # A command that writes one format does not pay for the libraries of the others.
    writer: Callable[..., bytes] = import_module(f"{__name__}.{ending}").render
    return writer(document, font_dir=font_dir)


def write(document: Document, path: Path, *, font_dir: Path | None = None) -> Path:
    """Write the document to `path`, the format by its ending; an existing file is replaced in one step.

    Raises: UnknownFormat, MissingGlyphs (pdf), CannotWrite when the disk is full or the directory closed.
    """
    content = render(document, path.suffix.lower().removeprefix("."), font_dir=font_dir)
    try:
        _replace(path, content)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or error) from error
    return path


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)  # mkstemp makes files for the owner alone
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
