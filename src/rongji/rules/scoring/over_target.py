"""Far above target: flagged above the scheme's line, and where the scheme says so, points come off."""

from dataclasses import dataclass
from fractions import Fraction

from rongji.law.shapes.scheme import OverTarget, OverTargetMode
from rongji.rules.rule import rule
from rongji.rules.scoring.points import percent


@dataclass(frozen=True, slots=True)
class Overshoot:
    """Actual over target above the line. kept: share of the earned points that stays (1 when only flagged)."""

    ratio: Fraction
    kept: Fraction
    said: str
    consequence: str

    @property
    def how(self) -> str:
        """By how much, and what follows."""
        return f"{self.said}，{self.consequence}"


@rule(id="scoring.over_target", cites=("mof-2020-10",))
def overshoot(ratio: Fraction | None, law: OverTarget) -> Overshoot | None:
    """明显超额: actual ÷ target above the line; None at or below it, or when the scheme does not look.

    Unit: share of the points earned, 0–1. Rounding: none; the row rounds its points once.
    In the mode “deduct” what lies above the line comes off one for one (line 130 %, actual 150 %: 20 % off), not
    below zero. Departs from the text: the act asks for a deduction in proportion to the deviation without a formula.
    Does not cover: ≤ indicators far below their target.
    """
    line = Fraction(law.line)
    if law.mode is OverTargetMode.OFF or ratio is None or ratio <= line:
        return None
    said = f"实际为目标的 {percent(ratio)}，超过 {percent(line)} 的界线"
    if law.mode is OverTargetMode.WARN:
        return Overshoot(ratio, Fraction(1), said, "只提示不扣分")
    kept = max(Fraction(0), 1 - (ratio - line))
    return Overshoot(ratio, kept, said, f"超出部分同比例扣减，保留 {percent(kept)}")
