"""People as they come: claims to every benefit and grade, around every cut-over, with deaths, moves and changes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from rongji.compute import Engine
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.law.model import Lawbook
from rongji.payments.engines import inputs_of, lines_of
from rongji.payments.judging import due_lines
from rongji.payments.reckoning import Reckoning
from rongji.payments.settling import DueLine
from rongji.rules.entitlement.claim import Claim, End, Start

NATIONAL, LOCAL = "430621", "990100"
CAUSES = ("因战", "因公", "因病")
KEYS = {
    "disability_pension": [f"{c}|{g}" for c in CAUSES for g in range(1, 7)]
    + [f"{c}|{g}" for c in CAUSES[:2] for g in range(7, 11)],
    "survivor_pension": ["烈属", "因公牺牲", "病故"],
    "red_army_allowance": ["在乡红军"],
    "ill_veteran_allowance": [""],
    "war_participant_allowance": [""],
    "nuclear_participant_allowance": [""],
    "martyr_child_allowance": [""],
    "rural_veteran_allowance": [""],
}
# The days around which something changes: standards take effect, are published, years end.
CUTS = [
    date(2021, 12, 31), date(2022, 8, 1), date(2022, 8, 29), date(2023, 1, 1), date(2023, 8, 1), date(2023, 10, 11),
    date(2024, 1, 1), date(2024, 8, 1), date(2025, 1, 1), date(2025, 1, 15),
]  # fmt: skip
OPEN_MONTHS = (Month.of(2022, 6), Month.of(2025, 3))
ENDS = [end for end in End if end]

near_a_cut = st.builds(lambda cut, days: cut + timedelta(days), st.sampled_from(CUTS), st.integers(-40, 40))
long_ago = st.dates(date(2012, 1, 1), date(2021, 12, 31))
sixty_around = st.builds(lambda day: day.replace(year=day.year - 60, day=min(day.day, 28)), near_a_cut)
births = st.one_of(sixty_around, st.dates(date(1928, 1, 1), date(1960, 12, 31)))


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    """What one claim says, without whose it is."""
    benefit = draw(st.sampled_from(sorted(KEYS)))
    basis_on = draw(st.one_of(long_ago, near_a_cut))
    ended_on = draw(st.one_of(st.none(), st.none(), near_a_cut))
    if ended_on is not None and ended_on < basis_on:
        ended_on = None
    return {
        "benefit": benefit,
        "standard_key": draw(st.sampled_from(KEYS[benefit])),
        "area": draw(st.sampled_from([NATIONAL, LOCAL])),
        "units": draw(st.integers(1, 16)) if benefit == "rural_veteran_allowance" else 1,
        "start": draw(st.sampled_from(list(Start))),
        "basis_on": basis_on,
        "ended_on": ended_on,
        "end": draw(st.sampled_from(ENDS)) if ended_on else End.NONE,
    }


@st.composite
def persons(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The claims of one person: mostly one, often several that exclude each other, some regraded on the way."""
    shared = {"born_on": draw(births), "died_on": draw(st.one_of(st.none(), st.none(), near_a_cut))}
    held = [
        shared | claim | {"award": number}
        for number, claim in enumerate(draw(st.lists(terms(), min_size=1, max_size=3)))
    ]
    first = held[0]
    if first["end"] == End.CHANGED:
        key = draw(st.sampled_from(KEYS[first["benefit"]]))
        later = {"start": Start.CHANGED, "basis_on": first["ended_on"], "ended_on": None, "end": End.NONE}
        held.append(first | later | {"standard_key": key})
    return held


def numbered(people: list[list[dict[str, Any]]]) -> list[Claim]:
    """Claims of several persons with numbers of persons, awards and terms."""
    made = []
    for person, held in enumerate(people, start=1):
        for place, facts in enumerate(held):
            award = person * 10 + facts["award"]
            plain = {name: value for name, value in facts.items() if name != "award"}
            made.append(Claim(person_id=person, award_id=award, term_id=award * 10 + place, **plain))
    return made


