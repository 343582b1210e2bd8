"""A progress bar on the error output, only where a person sits at a terminal."""

import sys
from collections.abc import Iterator
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")
_BAR = 24
_EVERY = 0.1  # seconds between two drawings
_MINUTE = 60


class Progress:
    """How many of a known number are done; wiped before anything else is printed."""

    def __init__(self, total: int, doing: str = "正在核对") -> None:
        self.total = total
        self.doing = doing
        self.done = 0
        self.is_shown = total > 1 and sys.stderr.isatty()
        self.started = self.drawn = monotonic()

    def watched(self, items: Iterator[Item]) -> Iterator[Item]:
        """The same items, counted as they come."""
        self._draw()
        for item in items:
            self.done += 1
            yield item
            if monotonic() - self.drawn > _EVERY:
                self._draw()
        self.clear()

    def reach(self, done: int) -> None:
        """So many are done by now; drawn from time to time."""
        self.done = done
        if monotonic() - self.drawn > _EVERY or done == self.total:
            self._draw()

    def clear(self) -> None:
        """Leave the line empty."""
        if self.is_shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _draw(self) -> None:
        if not self.is_shown:
            return
        self.drawn = monotonic()
        filled = _BAR * self.done // self.total
        bar = "█" * filled + "░" * (_BAR - filled)
        sys.stderr.write(f"\r\x1b[K{self.doing} {bar} {self.done}/{self.total}{self._left()}")
        sys.stderr.flush()

    def _left(self) -> str:
        """About how long it still takes, once that can be said."""
        passed = self.drawn - self.started
        if not self.done or passed < 2:
            return ""
        seconds = round(passed / self.done * (self.total - self.done))
        return (
            f"　约剩 {seconds // _MINUTE} 分 {seconds % _MINUTE} 秒" if seconds >= _MINUTE else f"　约剩 {seconds} 秒"
        )
