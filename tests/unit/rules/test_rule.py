"""The decorator: no rule without id, act, unit and rounding; every rule known by its id."""

import importlib
import pkgutil

import pytest

import rongji.rules.scoring
from rongji.law.loader import lawbook
from rongji.rules.rule import BadRule, all_rules, rule


def every_rule():
    """All rules, after importing every file of the room."""
    for module in pkgutil.iter_modules(rongji.rules.scoring.__path__):
        importlib.import_module(f"rongji.rules.scoring.{module.name}")
    return all_rules()


def documented():
    """什么。

    Unit: 分. Rounding: none.
    """


@pytest.mark.parametrize(
    ("id", "cites", "docstring"),
    [
        ("scoring.at_least", ("mof-2020-10",), documented.__doc__),  # 编号已被占用
        ("test.no_act", (), documented.__doc__),
        ("test.no_unit", ("mof-2020-10",), "什么。\n\nRounding: none."),
        ("test.no_rounding", ("mof-2020-10",), "什么。\n\nUnit: 分."),
        ("test.silent", ("mof-2020-10",), None),
    ],
)
def test_a_rule_declared_badly_is_refused_at_import(id, cites, docstring):
    """A bug of ours, so an exception and no refusal; nothing is registered."""
    before = dict(every_rule())

    def function():
        """Replaced."""

    function.__doc__ = docstring
    with pytest.raises(BadRule):
        rule(id=id, cites=cites)(function)
    assert dict(all_rules()) == before


def test_the_rules_of_scoring_are_registered_by_method():
    """One id for each method that a score can name."""
    assert set(every_rule()) >= {
        "scoring.add_up",
        "scoring.at_least",
        "scoring.at_most",
        "scoring.average_by_money",
        "scoring.by_hand",
        "scoring.evaluation",
        "scoring.exactly",
        "scoring.execution",
        "scoring.formula",
        "scoring.grade",
        "scoring.over_target",
        "scoring.qualitative",
        "scoring.share_by_money",
        "scoring.within",
    }


def test_every_cited_act_is_registered():
    """legal/acts holds them all."""
    cited = {act for found in every_rule().values() for act in found.cites}
    assert cited <= set(lawbook().acts)


def test_the_first_line_is_the_title():
    """As the reference prints it."""
    assert every_rule()["scoring.at_least"].title == "越大越好 (≥): actual ÷ target, capped."
