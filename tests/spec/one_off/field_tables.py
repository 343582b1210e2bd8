"""Specification tables: a header line and rows, cells apart by `|`, in the words of the field."""

from datetime import date
from typing import Any

import pytest


def rows(table: str) -> list[Any]:
    """The rows of a table as pytest parameters, named after their cells."""
    lines = [line for line in table.strip().splitlines() if line.strip()]
    names = _cells(lines[0])
    found = []
    for line in lines[1:]:
        cells = _cells(line)
        assert len(cells) == len(names), line
        found.append(pytest.param(dict(zip(names, cells, strict=True)), id=" ".join(cells)))
    return found


def day(text: str) -> date:
    """A day in ISO form."""
    return date.fromisoformat(text)


def fen(yuan: str) -> int:
    """An amount of 元 as a table prints it, in fen."""
    whole, _, rest = yuan.replace(",", "").partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0") or 0)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
