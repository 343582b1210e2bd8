"""A field of a register as a column of a query: the copy beside the answers where there is one."""

from django.db.models.expressions import Expression, F

from rongji.accounts.columns import Answer
from rongji.law.registers import Register


def column(register: Register, name: str) -> Expression:
    """The column of a field."""
    if name == register.category:
        return F("category")
    if name == register.station:
        return F("station_code")
    return F("person_id") if name == register.person else Answer(name)
