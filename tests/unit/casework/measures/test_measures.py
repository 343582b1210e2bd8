"""What cases count for a year: pieces, times and people apart, every number opening to the cases behind it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from case_journeys import journey_of, later
from case_walk import AREA, Walk

from rongji.casework.measures import derived_figures, rows_behind
from rongji.casework.measures.kinds import KindCount
from rongji.casework.models import Case
from rongji.casework.services import add_contact, open_case, rate_case
from rongji.casework.types import NewCase, Satisfaction
from rongji.kernel.figure import Figure, RowRef
from rongji.law.case_kinds import CaseCounting, CaseMoment, case_kind

pytestmark = pytest.mark.database
YEAR = 2024


@pytest.fixture
def walk(organisation: Callable[..., Any], user: Callable[..., Any]) -> Walk:
    """The office of the invented county with one station."""
    from unit.casework.samples import Office

    bureau = organisation("yunhu", area_code=AREA, name="云湖县退役军人事务局")
    organisation("yunhu-1", parent=bureau, kind="station", area_code="990201001", name="示例镇站")
    office = Office(user, bureau)
    return Walk(lambda role, day: office.actor(role, str(day)))


def figures(year: int = YEAR) -> dict[str, Figure]:
    """Concept and member → figure."""
    found = list(derived_figures("yunhu", year))
    by_key = {f"{item.key.concept}#{item.key.member}".rstrip("#"): item for item in found}
    assert len(by_key) == len(found)
    return by_key


def amounts(*names: str, year: int = YEAR) -> list[str]:
    """Some numbers as printed."""
    known = figures(year)
    return [said(known[name].quantity) for name in names]


def said(quantity: Any) -> str:
    """A quantity with its unit."""
    return f"{quantity.shown()}{quantity.unit_name}"


def petition(walk: Walk, on: str, channel: str = "visit", people: int = 1, **more: Any) -> Case:
    """A petition received on a day."""
    day = date.fromisoformat(on)
    new = NewCase(
        kind="petition", channel=channel, received_on=day, title="要求落实待遇", applicant="示例甲", people=people,
        answers={"topic": "医疗", "request": "请求报销。"}, assigned_by="上级（示例）", **more,
    )  # fmt: skip
    return Case.objects.get(pk=open_case(actor=walk.actor_of("clerk", day), bureau="yunhu", new=new))


def closed(walk: Walk, case: Case, on: str, **answers: str) -> Case:
    """A petition accepted and answered on a day."""
    case = walk.act(case, "accept")
    return walk.act(case, "close", on=date.fromisoformat(on), **answers)


def test_pieces_times_and_people_are_counted_apart(walk):
    """Two petitions: one by three people who came again as two, one by telephone."""
    first = petition(walk, "2024-03-04", people=3)
    petition(walk, "2024-03-05", "phone")
    day = date(2024, 4, 1)
    add_contact(actor=walk.actor_of("clerk", day), case_id=first.pk, on=day, channel="visit", people=2)
    assert amounts("casework.received", "casework.contacts", "casework.people") == ["2件", "3批次", "6人次"]
    assert amounts("casework.contacts#channel:petition.visit", "casework.people#channel:petition.visit") == [
        "2批次", "5人次"
    ]  # fmt: skip


def test_closed_on_time_has_its_base(walk):
    """One in time, one late, one still open; each rate finds numerator and denominator, even nought."""
    closed(walk, petition(walk, "2024-01-08"), "2024-02-01")
    closed(walk, petition(walk, "2024-01-09"), "2024-06-03")
    petition(walk, "2024-12-20", "phone")
    assert amounts("casework.closed", "casework.closed_with_limit", "casework.closed_on_time") == ["2件", "2件", "1件"]
    assert amounts("casework.open_at_end", "casework.open_at_end#kind:petition") == ["1件", "1件"]
    assert amounts("casework.rated", "casework.satisfied") == ["0件", "0件"]


def test_a_case_counts_in_the_year_of_each_thing(walk):
    """Received in December, answered in January: received and open in one year, closed in the next."""
    case = petition(walk, "2024-12-20")
    closed(walk, case, "2025-01-15")
    assert amounts("casework.received", "casework.open_at_end", "casework.closed") == ["1件", "1件", "0件"]
    assert amounts("casework.received", "casework.open_at_end", "casework.closed", year=2025) == ["0件", "0件", "1件"]


def test_satisfaction_counts_the_rated_only(walk):
    """Three answered, two rated: one satisfied of two."""
    cases = [closed(walk, petition(walk, f"2024-01-0{place}"), "2024-02-01") for place in (3, 4, 5)]
    day = date(2024, 2, 5)
    for case, word in zip(cases, (Satisfaction.SATISFIED, Satisfaction.FAIR), strict=False):
        rate_case(actor=walk.actor_of("clerk", day), case_id=case.pk, satisfaction=word, on=day)
    wanted = ["casework.rated", "casework.satisfied", "casework.fairly_satisfied", "casework.dissatisfied"]
    assert amounts(*wanted) == ["2件", "1件", "1件", "0件"]
    assert amounts("casework.satisfied#channel:petition.visit") == ["1件"]


def test_the_ledger_of_old_matters_balances(walk):
    """Opening and taken up are closed or remain."""
    petition(walk, "2023-05-08", legacy_since=date(2010, 1, 1))
    closed(walk, petition(walk, "2023-06-05", legacy_since=date(2012, 1, 1)), "2024-03-04")
    closed(walk, petition(walk, "2024-02-05", legacy_since=date(2015, 1, 1)), "2024-03-05")
    names = ("opening", "taken_up", "closed", "remaining")
    assert amounts(*(f"casework.legacy_{name}" for name in names)) == ["2件", "1件", "2件", "1件"]


def test_days_in_each_step_add_up_to_the_life_of_the_case(walk):
    """A day until it was accepted, twenty-three until it was answered."""
    closed(walk, petition(walk, "2024-01-08"), "2024-02-01")
    known = figures()
    days = {key: said(item.quantity) for key, item in known.items() if key.startswith("casework.step_days")}
    assert days == {
        "casework.step_days": "24天", "casework.step_days#kind:petition": "24天",
        "casework.step_days#step:petition.registered": "1天", "casework.step_days#step:petition.handling": "23天",
    }  # fmt: skip
    assert said(known["casework.step_passes#step:petition.handling"].quantity) == "1件次"


def test_a_kind_counts_what_it_declares(walk):
    """Flags, sums, distinct persons, acts of the year and their axes."""
    closed(walk, petition(walk, "2024-01-08"), "2024-02-01", solved="是")
    closed(walk, petition(walk, "2024-01-09"), "2024-02-01", solved="否")
    journey = journey_of("veteran_card-领取")
    person = walk.person(day=date(2024, 3, 4))
    later(walk, journey, person, date(2024, 3, 4))
    later(walk, journey, person, date(2024, 5, 6), purpose="补领")
    later(walk, journey_of("start_up_loan-放款"), person, date(2024, 5, 6))
    known = figures()
    assert said(known["casework.petition.solved"].quantity) == "1件"
    assert said(known["casework.petition.found#topic:医疗"].quantity) == "2件"
    assert said(known["casework.veteran_card.collected"].quantity) == "1人"
    assert said(known["casework.veteran_card.accepted#purpose:补领"].quantity) == "1人"
    assert said(known["casework.start_up_loan.lent"].quantity) == "100.00元"
    assert "从收到" not in known["casework.veteran_card.collected"].how


def opened(row: RowRef, sees: bool = True) -> tuple[RowRef, ...]:
    """What a row opens into."""
    return rows_behind("yunhu", YEAR, row.identifier, lambda scope: sees)


def test_every_number_opens_to_the_cases_behind_it(walk):
    """The rows of a figure add up to it, and so do the rows behind each of them; a stranger is told numbers only."""
    person = walk.person(day=date(2024, 1, 2))
    petition(walk, "2024-03-04", people=3, station="yunhu-1")
    closed(walk, petition(walk, "2024-01-08", "phone"), "2024-02-01", solved="是")
    for label in ("hardship_aid-援助", "tomb_relocation-安葬", "medical_settlement-补助"):
        later(walk, journey_of(label), person, date(2024, 3, 4))
    for name, figure in figures().items():
        whole = sum(row.quantity.value for row in figure.rows)
        assert whole == figure.quantity.value, name
        for row in figure.rows:
            behind = opened(row)
            assert sum(item.quantity.value for item in behind) == row.quantity.value, (name, row.label)
            assert all(item.table in ("case", "person") for item in behind)
            assert all(not item.identifier for item in opened(row, sees=False))


def test_many_cases_open_by_month_first(walk, monkeypatch):
    """More than can be read at once are laid out in months, each of which opens."""
    from rongji.casework.measures import behind

    monkeypatch.setattr(behind, "LISTED", 2)
    for day in ("2024-03-04", "2024-03-05", "2024-04-08"):
        petition(walk, day)
    months = opened(figures()["casework.received"].rows[0])
    assert [(row.label, said(row.quantity)) for row in months] == [("2024年3月", "2件"), ("2024年4月", "1件")]
    assert [row.label for row in opened(months[1])] == ["信访2024-00003 要求落实待遇"]


def test_one_person_in_two_stations_counts_once(walk):
    """What stands in two stations is taken off in a row of its own."""
    journey = journey_of("veteran_card-领取")
    person = walk.person(day=date(2024, 1, 2))
    first = later(walk, journey, person, date(2024, 3, 4))
    later(walk, journey, person, date(2024, 5, 6), purpose="补领")
    Case.objects.filter(pk=first.pk).update(station_code="yunhu-1")
    figure = figures()["casework.veteran_card.accepted"]
    assert (said(figure.quantity), [said(row.quantity) for row in figure.rows]) == ("1人", ["1人", "1人", "-1人"])


def test_a_bureau_without_cases_counts_nothing(walk):
    """No figure, rather than noughts."""
    assert list(derived_figures("yunhu", YEAR)) == []


def test_numbers_are_counted_by_the_database(walk, django_assert_max_num_queries):
    """However many cases, the same few queries."""
    for day in range(1, 20):
        petition(walk, f"2024-03-{day:02d}")
    with django_assert_max_num_queries(40):
        list(derived_figures("yunhu", YEAR))


def test_persons_of_cases_open_at_the_end_of_the_year_are_those_still_open_and_those_closed_since(walk):
    """One whose case is open, one whose case was closed in the next year, and a third with one of each."""
    open_one, closed_one, both = (walk.person() for _ in range(3))
    for person in (open_one, both):
        petition(walk, "2024-03-04", person_id=person)
    for person in (closed_one, both):
        closed(walk, petition(walk, "2024-12-20", person_id=person), "2025-02-03")
    kind = case_kind("petition", on=date(YEAR, 3, 4), region=AREA)
    told = replace(
        kind.measures[0], counting=CaseCounting.PERSONS, moment=CaseMoment.OPEN_AT_END, by=("channel",), where={}
    )
    numbers = KindCount("yunhu", YEAR, kind, told).numbers
    assert {member: found.whole for member, found in numbers.items()} == {"": 3, "channel:visit": 3}
