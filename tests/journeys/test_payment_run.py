"""A county pays month by month: what is owed minus what was settled, whatever becomes known late."""

import payroll_county
import pytest
from payroll_county import County, lines, payment_of

OLD, NEW = 257_000, 269_833  # 30840 and 32380 yuan a year, a twelfth of each, rounded for the month


@pytest.fixture(params=["scalar", "embedded"])
def county(organisation, actor, options, request) -> County:
    """The county with its payroll from July 2023, paying by each engine."""
    return County.founded(organisation, actor, engine=request.param)


def test_a_standard_known_in_october_is_paid_with_its_arrears(county):
    """August's standard, published on 11 October: the October run adds what August and September lack."""
    person, award = county.pensioner("2023-07-01")
    county.months_paid("2023-07", "2023-09")
    run = county.paid("2023-10-12", "2023-10")
    assert lines(run) == [
        (award, 202308, NEW - OLD, "arrears"),
        (award, 202309, NEW - OLD, "arrears"),
        (award, 202310, NEW, "raised"),
    ]
    assert payment_of(run, person).amount_fen == 3 * NEW - 2 * OLD == run.pay_fen
    assert lines(county.paid("2023-11-10", "2023-11")) == [(award, 202311, NEW, "regular")]
