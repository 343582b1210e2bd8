"""The kinds of value that tables of one-off and instalment benefits hold."""

from collections.abc import Callable, Mapping
from typing import Any

from rongji.law.fields import Fields
from rongji.law.shapes.aid import read_aid, read_back_payment, read_premium, read_shares
from rongji.law.shapes.amounts import read_money, read_percent
from rongji.law.shapes.lump_sums import read_funeral, read_income_multiple, read_lump_sum, read_merit
from rongji.law.shapes.medical import read_medical, read_order
from rongji.law.shapes.service_money import (
    read_discharge,
    read_ending,
    read_extra,
    read_instalments,
    read_left_over,
    read_service_years,
)

ONE_OFF_KINDS: Mapping[str, Callable[[Fields, tuple[str, ...]], Any]] = {
    "money": read_money,
    "percent": read_percent,
    "lump_sum": read_lump_sum,
    "income_multiple": read_income_multiple,
    "funeral": read_funeral,
    "merit": read_merit,
    "discharge": read_discharge,
    "service_years": read_service_years,
    "left_over": read_left_over,
    "instalments": read_instalments,
    "allowance_ending": read_ending,
    "allowance_extra": read_extra,
    "aid": read_aid,
    "medical": read_medical,
    "settlement_order": read_order,
    "premium": read_premium,
    "back_payment": read_back_payment,
    "level_shares": read_shares,
}
