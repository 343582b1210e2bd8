"""What the tables of benefits, categories, timing and exclusions must satisfy among themselves."""

from collections.abc import Iterator
from datetime import date

from rongji.kernel.refusal import Refusal
from rongji.law.benefits import BENEFITS, CATEGORIES, benefit_ids
from rongji.law.exclusions import EXCLUSIONS, matrix
from rongji.law.model import DatedTable, Lawbook, Row
from rongji.law.reading import Problems
from rongji.law.shapes.benefit import ANY, Benefit, Category, Event, Method
from rongji.law.tables import place_of
from rongji.law.values import in_force

TIMING = "entitlement.timing"
ROUNDING = "entitlement.rounding"
_CODES = (("functional", "codes.functional", "功能分类"), ("economic", "codes.economic", "经济分类"))


def check_entitlement(book: Lawbook, problems: Problems) -> None:
    """Every benefit has its standard, codes, timing and place in a closed matrix; nothing where there are none."""
    if ("", BENEFITS) not in book.tables:
        return
    for table in _all(book, BENEFITS):
        for row in _rows(table):
            _benefit(row, table, book, problems)
    for table in _all(book, CATEGORIES):
        for row in _rows(table):
            _category(row, table, book, problems)
    _timing(book, problems)
    _names_of_exclusions(book, problems)
    if not problems.found:
        _closed(book, problems)
    if ("", ROUNDING) not in book.tables:
        problems.add("entitlement", "", "缺少全国的月标准取整办法（entitlement.rounding）")


def _all(book: Lawbook, table_id: str) -> list[DatedTable]:
    return [table for (_, name), table in sorted(book.tables.items()) if name == table_id]


def _rows(table: DatedTable) -> Iterator[Row]:
    return (row for row in table.rows if row.value is not None)


def _benefit(row: Row, table: DatedTable, book: Lawbook, problems: Problems) -> None:
    found: Benefit = row.value
    place = place_of(row.number, row.line)
    for name, codes, label in _CODES:
        listed = book.tables.get(("", codes))
        if listed and (getattr(found, name),) not in listed.by_key:
            problems.add(table.file, place, f"{label}科目表中没有“{getattr(found, name)}”")
    if not found.is_monthly:
        return
    standards = _all(book, found.standard) if found.standard else []
    if found.standard and not standards and not found.local:
        problems.add(table.file, place, f"标准表“{found.standard}”不存在；只由各地定标准的请写 local: true")
    keys = found.keys[:1] if found.method is Method.BASE_SHARE else found.keys
    for standard in standards:
        if standard.keys != keys:
            problems.add(standard.file, "", f"keys 应为（{'、'.join(keys)}），与待遇“{row.keys[0]}”一致")


def _category(row: Row, table: DatedTable, book: Lawbook, problems: Problems) -> None:
    found: Category = row.value
    if found.benefit and found.benefit not in benefit_ids(law=book):
        problems.add(table.file, place_of(row.number, row.line), f"待遇种类表中没有“{found.benefit}”")


def _timing(book: Lawbook, problems: Problems) -> None:
    known = {*benefit_ids(law=book), ANY}
    for table in _all(book, TIMING):
        for keys in table.by_key:
            if keys[0] not in known:
                problems.add(table.file, "", f"待遇种类表中没有“{keys[0]}”")
    national = book.tables.get(("", TIMING))
    for event in Event:
        if national is None or in_force(national, (ANY, event), on=date.max, known_on=date.max) is None:
            problems.add(
                national.file if national else "entitlement", "", f'起止月份缺少通例“{event}”（benefit 写 "*"）'
            )


def _names_of_exclusions(book: Lawbook, problems: Problems) -> None:
    benefits = [row for table in _all(book, BENEFITS) for row in _rows(table)]
    known = {row.keys[0] for row in benefits} | {row.value.group for row in benefits} | {ANY}
    for table in _all(book, EXCLUSIONS):
        for row in table.rows:
            for name in row.keys:
                if name not in known:
                    problems.add(table.file, place_of(row.number, row.line), f"“{name}”既不是待遇编号，也不是组别")


def _closed(book: Lawbook, problems: Problems) -> None:
    """The matrix of every region, on every day on which it changes and by everything known on every such day."""
    tables = [*_all(book, EXCLUSIONS), *_all(book, BENEFITS)]
    regions = {table.region for table in tables} | {""}
    rows = [row for table in tables for row in table.rows]
    days = sorted({(max(row.effective, row.known), row.known) for row in rows} | {(date.max, date.max)})
    seen: set[str] = set()
    for region in sorted(regions):
        for on, known_on in days:
            for sentence in _open_ends(region, on, known_on, book):
                if sentence not in seen:
                    problems.add(f"entitlement/exclusions.yaml{f'（{region}）' if region else ''}", "", sentence)
                seen.add(sentence)


def _open_ends(region: str, on: date, known_on: date, book: Lawbook) -> Iterator[str]:
    try:
        yield from matrix(on=on, known_on=known_on, region=region, law=book).open_ends()
    except Refusal as refusal:
        yield str(refusal)
