"""What a row's value can be: one file per kind of table, each with its dataclasses and how they are read."""

from collections.abc import Callable, Mapping
from typing import Any

from rongji.law.fields import Fields
from rongji.law.shapes.bands import read_bands
from rongji.law.shapes.calendar import read_year_calendar
from rongji.law.shapes.codes import read_code, read_mapping
from rongji.law.shapes.deadline import read_deadline, read_stage
from rongji.law.shapes.formula import read_formula_part
from rongji.law.shapes.scheme import read_scheme_part

ReadValue = Callable[[Fields, tuple[str, ...]], Any]

KINDS: Mapping[str, ReadValue] = {
    "scheme": read_scheme_part,
    "bands": read_bands,
    "formula": read_formula_part,
    "code": read_code,
    "mapping": read_mapping,
    "calendar": read_year_calendar,
    "deadline": read_deadline,
    "stage": read_stage,
}

PLAIN = "value"
"""Kind of a table whose values are single numbers or texts and need no shape of their own."""
