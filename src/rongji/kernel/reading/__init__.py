"""Reading numbers out of Chinese official prose and table cells: what is a quantity, what only looks like one."""

from rongji.kernel.reading.cells import read_cell
from rongji.kernel.reading.model import Reading, ReadingKind
from rongji.kernel.reading.scan import read_numbers

__all__ = ["Reading", "ReadingKind", "read_cell", "read_numbers"]
