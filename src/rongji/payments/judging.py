"""The engine `scalar`: the judge itself, one person after the other. Slow, and what the others are compared with."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rongji.kernel.month import Month
from rongji.payments.reckoning import Reckoning
from rongji.payments.settling import DueLine
from rongji.rules.entitlement.account import Owed, owed
from rongji.rules.entitlement.cause import Line, cause
from rongji.rules.entitlement.claim import Claim, End, Start
from rongji.rules.entitlement.law_tables import RateKind
from rongji.rules.entitlement.standards import rate_before

_CLAIM_FIELDS = (
    "person_id", "award_id", "term_id", "benefit", "standard_key", "area", "units", "start_kind", "basis_on",
    "born_on", "died_on", "ended_on", "end_kind",
)  # fmt: skip


@dataclass
class _Person:
    """What is known of one person."""

    claims: list[Claim] = field(default_factory=list)
    fixed: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    settled: Counter[tuple[int, int]] = field(default_factory=Counter)
    settled_grants: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    benefits: dict[int, str] = field(default_factory=dict)


def due_lines(reckoning: Reckoning) -> Iterator[DueLine]:
    """Owed minus settled over all open months, by the judge, in the order of person, month and award.

    Raises: what the rules refuse.
    """
    people = _people(reckoning)
    for person_id in sorted(people):
        yield from _of_person(person_id, people[person_id], reckoning)


def claims_in(reckoning: Reckoning) -> Iterator[Claim]:
    """The claims of a reckoning one by one, by person."""
    rows = reckoning.claims.sort_by([("person_id", "ascending"), ("award_id", "ascending"), ("term_id", "ascending")])
    for batch in rows.select(list(_CLAIM_FIELDS)).to_batches(max_chunksize=10_000):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            *plain, start, basis, born, died, ended, end = values
            yield Claim(*plain, Start(start), basis, born, died, ended, End(end))


def _people(reckoning: Reckoning) -> dict[int, _Person]:
    people: defaultdict[int, _Person] = defaultdict(_Person)
    for claim in claims_in(reckoning):
        people[claim.person_id].claims.append(claim)
    for row in reckoning.grants.to_pylist():
        people[row["person_id"]].fixed[row["grant_id"]] = (row["benefit"], row["due_month"], row["fen"])
    for row in reckoning.settled.to_pylist():
        person = people[row["person_id"]]
        if row["award_id"] is not None:
            person.settled[row["award_id"], row["for_month"]] += row["fen"]
            person.benefits[row["award_id"]] = row["benefit"]
        else:
            before = person.settled_grants.get(row["grant_id"], ("", 0, 0))
            person.settled_grants[row["grant_id"]] = (row["benefit"], row["for_month"], before[2] + row["fen"])
    return people


def _of_person(person_id: int, person: _Person, reckoning: Reckoning) -> Iterator[DueLine]:
    open_months = reckoning.first_month.until(reckoning.pay_month)
    items = [item for month in open_months for item in _owed(person.claims, month, reckoning)]
    by_key: dict[tuple[int, int], list[Owed]] = defaultdict(list)
    for item in items:
        if item.fen:
            by_key[item.claim.award_id, item.month.index].append(item)
    lines = [*_periodic(person_id, person, by_key, reckoning), *_one_off(person_id, person, reckoning)]
    yield from sorted(lines, key=lambda line: (line.for_month, line.award_id or 0, line.grant_id or 0))


def _owed(claims: Sequence[Claim], month: Month, reckoning: Reckoning) -> Iterable[Owed]:
    return owed(claims, month, reckoning.known_on, reckoning.law) if claims else ()


def _periodic(
    person_id: int, person: _Person, items: Mapping[tuple[int, int], Sequence[Owed]], reckoning: Reckoning
) -> Iterator[DueLine]:
    """Lines of periodic benefits, month by month, each with its cause."""
    inside = range(reckoning.first_month.index, reckoning.pay_month.index + 1)
    keys = {key for key in (*items, *person.settled) if key[1] in inside}
    owing = {key: sum(item.fen for item in items.get(key, ())) for key in keys}
    differing = sorted((key for key in keys if owing[key] != person.settled[key]), key=lambda key: (key[1], key[0]))
    for _, group in groupby(differing, key=lambda key: key[1]):
        month = list(group)
        signs = {owing[key] > person.settled[key] for key in month}
        for key in month:
            item = max(items.get(key, ()), key=lambda one: one.claim.term_id, default=None)
            found = _line(key, item, owing[key], person, reckoning, offset=len(signs) > 1)
            benefit = item.claim.benefit if item else person.benefits[key[0]]
            yield DueLine(
                person_id=person_id, award_id=key[0], grant_id=None, term_id=item.claim.term_id if item else None,
                benefit_id=reckoning.benefits[benefit], rate_id=_rate_id(item, reckoning), for_month=key[1],
                units=item.claim.units if item else 1, owed_fen=owing[key], settled_fen=person.settled[key],
                due_fen=owing[key] - person.settled[key], cause=cause(found),
            )  # fmt: skip


def _line(
    key: tuple[int, int], item: Owed | None, owing: int, person: _Person, reckoning: Reckoning, *, offset: bool
) -> Line:
    award = key[0]
    return Line(
        for_month=key[1],
        pay_month=reckoning.pay_month.index,
        open_month=reckoning.first_month.index,
        first_month=item.period.first.index if item else 0,
        owed_fen=owing,
        settled_fen=person.settled[key],
        is_settled=key in person.settled,
        award_settled=any(other == award for other, _ in person.settled),
        before_fen=_before(item, reckoning),
        last_fen=person.settled.get((award, reckoning.pay_month.index - 1), 0),
        offset=offset,
    )


def _before(item: Owed | None, reckoning: Reckoning) -> int:
    if item is None or item.rate is None:
        return 0
    claim = item.claim
    before = rate_before(item.rate, claim.benefit, claim.standard_key, claim.area, item.month, reckoning.law)
    return before.fen(claim.units) if before else 0


def _rate_id(item: Owed | None, reckoning: Reckoning) -> int | None:
    if item is None:
        return None
    return reckoning.tables.rate_ids[RateKind(item.claim.benefit, item.claim.standard_key, item.claim.area)]


def _one_off(person_id: int, person: _Person, reckoning: Reckoning) -> Iterator[DueLine]:
    first, last = reckoning.first_month.index, reckoning.pay_month.index
    due = {number: facts for number, facts in person.fixed.items() if first <= facts[1] <= last}
    for number in sorted({*due, *person.settled_grants}):
        benefit, month, _ = due.get(number) or person.settled_grants[number]
        owing = due[number][2] if number in due else 0
        before = person.settled_grants.get(number, ("", 0, 0))[2]
        if owing != before:
            yield DueLine(
                person_id=person_id, award_id=None, grant_id=number, term_id=None,
                benefit_id=reckoning.benefits[benefit], rate_id=None, for_month=month, units=1, owed_fen=owing,
                settled_fen=before, due_fen=owing - before, cause="one_off",
            )  # fmt: skip
