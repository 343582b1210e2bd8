"""The formulas that headings write down: ③=②/①, C=A+B, 执行率（B/A）, 栏次 3=1+2."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rongji.checks.stated.model import Column, StatedTable
from rongji.checks.stated.tables.definitions import Definition, How

_MARK = r"(?:[A-Z]|\d{1,2})"
_ALONE = re.compile(rf"\(?({_MARK})\)?")
_AT_END = re.compile(r"(?:\(([A-Z])\)|(?<=[\u4e00-\u9fff])([A-Z]))$")
_EQUATION = re.compile(rf"(?:^|[^\dA-Z])({_MARK})=([\dA-Z+*/()\-]{{3,40}})")
_IN_BRACKETS = re.compile(r"\(([\dA-Z+*/()\-]{3,40})\)")
_ONE_IN_BRACKETS = re.compile(rf"\(({_MARK})\)")
_TOKEN = re.compile(rf"{_MARK}|[+*/()\-]")
_HUNDRED = re.compile(r"[*]?100%")
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "×": "*", "÷": "/", "∕": "/", "⁄": "/"})
_FEWEST = 2
_OPERATOR = re.compile("[=＝/／÷∕⁄+＋*×－−-]")
Signed = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A heading's formula over the marks of other columns: signed marks above and below the line, or a product."""

    how: How
    top: Signed
    bottom: Signed = ()

    @property
    def marks(self) -> set[str]:
        """The marks it speaks of."""
        return {mark for _, mark in (*self.top, *self.bottom)}


def formulas_of(table: StatedTable) -> Mapping[Column, Definition]:
    """The columns that write down how they are computed, as far as the marks of the table tell."""
    if not any(_OPERATOR.search(text) for column in table.columns for text in column.path):
        return {}
    marks: dict[str, Column] = {}
    for column in table.columns:
        mark = _mark_of(column)
        if mark and mark not in marks:
            marks[mark] = column
    if len(marks) < _FEWEST:
        return {}
    found = ((column, _formula_of(column)) for column in table.columns)
    return {
        column: _defined(formula, marks) for column, formula in found if formula and _is_known(formula, column, marks)
    }


def parsed(text: str) -> Formula | None:
    """A formula in marks, numbers and signs as a sum, a quotient of sums or a product; None for anything else."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        return None
    above, line, below = _split(tokens)
    if "*" in above and not line:
        marks = tuple((1, item) for item in above if item != "*")
        return Formula(How.PRODUCT, marks) if above[1::2] == ["*"] * (len(marks) - 1) else None
    top, bottom = _sum(above), _sum(below)
    if top is None or bottom is None or (not line and len(top) < _FEWEST):
        return None
    return Formula(How.RATIO, top, bottom) if line else Formula(How.SUM, top)


def _split(tokens: list[str]) -> tuple[list[str], bool, list[str]]:
    """What stands above and below the one line of fraction, brackets around either taken off."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token == "(") - (token == ")")
        if token == "/" and depth == 0:
            return _bare(tokens[:place]), True, _bare(tokens[place + 1 :])
    return _bare(tokens), False, []


def _bare(tokens: list[str]) -> list[str]:
    inner = tokens[1:-1]
    whole = bool(inner) and tokens[0] == "(" and tokens[-1] == ")" and "(" not in inner
    return inner if whole else tokens


def _sum(tokens: list[str]) -> Signed | None:
    """Marks with their signs; None when something else is in it."""
    found: list[tuple[int, str]] = []
    sign, expected = 1, True
    for token in tokens:
        if expected != (token not in "+-*/()"):
            return None
        if expected:
            found.append((sign, token))
        else:
            sign = {"+": 1, "-": -1}.get(token, 0)
        expected = not expected
    return None if (expected and tokens) or any(not item for item, _ in found) else tuple(found)


def _mark_of(column: Column) -> str:
    for text in reversed(column.path):
        plain = _plain(text)
        alone = _ALONE.fullmatch(plain)
        if alone:
            return alone.group(1)
        equation = _EQUATION.search(plain)
        if equation:
            return equation.group(1)
        end = _AT_END.search(plain) or _circled(text)
        if end:
            return next(item for item in end.groups() if item)
    return ""


def _circled(text: str) -> re.Match[str] | None:
    """①预算数, 预算数②: the circled number as its digits."""
    found = re.search(r"^\s*([①-⑳])|([①-⑳])\s*$", text)
    return re.fullmatch(r"(\d+)", unicodedata.normalize("NFKC", found.group().strip())) if found else None


def _formula_of(column: Column) -> Formula | None:
    for text in reversed(column.path):
        plain = _plain(text)
        equation = _EQUATION.search(plain)
        bracket = None if equation else _IN_BRACKETS.search(plain)
        written = equation.group(2) if equation else bracket.group(1) if bracket else ""
        while written.count(")") > written.count("(") and written.endswith(")"):
            written = written[:-1]
        formula = parsed(written) if written else None
        if formula:
            return formula
    return None


def _is_known(formula: Formula, column: Column, marks: Mapping[str, Column]) -> bool:
    return formula.marks <= marks.keys() and all(marks[mark] is not column for mark in formula.marks)


def _defined(formula: Formula, marks: Mapping[str, Column]) -> Definition:
    top = tuple((sign, marks[mark]) for sign, mark in formula.top)
    return Definition(formula.how, top, tuple((sign, marks[mark]) for sign, mark in formula.bottom))


def _plain(text: str) -> str:
    """Full-width signs as plain ones, 100% and brackets around single marks of a formula taken off."""
    plain = unicodedata.normalize("NFKC", "".join(text.split())).translate(_SIGNS)
    plain = _HUNDRED.sub("", plain).replace("[", "(").replace("]", ")")
    return _ONE_IN_BRACKETS.sub(r"\1", plain) if "=" in plain else plain
