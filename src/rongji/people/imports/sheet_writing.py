"""Rosters that we write ourselves: the empty one to fill in, and the register as a roster."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from django.db import transaction
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.secrets import Purpose, decrypt, mask_identity_number, mask_phone
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.kernel.month import Month
from rongji.people.imports.categories import categories_of
from rongji.people.imports.matching import Fact, State, load, people
from rongji.people.imports.tables import PLAIN
from rongji.people.imports.words import Column, words
from rongji.people.models import Identity
from rongji.people.policies import REVEAL_NUMBERS, SEE_PEOPLE
from rongji.people.refusals import ReasonMissing
from rongji.people.services.revealing import SHORTEST_REASON
from rongji.people.types import SEX_LABELS, Sex

BATCH = 1000
ROOM = 2000  # rows of the template that are prepared as text
_WIDTHS = {
    "id_number": 22,
    "account_number": 24,
    "address": 30,
    "bank": 22,
    "remark": 30,
    "category": 26,
    "village": 20,
}
_EXPORTED = (
    "number", "name", "id_number", "sex", "born_on", "category", "disability_grade", "disability_cause", "enlisted_on",
    "discharged_on", "unit_kind", "discharge_kind", "bank", "account_number", "account_holder", "phone", "village",
    "address", "approved_on", "benefit_from", "ended_on", "died_on", "decision", "registration", "employment",
    "insurance", "health", "remark",
)  # fmt: skip


def write_template(path: Path, day: date, region: str) -> None:
    """An empty roster: every column with what belongs in it, the categories to choose from, all cells as text."""
    categories = [f"{item.label}" for item in categories_of(day, region).known.values() if item.is_open]
    with Workbook(str(path)) as book:
        sheet, lists = book.add_worksheet("花名册"), book.add_worksheet("备查类别")
        columns = tuple(words().columns.values())
        _write_headings(book, sheet, columns)
        lists.write_column(0, 0, categories)
        lists.set_column(0, 0, 40)
        choices = {"category": f"=备查类别!$A$1:$A${len(categories)}", "sex": ["男", "女"],
                   "disability_cause": ["因战", "因公", "因病"]}  # fmt: skip
        for index, column in enumerate(columns):
            if column.id in choices:
                rule = {"validate": "list", "source": choices[column.id], "error_type": "warning"}
                sheet.data_validation(1, index, ROOM, index, rule)


def _write_headings(book: Workbook, sheet: Worksheet, columns: Sequence[Column]) -> None:
    text = book.add_format({"num_format": "@", "font_name": "宋体", "font_size": 10})
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#8C1D18", "align": "center",
                            "valign": "vcenter", "border": 1, "border_color": "#D9CFC7", "num_format": "@",
                            "font_name": "微软雅黑", "font_size": 10})  # fmt: skip
    for index, column in enumerate(columns):
        width = _WIDTHS.get(column.id, max(10, 2 * len(column.label) + 3))
        sheet.set_column(index, index, width, text)
        sheet.write_string(0, index, column.label, head)
        sheet.write_comment(0, index, f"{column.note}。", {"author": "荣绩"})
    sheet.set_row(0, 26)
    sheet.freeze_panes(1, 2)


def export_roster(*, actor: Actor, bureau: str, path: Path, reason: str = "", category: str = "") -> int:
    """Write the register of a bureau as a roster, one row for each identity; returns how many rows.

    Numbers are masked, and a masked roster can be imported again: stars mean that nothing has changed. With a reason,
    whoever may see them gets the full numbers, and the trail says so.
    Raises: NotAllowed, OrganisationUnknown, ReasonMissing.
    """
    home = organisation(bureau)
    guard(actor, SEE_PEOPLE, home.scope)
    if reason:
        guard(actor, REVEAL_NUMBERS, home.scope)
        if len(reason.strip()) < SHORTEST_REASON:
            raise ReasonMissing(what="导出完整号码", least=SHORTEST_REASON)
        _tell(actor, bureau, reason)
    labels = {code: item.label for code, item in categories_of(actor.day, home.area_code).known.items()}
    columns = [words().columns[name] for name in _EXPORTED]
    count = 0
    with Workbook(str(path), {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("花名册")
        _write_headings(book, sheet, columns)
        for state in _states(bureau, category):
            for told in _rows(state, labels, category, is_full=bool(reason)):
                count += 1
                for index, name in enumerate(_EXPORTED):
                    if told.get(name):
                        sheet.write_string(count, index, told[name])
    return count


def _tell(actor: Actor, bureau: str, reason: str) -> None:
    with transaction.atomic():
        trail.record(
            actor=actor, action="people.export_full", subject_kind="bureau", subject_id=bureau,
            summary=f"导出含完整号码的花名册：{reason.strip()}", detail={"reason": reason.strip()},
        )  # fmt: skip


def _states(bureau: str, category: str) -> Iterable[State]:
    rows = people(bureau).order_by("id")
    if category:
        rows = rows.filter(id__in=Identity.objects.filter(category=category, superseded_on=None).values("person_id"))
    last = 0
    while batch := list(rows.filter(id__gt=last)[:BATCH]):
        states = [State(person) for person in batch]
        load(states)
        yield from states
        last = batch[-1].id


def _rows(state: State, labels: dict[str, str], category: str, *, is_full: bool) -> Iterable[dict[str, str]]:
    person = _person(state, is_full=is_full)
    mine = [item for item in state.identities if not category or item.category == category]
    if not mine:
        yield person
    for identity in mine:
        yield {**person, **_identity(identity, labels)}


def _person(state: State, *, is_full: bool) -> dict[str, str]:
    person = state.person
    number, phone = decrypt(person.id_cipher, Purpose.ID_NUMBER), decrypt(person.phone_cipher, Purpose.PHONE)
    told = {
        "number": person.number, "name": person.name, "sex": SEX_LABELS[Sex(person.sex)],
        "born_on": str(person.born_on), "died_on": str(person.died_on or ""),
        "id_number": number if is_full else mask_identity_number(number),
        "phone": phone if is_full else mask_phone(phone), "village": person.village,
        **{name: state.attributes.get(kind, "") for kind, name in PLAIN.items()},
    }  # fmt: skip
    if state.residences:
        told["address"] = state.residences[-1].address
    if state.grades:
        told |= {"disability_grade": f"{state.grades[-1].grade}级", "disability_cause": state.grades[-1].cause}
    if state.service:
        last = state.service[-1]
        told |= {"enlisted_on": str(last.enlisted_on), "discharged_on": str(last.discharged_on or ""),
                 "unit_kind": last.unit_kind, "discharge_kind": last.discharge_kind}  # fmt: skip
    return {**told, **_account(state, is_full=is_full)}


def _account(state: State, *, is_full: bool) -> dict[str, str]:
    if not state.accounts:
        return {}
    last = state.accounts[-1]
    number = decrypt(last.number_cipher, Purpose.ACCOUNT) if is_full else f"{'*' * 12}{last.tail}"
    remark = last.decision if last.holder != state.person.name else ""
    return {"bank": last.bank, "account_number": number, "account_holder": last.holder, "remark": remark}


def _identity(identity: Fact, labels: dict[str, str]) -> dict[str, str]:
    last = Month.from_number(identity.last_month).last_day if identity.last_month else None
    return {
        "category": labels.get(identity.category, identity.category),
        "benefit_from": str(Month.from_number(identity.first_month)),
        "ended_on": str(last or ""),
        "decision": identity.decision,
    }
