"""Persons as lists show them, numbers masked."""

from collections.abc import Iterable

from rongji.accounts.policies import guard
from rongji.accounts.secrets import Purpose, blind_index, decrypt, mask_identity_number, mask_phone
from rongji.accounts.types import Actor
from rongji.people.models import Identity, Person
from rongji.people.policies import SEE_PEOPLE
from rongji.people.refusals import PersonAmbiguous, PersonUnknown
from rongji.people.selectors.portions import portions
from rongji.people.types import PersonBrief, Sex


def briefs(person_ids: Iterable[int]) -> dict[int, PersonBrief]:
    """Persons by id, for the rooms that hold rows of theirs; whoever shows them has checked that they may be seen."""
    found: dict[int, PersonBrief] = {}
    for chunk in portions(person_ids):
        found |= {row.pk: brief(row) for row in Person.objects.filter(pk__in=chunk)}
    return found


def person_brief(actor: Actor, person_id: int) -> PersonBrief:
    """One person. Raises: PersonUnknown, NotAllowed."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise PersonUnknown(person=person_id)
    guard(actor, SEE_PEOPLE, row)
    return brief(row)


def person_of_file(actor: Actor, bureau: str, number: str) -> PersonBrief:
    """The person of a file number. Raises: PersonUnknown, NotAllowed."""
    row = Person.objects.filter(bureau=bureau, number=number).first()
    if row is None:
        raise PersonUnknown(person=number)
    guard(actor, SEE_PEOPLE, row)
    return brief(row)


def person_named(actor: Actor, text: str) -> PersonBrief:
    """The person whom a clerk means: by file number, or by `#` and the id.

    Raises: PersonUnknown, PersonAmbiguous (two bureaus use one number).
    """
    scope = SEE_PEOPLE.scope_filter(actor, path_field="scope_path", area_field="area")
    is_id = text.startswith("#") and text[1:].isdigit() and len(text) < 19
    wanted = Person.objects.filter(pk=int(text[1:])) if is_id else Person.objects.filter(number=text.strip())
    rows = list(wanted.filter(scope).order_by("id")[:2])
    if not rows:
        raise PersonUnknown(person=text)
    if len(rows) > 1:
        raise PersonAmbiguous(number=text, ids="、".join(f"#{row.pk}（{row.bureau}）" for row in rows))
    return brief(rows[0])


def people_of_bureau(
    actor: Actor, bureau: str, *, category: str = "", after: int = 0, limit: int = 50
) -> tuple[PersonBrief, ...]:
    """The standing files of a bureau in the actor's sight, of one category if given, by id from after one on.

    Raises: NotAllowed.
    """
    SEE_PEOPLE.require_role(actor)
    scope = SEE_PEOPLE.scope_filter(actor, path_field="scope_path", area_field="area")
    rows = Person.objects.filter(scope, bureau=bureau, merged_into__isnull=True, pk__gt=after)
    if category:
        held = Identity.objects.filter(category=category, superseded_on__isnull=True)
        rows = rows.filter(pk__in=held.values("person"))
    return tuple(brief(row) for row in rows.order_by("id")[:limit])


def persons_by_id_number(bureau: str, numbers: Iterable[str]) -> dict[str, PersonBrief]:
    """The standing files of a bureau by ID number (18 places), for imports and comparisons."""
    wanted = {blind_index(number, Purpose.ID_NUMBER): number for number in numbers if number}
    found: dict[str, PersonBrief] = {}
    for chunk in portions(wanted):
        for row in Person.objects.filter(bureau=bureau, id_index__in=chunk, merged_into__isnull=True).exclude(
            id_index=""
        ):
            found[wanted[row.id_index]] = brief(row)
    return found


def persons_by_file_number(bureau: str, numbers: Iterable[str]) -> dict[str, PersonBrief]:
    """The files of a bureau by their number."""
    found: dict[str, PersonBrief] = {}
    for chunk in portions(numbers):
        found |= {row.number: brief(row) for row in Person.objects.filter(bureau=bureau, number__in=chunk)}
    return found


def persons_by_name(bureau: str, names: Iterable[str]) -> list[PersonBrief]:
    """The standing files of a bureau whose name is one of these; several may share one."""
    found: list[PersonBrief] = []
    for chunk in portions(name for name in names if name):
        rows = Person.objects.filter(bureau=bureau, name__in=chunk, merged_into__isnull=True)
        found += [brief(row) for row in rows.order_by("id")]
    return found


def brief(row: Person) -> PersonBrief:
    """A row as lists show it."""
    return PersonBrief(
        id=row.pk,
        bureau=row.bureau,
        number=row.number,
        name=row.name,
        sex=Sex(row.sex),
        born_on=row.born_on,
        died_on=row.died_on,
        id_masked=mask_identity_number(decrypt(row.id_cipher, Purpose.ID_NUMBER)),
        phone_masked=mask_phone(decrypt(row.phone_cipher, Purpose.PHONE)),
        village=row.village,
        station_code=row.station_code,
        area=row.area,
        scope_path=row.scope_path,
        merged_into=row.merged_into_id,
    )
