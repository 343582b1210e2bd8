"""One box to find people: name, initials, end of an ID number or telephone, whole numbers, file number, village.

Every word is looked for by an index of its own: equal keyed digests for numbers, ranges of code points for beginnings.
Which index leads depends on how much the actor may see: a small scope is walked itself, a large one is checked row by
row along the index of the word, which stops after one page.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import TupleGreaterThan
from django.db.models.functions import Coalesce

from rongji.accounts.secrets import Purpose, blind_index
from rongji.accounts.types import Actor
from rongji.kernel.identity_number import LENGTH, OLD_LENGTH, read_identity_number
from rongji.people.models import Person
from rongji.people.policies import SEE_PEOPLE
from rongji.people.refusals import SearchUnfit
from rongji.people.selectors.briefs import brief
from rongji.people.types import PersonBrief

PAGE = 20
LARGEST_PAGE = 200
# One person in a hundred of a million: walking these costs as much as passing over the others along a name.
SMALL_SCOPE = 10_000
# Several words together fit so few that the walk along one of them may not end before it has seen everybody.
SMALL_FOR_SEVERAL = 30_000
FEW = 500
_TAIL = re.compile(r"\d{3}[\dX]")
_PHONE = re.compile(r"1\d{10}|0\d{9,11}")
_ID_LIKE = re.compile(r"\d{14}[\dX]|\d{17}[\dX]")
_LETTERS = re.compile(r"[A-Z]+")
_NUMBER = re.compile(r"[A-Z]{0,4}[\d-]+X?")


@dataclass(frozen=True, slots=True)
class Way:
    """One way a word may be meant: the column and how it is compared."""

    column: str
    value: str
    exact: bool = False

    @property
    def condition(self) -> Q:
        """The rows that the word fits this way."""
        return Q(**{self.column if self.exact else f"{self.column}__startswith": self.value})

    @property
    def order(self) -> tuple[str, ...]:
        """In which order the index gives them."""
        return ("id",) if self.exact else (self.column, "id")


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of persons found; after: what to ask with for the next page, empty on the last."""

    people: tuple[PersonBrief, ...]
    after: str


def search_persons(actor: Actor, text: str, *, limit: int = PAGE) -> tuple[PersonBrief, ...]:
    """The persons whom a text in the search box may mean, in the actor's sight. Raises: as search_page."""
    return search_page(actor, text, limit=limit).people


def search_page(actor: Actor, text: str, *, limit: int = PAGE, after: str = "") -> SearchPage:
    """One page of them. Several words narrow each other: 张 红星村, or ZGQ 1234.

    Names come first, then villages; within a way in the order of its index. after: the mark of the page before.
    Raises: NotAllowed, SearchUnfit, IdentityNumberUnfit (a whole ID number with a fault in it).
    """
    SEE_PEOPLE.require_role(actor)
    ways, narrowing = _meanings(text, actor)
    first, last_id = _mark(after, text, len(ways))
    limit = max(1, min(limit, LARGEST_PAGE))
    scope = SEE_PEOPLE.scope_filter(actor, path_field="scope_path", area_field="area")
    is_small = (
        bool(scope)
        and connection.vendor == "sqlite"
        and not ways[0].exact
        and _is_small(scope, SMALL_FOR_SEVERAL if narrowing else SMALL_SCOPE)
    )
    if is_small and narrowing:
        scope &= _few(ways, scope, narrowing)
    found: list[tuple[int, Person]] = []
    for place in range(first, len(ways)):
        rows = _rows(ways[place], scope, is_small).filter(narrowing, *(~way.condition for way in ways[:place]))
        if place == first and last_id:
            rows = _beyond(rows, ways[place], last_id)
        found += [(place, row) for row in rows[: limit + 1 - len(found)]]
        if len(found) > limit:
            break
    shown = found[:limit]
    mark = f"{shown[-1][0]}.{shown[-1][1].pk}" if len(found) > limit else ""
    return SearchPage(tuple(brief(row) for _, row in shown), mark)


def _rows(way: Way, scope: Q, is_small: bool) -> QuerySet[Person]:
    """The rows that fit a way. SQLite does not know how many rows a range holds: what must not lead the search is
    wrapped there, so that no index answers to it. PostgreSQL knows, and chooses better when nothing is hidden from it.
    """
    standing = Person.objects.filter(merged_into__isnull=True)
    if not scope or way.exact or connection.vendor != "sqlite":
        return standing.filter(scope, way.condition).order_by(*way.order)
    if is_small:
        column = {f"led_{way.column}": _led(way)}
        fits = Q(**{f"led_{way.column}__startswith": way.value})
        return standing.annotate(**column).filter(scope, fits).order_by(f"led_{way.column}", "id")
    return standing.filter(way.condition).annotate(**_WRAPPED).filter(_renamed(scope)).order_by(*way.order)


