"""What a reader returns, and how it refuses."""

from dataclasses import dataclass

from rongji.documents.model import Document
from rongji.kernel.refusal import Refusal

MACROS_NOTE = "文件带有宏；宏没有运行，也没有读取。"


class UnreadableDocument(Refusal):
    """A file that cannot be read as a document: damaged, encrypted, too large, of another kind."""

    code = "unreadable-document"
    sentence = "文件“{file}”无法读取：{reason}。"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A document with what is known of its reading.

    kind: txt, docx, xlsx, xls, pdf, html …, by content, not by ending.
    notes: what was left out or could not be taken, one Chinese sentence each (hidden sheets, pages that are pictures).
    """

    kind: str
    document: Document
    notes: tuple[str, ...] = ()
