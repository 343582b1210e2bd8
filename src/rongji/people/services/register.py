"""Registering people: one, or a roster of them, all or none."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction
from django.db.models import Max

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.secrets import Purpose, blind_index
from rongji.accounts.selectors import OrganisationFacts, organisation, organisations_below
from rongji.accounts.types import Actor, Scope
from rongji.kernel.digest import digest
from rongji.people.entering import Entered, read_person
from rongji.people.models import Person
from rongji.people.policies import REGISTER_PEOPLE
from rongji.people.refusals import AccountOfAnother, FileNumberTaken, IdNumberTaken
from rongji.people.selectors.accounts import living_holders
from rongji.people.services.rows import Desk, person_row, store
from rongji.people.services.writing import known_day
from rongji.people.types import NewPerson

CHUNK = 1000
SERIAL_PLACES = 7


def register_person(*, actor: Actor, bureau: str, new: NewPerson) -> int:
    """Open the file of one person, with everything that is known at once; returns its id.

    Raises: NotAllowed, OrganisationUnknown, IdNumberTaken, FileNumberTaken, AccountOfAnother and every refusal of
    `entering.read_person`.
    """
    return register_many(actor=actor, bureau=bureau, people=(new,))[0]


def register_many(*, actor: Actor, bureau: str, people: Iterable[NewPerson]) -> tuple[int, ...]:
    """Open the files of many, all or none; returns their ids in the order given. Raises: as for one person."""
    home = organisation(bureau)
    REGISTER_PEOPLE.require_role(actor)
    desk = Desk(actor=actor, home=home, stations=_stations(home))
    ids: list[int] = []
    content: list[str] = []
    with transaction.atomic():
        trail.lock_head()
        serial = last_serial(home)
        people = iter(people)
        while chunk := list(islice(people, CHUNK)):
            entered = [read_person(new, today=actor.day) for new in chunk]
            _refuse_taken_numbers(home.code, entered)
            _refuse_taken_accounts(entered)
            rows = [_row(desk, item, next_number(home, serial + place))
                    for place, item in enumerate(entered, 1)]  # fmt: skip
            _refuse_taken_files(home.code, rows)
            serial += len(chunk)
            ids += store(desk, rows, entered)
            content.append(digest([row.number for row in rows]))
        if ids:
            _tell(desk, ids, rows[-1], content)
    return tuple(ids)


def _row(desk: Desk, entered: Entered, next_number: str) -> Person:
    row = person_row(desk, entered, next_number)
    guard(desk.actor, REGISTER_PEOPLE, Scope(path=row.scope_path, area=row.area))
    known_day(desk.actor, row, entered.new.known_on)
    return row


def _stations(home: OrganisationFacts) -> dict[str, str]:
    return {facts.code: facts.path for facts in organisations_below(home.code)}


def next_number(home: OrganisationFacts, serial: int) -> str:
    """The file number that a bureau gives out under a serial number."""
    return f"{home.area_code[:6]}{serial:0{SERIAL_PLACES}d}"


def last_serial(home: OrganisationFacts) -> int:
    """The last number given out; numbers that a bureau chose itself have another length or beginning."""
    prefix = home.area_code[:6]
    length = len(prefix) + SERIAL_PLACES
    last = (
        Person.objects.filter(bureau=home.code, number__startswith=prefix, number__length=length)
        .exclude(number__contains="-")
        .aggregate(last=Max("number"))["last"]
    )
    return int(last[len(prefix) :]) if last and last.isdigit() else 0


def _refuse_taken_numbers(bureau: str, entered: list[Entered]) -> None:
    mine: dict[str, Entered] = {}
    for item in entered:
        if item.id_number is None:
            continue
        other = mine.setdefault(blind_index(item.id_number.text, Purpose.ID_NUMBER), item)
        if other is not item:
            raise IdNumberTaken(number=other.new.number or "（本次登记）", name=other.new.name)
    standing = Person.objects.filter(bureau=bureau, merged_into__isnull=True).exclude(id_index="")
    taken = standing.filter(id_index__in=list(mine)).first()
    if taken is not None:
        raise IdNumberTaken(number=taken.number, name=taken.name)


def _refuse_taken_files(bureau: str, rows: list[Person]) -> None:
    numbers = [row.number for row in rows]
    twice = next((number for place, number in enumerate(sorted(numbers)[1:]) if sorted(numbers)[place] == number), None)
    taken = Person.objects.filter(bureau=bureau, number__in=numbers).values_list("number", flat=True).first()
    if twice or taken:
        raise FileNumberTaken(number=twice or taken)


def _refuse_taken_accounts(entered: list[Entered]) -> None:
    """An account may serve two persons only where a decision says so."""
    mine: dict[str, Entered] = {}
    for item in entered:
        account = item.new.account
        if account is None or account.decision.strip() or item.new.died_on:
            continue
        other = mine.setdefault(blind_index(account.number, Purpose.ACCOUNT), item)
        if other is not item:
            raise AccountOfAnother(
                tail=account.number[-4:], number=other.new.number or "（本次登记）", name=other.new.name
            )
    for index, holder in living_holders(list(mine)):
        tail = mine[index].new.account.number[-4:]  # type: ignore[union-attr]
        raise AccountOfAnother(tail=tail, number=holder.number, name=holder.name)


def _tell(desk: Desk, ids: list[int], last: Person, content: list[str]) -> None:
    one = len(ids) == 1
    trail.record(
        actor=desk.actor,
        action="people.register",
        subject_kind="person" if one else "bureau",
        subject_id=ids[0] if one else desk.home.code,
        summary=f"档案 {last.number}：建档" if one else f"建立人员档案 {len(ids)} 份，至 {last.number}",
        after_digest=digest(content),
        detail={"count": len(ids), "first": ids[0], "last": ids[-1], "bureau": desk.home.code},
        parts=[last.part] if one else [],
    )
