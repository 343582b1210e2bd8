"""What the registers count for a bureau's year, each number with the records behind it."""

from rongji.services.measures.behind import rows_behind
from rongji.services.measures.figures import TABLE, derived_figures
from rongji.services.measures.reckoning import Number, numbers_of

__all__ = ["TABLE", "Number", "derived_figures", "numbers_of", "rows_behind"]
