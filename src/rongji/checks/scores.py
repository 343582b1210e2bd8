"""得分: each score within its weight and following from target and actual; totals and grade."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from rongji.checks import relations
from rongji.checks.excuses import asked, unless_missing, unless_shortened
from rongji.checks.intervals import margin, stated
from rongji.checks.registry import check
from rongji.checks.situation import Situation, as_figure
from rongji.checks.wording import amount
from rongji.kernel.bureau_year import Direction, IndicatorFacts
from rongji.kernel.figure import Figure, FigureKey, Stage
from rongji.kernel.finding import AGREEING, Finding, Verdict
from rongji.kernel.quantity import Quantity, half_up
from rongji.law.refusals import NoValueInForce, ScoreOutOfRange, UnknownTable
from rongji.law.schemes import ScoreScheme, grade, grade_word
from rongji.law.shapes.scheme import DirectionRule, Method

_BASIS = "财预〔2020〕10号：定量指标按完成程度计分，总分为各项得分之和"


@check(title="得分不高于分值", basis=_BASIS)
def scores_stay_within_weights(situation: Situation) -> Iterator[Finding]:
    """No row scores more than its weight; self-evaluation knows no bonus points."""
    for row in situation.every_row:
        if row.weight is not None and row.stated_score is not None:
            yield _within(row.name, row.code, row.stated_score, row.weight, row.place)
    weight, score = situation.numbered(FigureKey("execution.weight")), situation.numbered(FigureKey("execution.score"))
    if weight and score and weight.quantity and score.quantity:
        yield _within("预算执行率", "execution", score.quantity, weight.quantity, score.source.place)


@check(title="得分与目标值、完成值相符", basis=_BASIS)
def row_scores_follow(situation: Situation) -> Iterator[Finding]:
    """A stated score follows from target, actual and weight by the scheme's rule, within the scheme's tolerance.

    A score below what follows is a question (points may have been taken off for another reason).
    """
    scheme = situation.scheme
    if scheme is None:
        return
    for row in situation.every_row:
        share = earned_share(row, scheme)
        if share is not None and row.weight is not None and row.stated_score is not None:
            yield _score_finding(row, row.weight, row.stated_score, share, scheme)


@check(title="定性指标得分落在所选档次内", basis="财预〔2020〕10号：定性指标按档次和区间计分")
def qualitative_scores_fit_tier(situation: Situation) -> Iterator[Finding]:
    """The share of the weight given to a qualitative row lies in the band of the tier that was ticked."""
    scheme = situation.scheme
    for row in situation.every_row if scheme else ():
        if not row.tier or row.weight is None or row.stated_score is None or not row.weight.value or scheme is None:
            continue
        tier = next((item for item in scheme.tiers if item.name.value == row.tier), None)
        share = row.stated_score.value / row.weight.value
        if tier is None:
            continue
        fits = tier.holds(share)
        band = f"{_percent(tier.lower)}–{_percent(tier.upper)}"
        scored = f"得分 {row.stated_score.shown()} 占分值 {row.weight.shown()} 的 {_percent(share)}"
        text = f"“{row.name}”选“{tier.label}”，{scored}，该档为 {band}"
        yield Finding(
            "",
            Verdict.HOLDS if fits else Verdict.CONTRADICTION,
            f"{text}{'，相符' if fits else '，不在档内'}。",
            stated=row.stated_score,
            remedy="" if fits else "改选与得分相应的档次，或把得分改到该档区间内。",
            subject=row.code,
        )


@check(title="执行率得分与执行率相符", basis="财预〔2020〕10号：执行率得分 = 分值 × 执行率，最高得满分")
def execution_score_follows(situation: Situation) -> Iterator[Finding]:
    """The score of the execution rate is its weight times the rate (as printed, or as computed), capped."""
    score, weight = situation.numbered(FigureKey("execution.score")), situation.numbered(FigureKey("execution.weight"))
    rates = _execution_rates(situation, weight) if weight else []
    if not score or not weight or not rates:
        return
    extra = Fraction(situation.scheme.rounding.tolerance) if situation.scheme else Fraction(0)
    found = [relations.product(score, (weight, _capped(rate)), extra=extra + room) for rate, room in rates]
    best = next((item for item in found if item.agrees), found[0])
    known = situation.scheme is not None or best.verdict is not Verdict.CONTRADICTION
    yield best if known else asked(best, "没有选定评分方案，当地可能另有计分办法。", "选定评分方案后再核对。")


@check(title="总分等于各项得分之和", basis=_BASIS)
def total_is_sum_of_scores(situation: Situation) -> Iterator[Finding]:
    """The stated total is the sum of the row scores and the execution score, within the scheme's tolerance."""
    total = situation.numbered(FigureKey("score.total"))
    if total is None:
        return
    scores = [
        as_figure(f"{row.name}得分", row.stated_score, place=row.place) for row in situation.rows if row.stated_score
    ]
    execution = situation.numbered(FigureKey("execution.score"))
    if not scores:
        yield _cannot_recompute(total)
        return
    unscored = [row.name for row in situation.rows if row.stated_score is None]
    if execution is None and not situation.execution_is_a_row and situation.scores_execution:
        unscored.append("预算执行率")
    extra = Fraction(situation.scheme.rounding.tolerance) if situation.scheme else Fraction(0)
    figures = [*scores, execution] if execution and not situation.execution_is_a_row else scores
    finding = relations.sum_of_parts(total, relations.positive(figures), extra=extra, subject="总分")
    finding = replace(finding, remedy="按各项得分重新加总，改正总分或出错的得分。" if finding.remedy else "")
    finding = unless_shortened(finding, finding.stated, finding.computed)
    yield unless_missing(finding, unscored, what="没有填得分", remedy="补填缺的得分。")


