"""The lists to choose from, kept on one hidden sheet of the workbook."""

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from rongji.kernel.units import UNITS
from rongji.performance.workbook.layout import SCRATCH_PREFIX, Sheet
from rongji.performance.workbook.vocabulary import Vocabulary

LISTS_TITLE = f"{SCRATCH_PREFIX}选项"
_LAST_ROW = 200


class Lists:
    """Writes the lists once and hands out their addresses."""

    def __init__(self, book: Workbook, words: Vocabulary) -> None:
        self._addresses: dict[str, str] = {}
        self._sheet = book.add_worksheet(LISTS_TITLE)
        self._sheet.hide()
        functional = [f"{code} {name}" for code, name in words.codes.get("functional", {}).items()]
        self._add("unit", [name for name in UNITS if name])
        self._add("scheme", list(words.schemes))
        self._add("form", list(words.forms))
        self._add("formula", [name for name in words.formulas if "." not in name])
        self._add("functional", functional)

    def _add(self, name: str, values: list[str]) -> None:
        if not values:
            return
        column = len(self._addresses)
        for row, text in enumerate(values):
            self._sheet.write_string(row, column, text)
        letter = xl_col_to_name(column)
        self._addresses[name] = f"='{LISTS_TITLE}'!${letter}$1:${letter}${len(values)}"

    def of(self, name: str) -> str:
        """The address of a list; empty when there is none of that name."""
        return self._addresses.get(name, "")

    def column_of(self, title: str) -> str:
        """The codes typed in the first column of another sheet."""
        return f"='{title}'!$A$4:$A${_LAST_ROW}"

    def rows_of(self, sheet: Sheet) -> str:
        """What the first column of a matrix may hold."""
        match sheet.rows:
            case "functional":
                return self.of("functional")
            case "projects":
                return self.column_of("项目")
            case _:
                return ""
