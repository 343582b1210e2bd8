"""A PDF opened with pdfium: pages one at a time, every failure a refusal in words, one thread at a time."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from rongji.documents.readers.limits import MAX_FILE_BYTES, refuse_large
from rongji.documents.readers.model import UnreadableDocument
from rongji.documents.readers.pdf_fonts import use_our_fonts
from rongji.documents.readers.pdf_frame import Frame

_LOCK = threading.RLock()  # pdfium is not safe for threads
_HEAD = 1024
_MOST_PAGES = 10_000
_MOST_NOTES = 1_000
_WRITTEN = {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP}
_FLATTENED = 1
_PASSWORD = {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}


class OpenPage:
    """One page of an open file. number: from 1; width, height: in points, as the page is shown."""

    def __init__(self, page: Any, number: int) -> None:
        self.handle = page.raw
        self.number = number
        self._page = page
        self.width, self.height = page.get_size()
        left, bottom, right, top = page.get_bbox()
        self.frame = Frame(left, bottom, right, top, shown=raw.FPDFPage_GetRotation(page.raw))

    def drawn(self, scale: float) -> Image.Image:
        """The page as a picture, form fields and notes included."""
        with _LOCK:
            image: Image.Image = self._page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_pil()
        return image.convert("RGB")


class OpenPdf:
    """An open file."""

    def __init__(self, document: Any, file: str) -> None:
        self._document = document
        self.file = file
        self.page_count = len(document)

    @contextmanager
    def page(self, number: int) -> Iterator[OpenPage | None]:
        """One page, closed afterwards; None when it is damaged."""
        with _LOCK:
            page = self._loaded(number)
            try:
                yield OpenPage(page, number) if page is not None else None
            finally:
                if page is not None:
                    page.close()

    def _loaded(self, number: int) -> Any:
        """The page, what was filled into its form fields and written over it made part of it."""
        try:
            page = self._document[number - 1]
            if _is_written_over(page.raw) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == _FLATTENED:
                page.close()
                page = self._document[number - 1]
        except pdfium.PdfiumError:
            return None
        return page


def _is_written_over(page: Any) -> bool:
    """Whether a page carries filled fields, typed-on text or stamps (links and comments do not count)."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, index)
        if note:
            kind = raw.FPDFAnnot_GetSubtype(note)
            raw.FPDFPage_CloseAnnot(note)
            if kind in _WRITTEN:
                return True
    return False


@contextmanager
def opened(data: bytes, file: str) -> Iterator[OpenPdf]:
    """The file opened; closed afterwards.

    Raises: UnreadableDocument when it is no PDF, needs a password, is damaged or too large.
    """
    if len(data) > MAX_FILE_BYTES:
        raise refuse_large(file, "文件过大", "请拆成几个文件")
    if b"%PDF-" not in data[:_HEAD]:
        raise UnreadableDocument(file=file, reason="不是 PDF 文件")
    with _LOCK:
        use_our_fonts()
        document = _document(data, file)
        count = len(document)
    if count > _MOST_PAGES:
        with _LOCK:
            document.close()
        raise refuse_large(file, f"页数过多（{count} 页）", "请拆成几个文件")
    try:
        yield OpenPdf(document, file)
    finally:
        with _LOCK:
            document.close()


def _document(data: bytes, file: str) -> Any:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in _PASSWORD:
            reason = "文件设有打开密码，请解除密码后另存一份再交"
            raise UnreadableDocument(file=file, reason=reason) from error
        raise damaged(file, "PDF 文件已损坏或不完整") from error
    if len(document) == 0:
        document.close()
        raise damaged(file, "PDF 文件里没有页面")
    with contextlib.suppress(pdfium.PdfiumError):
        document.init_forms()
    return document


def damaged(file: str, what: str) -> UnreadableDocument:
    """The refusal of a damaged file."""
    return UnreadableDocument(file=file, reason=f"{what}，请用原来的软件重新导出 PDF")
