"""What the tree of organisations counts."""

from typing import Any

import pytest

from rongji.accounts import measures


@pytest.fixture
def tree(organisation: Any) -> None:
    """Two sections, three units of which one keeps no accounts, a centre, two town stations, three of villages."""
    bureau = organisation("county", area_code="430621")
    for name in ("office", "benefits"):
        organisation(name, parent=bureau, kind="section")
    for name, own in (("home", True), ("centre", True), ("rest", False)):
        organisation(name, parent=bureau, kind="unit", keeps_own_accounts=own)
    top = organisation("s", parent=bureau, kind="station", area_code="430621")
    towns = [organisation(f"s{n}", parent=top, kind="station", area_code="430621") for n in (1, 2)]
    for number, town in enumerate((*towns, towns[0])):
        organisation(f"v{number}", parent=town, kind="station", area_code="430621")


@pytest.mark.usefixtures("tree")
def test_sections_units_and_stations_of_three_levels():
    """Each kind once, units with own accounts apart, stations by how they hang together."""
    found = {str(item.key): int(item.quantity.value) for item in measures.derived_figures("county")}
    assert found == {
        "organisation.sections": 2, "organisation.subordinates": 3, "organisation.own_accounts": 2,
        "organisation.stations": 6, "organisation.stations#level:county": 1, "organisation.stations#level:town": 2,
        "organisation.stations#level:village": 3,
    }  # fmt: skip


@pytest.mark.usefixtures("tree")
def test_each_number_lists_the_organisations_it_counts():
    """One row each."""
    for figure in measures.derived_figures("county"):
        assert sum(row.quantity.value for row in figure.rows) == len(figure.rows) == figure.quantity.value


def test_a_station_that_hangs_from_the_bureau_is_placed_by_its_area_code(organisation):
    """Nine digits are a town, twelve a village, where no centre stands above."""
    bureau = organisation("county", area_code="430621")
    organisation("t", parent=bureau, kind="station", area_code="430621101")
    organisation("v", parent=bureau, kind="station", area_code="430621101201")
    found = {str(item.key): int(item.quantity.value) for item in measures.derived_figures("county")}
    assert (found["organisation.stations#level:town"], found["organisation.stations#level:village"]) == (1, 1)
    assert "organisation.stations#level:county" not in found


def test_a_bureau_whose_tree_is_not_kept_states_nothing(organisation):
    """Nothing is known, so nothing contradicts what a report says."""
    organisation("county")
    assert tuple(measures.derived_figures("county")) == tuple(measures.derived_figures("nowhere")) == ()
