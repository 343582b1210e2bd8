"""How much one document may hold, so that reading stays within seconds and bounded memory."""

from rongji.documents.readers.model import UnreadableDocument

MIB = 1024 * 1024
MAX_FILE_BYTES = 200 * MIB
MAX_TEXT_BYTES = 32 * MIB
MAX_LINES = 400_000
MAX_LINE = 500_000
MAX_PIECES = 500_000  # paragraphs, cells
MAX_SLOTS = 600_000  # places of a table, spans included
MAX_COLUMNS = 500


def refuse_many(pieces: int, file: str) -> None:
    """Refuse a document of more paragraphs and cells than any real one has.

    Raises: UnreadableDocument.
    """
    if pieces > MAX_PIECES:
        raise refuse_large(file, "段落或单元格过多", "请拆成几个文件，或删除空白段落后另存")


def refuse_large(file: str, what: str, advice: str) -> UnreadableDocument:
    """The refusal of a document beyond the limits."""
    return UnreadableDocument(file=file, reason=f"{what}，{advice}")
