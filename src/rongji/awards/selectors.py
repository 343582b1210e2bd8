"""Reads of awards: of one person for people, of a whole bureau in columns for the engine; always as known on a day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from rongji.awards.law import claim_of
from rongji.awards.models import Award, AwardTerm, Grant
from rongji.awards.types import AwardFacts, EndKind, GrantFacts, GrantState, StartKind, TermFacts
from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.people.dated import known_q
from rongji.people.types import AttributeKind, LifeEventKind
from rongji.rules.entitlement.claim import Claim, Fixed

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_ONCE = 10_000
PERSONS_AT_ONCE = 500
_CLAIM_FIELDS: Mapping[str, F] = {
    "person_id": F("award__person_id"),
    "term_id": F("id"),
    "benefit": F("award__benefit"),
    "area": F("award__area"),
    "born_on": F("award__person__born_on"),
    "died_on": F("death__happened_on"),
}
_TERM_FIELDS = ("award_id", "standard_key", "units", "start_kind", "basis_on", "ended_on", "end_kind")
_DATES = ("basis_on", "ended_on", "born_on", "died_on")


def claims_of(person_ids: Iterable[int], *, known_on: date) -> list[Claim]:
    """Every claim of some persons to periodic benefits, as known on a day, by person, award and first day."""
    found: list[Claim] = []
    wanted = sorted(set(person_ids))
    for start in range(0, len(wanted), PERSONS_AT_ONCE):
        some = wanted[start : start + PERSONS_AT_ONCE]
        births = _births(Q(person_id__in=some), known_on)
        rows = _terms(Q(award__person_id__in=some), known_on).values(*_TERM_FIELDS, *_CLAIM_FIELDS)
        for row in rows.order_by("award__person_id", "award_id", "basis_on", "id"):
            found.append(claim_of({**row, "born_on": births.get(row["person_id"], row["born_on"])}))
    return found


def claims(bureau: str, *, known_on: date) -> "pa.Table":
    """Every claim of a bureau as known on a day, in columns: one row for each set of terms, words as words.

    Columns: person_id, award_id, term_id, benefit, standard_key, area, units, start_kind, end_kind, basis_on,
    ended_on, born_on, died_on.
    """
    import pyarrow as pa

    names = [*_TERM_FIELDS, *_CLAIM_FIELDS]
    rows = _terms(Q(award__bureau=bureau), known_on).order_by().values_list(*names)
    words = {name: pa.dictionary(pa.int32(), pa.string()) for name in ("benefit", "standard_key", "area")}
    table = columns(rows, names, {**words, **dict.fromkeys(_DATES, pa.date32())})
    births = _births(Q(person__awards__bureau=bureau), known_on)
    return _with_births(table, births) if births else table


def grants_due(bureau: str, *, known_on: date) -> "pa.Table":
    """Every approved one-off grant of a bureau as known on a day: person_id, grant_id, benefit, area, month, fen."""
    names = ["person_id", "grant_id", "benefit", "area", "due_month", "fen"]
    rows = _owed_grants(known_on).filter(bureau=bureau).order_by()
    return columns(rows.annotate(grant_id=F("id"), fen=F("amount_fen")).values_list(*names), names, {})


def fixed_of(person_ids: Iterable[int], *, known_on: date) -> list[Fixed]:
    """The approved one-off grants of some persons as known on a day."""
    rows = _owed_grants(known_on).filter(person_id__in=list(person_ids))
    return [Fixed(row.person_id, row.pk, row.benefit, Month.from_number(row.due_month), row.amount_fen) for row in rows]


def _owed_grants(known_on: date) -> QuerySet[Grant]:
    """Grants approved by a day; one whose correction still waits for approval stays owed until that is decided."""
    waiting = Grant.objects.filter(
        person_id=OuterRef("person_id"), benefit=OuterRef("benefit"), key=OuterRef("key"),
        state=GrantState.DRAFT, superseded_on__isnull=True, known_on=OuterRef("superseded_on"),
    )  # fmt: skip
    rows = Grant.objects.filter(state=GrantState.APPROVED, known_on__lte=known_on)
    return rows.filter(Q(superseded_on__isnull=True) | Q(superseded_on__gt=known_on) | Exists(waiting))


def awards_of(person_id: int, *, known_on: date) -> tuple[AwardFacts, ...]:
    """The awards of a person, each with its terms as known on a day; one whose terms were withdrawn has none.

    The caller has checked the right to see the person.
    """
    rows = Award.objects.filter(person_id=person_id, opened_on__lte=known_on)
    terms = AwardTerm.objects.known(known_on).filter(award__person_id=person_id).order_by("award_id", "basis_on", "id")
    by_award = {award: tuple(map(_term_facts, group)) for award, group in groupby(terms, lambda term: term.award_id)}
    return tuple(
        AwardFacts(
            row.pk, row.person_id, row.bureau, row.benefit, row.category, row.area, row.opened_on,
            by_award.get(row.pk, ()),
        )
        for row in rows
    )  # fmt: skip


def is_running(award_id: int) -> bool:
    """Whether an award stands and its last terms have not ended."""
    last = AwardTerm.objects.filter(award_id=award_id, superseded_on__isnull=True).order_by("basis_on", "id").last()
    return last is not None and last.ended_on is None


def term_history(award_id: int) -> tuple[TermFacts, ...]:
    """Every row ever written of an award's terms, superseded ones included, in order of knowledge."""
    return tuple(map(_term_facts, AwardTerm.objects.filter(award_id=award_id).order_by("known_on", "id")))


