"""Which way up a page is read: boxes from the file's own coordinates to upright reading, and to the page as shown."""

from dataclasses import dataclass

Box = tuple[float, float, float, float]  # left, top, right, bottom, from the upper left corner


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page (left, bottom, right, top in the file's coordinates) and two quarter turns.

    reading: clockwise quarter turns after which most text stands upright; shown: those of the page as it is shown.
    """

    left: float
    bottom: float
    right: float
    top: float
    reading: int = 0
    shown: int = 0

    @property
    def width(self) -> float:
        """Width as read."""
        return self.top - self.bottom if self.reading % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height as read."""
        return self.right - self.left if self.reading % 2 else self.top - self.bottom

    def upright(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file as read."""
        return _turned(self, self.reading, left, bottom, right, top)

    def shown_box(self, box: Box) -> tuple[int, int, int, int]:
        """A box as read, on the page as it is shown, in whole points."""
        left, bottom, right, top = _unturned(self, box)
        made = _turned(self, self.shown, left, bottom, right, top)
        return (round(made[0]), round(made[1]), round(made[2]), round(made[3]))


def _turned(frame: Frame, turns: int, left: float, bottom: float, right: float, top: float) -> Box:
    match turns % 4:
        case 1:
            return (bottom - frame.bottom, left - frame.left, top - frame.bottom, right - frame.left)
        case 2:
            return (frame.right - right, bottom - frame.bottom, frame.right - left, top - frame.bottom)
        case 3:
            return (frame.top - top, frame.right - right, frame.top - bottom, frame.right - left)
        case _:
            return (left - frame.left, frame.top - top, right - frame.left, frame.top - bottom)


def _unturned(frame: Frame, box: Box) -> Box:
    """Left, bottom, right, top in the file's coordinates."""
    left, top, right, bottom = box
    match frame.reading % 4:
        case 1:
            return (top + frame.left, left + frame.bottom, bottom + frame.left, right + frame.bottom)
        case 2:
            return (frame.right - right, top + frame.bottom, frame.right - left, bottom + frame.bottom)
        case 3:
            return (frame.right - bottom, frame.top - right, frame.right - top, frame.top - left)
        case _:
            return (left + frame.left, frame.top - bottom, right + frame.left, frame.top - top)
