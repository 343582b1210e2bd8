"""Whatever people come, the set expressions give what the judge gives, line by line, to the fen and with its cause."""

from engines.people import Case, answer, by_engine, by_judge, cases, reckoning
from hypothesis import HealthCheck, given, settings


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(case=cases())
def test_every_line_of_generated_people_is_the_judges(case: Case, inside, local_law):
    """Both roundings (one region rounds over the standard's year), standards before and after they are published,
    facts that came late, rivals, grants, months settled before; and where the law has a gap, the same refusal."""
    one = reckoning(case, local_law())
    assert answer(by_engine(inside), one) == answer(by_judge, one)
