"""Lists of records as files that can be filled in further and imported again: .xlsx and .csv."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from xlsxwriter import Workbook

from rongji.accounts import trail
from rongji.accounts.types import Actor
from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.people.imports.answer_cells import INJECTED
from rongji.people.imports.answer_sheets import heading_formats, print_well, sheet_title, width_of
from rongji.services.imports.headings import NUMBER_LABEL
from rongji.services.models import Record
from rongji.services.places import Places
from rongji.services.policies import EXPORT_RECORDS
from rongji.services.refusals import ExportTooLarge, FilterUnfit
from rongji.services.selectors.listing import fitting, in_order
from rongji.services.showing import Shown
from rongji.services.types import RecordFilters, RecordRow

KINDS = ("xlsx", "csv")
MOST_ROWS = 200_000
_AT_ONCE = 2_000
_EXACT_DIGITS = 15


def export_records(
    *, actor: Actor, bureau: str, register: str, filters: RecordFilters | None = None, kind: str = "xlsx"
) -> bytes:
    """The records that fit the filters, newest first, under the headings of the template and with their numbers.

    Imported again it changes nothing; corrected and imported, it changes what was corrected. The trail tells who took
    which list. Raises: NotAllowed, OrganisationUnknown, UnknownRegister, FilterUnfit, ExportTooLarge.
    """
    places, declared = Places(bureau), declared_register(register)
    EXPORT_RECORDS.require_role(actor)
    rows = fitting(actor, declared, places, filters or RecordFilters(), EXPORT_RECORDS)
    count = rows.order_by()[: MOST_ROWS + 1].count()
    if count > MOST_ROWS:
        raise ExportTooLarge(register=declared.label, most=MOST_ROWS)
    if kind not in KINDS:
        raise FilterUnfit(register=declared.label, name="文件种类", why=f"只能导出 {'、'.join(KINDS)}")
    data = _WRITERS[kind](declared, _rows(actor, declared, places, rows))
    with transaction.atomic():
        trail.record(
            actor=actor, action="services.export_records", subject_kind="register",
            subject_id=f"{bureau}/{declared.id}", summary=f"{declared.label}：导出 {count} 条",
            detail={"register": declared.id, "bureau": bureau, "rows": count, "kind": kind},
        )  # fmt: skip
    return data


def safe(text: str) -> str:
    """A cell of a csv file that no spreadsheet takes for a formula: an apostrophe before what would begin one."""
    return f"'{text}" if text.removeprefix("'").startswith(INJECTED) else text


def _rows(actor: Actor, register: Register, places: Places, rows: QuerySet[Record]) -> Iterator[RecordRow]:
    portion: list[Record] = []
    for record in in_order(rows).iterator(_AT_ONCE):
        portion.append(record)
        if len(portion) == _AT_ONCE:
            yield from _shown(actor, register, places, portion)
            portion = []
    yield from _shown(actor, register, places, portion)


def _shown(actor: Actor, register: Register, places: Places, records: Sequence[Record]) -> Iterator[RecordRow]:
    shown = Shown(actor, register, places, records)
    return (shown.row(record) for record in records)


def _xlsx(register: Register, rows: Iterator[RecordRow]) -> bytes:
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with Workbook(buffer, options) as book:
        sheet, styles = book.add_worksheet(sheet_title(register.label)), heading_formats(book)
        sheet.set_column(0, 0, 10, styles["text"])
        sheet.write_string(0, 0, NUMBER_LABEL, styles["plain"])
        for index, asked in enumerate(register.fields, 1):
            sheet.set_column(index, index, width_of(asked), styles["text"])
            sheet.write_string(0, index, asked.label, styles["needed" if asked.is_needed else "plain"])
        print_well(sheet, len(register.fields))
        last = 0
        for last, row in enumerate(rows, 1):
            sheet.write_string(last, 0, str(row.id), styles["key"])
            for index, asked in enumerate(register.fields, 1):
                text = row.cells[asked.id]
                if _is_number(asked, text):
                    sheet.write_number(last, index, Decimal(text), styles["number"])
                elif text:
                    sheet.write_string(last, index, text, styles["wrapped" if "\n" in text else "cell"])
                else:
                    sheet.write_blank(last, index, None, styles["cell"])
        sheet.autofilter(0, 0, max(last, 1), len(register.fields))
    return buffer.getvalue()


def _is_number(asked: Asked, text: str) -> bool:
    """Numbers are written as numbers, so that they can be added up, as far as Excel holds all their digits."""
    is_numeric = asked.kind in (AskedKind.COUNT, AskedKind.DECIMAL, AskedKind.MONEY)
    return is_numeric and bool(text) and len(text.replace(".", "")) <= _EXACT_DIGITS


def _csv(register: Register, rows: Iterator[RecordRow]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([NUMBER_LABEL, *(asked.label for asked in register.fields)])
    for row in rows:
        writer.writerow([row.id, *(safe(row.cells[asked.id]) for asked in register.fields)])
    return buffer.getvalue().encode("utf-8-sig")


_WRITERS = {"xlsx": _xlsx, "csv": _csv}
