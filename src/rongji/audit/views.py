"""How a document is shown: text with its line numbers, a PDF as pictures of its pages, others block by block."""

import base64
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from rongji.audit.document_view import document_view
from rongji.audit.marking import Marking, Stretch, cut
from rongji.audit.markup import attributes, pieces
from rongji.audit.report import AuditedFile
from rongji.documents.readers.encoding import decoded
from rongji.documents.readers.model import UnreadableDocument
from rongji.documents.readers.txt_lines import RawLine, physical_lines

_SCALE = 1.6  # pixels to a point: a page is a little sharper than its column is wide
_AROUND = 1.5  # points between a printed figure and the frame around it


def shown_document(audited: AuditedFile, marking: Marking, source: Path | None) -> str:
    """The document with its marks, as its format is best recognised; block by block when it cannot be read again."""
    if audited.document is None:
        return ""
    inner = ""
    if source is not None and audited.kind in ("txt", "pdf"):
        inner = text_view(source, marking) if audited.kind == "txt" else pdf_view(source, marking)
    kind = audited.kind if inner or audited.kind not in ("txt", "pdf") else "blocks"
    return f'<div class="au-document au-{kind}">{inner or document_view(audited.document, marking)}</div>'


def text_view(source: Path, marking: Marking) -> str:
    """Every line of a text file as it stands there, with its number."""
    try:
        lines = physical_lines(decoded(source.read_bytes(), source.name), source.name)
    except (OSError, UnreadableDocument):
        return ""
    told = (_line(number, list(parts), marking) for number, parts in groupby(lines, key=lambda line: line.number))
    return f'<div class="au-lines">{"".join(told)}</div>'


def _line(number: int, parts: list[RawLine], marking: Marking) -> str:
    texts = [part.text + ("\f" if part is not parts[-1] else "") for part in parts]
    cuts = cut(texts, marking.at((None, number)))
    if not any(part.text.strip() for part in parts) and len(parts) == 1:
        return '<span class="au-blank"></span><span class="au-blank"></span>'
    shown = '<hr class="au-break">'.join(pieces(found, marking.prefix) for found in cuts)
    return f'<span class="au-line-number">{number}</span><span class="au-line">{shown}</span>'


def pdf_view(source: Path, marking: Marking) -> str:
    """Every page as a picture with frames around what the findings are about."""
    from rongji.documents.readers.pdf_pictures import page_pictures

    by_page: dict[int, list[Stretch]] = defaultdict(list)
    for stretch in marking.everywhere():
        if stretch.mark.place.page and stretch.mark.place.box:
            by_page[stretch.mark.place.page].append(stretch)
    try:
        pictures = page_pictures(source.read_bytes(), _SCALE, file=source.name)
        return "".join(_page(item.number, item, by_page.get(item.number, []), marking) for item in pictures)
    except (OSError, UnreadableDocument):
        return ""


def _page(number: int, picture, stretches: list[Stretch], marking: Marking) -> str:  # type: ignore[no-untyped-def]
    data = base64.b64encode(picture.data).decode()
    size = f'width="{picture.width:g}" height="{picture.height:g}"'
    frames = "".join(_frames(stretches, marking))
    return (
        f'<figure class="au-sheet"><svg viewBox="0 0 {picture.width:g} {picture.height:g}" role="group" '
        f'aria-label="第 {number} 页"><image href="data:{picture.media_type};base64,{data}" {size}/>{frames}</svg>'
        f"<figcaption>第 {number} 页</figcaption></figure>"
    )


def _frames(stretches: list[Stretch], marking: Marking) -> Iterator[str]:
    """One frame for each printed figure, however many findings it is part of; the large ones lie beneath."""
    by_box: dict[tuple[int, int, int, int], list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        if stretch.mark.place.box:
            by_box[stretch.mark.place.box].append(stretch)
    for box in sorted(by_box, key=lambda box: (box[0] - box[2]) * (box[3] - box[1])):
        here = by_box[box]
        for stretch in here:
            stretch.anchor = here[0].id
        left, top = box[0] - _AROUND, box[1] - _AROUND
        width, height = box[2] - box[0] + 2 * _AROUND, box[3] - box[1] + 2 * _AROUND
        told = attributes(here, marking.prefix, here[0].id)
        yield f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="2"{told}/>'
