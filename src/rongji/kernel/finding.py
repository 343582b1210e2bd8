"""Findings: what a check yields. Data, never an exception; one check, one place, one sentence."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rongji.kernel.figure import Figure
from rongji.kernel.place import Spot
from rongji.kernel.quantity import Quantity


class Verdict(StrEnum):
    """What a check says of one relation or requirement."""

    HOLDS = "holds"  # 相符
    ROUNDING = "rounding"  # 差额在四舍五入允许范围内
    CONTRADICTION = "contradiction"  # 数字不可能同时为真
    DEFECT = "defect"  # 不符合填报要求 (缺原因、缺佐证、目标空泛…)
    QUESTION = "question"  # 机器不能断定，请人核


VERDICT_LABELS = {
    Verdict.HOLDS: "相符",
    Verdict.ROUNDING: "进位差",
    Verdict.CONTRADICTION: "矛盾",
    Verdict.DEFECT: "缺项",
    Verdict.QUESTION: "存疑",
}

AGREEING = (Verdict.HOLDS, Verdict.ROUNDING)


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check on one relation.

    stated/computed: what was printed and what follows from the other figures, same unit.
    difference: stated − computed, tolerance: what printing can explain; both in the stated unit.
    explanation: one plain Chinese sentence with the arithmetic in it.
    remedy: what to do; empty when the relation holds.
    subject: what it is about when no figure is (indicator code, text section).
    spots: stretches of the document it is about beside its figures (a phrase, an empty cell).
    group: name of the mistake that explains it together with other findings, empty when it stands alone.
    proposal: the one change that would make the whole group hold; a proposal, never applied by the program.
    """

    check: str
    verdict: Verdict
    explanation: str
    figures: tuple[Figure, ...] = ()
    stated: Quantity | None = None
    computed: Quantity | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    remedy: str = ""
    subject: str = ""
    spots: tuple[Spot, ...] = ()
    group: str = ""
    proposal: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the numbers say the same, to the last digit or within what rounding explains."""
        return self.verdict in AGREEING

    @property
    def is_trouble(self) -> bool:
        """Whether somebody has to act on it before the report goes out."""
        return self.verdict in (Verdict.CONTRADICTION, Verdict.DEFECT)