@dataclass(frozen=True)
class Case:
    """A reckoning and, before it, an earlier one as facts and law were known then."""

    claims: list[Claim]
    earlier: list[Claim]
    known_on: date
    known_before: date
    first_month: Month
    pay_month: Month
    grants: list[tuple[int, int, str, int, int]]
    noise: list[tuple[int, int]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Facts that came late, standards that came later, months that were paid before by what was known."""
    claims = numbered(draw(st.lists(persons(), min_size=1, max_size=12)))
    late = draw(st.sets(st.integers(0, len(claims) - 1), max_size=4))
    unheard = draw(st.sets(st.integers(0, len(claims) - 1), max_size=3))
    earlier = [
        _as_thought(claim) if place in late else claim for place, claim in enumerate(claims) if place not in unheard
    ]
    first = draw(st.integers(OPEN_MONTHS[0].index, OPEN_MONTHS[1].index - 1))
    pay = draw(st.integers(first, min(first + 9, OPEN_MONTHS[1].index)))
    known_on = draw(st.builds(lambda days: Month(pay).first_day + timedelta(days), st.integers(0, 200)))
    grant = st.tuples(
        st.integers(1, 12),
        st.sampled_from(["funeral_grant", "merit_award"]),
        st.integers(first - 2, pay + 2),
        st.integers(0, 10**7),
    )
    grants = [(who, 7000 + n, *rest) for n, (who, *rest) in enumerate(draw(st.lists(grant, max_size=4)))]
    return Case(
        claims=claims,
        earlier=earlier,
        known_on=known_on,
        known_before=known_on - timedelta(days=draw(st.integers(0, 200))),
        first_month=Month(first),
        pay_month=Month(pay),
        grants=grants,
        noise=draw(st.lists(st.tuples(st.integers(0, 400), st.integers(-500, 90_000)), max_size=4)),
    )


def _as_thought(claim: Claim) -> Claim:
    """The claim before death and end were known."""
    return replace(claim, died_on=None, ended_on=None, end=End.NONE)


CLAIM_NAMES = (
    "person_id", "award_id", "term_id", "benefit", "standard_key", "area", "units", "start_kind", "basis_on",
    "born_on", "died_on", "ended_on", "end_kind",
)  # fmt: skip
DATES = ("basis_on", "born_on", "died_on", "ended_on")
WORDS = ("benefit", "standard_key", "area", "start_kind", "end_kind")


_ANYBODY = Claim(1, 1, 1, "survivor_pension", "烈属", NATIONAL, 1, Start.APPROVED, date(2020, 1, 1), date(1950, 1, 1))


def claims_table(claims: list[Claim]) -> pa.Table:
    """Claims in the columns in which a reckoning has them."""
    if not claims:
        return claims_table([_ANYBODY]).slice(0, 0)
    kinds = dict.fromkeys(DATES, pa.date32()) | dict.fromkeys(WORDS, pa.string())
    columns = list(zip(*(astuple(claim) for claim in claims), strict=True))
    arrays = [
        pa.array([str(v) for v in column] if name in WORDS else column, kinds.get(name, pa.int64()))
        for name, column in zip(CLAIM_NAMES, columns, strict=True)
    ]
    return pa.table(arrays, names=list(CLAIM_NAMES))


SETTLED = pa.schema(
    [("person_id", pa.int64()), ("award_id", pa.int64()), ("grant_id", pa.int64()), ("benefit", pa.string()),
     ("for_month", pa.int32()), ("fen", pa.int64())]
)  # fmt: skip
GRANTS = pa.schema(
    [("person_id", pa.int64()), ("grant_id", pa.int64()), ("benefit", pa.string()), ("due_month", pa.int32()),
     ("fen", pa.int64())]
)  # fmt: skip


def reckoning(case: Case, law: Lawbook) -> Reckoning:
    """The case as a reckoning: what was settled is what the judge found due the time before, and a little noise."""
    grants = pa.Table.from_pylist([dict(zip(GRANTS.names, grant, strict=True)) for grant in case.grants], GRANTS)
    before = Reckoning(
        bureau="yy", area=NATIONAL, first_month=case.first_month, pay_month=max(case.first_month, case.pay_month - 1),
        known_on=case.known_before, claims=claims_table(case.earlier), grants=grants,
        settled=SETTLED.empty_table(), law=law,
    )  # fmt: skip
    names = before.benefit_names
    lines = [] if case.first_month == case.pay_month else answer(by_judge, before)
    lines = [] if isinstance(lines, str) else lines
    settled = [
        {"person_id": line.person_id, "award_id": line.award_id, "grant_id": line.grant_id,
         "benefit": names[line.benefit_id], "for_month": line.for_month, "fen": line.due_fen}
        for line in lines
    ]  # fmt: skip
    settled += [{**settled[place % len(settled)], "fen": fen} for place, fen in case.noise if settled]
    return replace(
        before,
        pay_month=case.pay_month,
        known_on=case.known_on,
        claims=claims_table(case.claims),
        settled=pa.Table.from_pylist(settled, SETTLED),
    )


def by_judge(of: Reckoning) -> list[DueLine]:
    """The lines, person by person."""
    return sorted(due_lines(of), key=order)


def by_engine(engine: Engine) -> Callable[[Reckoning], list[DueLine]]:
    """The lines, all at once."""
    return lambda of: list(lines_of(engine.due(inputs_of(of))))


def answer(way: Callable[[Reckoning], list[DueLine]], of: Reckoning) -> list[DueLine] | str:
    """The lines in one way, or what it refuses."""
    try:
        return way(of)
    except Refusal as refusal:
        return refusal.code


def order(line: DueLine) -> tuple[int, int, int, int]:
    """Person, month, award, grant."""
    return line.person_id, line.for_month, line.award_id or 0, line.grant_id or 0


def county(count: int, *, seed: int = 20240801) -> list[Claim]:
    """So many persons of one county, the same every time: a tenth with a second benefit, some dead, moved, ended."""
    dice = random.Random(seed)
    people = []
    for _ in range(count):
        shared = {
            "born_on": date(dice.randint(1930, 1966), dice.randint(1, 12), dice.randint(1, 28)),
            "died_on": _within(dice) if dice.random() < 0.06 else None,
        }
        held = 2 if dice.random() < 0.1 else 1
        people.append([shared | _terms(dice) | {"award": number} for number in range(held)])
    return numbered(people)


def _within(dice: random.Random) -> date:
    return date(2023, 1, 1) + timedelta(dice.randrange(500))


def _terms(dice: random.Random) -> dict[str, Any]:
    benefit = dice.choice(sorted(KEYS))
    ended_on = _within(dice) if dice.random() < 0.05 else None
    return {
        "benefit": benefit,
        "standard_key": dice.choice(KEYS[benefit]),
        "area": dice.choice([NATIONAL, NATIONAL, LOCAL]),
        "units": dice.randint(1, 16) if benefit == "rural_veteran_allowance" else 1,
        "start": dice.choice(list(Start)),
        "basis_on": date(2012 + dice.randrange(11), dice.randint(1, 12), dice.randint(1, 28)),
        "ended_on": ended_on,
        "end": dice.choice(ENDS) if ended_on else End.NONE,
    }


def raised_in_autumn(count: int, law: Lawbook, before: Callable[[Reckoning], list[DueLine]]) -> Reckoning:
    """A county in November 2023: paid from June by the old standards, some deaths unheard of, new ones published."""
    claims = county(count)
    thought = [_as_thought(claim) if claim.award_id % 7 == 0 else claim for claim in claims if claim.award_id % 29]
    then = Reckoning(
        bureau="yy", area=NATIONAL, first_month=Month.of(2023, 6), pay_month=Month.of(2023, 10),
        known_on=date(2023, 10, 10), claims=claims_table(thought), grants=GRANTS.empty_table(),
        settled=SETTLED.empty_table(), law=law,
    )  # fmt: skip
    names = then.benefit_names
    paid = [
        {"person_id": line.person_id, "award_id": line.award_id, "benefit": names[line.benefit_id],
         "for_month": line.for_month, "fen": line.due_fen}
        for line in before(then)
    ]  # fmt: skip
    return replace(
        then, pay_month=Month.of(2023, 11), known_on=date(2023, 11, 20), claims=claims_table(claims),
        settled=pa.Table.from_pylist(paid, SETTLED),
    )  # fmt: skip
