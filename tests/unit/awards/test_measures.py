"""What awards count for a year: opened, ended, granted, and identities without their benefit."""

from typing import Any

import pytest
from payroll_county import BUREAU, County, day, on

from rongji.awards import measures
from rongji.awards.services import approve_grant, end_award, record_grant
from rongji.awards.types import EndKind, NewGrant
from rongji.kernel.month import Month
from rongji.people.types import NewIdentity

YEAR = 2023


def everybody(scope: object) -> bool:
    """A reader who may see every person."""
    return True


def counted(year: int = YEAR) -> dict[str, Any]:
    """Every figure by key: a count, or money in fen."""
    found = {}
    for item in measures.derived_figures(BUREAU, year):
        found[str(item.key)] = item.quantity.fen if item.is_money else int(item.quantity.value)
    return found


@pytest.fixture
def county(organisation: Any, actor: Any, options: Any) -> County:
    """The county before anything was granted."""
    return County.founded(organisation, actor)


def merit(county: County, known: str, person: int, key: str, fen: int, *, event: str, approved: bool = True) -> None:
    """A merit award recorded by one and, unless told otherwise, approved by another."""
    new = NewGrant(
        person_id=person, benefit="merit_award", key=key, event_on=day(event), due_month=Month.from_day(day(known)),
        amount_fen=fen, rule="entitlement.merit_award",
    )  # fmt: skip
    number = record_grant(actor=county.clerk_on(known), new=new)
    if approved:
        approve_grant(actor=on(county.head, day(known)), grant_id=number)


def test_opened_and_ended_are_flows_of_persons(county):
    """By day of entry and of the end; several benefits of one person are one person; a change of terms is no end."""
    first, award = county.pensioner("2023-07-02")
    county.award("2023-07-03", first, "ill_veteran_allowance")
    county.pensioner("2024-01-05")
    moved = {"award_id": award, "ended_on": day("2023-09-03"), "end": EndKind.MOVED_OUT}
    end_award(actor=county.clerk_on("2023-09-05"), **moved)
    found = counted()
    assert found["awards.opened"] == 1
    assert (
        found["awards.opened#benefit:disability_pension"] == found["awards.opened#benefit:ill_veteran_allowance"] == 1
    )
    assert found["awards.ended"] == found["awards.ended#end:moved_out"] == 1
    assert counted(2024)["awards.opened"] == 1 and "awards.ended" not in counted(2024)


@pytest.fixture
def granted(county: County) -> County:
    """Two merit awards of one soldier; of another, one that waits for approval and one of the same year paid later."""
    soldier, other = (county.person("2023-07-02", born="2001-02-03") for _ in range(2))
    merit(county, "2023-08-01", soldier, "merit:1", 150_000, event="2023-07-01")
    merit(county, "2023-08-02", soldier, "merit:2", 20_000, event="2023-07-20")
    merit(county, "2023-08-03", other, "merit:1", 90_000, event="2023-07-20", approved=False)
    merit(county, "2024-01-08", other, "merit:2", 70_000, event="2023-12-20")
    return county


@pytest.mark.usefixtures("granted")
def test_grants_count_by_piece_and_amount_in_the_year_of_their_event():
    """Only what a second person has approved; two of one person are two pieces."""
    found = counted()
    assert found["awards.grants"] == found["awards.grants#benefit:merit_award"] == 3
    assert found["awards.granted"] == 240_000
    assert "awards.grants" not in counted(2024)


def test_an_identity_without_its_benefit_is_told(county):
    """Who holds a paid identity and has no award: a gap to look into; a category without a monthly benefit is none."""
    paid = (NewIdentity(category="11", first_month=Month.of(2020, 1)),)
    unpaid = (NewIdentity(category="D5", first_month=Month.of(2020, 1)),)
    county.pensioner("2023-07-02", identities=paid)
    county.person("2023-07-02", identities=paid)
    county.person("2023-07-02", identities=unpaid)
    found = counted()
    assert found["awards.identified_without"] == found["awards.identified_without#category:11"] == 1
    assert "awards.identified_without#category:D5" not in found


def test_every_number_is_the_sum_of_its_rows_and_of_what_they_open_into(granted):
    """For every figure, down to persons; twice the same."""
    granted.pensioner("2023-07-02")
    found = tuple(measures.derived_figures(BUREAU, YEAR))
    assert found == tuple(measures.derived_figures(BUREAU, YEAR)) and len(found) >= 6
    for figure in found:
        assert sum(row.quantity.value for row in figure.rows) == figure.quantity.value, figure.key
        for row in figure.rows:
            behind = measures.rows_behind(BUREAU, YEAR, row.identifier, everybody)
            assert sum(item.quantity.value for item in behind) == row.quantity.value, (figure.key, row)


@pytest.mark.parametrize("identifier", ["", "|", "awards.opened", "awards.none|x", "awards.opened|nowhere"])
def test_an_address_of_nothing_opens_nothing(county, identifier):
    """Whatever is asked for, nothing breaks."""
    county.pensioner("2023-07-02")
    assert measures.rows_behind(BUREAU, YEAR, identifier, everybody) == ()
