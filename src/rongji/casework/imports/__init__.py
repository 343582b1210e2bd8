"""Tables that say of many cases what is different in each: template, reading, the copy with every bad row marked."""

from rongji.casework.imports.reading import ActTable, read_act_table, write_marked
from rongji.casework.imports.template import act_table

__all__ = ["ActTable", "act_table", "read_act_table", "write_marked"]
