"""Compares a row with the file of its person, and writes down what is told otherwise, field by field."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rongji.accounts.secrets import mask_account
from rongji.kernel.month import Month
from rongji.people.copies import name_copies, village_copies
from rongji.people.dated import DatedFact
from rongji.people.imports.judging import Setting
from rongji.people.imports.matching import Fact, State
from rongji.people.imports.outcome import FieldChange
from rongji.people.imports.registering import ENDED_REASON, decided_on, first_month, last_month
from rongji.people.imports.sealing import SealedRow
from rongji.people.imports.tables import PLAIN, Tables
from rongji.people.models import (
    Attribute,
    BankAccount,
    DisabilityGrade,
    Identity,
    LifeEvent,
    Residence,
    ServicePeriod,
)
from rongji.people.types import ATTRIBUTE_LABELS, SEX_LABELS, AttributeKind, ChangeKind, LifeEventKind, Sex

Told = tuple[str, str, str]  # label, before, after


@dataclass
class Update:
    """One row held against one file. What the row leaves blank stays as it is."""

    tables: Tables
    setting: Setting
    item: SealedRow
    state: State

    def changes(self) -> list[FieldChange]:
        """What is told otherwise, on its way into the tables."""
        row, person = self.item.row, self.state.person
        who = f"{person.name}（{person.number}）"
        parts: tuple[Callable[[], Iterator[Told]], ...] = (
            self._name, self._id_number, self._phone, self._plain, self._residence, self._account, self._service,
            self._grade, self._identity, self._death,
        )  # fmt: skip
        return [FieldChange(who, row.place, *told) for part in parts for told in part()]

    def _log(self, kind: ChangeKind, true_from: date, summary: str) -> None:
        self.tables.change(self.state.person.id, kind, true_from, summary)

    def _attribute(self, kind: AttributeKind, value: str, cipher: str, from_on: date) -> None:
        """A plain fact; one that holds from the same day is corrected."""
        self._supersede(Attribute, kind=kind, from_on=from_on)
        self.tables.attribute(self.state.person.id, kind, value, cipher, from_on)
        self._log(ChangeKind.ATTRIBUTE, from_on, f"{ATTRIBUTE_LABELS[kind]}按花名册更正")

    def _supersede(self, model: type[DatedFact], **which: Any) -> None:
        """Let every standing row of a kind stop to count."""
        rows = model.objects.filter(person_id=self.state.person.id, superseded_on__isnull=True, **which)
        for pk in rows.values_list("id", flat=True):
            self.tables.supersede(model, pk)

    def _name(self) -> Iterator[Told]:
        row, person = self.item.row, self.state.person
        if row.name and row.name != person.name:
            self._attribute(AttributeKind.NAME, row.name, "", self._named_from())
            self.tables.copy(person.id, **name_copies(row.name))
            yield "姓名", person.name, row.name

    def _named_from(self) -> date:
        """Since when the person bears the present name: what a roster tells is that name, told better."""
        rows = Attribute.objects.filter(
            person_id=self.state.person.id, kind=AttributeKind.NAME, superseded_on__isnull=True
        )
        last = rows.order_by("from_on", "known_on", "id").values_list("from_on", flat=True).last()
        return last or self.state.person.born_on

    def _id_number(self) -> Iterator[Told]:
        """A first or another number; birth and sex follow it."""
        item, person = self.item, self.state.person
        row = item.row
        born, sex = row.born_on or person.born_on, row.sex or Sex(person.sex)
        if item.id_index and item.id_index != person.id_index:
            self._attribute(AttributeKind.ID_NUMBER, "", item.id_cipher, person.born_on)
            copies = {"id_cipher": item.id_cipher, "id_index": item.id_index, "id_tail_index": item.id_tail_index}
            self.tables.copy(person.id, **copies)
            yield "身份证号", "已登记" if person.id_index else "", f"尾号 {item.tails['id']}"
        if born != person.born_on:
            self._supersede(Attribute, kind=AttributeKind.BORN_ON)
            self._attribute(AttributeKind.BORN_ON, born.isoformat(), "", born)
            self.tables.copy(person.id, born_on=born)
            yield "出生日期", person.born_on.isoformat(), born.isoformat()
        if sex != person.sex:
            self.tables.copy(person.id, sex=sex)
            yield "性别", SEX_LABELS[Sex(person.sex)], SEX_LABELS[sex]

    def _phone(self) -> Iterator[Told]:
        item, person = self.item, self.state.person
        if item.phone_index and item.phone_index != person.phone_index:
            self._attribute(AttributeKind.PHONE, "", item.phone_cipher, self.tables.known)
            self.tables.copy(person.id, phone_cipher=item.phone_cipher, phone_index=item.phone_index,
                             phone_tail_index=item.phone_tail_index)  # fmt: skip
            yield "联系电话", "已登记" if person.phone_index else "", f"尾号 {item.tails['phone']}"

    def _plain(self) -> Iterator[Told]:
        for kind, name in PLAIN.items():
            value, old = getattr(self.item.row, name), self.state.attributes.get(kind, "")
            if value and value != old:
                self._attribute(kind, value, "", self.tables.known)
                yield ATTRIBUTE_LABELS[kind], old, value

    def _residence(self) -> Iterator[Told]:
        row, rows = self.item.row, self.state.residences
        old = rows[-1] if rows else None
        village = row.village or (old.village if old else "")
        address = row.address or (old.address if old else "")
        before = (old.village, old.address) if old else ("", "")
        if (village, address) == before:
            return
        if old and old.from_on == self.tables.known:
            self.tables.supersede(Residence, old.id)
        place = {"area_code": old.area_code, "station_code": old.station_code} if old else {}
        self.tables.residence(self.state.person.id, village, address, **place)
        self.tables.copy(self.state.person.id, **village_copies(village))
        self._log(ChangeKind.RESIDENCE, self.tables.known, f"住址变更为 {village or address}")
        for label, one, other in zip(("村（社区）", "家庭住址"), before, (village, address), strict=True):
            if one != other:
                yield label, one, other

    def _account(self) -> Iterator[Told]:
        item, row, rows = self.item, self.item.row, self.state.accounts
        old = rows[-1] if rows else None
        if not item.account_index:
            return
        if old is not None:
            same = (old.number_index == item.account_index and row.bank in ("", old.bank)
                    and row.holder in ("", old.holder) and row.account_kind in ("", old.kind))  # fmt: skip
            if same:
                return
            if old.number_index == item.account_index:
                row.bank, row.holder = row.bank or old.bank, row.holder or old.holder
                row.account_kind = row.account_kind or old.kind
            self._end_account(old)
        self.tables.account(self.state.person.id, item)
        tail = item.tails["account"]
        self._log(ChangeKind.ACCOUNT, self.tables.known, f"领款账户改为 {mask_account(tail)}")
        before = f"{old.bank} {mask_account(old.tail)} {old.holder}".strip() if old else ""
        yield "领款账户", before, f"{row.bank} {mask_account(tail)} {row.holder or row.name}".strip()

    def _end_account(self, old: Fact) -> None:
        """The account before ends the day before; one that began no earlier was a mistake."""
        self.tables.supersede(BankAccount, old.id)
        if old.from_on < self.tables.known:
            self.tables.accounts.add(
                old.person_id, self.tables.known, old.evidence, old.kind, old.number_cipher, old.number_index, old.tail,
                old.bank, old.holder, old.from_on, self.tables.known - timedelta(days=1), old.decision,
            )  # fmt: skip

    def _service(self) -> Iterator[Told]:
        row = self.item.row
        if row.enlisted_on is None:
            return
        old = self._same_period(row.enlisted_on, row.discharged_on)
        enlisted = self._finer("enlisted_on", row.enlisted_on, old.enlisted_on if old else None)
        discharged = row.discharged_on or (old.discharged_on if old else None)
        if row.discharged_on and old:
            discharged = self._finer("discharged_on", row.discharged_on, old.discharged_on)
        unit = row.unit_kind or (old.unit_kind if old else "")
        kind = row.discharge_kind or (old.discharge_kind if old else "")
        now = (enlisted, discharged, unit, kind)
        before = (
            (old.enlisted_on, old.discharged_on, old.unit_kind, old.discharge_kind) if old else (None, None, "", "")
        )
        if now == before:
            return
        if old:
            self.tables.supersede(ServicePeriod, old.id)
        self.tables.period(self.state.person.id, enlisted, discharged, unit, old.rank if old else "", kind)
        self._log(ChangeKind.SERVICE, enlisted, f"服役 {enlisted} 至 {discharged or '今'}")
        for label, one, other in zip(("入伍时间", "退役时间", "军兵种", "退役方式"), before, now, strict=True):
            if one != other:
                yield label, str(one or ""), str(other or "")

    def _same_period(self, enlisted: date, discharged: date | None) -> Fact | None:
        """The period that the row speaks of: same begin, else the one that it overlaps, else the only one."""
        rows = self.state.service
        for old in rows:
            if old.enlisted_on == enlisted or Month.from_day(old.enlisted_on) == Month.from_day(enlisted):
                return old
        last = discharged or date.max
        for old in rows:
            if old.enlisted_on < last and enlisted < (old.discharged_on or date.max):
                return old
        return None

    def _finer(self, column: str, told: date, known: date | None) -> date:
        """A day told to the month only does not blur the day that is known."""
        is_same = known is not None and Month.from_day(known) == Month.from_day(told)
        return known if is_same and known and column in self.item.row.by_month else told

    def _grade(self) -> Iterator[Told]:
        row, rows = self.item.row, self.state.grades
        if not (row.grade and row.cause):
            return
        old = rows[-1] if rows else None
        decided = decided_on(row, self.setting, self.tables)
        if old and row.approved_on:
            decided = self._finer("approved_on", row.approved_on, old.decided_on)
        elif old:
            decided = old.decided_on if (old.cause, old.grade) == (row.cause, row.grade) else self.tables.known
        if old and (old.cause, old.grade, old.decided_on) == (row.cause, row.grade, decided):
            return
        if old and (decided <= old.decided_on or (old.cause, old.grade) == (row.cause, row.grade)):
            self.tables.supersede(DisabilityGrade, old.id)
        decision = row.decision or (old.decision if old else "")
        self.tables.grade(self.state.person.id, row.cause, row.grade, decided, decision)
        self._log(ChangeKind.GRADE, decided, f"残疾等级 {row.cause} {row.grade} 级，{decided} 评定")
        before = f"{old.cause} {old.grade} 级（{old.decided_on}）" if old else ""
        yield "残疾等级", before, f"{row.cause} {row.grade} 级（{decided}）"

    def _identity(self) -> Iterator[Told]:
        row = self.item.row
        if not row.category:
            return
        mine = [old for old in self.state.identities if old.category == row.category]
        old, last = self._run_of(mine), last_month(row)
        if old is None:
            first = first_month(row, self.setting)
            self._add_identity(first.number, last.number if last else None, row.decision)
            self._log(ChangeKind.IDENTITY_STARTED, first.first_day, f"认定为“{row.category}”，自 {first} 起")
            yield "身份", "", f"{self._label()}（{first} 起）"
            return
        first_number = old.first_month if self._starts_alike(old) else first_month(row, self.setting).number
        last_number = last.number if last else old.last_month
        decision = row.decision or old.decision
        if (first_number, last_number, decision) == (old.first_month, old.last_month, old.decision):
            return
        self.tables.supersede(Identity, old.id)
        self._add_identity(first_number, last_number, decision)
        yield from self._told_identity(old, first_number, last_number, decision)

    def _run_of(self, mine: list[Fact]) -> Fact | None:
        """The run of months that the row speaks of: one that it shares months with; None where it tells another one."""
        row = self.item.row
        if not mine or not (row.approved_on or row.benefit_from):
            return mine[-1] if mine else None
        first, last = first_month(row, self.setting).number, last_month(row)
        for old in reversed(mine):
            if (old.last_month is None or first <= old.last_month) and (last is None or old.first_month <= last.number):
                return old
        return None

    def _told_identity(self, old: Fact, first: int, last: int | None, decision: str) -> Iterator[Told]:
        ended = last is not None and last != old.last_month
        kind = ChangeKind.IDENTITY_ENDED if ended else ChangeKind.IDENTITY_CORRECTED
        begins = Month.from_number(last if ended and last else first)
        self._log(kind, begins.first_day, f"身份“{old.category}”按花名册{'终止' if ended else '更正'}")
        if first != old.first_month:
            yield f"{self._label()}起始月份", str(Month.from_number(old.first_month)), str(Month.from_number(first))
        if ended and last is not None:
            before = str(Month.from_number(old.last_month)) if old.last_month else ""
            yield f"{self._label()}终止月份", before, str(Month.from_number(last))
        if decision != old.decision:
            yield "批准文号", old.decision, decision

    def _label(self) -> str:
        return self.setting.categories.known[self.item.row.category].label

    def _starts_alike(self, old: Fact) -> bool:
        """Whether the row tells no other start: none at all, or the first paid month of the same approval.

        A later approval of a grade is one of the grade; the person has been in the category since before.
        """
        row, known = self.item.row, Month.from_number(old.first_month)
        if row.approved_on:
            told = Month.from_day(row.approved_on)
            return told == known or (told > known and self.setting.categories.known[row.category].needs_grade)
        return row.benefit_from is None or row.benefit_from in (known, known + 1)

    def _add_identity(self, first: int, last: int | None, decision: str) -> None:
        pk, category = self.state.person.id, self.item.row.category
        self.tables.identity(pk, category, first, last, ENDED_REASON if last else "", decision)

    def _death(self) -> Iterator[Told]:
        row, person = self.item.row, self.state.person
        if row.died_on is None or row.died_on == person.died_on:
            return
        if person.died_on and self._finer("died_on", row.died_on, person.died_on) == person.died_on:
            return
        self._supersede(LifeEvent, kind=LifeEventKind.DIED)
        self.tables.death(person.id, row.died_on)
        self.tables.copy(person.id, died_on=row.died_on)
        self._log(ChangeKind.DIED, row.died_on, f"{row.died_on} 去世")
        yield "死亡时间", str(person.died_on or ""), str(row.died_on)
