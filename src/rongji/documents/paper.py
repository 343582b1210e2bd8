"""The sheet of paper of an official document: GB/T 9704-2012, in one place for all writers.

Lengths in mm, type sizes in points (3号 = 16 pt, 2号 = 22 pt, 4号 = 14 pt, 小四 = 12 pt, 五号 = 10.5 pt).
"""

from dataclasses import dataclass

from rongji.documents.model import Orientation

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP, BOTTOM, BINDING, FORE_EDGE = 37, 35, 28, 26  # 天头 37±1, 订口 28±1, 版心 156×225
LINES, CHARACTERS = 22, 28

BODY_SIZE = 16.0  # 3号
TITLE_SIZE = 22.0  # 2号
PAGE_NUMBER_SIZE = 14.0  # 4号
NOTE_SIZE = 12.0  # 小四
TABLE_SIZES = (12.0, 10.5, 9.0, 7.5, 6.5)  # 小四, 五号, 小五, 六号, 小六

PAGE_NUMBER_DROP = 7  # 页码距版心下边缘 7 mm
DATE_INDENT = 4  # 成文日期右空四字

POINTS_PER_MM = 72 / 25.4
TWIPS_PER_MM = 1440 / 25.4
LINE_PITCH = 28.95  # points: 22 of them make the 225 mm of the type area, with a hair to spare
CHARACTER_PITCH = 15.78  # points: 28 of them make the 156 mm


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it lies, margins named as one looks at it, in mm."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def text_width(self) -> int:
        """Width of the type area."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Height of the type area."""
        return self.height - self.top - self.bottom


PORTRAIT = Sheet(PAGE_WIDTH, PAGE_HEIGHT, TOP, BOTTOM, BINDING, FORE_EDGE)
# A turned sheet is bound with the head of the table to the left: the foot of the portrait page lies left.
LANDSCAPE = Sheet(PAGE_HEIGHT, PAGE_WIDTH, BINDING, FORE_EDGE, BOTTOM, TOP)


def sheet(orientation: Orientation) -> Sheet:
    """The sheet of that orientation."""
    return LANDSCAPE if orientation is Orientation.LANDSCAPE else PORTRAIT
