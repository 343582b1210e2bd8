"""计量单位: 元 where 万元 is meant, and amounts that only fit with another unit."""

from collections.abc import Iterator

from rongji.checks.registry import check
from rongji.checks.same_fact import is_unit_slip, statement_pairs
from rongji.checks.situation import Situation
from rongji.kernel.finding import Finding, Verdict


@check(title="元与万元没有混用")
def units_are_not_mixed_up(situation: Situation) -> Iterator[Finding]:
    """Two printings of one amount do not differ by the factor between 元 and 万元 (三公经费 4.2150 元 / 万元)."""
    for finding, leading, other in statement_pairs(situation):
        if is_unit_slip(leading, other) and finding.verdict is Verdict.CONTRADICTION:
            yield finding
