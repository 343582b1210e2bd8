"""What a row's value can be: one file per kind of table, each with its dataclasses and how they are read."""

from collections.abc import Callable, Mapping
from typing import Any

from rongji.law.fields import Fields
from rongji.law.shapes.archive import read_archive_duty
from rongji.law.shapes.bands import read_bands
from rongji.law.shapes.benefit import (
    read_benefit,
    read_category,
    read_rounding_way,
    read_timing,
    read_together,
)
from rongji.law.shapes.calendar import read_year_calendar
from rongji.law.shapes.codes import read_code, read_mapping
from rongji.law.shapes.deadline import read_deadline, read_stage
from rongji.law.shapes.formula import read_formula_part
from rongji.law.shapes.funding import read_funding, read_price_growth, read_price_trigger
from rongji.law.shapes.one_off import ONE_OFF_KINDS
from rongji.law.shapes.placement import PLACEMENT_KINDS
from rongji.law.shapes.placement_order import ORDER_KINDS
from rongji.law.shapes.scheme import read_scheme_part
from rongji.law.shapes.standard import read_share, read_standard

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
    "standard": read_standard,
    "share": read_share,
    "benefit": read_benefit,
    "category": read_category,
    "timing": read_timing,
    "together": read_together,
    "rounding": read_rounding_way,
    "archive": read_archive_duty,
    "funding": read_funding,
    "price_trigger": read_price_trigger,
    "price_growth": read_price_growth,
    **ONE_OFF_KINDS,
    **PLACEMENT_KINDS,
    **ORDER_KINDS,
}

PLAIN = "value"
"""Kind of a table whose values are single numbers or texts and need no shape of their own."""
