"""The user's own table handed back, every bad cell coloured and the reasons beside it."""

from pathlib import Path

from rongji.law.registers import register as declared_register
from rongji.people.imports import marked
from rongji.services.imports.headings import register_words
from rongji.services.imports.outcome import RecordOutcome


def write_marked(path: Path, source: Path | bytes, outcome: RecordOutcome) -> None:
    """Write the marked copy of a table that was previewed.

    Raises: UnreadableWorkbook.
    """
    known = register_words(declared_register(outcome.register))
    marked.write_marked(path, source, [item.cell for item in outcome.findings], outcome.file, known)
