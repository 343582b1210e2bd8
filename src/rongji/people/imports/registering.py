"""Opens the files of persons whom a roster names for the first time."""

from datetime import date

from rongji.accounts.selectors import OrganisationFacts
from rongji.kernel.month import Month
from rongji.people.copies import name_copies, village_copies
from rongji.people.imports.judging import Setting
from rongji.people.imports.rows import RosterRow
from rongji.people.imports.sealing import SealedRow
from rongji.people.imports.tables import PLAIN, Tables
from rongji.people.types import AttributeKind, ChangeKind

ENDED_REASON = "花名册写明待遇终止"


def register(tables: Tables, home: OrganisationFacts, setting: Setting, item: SealedRow, pk: int, number: str) -> None:
    """Everything that a row tells of a new person, in the same rows that a registration by hand makes."""
    row = item.row
    name, place, known = name_copies(row.name), village_copies(row.village), tables.known
    tables.persons.add(
        pk, home.code, row.number or number, name["name"], name["initials"], name["other_initials"], row.sex,
        row.born_on, row.died_on, item.id_cipher, item.id_index, item.id_tail_index, item.phone_cipher,
        item.phone_index, item.phone_tail_index, *place.values(), home.area_code, home.path, known,
    )  # fmt: skip
    _attributes(tables, item, pk)
    if row.village or row.address:
        tables.residence(pk, row.village, row.address)
    if item.account_index:
        tables.account(pk, item)
    if row.died_on:
        tables.death(pk, row.died_on)
    if row.enlisted_on:
        tables.period(pk, row.enlisted_on, row.discharged_on, row.unit_kind, "", row.discharge_kind)
    if row.grade and row.cause:
        tables.grade(pk, row.cause, row.grade, decided_on(row, setting, tables), row.decision)
    summary, begins = "建档", known
    if row.category:
        first = first_month(row, setting)
        last = last_month(row)
        tables.identity(pk, row.category, first.number, last.number if last else None,
                        ENDED_REASON if last else "", row.decision)  # fmt: skip
        begins = first.first_day
        summary = f"建档，{row.category}（{first} 至 {last}）" if last else f"建档，{row.category}（{first} 起）"
    tables.change(pk, ChangeKind.REGISTERED, begins, summary)


def _attributes(tables: Tables, item: SealedRow, pk: int) -> None:
    row, born = item.row, item.row.born_on
    assert born is not None
    tables.attribute(pk, AttributeKind.NAME, row.name, "", born)
    tables.attribute(pk, AttributeKind.BORN_ON, born.isoformat(), "", born)
    if item.id_cipher:
        tables.attribute(pk, AttributeKind.ID_NUMBER, "", item.id_cipher, born)
    if item.phone_cipher:
        tables.attribute(pk, AttributeKind.PHONE, "", item.phone_cipher, tables.known)
    for kind, name in PLAIN.items():
        if value := getattr(row, name):
            tables.attribute(pk, kind, value, "", tables.known)


def first_month(row: RosterRow, setting: Setting) -> Month:
    """The first month of the identity: that of the approval, else the first paid, else the one given for all."""
    if row.approved_on:
        return Month.from_day(row.approved_on)
    return row.benefit_from or setting.since or Month.from_day(setting.today)


def last_month(row: RosterRow) -> Month | None:
    """The last month of the identity, None while it lasts."""
    return Month.from_day(row.ended_on) if row.ended_on else None


def decided_on(row: RosterRow, setting: Setting, tables: Tables) -> date:
    """The day of the approval of a grade, as far as it is told."""
    return row.approved_on or min(first_month(row, setting).first_day, tables.known)
