"""A quantity in one column, exact to the digit and with its printed places."""

from decimal import Decimal
from typing import Any

from django.db import models

from rongji.kernel.quantity import Quantity


def to_text(quantity: Quantity) -> str:
    """`98.60|分|2`: value in plain digits, unit, places."""
    return f"{quantity.value:f}|{quantity.unit_name}|{quantity.places}"


def from_text(text: str) -> Quantity:
    """The quantity of that text."""
    value, unit_name, places = text.split("|")
    return Quantity(Decimal(value), unit_name, int(places))


class QuantityField(models.CharField):  # type: ignore[type-arg]
    """A Quantity, or None when empty; kept as text so that no database rounds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"max_length": 60, "null": True, "blank": True, **kwargs}
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Quantity | None:
        """From the database."""
        return from_text(value) if value else None

    def to_python(self, value: Any) -> Quantity | None:
        """From a form or a fixture."""
        return value if value is None or isinstance(value, Quantity) else from_text(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        """Into the database."""
        return to_text(value) if isinstance(value, Quantity) else value