@check(title="等次与总分相符", basis="财预〔2020〕10号：总分按等次标准（scoring.grade-bands）评为优、良、中、差")
def grade_fits_total(situation: Situation) -> Iterator[Finding]:
    """The stated grade is the grade of the stated total; 优秀 counts as 优."""
    total = situation.numbered(FigureKey("score.total"))
    word = situation.year.profile.get("stated_grade", "").strip()
    if total is None or total.quantity is None or not word:
        return
    on, known_on, book = situation.on, situation.known_on, situation.book
    try:
        meant = grade_word(word, on=on, known_on=known_on, law=book)
        due = grade(total.quantity.value, on=on, known_on=known_on, law=book).grade
    except ScoreOutOfRange as refusal:
        yield Finding("", Verdict.CONTRADICTION, str(refusal), (total,), total.quantity, remedy="核对总分。")
        return
    except (NoValueInForce, UnknownTable):
        return
    yield _grade_finding(total, word, meant, due)


def earned_share(row: IndicatorFacts, scheme: ScoreScheme) -> Decimal | None:
    """The share of the weight that target and actual earn, 0–1; None when that cannot be computed."""
    rule = scheme.directions.get(row.direction)
    target, actual = row.target, row.actual
    if rule is None or target is None or actual is None or not target.unit.is_comparable_with(actual.unit):
        return None
    if target.base == 0 or (row.direction is Direction.RANGE and row.target_upper is None):
        return None
    return _share(rule, row, target.base, actual.base)


def _share(rule: DirectionRule, row: IndicatorFacts, target: Decimal, actual: Decimal) -> Decimal | None:
    if rule.method is Method.PROPORTIONAL:
        return max(Decimal(0), min(rule.cap, actual / target))
    if rule.method is Method.INVERSE:
        return rule.zero_actual if actual == 0 else min(rule.cap, target / actual)
    if rule.method is Method.LOWER_RATIO:
        return rule.zero_actual if actual == 0 else min(actual / target, target / actual)
    upper = row.target_upper.base if row.target_upper else target
    if actual < target:
        return actual / target
    return rule.cap if actual <= upper else upper / actual


def _score_finding(
    row: IndicatorFacts, weight: Quantity, score: Quantity, share: Decimal, scheme: ScoreScheme
) -> Finding:
    due = Quantity(half_up(weight.value * share, scheme.rounding.row_places), "分", scheme.rounding.row_places)
    difference = score.value - due.value
    tolerance = scheme.rounding.tolerance
    verdict = Verdict.HOLDS if difference == 0 else Verdict.ROUNDING
    if abs(difference) > tolerance:
        most = half_up(weight.value * _most_share(row, scheme, share), scheme.rounding.row_places)
        # 有公式的比率指标可能按当地扣分办法计分；完成值的进位也可能解释
        own_rule = bool(row.formula) or score.value - most <= tolerance
        verdict = Verdict.QUESTION if own_rule else Verdict.CONTRADICTION
    values = f"目标 {_value(row.target)}、完成 {_value(row.actual)}、分值 {weight.shown()}"
    outcome = "相符" if abs(difference) <= tolerance else f"相差 {amount(Quantity(difference, '分', due.places))}"
    if verdict is Verdict.QUESTION:
        outcome += "，如另有计分办法或扣分请写明"
    return Finding(
        "",
        verdict,
        f"“{row.name}”{values}，按“{row.direction.value}”应得 {due.shown()} 分，填 {score.shown()} 分，{outcome}。",
        stated=score,
        computed=due,
        difference=difference,
        tolerance=tolerance,
        remedy="" if verdict in AGREEING else "按评分办法重算得分；目标或完成值填错的先改正。",
        subject=row.code,
    )


