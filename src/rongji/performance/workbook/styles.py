"""How the workbook looks: one place for colours, fonts and cell formats."""

from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

INK = "#1F2937"
FADED = "#6B7280"
RED = "#9B1C1C"
HEADER = "#8C1D18"
BAND = "#F7F1EC"
LINE = "#D9CFC7"
INPUT = "#FFFFFF"
CHECK = "#F1F4F1"
NEED = "#FFF4D6"
BAD = "#FFD9D6"
DOUBT = "#FFF3C4"
FONT = "微软雅黑"
SERIF = "宋体"


@dataclass
class Styles:
    """The formats of one workbook, made once each."""

    book: Workbook
    _made: dict[tuple[Any, ...], Format] = field(default_factory=dict)

    def of(self, **properties: Any) -> Format:
        """The format with these properties on top of the common ones."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            common = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
            self._made[key] = self.book.add_format({**common, **properties})
        return self._made[key]

    @property
    def title(self) -> Format:
        """The sheet's title."""
        return self.of(font_size=15, bold=True, font_color=HEADER)

    @property
    def note(self) -> Format:
        """The line under the title."""
        return self.of(font_size=9, font_color=FADED)

    def header(self, *, required: bool = False, is_check: bool = False) -> Format:
        """A column heading."""
        colour = "#4B6B57" if is_check else HEADER
        mark = {"bottom": 2, "bottom_color": "#F2B705"} if required else {}
        return self.of(
            bold=True,
            font_color="#FFFFFF",
            bg_color=colour,
            align="center",
            text_wrap=True,
            border=1,
            border_color=LINE,
            **mark,
        )

    def label(self) -> Format:
        """A row heading that is not typed."""
        return self.of(bg_color=BAND, border=1, border_color=LINE, text_wrap=True, indent=1)

    def text(self, *, wrap: bool = False) -> Format:
        """A cell for text; text format keeps codes and leading zeros as typed."""
        top = {"valign": "top"} if wrap else {}
        return self.of(num_format="@", locked=False, border=1, border_color=LINE, text_wrap=wrap, indent=1, **top)

    def number(self, places: int | None = None, *, percent: bool = False) -> Format:
        """A cell for a number; without places the number shows as typed."""
        digits = "0" if not places else f"0.{'0' * places}"
        code = f"{digits}%" if percent else digits
        shown = {} if places is None else {"num_format": code}
        return self.of(locked=False, border=1, border_color=LINE, align="right", **shown)

    def check(self) -> Format:
        """A computed check cell."""
        return self.of(
            bg_color=CHECK,
            font_color=FADED,
            border=1,
            border_color=LINE,
            align="right",
            num_format="0.######;-0.######;√",
        )

    @property
    def alarm(self) -> Format:
        """Laid over a check cell whose difference is not nil."""
        return self.book.add_format({"bg_color": BAD, "font_color": RED, "bold": True})

    def check_label(self) -> Format:
        """The heading of a check row."""
        return self.of(bg_color=CHECK, font_color="#4B6B57", border=1, border_color=LINE, bold=True, indent=1)

    def marked(self, *, is_error: bool) -> Format:
        """A cell with something wrong in it."""
        colour = BAD if is_error else DOUBT
        return self.of(num_format="@", locked=False, border=1, border_color=RED, bg_color=colour, text_wrap=True)
