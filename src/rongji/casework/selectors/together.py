"""Many cases looked at together: what may be done with them, their letters, and the batches that were done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, QuerySet

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor, Scope
from rongji.casework.models import Case, CaseAct, CaseBatch, CaseLetter
from rongji.casework.policies import HANDLE_CASES, SEE_CASES
from rongji.casework.refusals import CaseUnknown, LettersUnfit
from rongji.casework.selectors.facts import CaseLine, LetterFacts
from rongji.casework.selectors.lines import NEEDED, in_order, kind_of, letter_of, lines_of
from rongji.casework.selectors.lists import inbox, visible
from rongji.casework.services.applications import roles_of
from rongji.casework.types import CaseFilters
from rongji.law.case_kinds import Act, CaseKind
from rongji.rules.casework.flow import acts_from

MOST_PRINTED = 500
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case as it stands. seen: sequence of its last act, to be given with the next one."""

    line: CaseLine
    seen: int


@dataclass(frozen=True, slots=True)
class ActForMany:
    """An act that the actor may do with some of the cases, under the version of the kind with which these began."""

    kind: CaseKind
    act: Act
    cases: tuple[SeenCase, ...]


@dataclass(frozen=True, slots=True)
class LettersOfOneSort:
    """Letters of one title: the last of each case that has one, in the order of the cases."""

    letter: str
    title: str
    letters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Cases that were chosen, in the order in which they were, with what may be done and printed."""

    cases: tuple[SeenCase, ...]
    acts: tuple[ActForMany, ...]
    letters: tuple[LettersOfOneSort, ...]


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """A batch that was done. left: number and reason of each case that was left out, and the case itself."""

    id: int
    bureau: str
    number: str
    kind: str
    act_label: str
    on: date
    at: datetime
    actor: str
    source: str
    cases: tuple[CaseLine, ...]
    left: tuple[tuple[int, str, str], ...]
    letters: int


def together(actor: Actor, *, bureau: str, case_ids: Iterable[int], on: date) -> Together:
    """Cases in the actor's sight and in the order given, each once; the others are left out. Raises: NotAllowed."""
    ids = list(dict.fromkeys(case_ids))
    rows = _rows(actor, bureau, ids)
    last = _last_acts(ids)
    cases = tuple(SeenCase(line, last[line.id]) for line in _lines(rows, on))
    return Together(cases, tuple(_acts(actor, rows, cases)), tuple(_letters_of(rows)))


def filtered_cases(
    actor: Actor, *, bureau: str, on: date, filters: CaseFilters, most: int
) -> tuple[tuple[int, ...], bool]:
    """The first cases of a list in its order, and whether there are more. Raises: NotAllowed, FilterUnfit."""
    found: list[int] = []
    mark = ""
    while len(found) < most:
        part = inbox(actor, bureau=bureau, on=on, filters=filters, page=mark, limit=min(_AT_ONCE, most - len(found)))
        found += [line.id for line in part.lines]
        mark = part.next
        if not mark:
            break
    return tuple(found), bool(mark)


def letters_to_print(actor: Actor, letter_ids: Sequence[int]) -> tuple[LetterFacts, ...]:
    """Letters as they were issued, in the order given, each once.

    Raises: CaseUnknown, NotAllowed, LettersUnfit where there are none, or too many for one file.
    """
    wanted = list(dict.fromkeys(letter_ids))
    if not 1 <= len(wanted) <= MOST_PRINTED:
        raise LettersUnfit(most=MOST_PRINTED, count=len(wanted))
    found = {row.pk: row for row in CaseLetter.objects.select_related("case").filter(pk__in=wanted)}
    units: dict[str, str] = {}
    for pk in wanted:
        if pk not in found:
            raise CaseUnknown(case=f"文书 {pk}")
        guard(actor, SEE_CASES, found[pk].case)
        bureau = found[pk].bureau
        units[bureau] = units.get(bureau) or organisation(bureau).name
    return tuple(letter_of(found[pk], units[found[pk].bureau]) for pk in wanted)


def batch_facts(actor: Actor, batch_id: int, *, on: date) -> BatchFacts:
    """A batch with the cases of it that the actor may see. Raises: CaseUnknown, NotAllowed."""
    row = _batch(actor, batch_id)
    ids = list(row.acts.order_by("id").values_list("case_id", flat=True))
    cases = _lines(_rows(actor, row.bureau, ids), on)
    left_ids = [item["case"] for item in row.left]
    seen = {case.pk for case in _rows(actor, row.bureau, left_ids)}
    return BatchFacts(
        id=row.pk, bureau=row.bureau, number=row.number, kind=row.kind, act_label=row.act_label, on=row.on, at=row.at,
        actor=row.actor_label, source=row.source, cases=cases,
        left=tuple((item["case"], item["number"], item["why"]) for item in row.left if item["case"] in seen),
        letters=row.letters.count(),
    )  # fmt: skip


