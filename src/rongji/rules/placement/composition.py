"""排序分: points of service and examinations put together by the shares of the area, part by part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from rongji.law.model import Row
from rongji.law.shapes.placement import points_text
from rongji.law.shapes.placement_order import Absence, Beyond, Composition, OrderPart, Rounds
from rongji.rules.entitlement.one_off import Reading, reference
from rongji.rules.placement.reading import composition
from rongji.rules.placement.refusals import AbsentUnsettled, MarksUnreadable, ResultMissing, ResultUnfit
from rongji.rules.rule import rule

RESULT_PLACES = 3
ABSENT = "缺考"


@dataclass(frozen=True, slots=True)
class Result:
    """What somebody reached in one examination. marks: None for somebody who did not sit it."""

    part: str
    marks: Decimal | None

    @property
    def text(self) -> str:
        """82.5, or 缺考."""
        return marks_text(self.marks)


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of the score: what was reached, what it makes of the share, and in words. exact: before rounding."""

    part: OrderPart
    reached: str
    points: Decimal
    exact: Fraction
    words: str
    row: Row

    @property
    def reference(self) -> str:
        """The row of law as it is cited."""
        return reference(self.row)


@dataclass(frozen=True, slots=True)
class OrderScore:
    """What somebody is ranked by. lines: of the parts, none where the points alone decide.

    examined: what the examinations make together, before rounding.
    """

    score: Decimal
    lines: tuple[PartLine, ...] = ()
    examined: Fraction = Fraction(0)


@rule(id="placement.composition", cites=("placement-points-2016",))
def order_score(total: Decimal, results: Iterable[Result], reading: Reading) -> OrderScore:
    """排序分: every part out of its full marks times its share, added; the points themselves where nothing is examined.

    Unit: 分. Rounding: half up to the places of the composition, of every part or of the sum alone as it says.
    As of: the season of discharge. Does not cover: pass marks, weights by kind of post.
    Raises: NoValueInForce, ValueIsMissing, ResultMissing, ResultUnfit, AbsentUnsettled.
    """
    law, row = composition(reading)
    if not law.examinations:
        return OrderScore(total)
    known = {result.part: result for result in results}
    lines = tuple(_line(part, total, known, law, row) for part in law.parts)
    is_by_parts = law.rounds is Rounds.PARTS
    exact = sum((Fraction(line.points) if is_by_parts else line.exact for line in lines), Fraction(0))
    examined = sum((line.exact for line in lines if not line.part.is_service), Fraction(0))
    return OrderScore(rounded(exact, law.places), lines, examined)


def check_marks(part: OrderPart, marks: Decimal) -> None:
    """Refuse marks below zero, above the full marks, or with more decimals than are kept. Raises: ResultUnfit."""
    is_exact = marks.is_finite() and marks == round(marks, RESULT_PLACES)
    if not is_exact or not 0 <= marks <= part.full:
        raise ResultUnfit(part=part.name, given=f"{marks}", full=points_text(part.full), places=RESULT_PLACES)


def marks_text(marks: Decimal | None) -> str:
    """82.5, or 缺考 for somebody who was absent."""
    return ABSENT if marks is None else points_text(marks)


def marks_of(text: str) -> Decimal:
    """Marks as typed. Raises: MarksUnreadable."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise MarksUnreadable(given=text) from None


def rounded(value: Fraction, places: int) -> Decimal:
    """Half up to so many places, away from zero for what is below it."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def _line(
    part: OrderPart, total: Decimal, known: Mapping[str, Result], law: Composition, row: Row
) -> PartLine:  # fmt: skip
    reached, text, said = _reached(part, total, known, law)
    exact = Fraction(reached) / Fraction(part.full) * Fraction(part.share)
    points = rounded(exact, law.places)
    words = f"{said} ÷ 满分 {points_text(part.full)} × {points_text(part.share)} = {points_text(points)} 分"
    return PartLine(part, text, points, exact, words, row)


def _reached(
    part: OrderPart, total: Decimal, known: Mapping[str, Result], law: Composition
) -> tuple[Decimal, str, str]:
    """What counts, what was reached as it is printed, and how it is said."""
    if part.is_service:
        is_capped = law.beyond is Beyond.CAPPED and total > part.full
        said = f"积分 {points_text(total)}，超过满分按 {points_text(part.full)}" if is_capped else points_text(total)
        return min(total, part.full) if is_capped else total, points_text(total), said
    result = known.get(part.name)
    if result is None:
        raise ResultMissing(part=part.name)
    if result.marks is None:
        if law.absent is Absence.REFUSED:
            raise AbsentUnsettled(part=part.name)
        return Decimal(0), ABSENT, f"{ABSENT}按 0"
    check_marks(part, result.marks)
    return result.marks, result.text, result.text
