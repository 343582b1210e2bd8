"""Long lists of keys in portions that a query of either database takes."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

PORTION = 900
Key = TypeVar("Key")


def portions(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """The keys, at most 900 at a time: SQLite counts the parameters of a statement."""
    rest = iter(keys)
    while chunk := list(islice(rest, PORTION)):
        yield chunk
