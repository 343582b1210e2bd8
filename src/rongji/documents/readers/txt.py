"""Text files: as people type them, as sheets save them, and as forms look once a converter has flattened them."""

from rongji.documents.model import Document
from rongji.documents.readers.assembly import document_of
from rongji.documents.readers.encoding import decoded, unreadable_note
from rongji.documents.readers.limits import MAX_LINE, MAX_LINES, MAX_TEXT_BYTES, refuse_large
from rongji.documents.readers.model import ReadFile
from rongji.documents.readers.txt_lines import physical_lines
from rongji.documents.readers.txt_regions import blocks_of


def read_txt(data: bytes, file: str) -> ReadFile:
    """A text file; every run is one line of it and knows its number.

    Raises: UnreadableDocument.
    """
    if len(data) > MAX_TEXT_BYTES or data.count(b"\n") > MAX_LINES:
        raise refuse_large(file, "文本过长", "请拆成几个文件")
    text = decoded(data, file)
    if len(text) > MAX_LINE and max(map(len, text.splitlines()), default=0) > MAX_LINE:
        raise refuse_large(file, "有一行文字过长", "请检查文件是否损坏，或分段后另存")
    return ReadFile("txt", read_text(text, file), unreadable_note(text))


def read_text(text: str, file: str) -> Document:
    """The document that a text holds."""
    return document_of(blocks_of(physical_lines(text, file)))
