"""Text files: as people type them, as sheets save them, and as forms look once a converter has flattened them."""

import re

from rongji.documents.model import Document, Paragraph
from rongji.documents.readers import signs
from rongji.documents.readers.assembly import document_of
from rongji.documents.readers.encoding import decoded, unreadable_note
from rongji.documents.readers.limits import MAX_LINE, MAX_LINES, MAX_TEXT_BYTES, refuse_large
from rongji.documents.readers.model import ReadFile
from rongji.documents.readers.txt_lines import physical_lines
from rongji.documents.readers.txt_regions import blocks_of

_FIGURE = re.compile(r"(?<=\s)[\d,.]+[%％]?(?=\s|$)")
_FEW = 3


def read_txt(data: bytes, file: str) -> ReadFile:
    """A text file; every run is one line of it and knows its number.

    Raises: UnreadableDocument.
    """
    if len(data) > MAX_TEXT_BYTES or data.count(b"\n") > MAX_LINES:
        raise refuse_large(file, "文本过长", "请拆成几个文件")
    text = decoded(data, file)
    if len(text) > MAX_LINE and max(map(len, text.splitlines()), default=0) > MAX_LINE:
        raise refuse_large(file, "有一行文字过长", "请检查文件是否损坏，或分段后另存")
    document = read_text(text, file)
    return ReadFile("txt", document, (*unreadable_note(text), *_crooked_note(document)))


def _crooked_note(document: Document) -> tuple[str, ...]:
    """A note on rows of figures that could not be told into columns."""
    lines = [run.text for block in document.blocks if isinstance(block, Paragraph) for run in block.runs]
    count = sum(signs.has_gaps(line) and len(_FIGURE.findall(line)) > 1 for line in lines)
    if count < _FEW:
        return ()
    return (f"有 {count} 行像是表格，但各栏对不齐，没有按表格读取，请提供原来的 docx、xlsx 或 pdf 文件。",)


def read_text(text: str, file: str) -> Document:
    """The document that a text holds."""
    return document_of(blocks_of(physical_lines(text, file)))
