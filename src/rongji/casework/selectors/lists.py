"""The inbox: cases in the order in which they fall due, narrowed by what a clerk looks for."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from rongji.accounts.types import Actor
from rongji.casework.models import Case
from rongji.casework.policies import SEE_CASES
from rongji.casework.refusals import FilterUnfit
from rongji.casework.selectors.facts import CaseLine, LinePage
from rongji.casework.selectors.lines import NEEDED, lines_of
from rongji.casework.types import CaseFilters, CaseState, Light
from rongji.people.selectors import absorbed_files

PAGE, MOST = 50, 500
_NO_DAY, _LONGEST_TEXT = "-", 60
_FEW = 500


def inbox(
    actor: Actor, *, bureau: str, on: date, filters: CaseFilters | None = None, page: str = "", limit: int = PAGE
) -> LinePage:
    """Cases of a bureau in the actor's sight: open ones by due day, those without one last; others newest first.

    page: the mark that the part before gave. on: the day by which lights are told.
    Raises: NotAllowed, FilterUnfit.
    """
    wanted = filters or CaseFilters()
    rows = visible(actor, bureau).filter(conditions(wanted, bureau, on))
    size = min(max(limit, 1), MOST)
    if wanted.state is CaseState.OPEN:
        found = _by_due_day(rows, page, size + 1)
        mark = _due_mark
    else:
        found = _newest_first(rows, page, size + 1)
        mark = _receipt_mark
    shown = found[:size]
    return LinePage(lines_of(shown, on), mark(shown[-1]) if len(found) > size else "")


def cases_of_person(actor: Actor, person_id: int, *, on: date, limit: int = PAGE) -> tuple[CaseLine, ...]:
    """The cases about one person in the actor's sight, newest first, files merged into theirs included.

    Raises: NotAllowed.
    """
    SEE_CASES.require_role(actor)
    scope = SEE_CASES.scope_filter(actor, path_field="scope_path", area_field="area")
    files = (person_id, *absorbed_files(person_id))
    rows = Case.objects.filter(scope, person_id__in=files).select_related("handler").order_by("-received_on", "-id")
    return lines_of(list(rows[:limit]), on)


def open_cases_of(actor: Actor, *, bureau: str, handler: str) -> tuple[int, ...]:
    """The ids of the open cases of one handler in the actor's sight, for handing them over. Raises: NotAllowed."""
    rows = visible(actor, bureau).filter(is_open=True, handler__username=handler.lower())
    return tuple(rows.order_by("id").values_list("id", flat=True))


def visible(actor: Actor, bureau: str) -> QuerySet[Case]:
    """The cases of a bureau that the actor may see. Raises: NotAllowed."""
    SEE_CASES.require_role(actor)
    return Case.objects.filter(SEE_CASES.scope_filter(actor, path_field="scope_path", area_field="area"), bureau=bureau)


def conditions(wanted: CaseFilters, bureau: str, on: date) -> Q:
    """The filters as one condition. Raises: FilterUnfit."""
    found = Q()
    plain = {
        "kind": wanted.kind, "channel": wanted.channel, "station_code": wanted.station, "campaign": wanted.campaign,
        "step": wanted.step, "handler__username": wanted.handler.lower(),
    }  # fmt: skip
    for name, value in plain.items():
        found &= Q(**{name: value}) if value else Q()
    if wanted.state is not CaseState.ALL:
        found &= Q(is_open=wanted.state is CaseState.OPEN)
    if wanted.person_id is not None:
        found &= Q(person_id=wanted.person_id)
    if wanted.due_by is not None:
        found &= Q(due_on__lte=wanted.due_by)
    if wanted.legacy_only:
        found &= Q(legacy_since__isnull=False)
    if wanted.light is not None:
        found &= light_q(wanted.light, on)
    return found & text_q(bureau, wanted)


def light_q(light: Light, on: date) -> Q:
    """The cases with a light on a day."""
    runs = Q(due_on__gte=on)
    return {
        Light.RED: Q(due_on__lt=on),
        Light.AMBER: runs & Q(amber_on__lte=on),
        Light.GREEN: runs & (Q(amber_on__gt=on) | Q(amber_on__isnull=True)),
        Light.PAUSED: Q(due_on__isnull=True, is_paused=True),
        Light.NONE: Q(due_on__isnull=True, is_paused=False),
    }[light]


def text_q(bureau: str, wanted: CaseFilters) -> Q:
    """What a clerk types into the search box: the beginning of a number or a name, an order number, part of a matter.

    Among the open cases it is simply looked for. Among all of them each is looked up by its own index; words that
    nearly every case has are looked for in the order of the list. Raises: FilterUnfit.
    """
    said = wanted.text.replace("\x00", "").strip()
    if not said:
        return Q()
    if len(said) > _LONGEST_TEXT:
        raise FilterUnfit(why=f"查找的文字最多 {_LONGEST_TEXT} 个字，请缩短")
    numbers = (_begins("number", said), Q(external_number=said))
    words = (_begins("applicant", said), Q(title__contains=said))
    anything = numbers[0] | numbers[1] | words[0] | words[1]
    if wanted.state is CaseState.OPEN:
        return anything
    ids = _looked_up(bureau, numbers) or _looked_up(bureau, words)
    return Q(pk__in=ids) if len(ids) <= _FEW else anything


def _looked_up(bureau: str, ways: Iterable[Q]) -> set[int]:
    ids: set[int] = set()
    for way in ways:
        ids.update(Case.objects.filter(way, bureau=bureau).order_by().values_list("id", flat=True)[: _FEW + 1])
    return ids


def _begins(name: str, said: str) -> Q:
    """Texts in order of code points from one to the next: what an index can follow."""
    return Q(**{f"{name}__gte": said, f"{name}__lt": f"{said}\U0010ffff"})


def _by_due_day(rows: QuerySet[Case], page: str, count: int) -> list[Case]:
    """First those with a due day, by that day; then, if there is room, those without, by number of row."""
    day, after = _read_mark(page)
    found: list[Case] = []
    if day is not None or not page:
        due = rows.filter(due_on__isnull=False)
        if day is not None:
            due = due.filter(Q(due_on=day, id__gt=after) | Q(due_on__gt=day)).filter(due_on__gte=day)
        found = list(_plain(due).order_by("due_on", "id")[:count])
        after = 0
    if len(found) < count:
        rest = rows.filter(due_on__isnull=True, id__gt=after)
        found += _plain(rest).order_by("due_on", "id")[: count - len(found)]  # as the index of the inbox goes
    return found


def _newest_first(rows: QuerySet[Case], page: str, count: int) -> list[Case]:
    day, before = _read_mark(page)
    if day is not None:
        rows = rows.filter(received_on__lte=day).filter(Q(received_on__lt=day) | Q(id__lt=before))
    return list(_plain(rows).order_by("-received_on", "-id")[:count])


def _plain(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.select_related("handler").only(*NEEDED)


def _due_mark(row: Case) -> str:
    return f"{row.due_on or _NO_DAY}.{row.pk}"


def _receipt_mark(row: Case) -> str:
    return f"{row.received_on}.{row.pk}"


def _read_mark(page: str) -> tuple[date | None, int]:
    if not page:
        return None, 0
    day, _, number = page.partition(".")
    try:
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise ValueError(number)
        return (None if day == _NO_DAY else date.fromisoformat(day)), int(number)
    except ValueError:
        raise FilterUnfit(why="翻页标记有误，请回到第一页") from None
