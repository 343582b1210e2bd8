"""Functional items that the text names (抚恤（款）死亡抚恤（项）) and their rows in the tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rongji.checks.stated.final_accounts.names import plain
from rongji.checks.stated.model import StatedTable
from rongji.kernel.figure import Figure

_LEVEL = re.compile(r"[（(](类|款|项)[)）]")
_CODE = re.compile(r"[（(](\d{3}(?:\d\d){0,2})[)）]")
_BREAK = re.compile(r"[。；：，,;:]|\d{1,2}[、.．](?!\d)")
_LENGTHS = {"类": 3, "款": 5, "项": 7}


@dataclass(frozen=True, slots=True)
class Path:
    """One item as the text names it.

    names: level (类款项) with name, from the top; code: when the text gives it; called: the words before a code that
    stands without 类款项.
    """

    start: int
    end: int
    names: tuple[tuple[str, str], ...]
    code: str = ""
    called: str = ""

    @property
    def printed(self) -> str:
        """The path as a reader would say it."""
        return "".join(f"{name}（{level}）" for level, name in self.names) or f"{self.called}（{self.code}）"


def paths_in(text: str) -> list[Path]:
    """Every path that a passage names, in order."""
    found: list[Path] = []
    names: list[tuple[str, str]] = []
    start = previous = 0
    for level in _LEVEL.finditer(text):
        begin = _begin(text, previous, level.start())
        goes_on = bool(names) and begin == previous and _LENGTHS[level[1]] > _LENGTHS[names[-1][0]]
        if names and not goes_on:
            found.append(Path(start, previous, tuple(names)))
        if not goes_on:
            names, start = [], begin
        names.append((level[1], plain(text[begin : level.start()])))
        previous = level.end()
    if names:
        found.append(Path(start, previous, tuple(names)))
    named = [_with_code(text, item) for item in found if all(name for _, name in item.names)]
    return sorted((*named, *_coded(text, named)), key=lambda item: item.end)


def _coded(text: str, named: list[Path]) -> Iterator[Path]:
    """Items that the text names with nothing but their code: 死亡抚恤（2080801）."""
    taken = {item.end for item in named}
    previous = 0
    for code in _CODE.finditer(text):
        begin = _begin(text, previous, code.start())
        called = plain(text[begin : code.start()])
        if code.end() not in taken and called:
            yield Path(begin, code.end(), (), code[1], called)
        previous = code.end()


def _begin(text: str, previous: int, end: int) -> int:
    """Where a name begins: behind the level before it, or behind the last break."""
    last = previous
    for found in _BREAK.finditer(text, previous, end):
        last = found.end()
    return last


def _with_code(text: str, path: Path) -> Path:
    code = _CODE.match(text, path.end)
    return Path(path.start, code.end(), path.names, code[1]) if code else path


class Items:
    """The functional rows of a table by code and by their names."""

    def __init__(self, table: StatedTable) -> None:
        rows = {row.index: row for row in table.rows if row.code}
        self._names = {row.code: _short(row.label) for row in rows.values()}
        self._figures: dict[str, list[tuple[str, Figure]]] = {}
        for cell in table.cells:
            if cell.row in rows and cell.figure and cell.fact:
                self._figures.setdefault(rows[cell.row].code, []).append((cell.fact, cell.figure))
        self._by_name: dict[str, list[str]] = {}
        for code, name in self._names.items():
            self._by_name.setdefault(name, []).append(code)

    def code_of(self, path: Path) -> str:
        """The code of the one row that a path names; empty when none or several do."""
        if not path.names:
            own = self._names.get(path.code, "")
            return path.code if own and _short(path.called).endswith(own) else ""
        if path.code in self._names and self._fits(path.code, path):
            return path.code
        level, name = path.names[-1]
        found = [c for c in self._candidates(name, level) if len(c) == _LENGTHS[level] and self._fits(c, path)]
        return found[0] if len(found) == 1 else ""

    def amount(self, code: str, column: str) -> Figure | None:
        """The number of a row in the column of that meaning."""
        return next((figure for fact, figure in self._figures.get(code, ()) if fact.endswith(column)), None)

    def lacks(self, path: Path) -> bool:
        """Whether the table goes down to the level that a path names, has what stands above it, but not its name."""
        if not path.names:
            return False
        level, name = path.names[-1]
        if not any(len(code) == _LENGTHS[level] for code in self._names) or any(self._candidates(name, level)):
            return False
        above = path.names[:-1]
        return not above or bool(self.code_of(Path(path.start, path.end, above)))

    def _candidates(self, name: str, level: str) -> Iterator[str]:
        short = _short(name)
        yield from self._by_name.get(short, ())
        if level == "类" and short not in self._by_name:
            yield from (code for code, own in self._names.items() if len(code) == 3 and own and short.endswith(own))

    def _fits(self, code: str, path: Path) -> bool:
        """Whether every level that the path names is what stands over that code."""
        for level, name in path.names:
            own = self._names.get(code[: _LENGTHS[level]])
            if own is not None and own != _short(name) and not (level == "类" and _short(name).endswith(own)):
                return False
        return True


def _short(name: str) -> str:
    """社会保障和就业支出 and 社会保障和就业 are one."""
    text = plain(name)
    return text.removesuffix("支出") or text
