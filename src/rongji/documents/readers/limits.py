"""How much one document may hold, so that reading stays within seconds and bounded memory."""

from rongji.documents.readers.model import UnreadableDocument

MIB = 1024 * 1024
MAX_FILE_BYTES = 200 * MIB
MAX_TEXT_BYTES = 32 * MIB
MAX_LINES = 400_000
MAX_PIECES = 400_000  # paragraphs, cells
MAX_SLOTS = 2_000_000  # places of a table, spans included
MAX_COLUMNS = 1_000


def refuse_large(file: str, what: str, advice: str) -> UnreadableDocument:
    """The refusal of a document beyond the limits."""
    return UnreadableDocument(file=file, reason=f"{what}，{advice}")