def batch_named(actor: Actor, bureau: str, text: str) -> int:
    """The id of the batch with a number. Raises: CaseUnknown, NotAllowed."""
    SEE_CASES.require_role(actor)
    row = CaseBatch.objects.filter(bureau=bureau, number=text.strip()).first()
    if row is None:
        raise CaseUnknown(case=f"批次 {text.strip()}")
    return _batch(actor, row.pk).pk


def letters_of_batch(actor: Actor, batch_id: int) -> tuple[int, ...]:
    """The letters that a batch issued, in the order of its cases. Raises: CaseUnknown, NotAllowed."""
    row = _batch(actor, batch_id)
    ids = [case.pk for case in _rows(actor, row.bureau, list(row.letters.values_list("case_id", flat=True)))]
    return tuple(row.letters.filter(case__in=ids).order_by("serial", "id").values_list("id", flat=True))


def _batch(actor: Actor, batch_id: int) -> CaseBatch:
    """A batch of a bureau in which the actor sees cases."""
    SEE_CASES.require_role(actor)
    row = CaseBatch.objects.filter(pk=batch_id).first()
    if row is None or not visible(actor, row.bureau).filter(acts__batch=row).exists():
        raise CaseUnknown(case=f"批次 {batch_id}")
    return row


def _rows(actor: Actor, bureau: str, ids: Sequence[int]) -> list[Case]:
    """Cases that the actor may see, in the order of their ids."""
    rows: QuerySet[Case] = visible(actor, bureau).select_related("handler").only(*NEEDED, "scope_path", "area")
    found: list[Case] = []
    for first in range(0, len(ids), _AT_ONCE):
        found += rows.filter(pk__in=ids[first : first + _AT_ONCE])
    return in_order(found, ids)


def _lines(rows: Sequence[Case], on: date) -> tuple[CaseLine, ...]:
    lines: tuple[CaseLine, ...] = ()
    for first in range(0, len(rows), _AT_ONCE):
        lines += lines_of(rows[first : first + _AT_ONCE], on)
    return lines


def _last_acts(ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for first in range(0, len(ids), _AT_ONCE):
        rows = CaseAct.objects.filter(case__in=ids[first : first + _AT_ONCE]).order_by()
        found |= dict(rows.values_list("case").annotate(Max("sequence")))
    return found


def _acts(actor: Actor, rows: Sequence[Case], cases: Sequence[SeenCase]) -> Iterable[ActForMany]:
    """What may be done: the act that most of the cases wait for first, then in the order of the kind."""
    able: dict[tuple[str, str, str], list[SeenCase]] = {}
    kinds: dict[tuple[str, str], CaseKind] = {}
    allowed: dict[tuple[str, str, tuple[str, ...]], bool] = {}
    for row, seen in zip(rows, cases, strict=True):
        kind = kinds.setdefault((row.kind, row.version), kind_of(row))
        for act in acts_from(kind, row.step, is_open=row.is_open):
            place = (row.scope_path, row.area, act.roles)
            if place not in allowed:
                allowed[place] = _may(actor, act, row.scope)
            if allowed[place]:
                able.setdefault((row.kind, row.version, act.id), []).append(seen)
    found = [ActForMany(kinds[key[:2]], kinds[key[:2]].acts_by_id[key[2]], tuple(some)) for key, some in able.items()]
    return sorted(found, key=lambda item: -len(item.cases))


def _may(actor: Actor, act: Act, scope: Scope) -> bool:
    allowed = HANDLE_CASES.permits(actor, scope)
    return allowed and any(grant.covers(scope) for grant in actor.grants_of(roles_of(act.roles)))


def _letters_of(rows: Sequence[Case]) -> Iterable[LettersOfOneSort]:
    ids, place = [row.pk for row in rows], {row.pk: number for number, row in enumerate(rows)}
    last: dict[tuple[str, str], dict[int, int]] = {}
    for first in range(0, len(ids), _AT_ONCE):
        letters = CaseLetter.objects.filter(case__in=ids[first : first + _AT_ONCE]).order_by("id")
        for pk, case, letter, title in letters.values_list("id", "case_id", "letter", "title"):
            last.setdefault((letter, title), {})[case] = pk
    for (letter, title), by_case in last.items():
        order = sorted(by_case, key=place.__getitem__)
        yield LettersOfOneSort(letter, title, tuple(by_case[case] for case in order))
