"""分级负担: the three parts of an amount, which always add up to it."""

import pytest
from spec.entitlement.builders import D, month

from rongji.rules.entitlement.funding import split
from rongji.rules.entitlement.refusals import FundingNotInForce

# area, benefit, key, fen, central, province, county
CASES = [
    ("420528", "war_participant_allowance", "", 84000, 50417, 18792, 14791),  # a month of 10080 a year
    ("420528", "war_participant_allowance", "", 1008000, 605000, 225500, 177500),
    ("420528", "nuclear_participant_allowance", "", 1008000, 605000, 225500, 177500),
    ("420528", "ill_veteran_allowance", "", 951000, 567000, 179400, 204600),
    ("420528", "demobilised_allowance", "抗战", 2562000, 2286000, 235200, 40800),
    ("420528", "demobilised_allowance", "其他", 2514000, 2250000, 223200, 40800),
    ("430621", "disability_pension", "因战|1", 1036750, 1036750, 0, 0),  # all central
    ("430621", "survivor_pension", "烈属", 329083, 329083, 0, 0),
    ("420528", "war_participant_allowance", "", -84000, -50417, -18792, -14791),  # taken back the same way
    ("420528", "war_participant_allowance", "", 1, 1, 0, 0),
    ("420528", "war_participant_allowance", "", 0, 0, 0, 0),
]


@pytest.mark.parametrize(("area", "benefit", "key", "fen", "central", "province", "county"), CASES)
def test_an_amount_is_split_by_the_weights(area, benefit, key, fen, central, province, county):
    """Central and provincial parts rounded, the county bears the rest."""
    found = split(fen, benefit, key, area, month("2023-09"), D("2024-01-01"))
    assert (found.central, found.province, found.county) == (central, province, county)
    assert found.central + found.province + found.county == fen


def test_both_sides_of_the_day_it_applies_and_of_the_day_it_is_known():
    """Hubei's split is of August 2023, known in October."""
    wanted = ("war_participant_allowance", "", "420528")
    assert split(84000, *wanted, month("2023-08"), D("2023-10-15")).central == 50417
    for text, known_on in (("2023-07", "2024-01-01"), ("2023-08", "2023-10-14")):
        with pytest.raises(FundingNotInForce, match="legal/regions/420528/entitlement/funding"):
            split(84000, *wanted, month(text), D(known_on))
