"""Lines of the generated reference pages: tables of Markdown."""

from collections.abc import Iterable, Iterator


def cell(text: object) -> str:
    """Text that cannot break out of its cell."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def row(*cells: object) -> str:
    """One row of a table."""
    return f"| {' | '.join(cell(item) for item in cells)} |"


def table(*headings: str) -> Iterator[str]:
    """The head of a table."""
    yield row(*headings)
    yield row(*("---" for _ in headings))


def codes(names: Iterable[str]) -> str:
    """Identifiers, as such."""
    return "、".join(f"`{name}`" for name in names)