_WRAPPED = {
    f"seen_{name}": Coalesce(F(name), Value(""), output_field=Person._meta.get_field(name))
    for name in ("scope_path", "area")
}


def _renamed(scope: Q) -> Q:
    """The scope, asked of the wrapped columns."""
    made = Q(_connector=scope.connector, _negated=scope.negated)
    for child in scope.children:
        if isinstance(child, Q):
            made.children.append(_renamed(child))
        else:
            name, _, lookup = child[0].partition("__")
            made.children.append((f"seen_{name}__{lookup}" if name in ("scope_path", "area") else child[0], child[1]))
    return made


def _few(ways: list[Way], scope: Q, narrowing: Q) -> Q:
    """Those who fit any way, when they are few: the scope is then walked once, not once for each way."""
    fits, columns = Q(), {}
    for way in ways:
        columns[f"led_{way.column}"] = _led(way)
        fits |= Q(**{f"led_{way.column}__startswith": way.value})
    rows = Person.objects.filter(merged_into__isnull=True).annotate(**columns).filter(scope, fits, narrowing)
    ids = list(rows.order_by().values_list("id", flat=True)[: FEW + 1])
    return Q(id__in=ids) if len(ids) <= FEW else Q()


def _led(way: Way) -> Coalesce:
    """The column of a way, wrapped so that no index answers to it."""
    return Coalesce(F(way.column), Value(""), output_field=Person._meta.get_field(way.column))


def _is_small(scope: Q, limit: int) -> bool:
    # without an order of its own: else the database sorts everybody before it counts the first few
    return Person.objects.filter(scope).order_by()[: limit + 1].count() <= limit


def _beyond(rows: QuerySet[Person], way: Way, last_id: int) -> QuerySet[Person]:
    """What comes after a row, in the order of the way."""
    if way.exact:
        return rows.filter(id__gt=last_id)
    value = Person.objects.filter(pk=last_id).values_list(way.column, flat=True).first() or ""
    if connection.vendor == "postgresql":  # as one comparison: of two halves it would gather all rows, then sort them
        return rows.filter(TupleGreaterThan((F(way.column), F("id")), (value, last_id)))
    name = f"led_{way.column}" if f"led_{way.column}" in rows.query.annotations else way.column
    further = Q(**{f"{name}__gt": value}) | Q(**{name: value, "id__gt": last_id})
    return rows.filter(Q(**{f"{name}__gte": value}) & further)


def _meanings(text: str, actor: Actor) -> tuple[list[Way], Q]:
    """The ways of the word that leads, and what the other words demand."""
    words = [word.upper() for word in unicodedata.normalize("NFKC", text).split()]
    if not words:
        raise SearchUnfit(text=text, why="是空的，请输入姓名、拼音首字母、身份证号或电话（后 4 位）、村名")
    every = sorted((list(_ways(word, actor)) for word in words), key=_strength)
    narrowing = Q()
    for ways in every[1:]:
        meant = Q()
        for way in ways:
            meant |= way.condition
        narrowing &= meant
    return every[0], narrowing


def _strength(ways: list[Way]) -> tuple[bool, int]:
    """Exact numbers lead, then the longest beginning."""
    return not ways[0].exact, -max(len(way.value) for way in ways)


def _ways(word: str, actor: Actor) -> Iterator[Way]:
    """What a word may mean, the likeliest first."""
    if _ID_LIKE.fullmatch(word) and len(word) in (OLD_LENGTH, LENGTH):
        number = read_identity_number(word, on=actor.day).text
        yield Way("id_index", blind_index(number, Purpose.ID_NUMBER), exact=True)
    elif _TAIL.fullmatch(word):
        yield Way("id_tail_index", blind_index(word, Purpose.ID_TAIL), exact=True)
        yield Way("phone_tail_index", blind_index(word, Purpose.PHONE_TAIL), exact=True)
    elif _PHONE.fullmatch(word):
        yield Way("phone_index", blind_index(word, Purpose.PHONE), exact=True)
    elif _LETTERS.fullmatch(word):
        yield Way("initials", word)
        yield Way("other_initials", word)
    elif _NUMBER.fullmatch(word):
        yield Way("number", word)
    else:
        yield Way("name", word)
        yield Way("village", word)
        yield Way("village_proper", word)


def _mark(after: str, text: str, ways: int) -> tuple[int, int]:
    if not after:
        return 0, 0
    place, _, last = after.partition(".")
    if not (place.isdigit() and last.isdigit() and int(place) < ways and len(last) < 19):
        raise SearchUnfit(text=text, why="的翻页标记无效，请重新查找")
    return int(place), int(last)
