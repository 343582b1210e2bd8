"""Files that may be of one person: the same ID number, or the same birth with a name and a village close by.

Files are laid into small heaps by number or birth date, and only files of one heap are compared: the work grows with
the number of files, not with its square.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, groupby

from django.db.models import Count, Q

from rongji.accounts.types import Actor
from rongji.people.models import Person
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors.briefs import brief
from rongji.people.selectors.portions import portions
from rongji.people.types import PersonBrief

SAME_NUMBER, SAME_NAME, NEAR_NAME = "身份证号相同", "姓名、出生日期相同", "出生日期相同，姓名和住址相近"
_COLUMNS = ("id", "name", "initials", "sex", "born_on", "village")
_WIDEST_HEAP = 2000


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two files that may be of one person, and why."""

    first: PersonBrief
    second: PersonBrief
    why: str


@dataclass(frozen=True, slots=True)
class _Card:
    id: int
    name: str
    initials: str
    sex: str
    born_on: object
    village: str


def find_duplicates(actor: Actor, *, limit: int = 200) -> tuple[Duplicate, ...]:
    """Pairs of files in the actor's sight that may be of one person, the surest first. Raises: NotAllowed."""
    SEE_PEOPLE.require_role(actor)
    scope = SEE_PEOPLE.scope_filter(actor, path_field="scope_path", area_field="area")
    standing = Person.objects.filter(scope, merged_into__isnull=True)
    found: dict[tuple[int, int], str] = {}
    for pair in _same_number(standing):
        found.setdefault(pair, SAME_NUMBER)
    for one, other, why in _near(standing):
        found.setdefault((one, other), why)
    order = {SAME_NUMBER: 0, SAME_NAME: 1, NEAR_NAME: 2}
    chosen = sorted(found.items(), key=lambda item: (order[item[1]], item[0]))[:limit]
    people = {row.pk: brief(row) for row in standing.filter(pk__in={pk for pair, _ in chosen for pk in pair})}
    return tuple(Duplicate(people[one], people[other], why) for (one, other), why in chosen)


def _same_number(standing: Q) -> Iterator[tuple[int, int]]:
    """Within one bureau the database keeps numbers apart; between bureaus it cannot."""
    doubled = standing.exclude(id_index="").order_by().values("id_index").annotate(n=Count("id")).filter(n__gt=1)
    for chunk in portions(doubled.values_list("id_index", flat=True)):
        rows = standing.filter(id_index__in=chunk).order_by("id_index", "id").values_list("id_index", "id")
        for _, heap in groupby(rows, key=lambda row: row[0]):
            yield from combinations([pk for _, pk in heap], 2)


def _near(standing: Q) -> Iterator[tuple[int, int, str]]:
    """Files with one birth date, walked in its order so that no more than one heap is held."""
    rows = standing.order_by("born_on", "id").values_list(*_COLUMNS).iterator(chunk_size=5000)
    cards = (_Card(*row) for row in rows)
    for _, heap in groupby(cards, key=lambda card: card.born_on):
        yield from _near_in_heap(list(heap))


def _near_in_heap(cards: list[_Card]) -> Iterator[tuple[int, int, str]]:
    """Pairs of one birth date. A day given for many whose birth nobody knows makes a heap: it is split by initials."""
    if len(cards) > _WIDEST_HEAP:
        cards.sort(key=lambda card: card.initials)
        for _, part in groupby(cards, key=lambda card: card.initials):
            yield from _near_in_heap(list(part)[:_WIDEST_HEAP])
        return
    for one, other in combinations(cards, 2):
        if one.sex == other.sex:
            why = _alike(one, other)
            if why:
                yield min(one.id, other.id), max(one.id, other.id), why


def _alike(one: _Card, other: _Card) -> str:
    if one.name == other.name:
        return SAME_NAME
    near_name = one.initials == other.initials or _one_apart(one.name, other.name)
    return NEAR_NAME if near_name and one.village and _same_place(one.village, other.village) else ""


def _same_place(one: str, other: str) -> bool:
    """红星村 lies in 石桥镇红星村."""
    return bool(other) and (one.endswith(other) or other.endswith(one))


def _one_apart(one: str, other: str) -> bool:
    """One character more, less or other; of names of two characters only one more or less, else half of it differs."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    if len(one) == len(other):
        return len(one) > 2 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
