"""Root causes are proposals by arithmetic: the one figure that settles most, and never a change for one finding."""

from spec.checks.builders import figure, report, year

from rongji.checks.causes import grouped
from rongji.kernel.finding import Verdict


def contradictions(*figures):
    return report(year(*figures)).of(Verdict.CONTRADICTION)


def test_one_wrong_part_of_two_sums():
    """A digit typed twice breaks the unit's own sum and the column; one proposal names it."""
    found = contradictions(
        figure("expenditure.basic:actual@HQ", "30.12"),
        figure("expenditure.personnel:actual@HQ", "10.10"),
        figure("expenditure.operating:actual@HQ", "220.02"),  # 20.02
        figure("expenditure.operating:actual", "25.02"),
        figure("expenditure.operating:actual@HOME", "5.00"),
    )
    assert len(found) == 2
    assert len({item.group for item in found}) == 1
    assert "220.02 万元若为 20.02 万元" in found[0].proposal
    assert "多打了一个重复的“2”" in found[0].proposal


def test_neighbouring_digits_swapped():
    found = contradictions(
        figure("expenditure.basic:actual@HQ", "30.21"),
        figure("expenditure.personnel:actual@HQ", "10.10"),
        figure("expenditure.operating:actual@HQ", "20.02"),
        figure("expenditure.basic:actual", "35.12"),
        figure("expenditure.basic:actual@HOME", "5.00"),
    )
    assert {item.proposal for item in found} == {found[0].proposal}
    assert "相邻两位数字打颠倒" in found[0].proposal


def test_a_single_finding_has_no_proposal():
    """With one broken sum any of its figures may be the wrong one: nothing is guessed."""
    (found,) = contradictions(
        figure("expenditure.basic:actual", "30.00"),
        figure("expenditure.personnel:actual", "10.00"),
        figure("expenditure.operating:actual", "21.00"),
    )
    assert (found.group, found.proposal) == ("", "")


def test_what_holds_is_never_marked():
    marked = report(
        year(
            figure("expenditure.total:actual", "31.00"),
            figure("expenditure.basic:actual", "10.00"),
            figure("expenditure.project:actual", "20.00"),
            figure("expenditure.total:actual", "30.00", statement="报告一"),
            figure("income.total:actual", "31.00"),
            figure("balance.current:actual", "1.00"),
        )
    ).findings
    assert {item.verdict for item in marked if item.group} == {Verdict.CONTRADICTION}
    proposal = next(item.proposal for item in marked if item.group)
    assert "疑为多计了当年结余" in proposal


def test_nothing_to_group():
    assert grouped(()) == ()
