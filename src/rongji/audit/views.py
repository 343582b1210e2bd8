"""How a document is shown: text with its line numbers, a PDF as pictures of its pages, others block by block."""

import base64
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rongji.audit.document_view import document_view
from rongji.audit.marking import Marking, Stretch, cut, span_in
from rongji.audit.marks import Mark
from rongji.audit.markup import attributes, pieces
from rongji.audit.report import AuditedFile
from rongji.documents.layout import width_in_em
from rongji.documents.model import Document
from rongji.documents.readers.encoding import decoded
from rongji.documents.readers.model import UnreadableDocument
from rongji.documents.readers.txt_lines import RawLine, physical_lines
from rongji.kernel.finding import Verdict

if TYPE_CHECKING:
    from rongji.documents.readers.pdf_pictures import PagePicture

Box = tuple[int, int, int, int]
_SHOWN = (Verdict.CONTRADICTION, Verdict.QUESTION, Verdict.ROUNDING)
_MOST_PAGES = 80
_SCALE = 1.6  # pixels to a point: a page is a little sharper than its column is wide
_AROUND = 1.5  # points between a printed figure and the frame around it


def shown_document(audited: AuditedFile, marking: Marking, source: Path | None) -> str:
    """The document with its marks, as its format is best recognised; block by block when it cannot be read again."""
    if audited.document is None:
        return ""
    inner = ""
    if source is not None and audited.kind in ("txt", "pdf"):
        pdf = audited.kind == "pdf"
        inner = pdf_view(audited.document, source, marking) if pdf else text_view(source, marking)
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


def pdf_view(document: Document, source: Path, marking: Marking) -> str:
    """Pages as pictures with frames around what the findings are about; of a very long file those with findings."""
    from rongji.documents.readers.pdf_pictures import page_pictures

    framed = _framed(document, marking)
    grave = {
        page
        for page, boxes in framed.items()
        if any(item.verdict in _SHOWN for here in boxes.values() for item in here)
    }
    last = max((run.place.page or 0 for run in document.runs() if run.place), default=0)
    wanted = None if last <= _MOST_PAGES else {1, *sorted(grave)[:_MOST_PAGES]}
    try:
        pictures = page_pictures(source.read_bytes(), _SCALE, file=source.name, pages=wanted)
        pages = "".join(_page(item, framed.get(item.number, {}), marking) for item in pictures)
    except (OSError, UnreadableDocument):
        return ""
    left = f'<p class="au-hint">全文 {last} 页，只显示有矛盾、存疑或进位差的页。</p>' if wanted else ""
    return left + pages


def _framed(document: Document, marking: Marking) -> dict[int, dict[Box, list[Stretch]]]:
    """Page → frame → the marks in it."""
    texts = {(run.place.page, run.place.box): run.text for run in document.runs() if run.place and run.place.box}
    found: dict[int, dict[Box, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for stretch in marking.everywhere():
        place = stretch.mark.place
        if place.page and place.box:
            box = _inside(place.box, texts.get((place.page, place.box), ""), stretch.mark)
            found[place.page][box].append(stretch)
    return found


def _inside(box: Box, text: str, mark: Mark) -> Box:
    """The part of a line's frame that a few of its characters take, by how wide characters usually are."""
    start, end = span_in(text, mark)
    whole = width_in_em(text)
    if not whole or start >= end or (start, end) == (0, len(text)):
        return box
    left, right = (box[0] + (box[2] - box[0]) * width_in_em(text[:edge]) / whole for edge in (start, end))
    return (round(left), box[1], round(right), box[3])


def _page(picture: "PagePicture", boxes: dict[Box, list[Stretch]], marking: Marking) -> str:
    data = base64.b64encode(picture.data).decode()
    size = f'width="{picture.width:g}" height="{picture.height:g}"'
    frames = "".join(_frames(boxes, marking))
    name = f"第 {picture.number} 页"
    return (
        f'<figure class="au-sheet"><svg viewBox="0 0 {picture.width:g} {picture.height:g}" role="group" '
        f'aria-label="{name}"><image href="data:{picture.media_type};base64,{data}" {size}/>{frames}</svg>'
        f"<figcaption>{name}</figcaption></figure>"
    )


def _frames(by_box: dict[Box, list[Stretch]], marking: Marking) -> Iterator[str]:
    """One frame for each printed figure, however many findings it is part of; the large ones lie beneath."""
    for box in sorted(by_box, key=lambda box: (box[0] - box[2]) * (box[3] - box[1])):
        here = by_box[box]
        for stretch in here:
            stretch.anchor = here[0].id
        left, top = box[0] - _AROUND, box[1] - _AROUND
        width, height = box[2] - box[0] + 2 * _AROUND, box[3] - box[1] + 2 * _AROUND
        told = attributes(here, marking.prefix, here[0].id)
        yield f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="2"{told}/>'
