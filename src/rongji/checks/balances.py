"""结转结余: carry-over against last year's balance, accumulated against this year's."""

from collections.abc import Iterator
from dataclasses import replace

from rongji.checks import relations
from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.kernel.figure import FigureKey, Stage
from rongji.kernel.finding import Finding, Verdict


@check(title="上年结转与上年末结余衔接", level=Verdict.QUESTION)
def carry_over_continues(situation: Situation) -> Iterator[Finding]:
    """This year's carry-over does not exceed last year's accumulated balance, where that is stated."""
    for unit in situation.unit_codes:
        carried = situation.numbered(FigureKey("income.carried_over", Stage.ACTUAL, unit))
        before = situation.numbered(FigureKey("balance.accumulated", Stage.PRIOR, unit))
        if carried and before:
            finding = relations.parts_within(before, [carried])
            yield _asked(finding, "上年结转应在上年末累计结余之内，核对上年决算。")


@check(title="累计结余与当年结余衔接", level=Verdict.QUESTION)
def accumulated_covers_current(situation: Situation) -> Iterator[Finding]:
    """The accumulated balance at year end holds the current year's balance."""
    for unit in situation.unit_codes:
        current = situation.numbered(FigureKey("balance.current", Stage.ACTUAL, unit))
        accumulated = situation.numbered(FigureKey("balance.accumulated", Stage.ACTUAL, unit))
        if current and accumulated:
            finding = relations.parts_within(accumulated, [current])
            yield _asked(finding, "累计结余一般不少于当年结余，核对是否有上年亏空或已上缴。")


def _asked(finding: Finding, remedy: str) -> Finding:
    if finding.verdict is not Verdict.CONTRADICTION:
        return finding
    return replace(finding, verdict=Verdict.QUESTION, remedy=remedy)
