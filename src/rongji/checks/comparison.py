"""How a comparison becomes a finding: the verdict that the printed places allow, and the sentence that tells it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rongji.checks import wording
from rongji.checks.intervals import Interval, margin, possible, stated
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity, half_up
from rongji.kernel.units import UnitKind

_FINEST_PRINTED = 10**8


@dataclass(frozen=True, slots=True)
class Case:
    """One comparison: what is printed, what it should follow from, and how a finding about it is worded."""

    printed: Figure
    basis: tuple[Figure, ...]
    expression: str
    computed: Fraction
    loose: Interval
    tight: Interval
    verb: str = "而"


def judged(case: Case, remedy: str, subject: str) -> Finding:
    """Compare what is printed with what follows; word the outcome."""
    printed = case.printed
    verdict = _verdict(case)
    finding = found(verdict, printed, case.basis, case.computed, _tolerance(case), subject)
    result = f" = {shown(finding.computed)}" if len(case.basis) > 1 else _unit_after(case.basis[0], printed)
    explanation = f"{wording.said(printed, case.basis)}，{case.verb}{case.expression}{result}，{outcome(finding)}。"
    return told(finding, explanation, remedy)


def found(
    verdict: Verdict,
    printed: Figure,
    basis: tuple[Figure, ...],
    computed: Fraction,
    tolerance: Fraction,
    subject: str,
) -> Finding:
    """The finding without its sentence; tolerance: what printing can hide, in base units like the computed value."""
    quantity = printed.quantity
    if quantity is None:
        raise ValueError(f"{printed.key} states no number")
    places = quantity.places + 2 if _is_endless(computed, quantity) else None
    result = wording.in_unit(computed, quantity, places)
    return Finding(
        check="",
        verdict=verdict,
        explanation="",
        figures=(printed, *basis),
        stated=quantity,
        computed=result,
        difference=wording.as_decimal(Fraction(quantity.base) - computed, quantity.unit_name),
        tolerance=wording.as_decimal(tolerance, quantity.unit_name),
        subject=subject,
    )


def told(finding: Finding, explanation: str, remedy: str) -> Finding:
    """The finding with its sentence, and with what to do unless it agrees."""
    return replace(finding, explanation=explanation, remedy="" if finding.agrees else remedy)


def no_basis(rate: Figure, basis: tuple[Figure, ...], zero: Figure, subject: str) -> Finding:
    """A rate on nothing is asked about: it says nothing."""
    explanation = f"{wording.said(rate, basis)}，但{wording.said(zero, basis)}，以零为分母的比率没有意义。"
    return Finding(
        check="",
        verdict=Verdict.QUESTION,
        explanation=explanation,
        figures=(rate, *basis),
        stated=rate.quantity,
        remedy="分母为零时不写百分比，改写为绝对数并说明原因。",
        subject=subject,
    )


def shown(computed: Quantity | None) -> str:
    """A computed amount in words, empty where there is none."""
    return wording.amount(computed) if computed else ""


def _verdict(case: Case) -> Verdict:
    if not stated(case.printed).meets(case.tight):
        if possible(case.printed).meets(case.loose):
            return Verdict.QUESTION
        return Verdict.CONTRADICTION
    vague = case.printed.vague or any(item.vague for item in case.basis)
    return Verdict.HOLDS if vague or _prints_as(case.printed, case.computed) else Verdict.ROUNDING


def _prints_as(figure: Figure, computed: Fraction) -> bool:
    """Whether the computed value, rounded to the printed places, is what is printed."""
    quantity = figure.quantity
    if quantity is None:
        return False
    return half_up(wording.as_decimal(computed, quantity.unit_name), quantity.places) == quantity.value


def _tolerance(case: Case) -> Fraction:
    """How far the printed figure may lie from the computed one before printing no longer explains it."""
    own = margin(case.printed.quantity) if case.printed.quantity else Fraction(0)
    reach = [abs(end - case.computed) for end in (case.tight.low, case.tight.high) if end is not None]
    return own + max(reach, default=Fraction(0))


def _is_endless(value: Fraction, like: Quantity) -> bool:
    """Whether a value has no end as a decimal in that unit, or more places than a table ever prints."""
    top, bottom = like.unit.factor.as_integer_ratio()
    return bool(value.numerator * bottom * _FINEST_PRINTED % (value.denominator * top))


def outcome(finding: Finding) -> str:
    """How far the numbers are apart, and whether printing explains it."""
    difference, tolerance = finding.difference or Decimal(0), finding.tolerance or Decimal(0)
    unit_name = finding.stated.unit_name if finding.stated else ""
    if finding.verdict is Verdict.HOLDS:
        return "相符"
    gap, room = wording.gap(_short(difference, finding), unit_name), wording.gap(_short(tolerance, finding), unit_name)
    if finding.verdict is Verdict.ROUNDING:
        return f"相差 {gap}，在进位允许的 {room}之内"
    if finding.verdict is Verdict.QUESTION:
        return f"相差 {gap}，因有约数或口径不明，不能断定"
    return f"相差 {gap}，超出进位允许的 {room}" if tolerance else f"相差 {gap}"


def _short(value: Decimal, finding: Finding) -> Decimal:
    """A difference with no more places than its figures make sense of (one more than the finest printed)."""
    computed = finding.computed.places if finding.computed else 2
    counted = finding.figures[:1] if _is_rate(finding) else finding.figures
    printed = [item.quantity.places + 1 for item in counted if item.quantity]
    return half_up(value, max([computed, *printed]))


def _is_rate(finding: Finding) -> bool:
    return finding.stated is not None and finding.stated.unit.kind is UnitKind.RATIO


def _unit_after(only: Figure, printed: Figure) -> str:
    """The unit that the sum of a single part still lacks."""
    quantity = printed.quantity
    if quantity is None or only.quantity is None or only.quantity.unit_name != quantity.unit_name:
        return ""
    return f" {quantity.unit_name}"