def _most_share(row: IndicatorFacts, scheme: ScoreScheme, share: Decimal) -> Decimal:
    """The largest share that the actual value may have earned before it was rounded for printing."""
    actual = row.actual
    hidden = margin(actual) / Fraction(actual.unit.factor) if actual else Fraction(0)
    if actual is None or not hidden:
        return share
    half = Decimal(hidden.numerator) / Decimal(hidden.denominator)
    ends = (replace(actual, value=actual.value + sign * half) for sign in (-1, 1))
    shares = [earned_share(replace(row, actual=end), scheme) for end in ends]
    return max(share, *(item for item in shares if item is not None))


def _within(name: str, code: str, score: Quantity, weight: Quantity, place: str) -> Finding:
    value, limit = as_figure(f"{name}得分", score, place=place), as_figure("分值", weight, place=place)
    return relations.at_most(value, limit, remedy="得分最高为该项分值，改正得分或分值。", subject=code)


def _execution_rates(situation: Situation, weight: Figure) -> list[tuple[Figure, Fraction]]:
    """The rate as printed and as computed, each with the points that the printing of its amounts may hide."""
    stated = situation.numbered(FigureKey("execution.rate", Stage.RATE))
    done = situation.numbered(FigureKey("expenditure.total", Stage.ACTUAL))
    budget = situation.numbered(FigureKey("expenditure.total", Stage.ADJUSTED))
    found = [(stated, Fraction(0))] if stated else []
    if done and budget and done.quantity and budget.quantity and budget.quantity.base > 0:
        rate = done.quantity.base / budget.quantity.base
        percent = Quantity(half_up(rate * 100, 4), "%", 4)
        printed = as_figure("执行率（按预算数、执行数计算）", percent, concept="execution.rate")
        found.append((printed, _hidden_points(weight, done, budget, Fraction(rate))))
    return found


def _hidden_points(weight: Figure, done: Figure, budget: Figure, rate: Fraction) -> Fraction:
    """How many points of the execution score the rounding of both amounts can account for."""
    least = stated(budget).low
    if weight.quantity is None or least is None or least <= 0:
        return Fraction(0)
    reach = stated(done).over(stated(budget))
    far = max((abs(end - rate) for end in (reach.low, reach.high) if end is not None), default=Fraction(0))
    return Fraction(weight.quantity.value) * far


def _capped(rate: Figure) -> Figure:
    if rate.quantity is None or rate.quantity.base <= 1:
        return rate
    return replace(rate, quantity=Quantity(Decimal(100), "%", 0), vague="")


def _cannot_recompute(total: Figure) -> Finding:
    return Finding(
        "",
        Verdict.QUESTION,
        f"自评总分 {amount(total.quantity) if total.quantity else ''}，但没有各项得分，总分无法复核。",
        (total,),
        total.quantity,
        remedy="补填各项指标的分值和得分。",
    )


def _grade_finding(total: Figure, word: str, meant: str, due: str) -> Finding:
    shown = total.quantity.shown() if total.quantity else ""
    if not meant:
        text = f"等次填“{word}”，不在规定的等次（优、良、中、差）之内；{shown} 分按规定为“{due}”。"
        return Finding("", Verdict.QUESTION, text, (total,), total.quantity, remedy=f"改用规定的等次“{due}”。")
    fits = meant == due
    text = f"总分 {shown} 分，按规定为“{due}”，填“{word}”，{'相符' if fits else '不符'}。"
    remedy = "" if fits else f"等次改为“{due}”，或改正总分。"
    return Finding("", Verdict.HOLDS if fits else Verdict.CONTRADICTION, text, (total,), total.quantity, remedy=remedy)


def _value(quantity: Quantity | None) -> str:
    return amount(quantity) if quantity else "空白"


def _percent(share: Decimal) -> str:
    text = f"{half_up(share * 100, 1):f}"
    return f"{text.removesuffix('.0')}%"
