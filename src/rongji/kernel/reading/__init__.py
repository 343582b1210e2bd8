"""Reading numbers out of Chinese official prose and table cells: what is a quantity, what only looks like one."""

from rongji.kernel.reading.model import Reading, ReadingKind

__all__ = ["Reading", "ReadingKind"]
