"""Lists of records, page by page along the index of day and number; what would take long is bounded and said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.fields.tuple_lookups import TupleLessThan

from rongji.accounts.columns import SCALE, number, stored
from rongji.accounts.policies import Policy, guard
from rongji.accounts.types import Actor
from rongji.kernel.fen import yuan
from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import Register, registers
from rongji.law.registers import register as declared_register
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors import absorbed_files, person_brief
from rongji.rules.answers import NO, YES
from rongji.services.columns import column
from rongji.services.models import Record
from rongji.services.places import Places
from rongji.services.policies import SEE_RECORDS
from rongji.services.refusals import FilterUnfit
from rongji.services.showing import Shown
from rongji.services.titles import is_titled_by_person
from rongji.services.types import RecordFilters, RecordList, RecordRow

PAGE, LARGEST_PAGE = 50, 500
COUNTED = 1_000
"""Up to how many a list is counted and added up where no index answers to its filters."""
ADDED_UP = 10_000
"""Up to how many any other list is."""
SMALL = 20_000
"""A register of so few is searched for any part of a title; a larger one by its beginning."""
NUMBERS = (AskedKind.COUNT, AskedKind.DECIMAL, AskedKind.MONEY)
_FEW_STATIONS = 60


@dataclass(frozen=True, slots=True)
class _Found:
    """The records that fit, up to how many are counted, and what is to be said about how they were looked for."""

    rows: QuerySet[Record]
    bound: int
    note: str = ""


def list_records(
    actor: Actor,
    *,
    bureau: str,
    register: str,
    filters: RecordFilters | None = None,
    after: str = "",
    limit: int = PAGE,
    with_totals: bool = True,
) -> RecordList:
    """A page of a register in the actor's sight, newest day first.

    after: the mark of the page before. with_totals: count and add up what fits, within bounds; a first page wants that.
    Raises: NotAllowed, OrganisationUnknown, UnknownRegister, FilterUnfit.
    """
    SEE_RECORDS.require_role(actor)
    declared, places = declared_register(register), Places(bureau)
    found = _fitting(actor, declared, places, filters or RecordFilters())
    limit = max(1, min(limit, LARGEST_PAGE))
    rows = list(_page(found.rows, _mark(declared, after))[: limit + 1])
    shown = Shown(actor, declared, places, rows[:limit])
    mark = f"{rows[limit - 1].day.isoformat()}.{rows[limit - 1].pk}" if len(rows) > limit else ""
    count = found.rows.order_by()[: found.bound + 1].count() if with_totals else None
    is_whole = count is not None and count <= found.bound
    return RecordList(
        rows=tuple(shown.row(row) for row in rows[:limit]),
        after=mark,
        count=count if is_whole else None,
        counted="" if count is None else str(count) if is_whole else f"{found.bound}+",
        totals=_totals(declared, found.rows) if is_whole else {},
        note=found.note,
    )


def filters_from(register: Register, given: Mapping[str, str]) -> RecordFilters:
    """The filters that an address or a command names: 起始/截止 as `first`, `last`, a choice by its field.

    Raises: FilterUnfit.
    """
    fixed = {"first", "last", "station", "category", "person", "parent", "text", "withdrawn"}
    days = {name: _day(register, name, given.get(name, "")) for name in ("first", "last")}
    numbers = {name: _whole(register, name, given.get(name, "")) for name in ("person", "parent")}
    choices = {name: word for name, word in given.items() if name not in fixed and word}
    return RecordFilters(
        **days, **numbers, station=given.get("station", ""), category=given.get("category", ""),
        text=given.get("text", "").strip(), choices=choices, withdrawn=given.get("withdrawn", "") in ("1", YES, "true"),
    )  # fmt: skip


def records_of_person(actor: Actor, person_id: int, *, limit: int = PAGE) -> tuple[RecordRow, ...]:
    """What the registers keep about one person, newest first. Raises: NotAllowed, PersonUnknown."""
    person = person_brief(actor, person_id)
    guard(actor, SEE_PEOPLE, person.scope)
    scope = SEE_RECORDS.scope_filter(actor, path_field="scope_path", area_field="area")
    files = (person_id, *absorbed_files(person_id))
    known = [item.id for item in registers()]
    rows = Record.objects.filter(scope, person_id__in=files, withdrawn_on__isnull=True, register__in=known)
    listed = list(rows.order_by("-day", "-id")[:limit])
    places = Places(person.bureau)
    return tuple(Shown(actor, declared_register(row.register), places, [row]).row(row) for row in listed)


def fitting(
    actor: Actor, register: Register, places: Places, filters: RecordFilters, policy: Policy = SEE_RECORDS
) -> QuerySet[Record]:
    """Every record that fits, unordered. policy: by which the actor sees them. Raises: FilterUnfit."""
    return _fitting(actor, register, places, filters, policy).rows


def in_order(rows: QuerySet[Record]) -> QuerySet[Record]:
    """Newest day first, as lists show them."""
    return rows.order_by("-day", "-id")


def _fitting(
    actor: Actor, register: Register, places: Places, filters: RecordFilters, policy: Policy = SEE_RECORDS
) -> _Found:
    rows = Record.objects.filter(bureau=places.bureau.code, register=register.id)
    rows = rows.filter(_scope(actor, register, places, policy), withdrawn_on__isnull=not filters.withdrawn)
    if filters.first:
        rows = rows.filter(day__gte=filters.first)
    if filters.last:
        rows = rows.filter(day__lte=filters.last)
    for name in ("category", "person", "parent"):
        if wanted := getattr(filters, name):
            if not getattr(register, name):
                raise FilterUnfit(register=register.label, name=name, why="这个登记簿没有这一项")
            rows = rows.filter(**{name if name == "category" else f"{name}_id": wanted})
    if filters.station:
        rows = rows.filter(station_code=_station(register, places, filters.station))
    for name, word in filters.choices.items():
        rows = rows.alias(**{f"at_{name}": column(register, name)}).filter(**_choice(register, name, word))
    kept = {register.category, register.station}
    bound = ADDED_UP if filters.choices.keys() <= kept else COUNTED
    if not filters.text:
        return _Found(rows, bound)
    if is_titled_by_person(register) and not SEE_PEOPLE.permits_role(actor):
        raise FilterUnfit(
            register=register.label, name="名称", why="名称是人名，您没有查看人员档案的权限，请改用日期、站点或类别筛选"
        )
    return _titled(rows, register, places, filters.text, bound)


def _scope(actor: Actor, register: Register, places: Places, policy: Policy) -> Q:
    """What the actor may see; for whoever sees some stations only, by their codes, which an index answers to."""
    scope = policy.scope_filter(actor, path_field="scope_path", area_field="area")
    if not scope or not register.station or policy.permits(actor, places.bureau.scope):
        return scope
    seen = [item.code for item in places.by_code.values() if policy.permits(actor, item.scope)]
    return scope & Q(station_code__in=seen) if len(seen) <= _FEW_STATIONS else scope


def _station(register: Register, places: Places, text: str) -> str:
    found = places.find(text)
    if not register.station or found is None:
        why = f"没有站点“{text[:40]}”" if register.station else "这个登记簿不按站点登记"
        raise FilterUnfit(register=register.label, name="站点", why=why)
    return found.code


def _choice(register: Register, name: str, word: str) -> dict[str, Any]:
    asked = register.by_id.get(name)
    if asked is None or asked.kind not in (AskedKind.CHOICE, AskedKind.FLAG):
        raise FilterUnfit(register=register.label, name=name[:40], why="只能按日期、站点、人员、名称和选项类的栏目筛选")
    offered = (YES, NO) if asked.kind is AskedKind.FLAG else asked.choices
    if word not in offered:
        why = f"“{word[:40]}”不在可选范围内（{'、'.join(offered)}）"
        raise FilterUnfit(register=register.label, name=asked.label, why=why)
    return {f"at_{name}": stored(asked, word)}


def _titled(rows: QuerySet[Record], register: Register, places: Places, text: str, bound: int) -> _Found:
    """By any part of the title in a small register; in a large one by its beginning, which an index answers to."""
    whole = Record.objects.filter(bureau=places.bureau.code, register=register.id)
    if whole.order_by()[: SMALL + 1].count() <= SMALL:
        return _Found(rows.filter(title__contains=text), bound)
    begun = whole.filter(title__startswith=text)
    ids = list(begun.order_by().values_list("id", flat=True)[: COUNTED + 1])
    note = f"“{register.label}”超过 {SMALL} 条，只按名称的开头查找。"
    if len(ids) > COUNTED:  # so many that the walk along the days soon finds a page of them
        return _Found(rows.filter(title__startswith=text), min(bound, COUNTED), note)
    portions = [ids[start : start + 500] for start in range(0, len(ids), 500)]
    return _Found(rows.filter(reduce(or_, (Q(pk__in=some) for some in portions), Q(pk__in=[]))), bound, note)


def _page(rows: QuerySet[Record], mark: tuple[date, int] | None) -> QuerySet[Record]:
    """What comes after a mark: one comparison of pairs, which both databases find in the index."""
    ordered = in_order(rows)
    if mark is None:
        return ordered
    day, last = mark
    if connection.vendor == "postgresql":
        return ordered.filter(TupleLessThan((F("day"), F("id")), (day, last)))
    return ordered.filter(Q(day__lte=day) & (Q(day__lt=day) | Q(pk__lt=last)))


def _mark(register: Register, after: str) -> tuple[date, int] | None:
    if not after:
        return None
    day, _, last = after.partition(".")
    if not (last.isdigit() and len(last) < 19):
        raise FilterUnfit(register=register.label, name="翻页", why="翻页标记无效，请回到第一页")
    found = _day(register, "翻页", day)
    return (found, int(last)) if found else None


def _totals(register: Register, rows: QuerySet[Record]) -> dict[str, str]:
    """The sums of the numeric fields over all that fit."""
    fields = [item for item in register.fields if item.kind in NUMBERS]
    if not fields:
        return {}
    found = rows.order_by().aggregate(**{f"sum_{item.id}": Sum(number(item)) for item in fields})
    return {item.id: summed(item, found[f"sum_{item.id}"] or 0) for item in fields}


def summed(asked: Asked, amount: int) -> str:
    """A sum of whole numbers as people write it: 元, or as many places as it takes."""
    if asked.kind is AskedKind.MONEY:
        return yuan(int(amount))
    if asked.kind is AskedKind.DECIMAL:
        return format((Decimal(int(amount)) / SCALE).normalize(), "f")
    return str(int(amount))


def _day(register: Register, name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        why = f"“{text[:20]}”不是日期，请写成 2024-10-01 的形式"
        raise FilterUnfit(register=register.label, name=name, why=why) from None


def _whole(register: Register, name: str, text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise FilterUnfit(register=register.label, name=name, why="要填编号")
    return int(text or 0)
