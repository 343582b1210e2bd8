"""The value as of two days: what was in force on one, by what had been published on the other."""

from collections.abc import Iterator
from datetime import date

from rongji.law.loader import lawbook
from rongji.law.model import DatedTable, Lawbook, Row, Trust
from rongji.law.refusals import KeysDoNotFit, NoValueInForce, UnknownTable, ValueIsMissing

# 430112 → 430112, 430100, 430000
_REGION_DEPTHS = (6, 4, 2)


def as_of(
    table: str | DatedTable, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None, **keys: str
) -> Row:
    """The row in force on `on` among those known on `known_on`.

    As of: the latest `effective` not after `on`; of rows with the same `effective`, the latest known. A row without
    a value, or past its `until`, ends the measure: nothing earlier comes back.
    Raises: NoValueInForce, ValueIsMissing, UnknownTable, KeysDoNotFit.
    """
    found = find(table, on=on, known_on=known_on, region=region, law=law, **keys)
    if found is None:
        named = table_named(table, region=region, law=law) if isinstance(table, str) else table
        said = f"（{'、'.join(keys.values())}）" if keys else ""
        raise NoValueInForce(label=named.label, keys=said, on=on, known_on=known_on)
    return found


def find(
    table: str | DatedTable, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None, **keys: str
) -> Row | None:
    """As `as_of`, but None where nothing is in force.

    Raises: ValueIsMissing where a gap stands: a value that was published and is not in the file.
    """
    for candidate in _candidates(table, region, law):
        row = leading(candidate, _key(candidate, keys), on=on, known_on=known_on)
        if row is None or (row.until is not None and on > row.until):
            continue
        if row.value is not None:
            return row
        if row.trust is Trust.GAP:
            raise missing(candidate, row, known_on)
    return None


def missing(table: DatedTable, row: Row, known_on: date) -> ValueIsMissing:
    """The refusal to compute with a gap: where it stands and what to write."""
    said = f"（{'、'.join(row.keys)}）" if row.keys else ""
    note = f"（{row.note}）" if row.note else ""
    return ValueIsMissing(
        label=table.label, keys=said, effective=row.effective, note=note, known_on=known_on, file=table.file
    )


def table_named(table_id: str, *, region: str = "", law: Lawbook | None = None) -> DatedTable:
    """The table of that id, the most local one for the region.

    Raises: UnknownTable.
    """
    return next(_tables_of(table_id, region, law or lawbook()))


def tables_named(table_id: str, *, region: str = "", law: Lawbook | None = None) -> tuple[DatedTable, ...]:
    """Every table of that id that speaks for a region, the most local first.

    Raises: UnknownTable.
    """
    return tuple(_tables_of(table_id, region, law or lawbook()))


def in_force(table: DatedTable, key: tuple[str, ...], *, on: date, known_on: date) -> Row | None:
    """The row of one table and key in force, neither wider regions nor the table it is based on asked."""
    last = leading(table, key, on=on, known_on=known_on)
    has_ended = last is None or last.value is None or (last.until is not None and on > last.until)
    return None if has_ended else last


def leading(table: DatedTable, key: tuple[str, ...], *, on: date, known_on: date) -> Row | None:
    """The last row of a key begun on `on` among those known, whether it holds, is a gap or ends the measure."""
    rows = [row for row in table.by_key.get(key, ()) if row.effective <= on and row.known <= known_on]
    return max(rows, key=lambda row: (row.effective, row.known), default=None)


def _candidates(table: str | DatedTable, region: str, law: Lawbook | None) -> Iterator[DatedTable]:
    """Which tables speak, in order: county, city, province, nation, then what the national one is based on.

    The first with a value in force wins; a local measure that has ended leaves the word to the wider region.
    """
    if isinstance(table, DatedTable):
        yield table
        base = table.based_on
    else:
        book = law or lawbook()
        tables = list(_tables_of(table, region, book))
        yield from tables
        base = tables[-1].based_on
    if base:
        yield from _candidates(base, region, law)


def _tables_of(table_id: str, region: str, book: Lawbook) -> Iterator[DatedTable]:
    codes = [region[:depth].ljust(6, "0") for depth in _REGION_DEPTHS] if region else []
    found = [book.tables[code, table_id] for code in (*dict.fromkeys(codes), "") if (code, table_id) in book.tables]
    if not found:
        raise UnknownTable(id=table_id)
    yield from found


def _key(table: DatedTable, keys: dict[str, str]) -> tuple[str, ...]:
    if set(keys) != set(table.keys):
        raise KeysDoNotFit(id=table.id, expected="、".join(table.keys), given="、".join(keys))
    return tuple(keys[name] for name in table.keys)
