"""The headings over one place of a block."""

from rongji.audit.tables.blocks import Block, is_counting_row
from rongji.audit.tables.lattice import Slot


def headings_over(block: Block, c: int) -> list[Slot]:
    """The cells above a place from top to bottom, rows that only count the columns left out."""
    found: list[Slot] = []
    for r in block.head:
        slot = block.lattice.rows[r][c]
        if slot.words and slot not in found and not (len(block.head) > 1 and is_counting_row(block.lattice, r)):
            found.append(slot)
    return found
