"""One person's file as it stood on a day, by what was known on another."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from rongji.accounts.policies import guard
from rongji.accounts.secrets import Purpose, decrypt, mask_identity_number, mask_phone
from rongji.accounts.selectors import area_code_on
from rongji.accounts.types import Actor
from rongji.kernel.month import Month
from rongji.people.dated import DatedFact
from rongji.people.models import (
    ArchiveItem,
    ArchiveTransfer,
    Attribute,
    BankAccount,
    Change,
    DisabilityGrade,
    FamilyMember,
    Identity,
    LifeEvent,
    Merit,
    Participation,
    Person,
    Residence,
    ServicePeriod,
)
from rongji.people.policies import SEE_PEOPLE
from rongji.people.refusals import PersonUnknown
from rongji.people.selectors.accounts import account_facts
from rongji.people.selectors.merges import Hidden, rows_as_merged
from rongji.people.types import (
    AccountFacts,
    ArchiveItemFacts,
    ArchiveState,
    AttributeFacts,
    AttributeKind,
    ChangeFacts,
    ChangeKind,
    Dating,
    GradeFacts,
    IdentityFacts,
    LifeEventFacts,
    LifeEventKind,
    MembershipFacts,
    MeritFacts,
    ParticipationFacts,
    PersonFile,
    ResidenceFacts,
    ServiceFacts,
    Sex,
    TransferFacts,
)


def person_file(actor: Actor, person_id: int, *, on: date, known_on: date) -> PersonFile:
    """The file of a person on a day, by what was known at the end of another.

    As of: nothing that became known after `known_on` shows, whatever was corrected, moved or merged since.
    Raises: PersonUnknown (also before the file was opened), NotAllowed.
    """
    person = Person.objects.filter(pk=person_id).first()
    if person is None or known_on < person.registered_on:
        raise PersonUnknown(person=person_id)
    guard(actor, SEE_PEOPLE, person)
    return _Reading(person, on, known_on).file()


class _Reading:
    """One reading of one file."""

    def __init__(self, person: Person, on: date, known_on: date) -> None:
        self.person, self.on, self.known_on = person, on, known_on
        self.hidden: Hidden = rows_as_merged(person.pk, known_on)

    def file(self) -> PersonFile:
        """Everything, read once."""
        person, attributes = self.person, self._in_force_by_kind()
        born = attributes.get(AttributeKind.BORN_ON)
        name = attributes.get(AttributeKind.NAME)
        id_number, phone = attributes.get(AttributeKind.ID_NUMBER), attributes.get(AttributeKind.PHONE)
        residences = tuple(_residence(row) for row in self._known(Residence, "from_on"))
        accounts = tuple(account_facts(row) for row in self._known(BankAccount, "from_on"))
        events = tuple(_life_event(row) for row in self._known(LifeEvent, "happened_on"))
        deaths = [
            item.happened_on for item in events if item.kind is LifeEventKind.DIED and item.happened_on <= self.on
        ]
        return PersonFile(
            id=person.pk,
            bureau=person.bureau,
            number=person.number,
            on=self.on,
            known_on=self.known_on,
            name=name.value if name else person.name,
            sex=Sex(person.sex),
            born_on=date.fromisoformat(born.value) if born else person.born_on,
            died_on=deaths[-1] if deaths else None,
            id_masked=mask_identity_number(decrypt(id_number.cipher, Purpose.ID_NUMBER)) if id_number else "",
            phone_masked=mask_phone(decrypt(phone.cipher, Purpose.PHONE)) if phone else "",
            area=area_code_on(person.bureau, self.on),
            scope_path=person.scope_path,
            registered_on=person.registered_on,
            merged_into=self._merged_into(),
            attributes=tuple(_attribute(row) for row in self._attributes()),
            residence=_last_begun(residences, self.on),
            residences=residences,
            identities=tuple(identity_facts(row) for row in self._known(Identity, "first_month")),
            grades=tuple(grade_facts(row) for row in self._known(DisabilityGrade, "decided_on")),
            service=tuple(service_facts(row) for row in self._known(ServicePeriod, "enlisted_on")),
            merits=tuple(
                MeritFacts(_dating(row), row.grade, row.awarded_on) for row in self._known(Merit, "awarded_on")
            ),
            participations=tuple(_participation(row) for row in self._known(Participation, "id")),
            account=_in_use(accounts, self.on),
            accounts=accounts,
            life_events=events,
            families=tuple(membership_facts(row) for row in self._known(FamilyMember, "from_on", "family")),
            archive=tuple(_archive_item(row) for row in self._done(ArchiveItem, "recorded_on")),
            transfers=tuple(_transfer(row) for row in self._done(ArchiveTransfer, "sent_on")),
            changes=tuple(change_facts(row) for row in self._done(Change, "known_on")),
        )

    def _rows(self, model: type[Any]) -> Any:
        """The rows that were this person's on that day, whoever's they are now."""
        label = model._meta.label_lower
        mine = Q(person=self.person) & ~Q(pk__in=self.hidden.came.get(label, ()))
        return model._default_manager.filter(mine | Q(pk__in=self.hidden.went.get(label, ())))

    def _known(self, model: type[DatedFact], order: str, *related: str) -> Iterable[Any]:
        rows = self._rows(model).known(self.known_on).order_by(order, "known_on", "id")
        return self._own(rows.select_related(*related) if related else rows)

    def _done(self, model: type[Any], day: str) -> Iterable[Any]:
        return self._own(self._rows(model).filter(**{f"{day}__lte": self.known_on}).order_by(day, "id"))

    def _own(self, rows: Iterable[Any]) -> Iterator[Any]:
        """The rows as this person's, even where a later merge gave them to another."""
        for row in rows:
            row.person_id = self.person.pk
            yield row

    def _attributes(self) -> list[Attribute]:
        return list(self._known(Attribute, "from_on"))

    def _in_force_by_kind(self) -> dict[str, Attribute]:
        """The last begun of every kind; of a kind that begins later than `on`, the first."""
        found: dict[str, Attribute] = {}
        for row in self._attributes():
            if row.from_on <= self.on or row.kind not in found:
                found[row.kind] = row
        return found

    def _merged_into(self) -> int | None:
        return None if self.hidden.not_yet_merged else self.person.merged_into_id