def grants_of(person_id: int, *, known_on: date) -> tuple[GrantFacts, ...]:
    """The one-off grants of a person as known on a day, drafts included, and what a draft is to replace."""
    owed = Q(pk__in=_owed_grants(known_on).filter(person_id=person_id).values("pk"))
    rows = Grant.objects.filter(known_q(known_on) | owed, person_id=person_id).order_by("event_on", "id")
    return tuple(_grant_facts(row) for row in rows)


def granted_of_event(bureau: str, benefit: str, key: str) -> dict[int, int]:
    """What stands of a one-off benefit for one event that several persons share: person → fen, drafts included."""
    rows = Grant.objects.filter(bureau=bureau, benefit=benefit, key=key, superseded_on__isnull=True)
    return dict(rows.values_list("person_id", "amount_fen"))


def grant(grant_id: int) -> GrantFacts | None:
    """One grant, or None; the caller has checked the right to see it."""
    row = Grant.objects.filter(pk=grant_id).first()
    return _grant_facts(row) if row else None


def grants_waiting(bureau: str) -> tuple[GrantFacts, ...]:
    """The grants of a bureau that wait for approval."""
    rows = Grant.objects.filter(bureau=bureau, state=GrantState.DRAFT, superseded_on__isnull=True)
    return tuple(_grant_facts(row) for row in rows)


def columns(rows: QuerySet, names: list[str], types: Mapping[str, Any]) -> "pa.Table":
    """The rows of a query as Arrow columns, fetched in batches; dates come as dates on both databases."""
    import pyarrow as pa

    statement, parameters = rows.query.sql_with_params()
    batches = []
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for some in _batches(cursor):
            arrays = [
                _array(list(column), types.get(name))
                for name, column in zip(names, zip(*some, strict=True), strict=True)
            ]
            batches.append(pa.table(arrays, names=names))
    if not batches:
        return pa.table([pa.array([], types.get(name, pa.int64())) for name in names], names=names)
    return pa.concat_tables(batches, promote_options="permissive").unify_dictionaries()


def _batches(cursor: Any) -> Iterator[list[tuple]]:
    while some := cursor.fetchmany(ROWS_AT_ONCE):
        yield some


def _array(values: list[Any], kind: Any) -> "pa.Array":
    import pyarrow as pa

    if kind is None:
        return pa.array(values)
    if pa.types.is_dictionary(kind):
        return pa.array(values, pa.string()).dictionary_encode()
    first = next((value for value in values if value is not None), None)
    return pa.array(values, pa.string()).cast(kind) if isinstance(first, str) else pa.array(values, kind)


def _terms(which: Q, known_on: date) -> QuerySet:
    death = "award__person__life_events"
    known_death = Q(**{f"{death}__kind": LifeEventKind.DIED}) & known_q(known_on, f"{death}__")
    rows = AwardTerm.objects.known(known_on).filter(which)
    rows = rows.annotate(death=FilteredRelation(death, condition=known_death))
    return rows.annotate(**{name: field for name, field in _CLAIM_FIELDS.items() if name != "award_id"})


def _births(which: Q, known_on: date) -> dict[int, date]:
    """Birth dates of those whose birth date was ever put right, as known on a day; all others stand with the person."""
    Attribute = Award._meta.get_field("person").related_model._meta.get_field("attributes").related_model
    rows = Attribute.objects.filter(which, kind=AttributeKind.BORN_ON)
    corrected = rows.filter(superseded_on__isnull=False).values("person_id")
    known = rows.filter(known_q(known_on), person_id__in=corrected).order_by("known_on", "id")
    return {person: date.fromisoformat(value) for person, value in known.values_list("person_id", "value")}


def _with_births(table: "pa.Table", births: Mapping[int, date]) -> "pa.Table":
    import pyarrow as pa

    place = table.schema.get_field_index("born_on")
    pairs = zip(table["person_id"].to_pylist(), table["born_on"].to_pylist(), strict=True)
    return table.set_column(
        place, "born_on", pa.array([births.get(person, born) for person, born in pairs], pa.date32())
    )


def _term_facts(row: AwardTerm) -> TermFacts:
    return TermFacts(
        row.pk, row.standard_key, row.units, StartKind(row.start_kind), row.basis_on, row.ended_on,
        EndKind(row.end_kind) if row.end_kind else None, row.known_on, row.superseded_on, row.decision, row.evidence,
    )  # fmt: skip


def _grant_facts(row: Grant) -> GrantFacts:
    return GrantFacts(
        row.pk, row.person_id, row.bureau, row.benefit, row.key, row.area, row.event_on,
        Month.from_number(row.due_month), row.amount_fen, row.rule, row.inputs, tuple(row.standards),
        GrantState(row.state), row.known_on, row.decision, row.evidence,
    )  # fmt: skip


def month_index(number: int) -> int:
    """The index of a stored month (202410), for columns of them."""
    return number // 100 * MONTHS_A_YEAR + number % 100 - 1
