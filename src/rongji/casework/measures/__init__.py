"""What cases count for a bureau's year, each number with the cases behind it."""

from rongji.casework.measures.behind import rows_behind
from rongji.casework.measures.figures import TABLE, derived_figures

__all__ = ["TABLE", "derived_figures", "rows_behind"]
