"""How a text was read, in one line: the notation in which the tables of cases are written.

`支出约3096万元，见表2 → 3096万元(约) ｜ marker 2`: what a quantity is worth, then its approximating word; a number
without a unit has a question mark, a range an ellipsis; of all other kinds the kind and the print. A line's end within
a text is written ↵, a text without readings has a dash.
"""

from rongji.kernel.reading import Reading, ReadingKind, read_numbers

NOTHING = "–"


def told(text: str, unit_name: str = "") -> str:
    """Every reading of a text."""
    return " ｜ ".join(map(one, read_numbers(text, unit_name=unit_name))) or NOTHING


def one(reading: Reading) -> str:
    """One reading."""
    vague = f"({reading.vague})" if reading.vague else ""
    trouble = f" !{reading.trouble}" if reading.trouble else ""
    if reading.kind is ReadingKind.RANGE:
        return f"{reading.quantity}…{reading.upper}{vague}"
    if reading.quantity is not None:
        return f"{reading.quantity}{'?' if reading.kind is ReadingKind.BARE else ''}{vague}"
    if reading.period:
        return f"{reading.period[0]}—{reading.period[1]}年{trouble}"
    if reading.kind is ReadingKind.YEAR and reading.year:
        return f"{reading.year}年"
    return f"{reading.kind.value} {reading.printed}{trouble}".replace("\n", "↵")


def cases(table: str) -> list[tuple[str, str]]:
    """The rows of a table: text and how it is read, which may stand on a line of its own."""
    table = table.replace("\n    → ", " → ")
    rows = [line.partition(" → ") for line in table.strip().splitlines() if line.strip()]
    return [(text.strip().replace("↵", "\n"), expected.strip()) for text, _, expected in rows]
