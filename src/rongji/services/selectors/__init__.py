"""Reads of the registers."""

from rongji.services.selectors.listing import filters_from, list_records, records_of_person
from rongji.services.selectors.page import record_page
from rongji.services.selectors.registers import registers_for

__all__ = ["filters_from", "list_records", "record_page", "records_of_person", "registers_for"]