def _last_begun(residences: tuple[ResidenceFacts, ...], on: date) -> ResidenceFacts | None:
    begun = [item for item in residences if item.from_on <= on]
    return begun[-1] if begun else None


def _in_use(accounts: tuple[AccountFacts, ...], on: date) -> AccountFacts | None:
    used = [item for item in accounts if item.from_on <= on and (item.to_on is None or item.to_on >= on)]
    return used[-1] if used else None


def _dating(row: DatedFact) -> Dating:
    return Dating(row.pk, row.known_on, row.decision, row.evidence)


def _attribute(row: Attribute) -> AttributeFacts:
    kind = AttributeKind(row.kind)
    shown = row.value
    if kind is AttributeKind.ID_NUMBER:
        shown = mask_identity_number(decrypt(row.cipher, Purpose.ID_NUMBER))
    elif kind is AttributeKind.PHONE:
        shown = mask_phone(decrypt(row.cipher, Purpose.PHONE))
    return AttributeFacts(_dating(row), kind, shown, row.from_on)


def identity_facts(row: Identity) -> IdentityFacts:
    """A row as other rooms see it."""
    last = Month.from_number(row.last_month) if row.last_month else None
    return IdentityFacts(
        _dating(row), row.person_id, row.category, Month.from_number(row.first_month), last, row.end_reason
    )


def grade_facts(row: DisabilityGrade) -> GradeFacts:
    """A row as other rooms see it."""
    return GradeFacts(_dating(row), row.person_id, row.cause, row.grade, row.decided_on)


def service_facts(row: ServicePeriod) -> ServiceFacts:
    """A row as other rooms see it."""
    return ServiceFacts(
        _dating(row),
        row.person_id,
        row.enlisted_on,
        row.discharged_on,
        row.unit_kind,
        row.rank,
        row.discharge_kind,
    )


def change_facts(row: Change) -> ChangeFacts:
    """A row as other rooms see it."""
    return ChangeFacts(
        row.pk, row.person_id, ChangeKind(row.kind), row.known_on, row.true_from, row.summary, row.actor_label
    )


def membership_facts(row: FamilyMember) -> MembershipFacts:
    """A row with its family as other rooms see it."""
    family = row.family
    return MembershipFacts(
        _dating(row), family.pk, family.number, family.kind, row.person_id, row.role, row.from_on, row.to_on
    )


def _residence(row: Residence) -> ResidenceFacts:
    return ResidenceFacts(_dating(row), row.area_code, row.village, row.address, row.station_code, row.from_on)


def _participation(row: Participation) -> ParticipationFacts:
    return ParticipationFacts(_dating(row), row.kind, row.campaign, row.from_on, row.to_on)


def _life_event(row: LifeEvent) -> LifeEventFacts:
    return LifeEventFacts(_dating(row), LifeEventKind(row.kind), row.happened_on, row.other_area)


def _archive_item(row: ArchiveItem) -> ArchiveItemFacts:
    return ArchiveItemFacts(
        row.pk,
        row.kind,
        row.title,
        row.dated_on,
        ArchiveState(row.state),
        row.location,
        row.pages,
        row.scan_digest,
        row.scan_name,
        row.index_terms,
    )


def _transfer(row: ArchiveTransfer) -> TransferFacts:
    return TransferFacts(row.pk, row.from_body, row.to_body, row.sent_on, row.receipt_on, row.receipt)
