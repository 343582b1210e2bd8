"""Every rule of entitlement rests on acts that are registered, and says as of which day it reads the law."""

import pytest

from rongji.law.loader import lawbook
from rongji.rules.entitlement import account, cause, funding  # noqa: F401  they bring the other rules with them
from rongji.rules.rule import all_rules

RULES = (
    "entitlement.cause",
    "entitlement.exclusion",
    "entitlement.funding",
    "entitlement.nursing_allowance",
    "entitlement.owed",
    "entitlement.period",
    "entitlement.price_subsidy",
    "entitlement.rate",
    "entitlement.waiting_allowance",
    "entitlement.waiting_insurance",
)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_cites_registered_acts_and_says_what_it_does_not_cover(name):
    """Unit and rounding are asked for at import; here the acts and the limits."""
    found = all_rules()[name]
    assert set(found.cites) <= set(lawbook().acts)
    assert "Does not cover:" in found.description


@pytest.mark.parametrize("name", ["rate", "period", "exclusion", "owed", "funding"])
def test_a_rule_that_reads_the_law_says_as_of_when(name):
    """In force on one day, known on another."""
    assert "As of:" in all_rules()[f"entitlement.{name}"].description
