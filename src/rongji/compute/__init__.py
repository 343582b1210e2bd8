"""Bulk reckoning: the rules as set expressions, embedded in this process or on a cluster.

Importing this room loads no engine: ibis, DuckDB and Spark come in with the first reckoning.
"""

from rongji.compute.engine import Engine, embedded, spark
from rongji.compute.shapes import Inputs

__all__ = ["Engine", "Inputs", "embedded", "spark"]
