"""The tables that an import writes into: new rows gathered in portions, those that they replace superseded first."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rongji.accounts.types import Actor
from rongji.people.bulk import BulkTable
from rongji.people.dated import DatedFact
from rongji.people.imports.sealing import SealedRow
from rongji.people.models import (
    Attribute,
    BankAccount,
    Change,
    DisabilityGrade,
    Identity,
    LifeEvent,
    Person,
    Residence,
    ServicePeriod,
)
from rongji.people.types import AccountKind, AttributeKind, ChangeKind, LifeEventKind

PLAIN = {
    AttributeKind.REGISTRATION: "registration",
    AttributeKind.EMPLOYMENT: "employment",
    AttributeKind.INSURANCE: "insurance",
    AttributeKind.HEALTH: "health",
}
"""The plain words that a roster tells, with the names of its columns."""

_DATING = ("person_id", "known_on", "evidence")
PERSON = (
    "id", "bureau", "number", "name", "initials", "other_initials", "sex", "born_on", "died_on", "id_cipher",
    "id_index", "id_tail_index", "phone_cipher", "phone_index", "phone_tail_index", "village", "village_proper", "area",
    "scope_path", "registered_on",
)  # fmt: skip
ATTRIBUTE = (*_DATING, "kind", "value", "cipher", "from_on")
IDENTITY = (*_DATING, "category", "first_month", "last_month", "end_reason", "decision")
GRADE = (*_DATING, "cause", "grade", "decided_on", "decision")
SERVICE = (*_DATING, "enlisted_on", "discharged_on", "unit_kind", "rank", "discharge_kind")
RESIDENCE = (*_DATING, "area_code", "village", "address", "station_code", "from_on")
ACCOUNT = (*_DATING, "kind", "number_cipher", "number_index", "tail", "bank", "holder", "from_on", "to_on", "decision")
LIFE = (*_DATING, "kind", "happened_on")
CHANGE = ("person_id", "kind", "known_on", "true_from", "summary", "actor_label")


@dataclass
class Tables:
    """One import's writing: for whom, since when it is known, and the rows on their way. is_dry: nothing is written."""

    actor: Actor
    known: date
    evidence: str
    is_dry: bool = False
    persons: BulkTable = field(default_factory=lambda: BulkTable(Person, PERSON))
    attributes: BulkTable = field(default_factory=lambda: BulkTable(Attribute, ATTRIBUTE))
    identities: BulkTable = field(default_factory=lambda: BulkTable(Identity, IDENTITY))
    grades: BulkTable = field(default_factory=lambda: BulkTable(DisabilityGrade, GRADE))
    service: BulkTable = field(default_factory=lambda: BulkTable(ServicePeriod, SERVICE))
    residences: BulkTable = field(default_factory=lambda: BulkTable(Residence, RESIDENCE))
    accounts: BulkTable = field(default_factory=lambda: BulkTable(BankAccount, ACCOUNT))
    life: BulkTable = field(default_factory=lambda: BulkTable(LifeEvent, LIFE))
    changes: BulkTable = field(default_factory=lambda: BulkTable(Change, CHANGE))
    superseded: dict[type[DatedFact], list[int]] = field(default_factory=dict)
    copies: dict[int, dict[str, Any]] = field(default_factory=dict)

    def supersede(self, model: type[DatedFact], fact_id: int) -> None:
        """Let a row stop to count from today on."""
        self.superseded.setdefault(model, []).append(fact_id)

    def copy(self, person_id: int, **values: Any) -> None:
        """Change what the person's own row repeats of the facts."""
        self.copies.setdefault(person_id, {}).update(values)

    def flush(self) -> None:
        """Write everything gathered, what is superseded first."""
        if not self.is_dry:
            for model, ids in self.superseded.items():
                model.objects.filter(pk__in=ids).update(superseded_on=self.known)
            for pk, values in self.copies.items():
                Person.objects.filter(pk=pk).update(**values)
        for table in self._tables():
            if self.is_dry:
                table.rows.clear()
            else:
                table.flush()
        self.superseded.clear()
        self.copies.clear()

    def _tables(self) -> tuple[BulkTable, ...]:
        return (self.persons, self.attributes, self.identities, self.grades, self.service, self.residences,
                self.accounts, self.life, self.changes)  # fmt: skip

    # --- one fact each; person_id is that of the person -------------------------------------------

    def attribute(self, person_id: int, kind: str, value: str, cipher: str, from_on: date) -> None:
        """A plain fact."""
        self.attributes.add(person_id, self.known, self.evidence, kind, value, cipher, from_on)

    def identity(self, person_id: int, category: str, first: int, last: int | None, reason: str, decision: str) -> None:
        """An identity by its months as stored."""
        self.identities.add(person_id, self.known, self.evidence, category, first, last, reason, decision)

    def grade(self, person_id: int, cause: str, grade: int, decided_on: date, decision: str) -> None:
        """A disability grade."""
        self.grades.add(person_id, self.known, self.evidence, cause, grade, decided_on, decision)

    def period(
        self, person_id: int, enlisted: date, discharged: date | None, unit: str, rank: str, discharge: str
    ) -> None:
        """A period of service."""
        self.service.add(person_id, self.known, self.evidence, enlisted, discharged, unit, rank, discharge)

    def residence(
        self, person_id: int, village: str, address: str, area_code: str = "", station_code: str = ""
    ) -> None:
        """A residence from today on."""
        place = (area_code, village, address, station_code)
        self.residences.add(person_id, self.known, self.evidence, *place, self.known)

    def account(self, person_id: int, item: SealedRow) -> None:
        """An account in use from today on."""
        row = item.row
        kind = row.account_kind or AccountKind.BANK_CARD
        number = (item.account_cipher, item.account_index, item.tails["account"])
        decision = row.remark[:120] if row.holder and row.holder != row.name else ""
        held = (row.bank, row.holder or row.name, self.known, None, decision)
        self.accounts.add(person_id, self.known, self.evidence, kind, *number, *held)

    def death(self, person_id: int, died_on: date) -> None:
        """A death."""
        self.life.add(person_id, self.known, self.evidence, LifeEventKind.DIED, died_on)

    def change(self, person_id: int, kind: ChangeKind, true_from: date, summary: str) -> None:
        """A line of the change log."""
        self.changes.add(person_id, kind, self.known, true_from, summary[:255], self.actor.label[:160])
