"""Small years for the tables of the scoring specification: one row at a time, or a whole table that passes."""

from dataclasses import replace
from datetime import date
from functools import cache

from rongji.kernel.bureau_year import (
    BureauYear,
    Direction,
    EvidenceFacts,
    IndicatorFacts,
    ProjectFacts,
    TextFacts,
)
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Source, SourceKind
from rongji.kernel.quantity import Quantity
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook, Row
from rongji.law.schemes import GRADE_BANDS, ScoreScheme, scheme
from rongji.law.values import as_of
from rongji.rules.scoring.evaluate import evaluate
from rongji.rules.scoring.types import Evaluation

DAY = date(2024, 3, 1)
NATIONAL = "national-2020"
DIRECTIONS = {"≥": Direction.AT_LEAST, "≤": Direction.AT_MOST, "=": Direction.EXACT, "~": Direction.RANGE}
WORDS = {"定性": Direction.QUALITATIVE}
FULL_MARKS = "6"


@cache
def law() -> Lawbook:
    """The legal data of the checkout, loaded once."""
    return lawbook()


@cache
def scheme_named(name: str = NATIONAL) -> ScoreScheme:
    """A scheme as of the day of these tests."""
    return scheme(name, on=DAY, known_on=DAY, law=law())


@cache
def bands() -> Row:
    """The grade bands as of the day of these tests."""
    return as_of(GRADE_BANDS, on=DAY, known_on=DAY, law=law(), form="continuous")


def quantity(text: str | None, unit: str = "人") -> Quantity | None:
    """`98.5%` or `120`, in the unit given unless the text ends in one."""
    if text is None:
        return None
    for name in ("万元", "%", "人", "件", "分"):
        if text.endswith(name):
            return Quantity.parse(text.removesuffix(name), name)
    return Quantity.parse(text, unit)


def row(
    direction: str = "≥",
    target: str | None = "100",
    actual: str | None = "100",
    *,
    code: str = "X",
    unit: str = "人",
    weight: str | None = FULL_MARKS,
    stated: str | None = None,
    share: str | None = None,
    money: str | None = None,
    level1: str = "产出指标",
    level2: str = "数量指标",
    **more: object,
) -> IndicatorFacts:
    """An indicator row with evidence; `~` has its target as `80~90`."""
    lower, _, upper = (target or "").partition("~")
    facts = {"evidence": ("E1",), "name": f"指标{code}", **more}
    return IndicatorFacts(
        code=code,
        level1=level1,
        level2=level2,
        direction={**DIRECTIONS, **WORDS}[direction],
        unit_name=unit,
        target=quantity(lower or None, unit),
        target_upper=quantity(upper or None, unit),
        actual=quantity(actual, unit),
        weight=quantity(weight, "分"),
        stated_score=quantity(stated, "分"),
        share=quantity(share, "%"),
        money=quantity(money, "万元"),
        **facts,  # type: ignore[arg-type]
    )


def in_words(target: str = "及时发放", actual: str = "已发放", **more: object) -> IndicatorFacts:
    """A qualitative row."""
    return row("定性", None, None, unit="文字", target_text=target, actual_text=actual, **more)  # type: ignore[arg-type]


def filler(code: str, level1: str, weight: str) -> IndicatorFacts:
    """A row that is met and evidenced."""
    return row(code=code, level1=level1, level2="", weight=weight)


def figure(key: str, text: str, unit: str = "万元") -> Figure:
    """A stated figure."""
    parsed = FigureKey.parse(key)
    return Figure(parsed, parsed.concept, Source(SourceKind.DECLARED), quantity(text, unit), text)


def money(budget: str | None = "1000", spent: str | None = "950") -> list[Figure]:
    """Adjusted budget and outturn."""
    stated = {"expenditure.total:adjusted": budget, "expenditure.total:actual": spent}
    return [figure(key, text) for key, text in stated.items() if text is not None]


def year(*rows: IndicatorFacts, figures: list[Figure] | None = None, texts: dict[str, str] | None = None) -> BureauYear:
    """A year of just these rows; one piece of evidence, E1."""
    return BureauYear(
        bureau="made-up",
        name="某县退役军人事务局",
        year=2023,
        scheme=NATIONAL,
        figures=FigureSet(tuple(money() if figures is None else figures)),
        indicators=tuple(rows),
        projects=(ProjectFacts("P1", "某项目"),),
        evidence=(EvidenceFacts("E1", "佐证一"),),
        texts=tuple(TextFacts(code, code, body) for code, body in (texts or {}).items()),
    )


def closing_year(*rows: IndicatorFacts, **more: object) -> BureauYear:
    """A year in which these output rows are completed by others, so that all weights close at 100."""
    taken = sum(int(item.weight.value) for item in rows if item.weight and not item.parent)
    others = [
        filler("FILL-O", "产出指标", str(50 - taken)),
        filler("FILL-B", "效益指标", "30"),
        filler("FILL-S", "满意度指标", "10"),
    ]
    return year(*rows, *others, **more)  # type: ignore[arg-type]


def evaluated(facts: BureauYear, scheme_id: str | ScoreScheme = NATIONAL, **more: object) -> Evaluation:
    """The evaluation under a scheme."""
    chosen = scheme_named(scheme_id) if isinstance(scheme_id, str) else scheme_id
    formulas = more.pop("formulas", {})
    return evaluate(
        facts,
        scheme=chosen,
        bands=bands(),
        formulas=formulas,  # type: ignore[arg-type]
        acts=law().acts,
        **more,  # type: ignore[arg-type]
    )


def score_of(item: IndicatorFacts, scheme_id: str = NATIONAL) -> str | None:
    """The points of one row, as printed."""
    scored = evaluated(year(item), scheme_id).row(item.code)
    assert scored is not None
    return None if scored.score is None else str(scored.score)


def gate_codes(facts: BureauYear, scheme_id: str | ScoreScheme = NATIONAL, **more: object) -> list[tuple[str, str]]:
    """What holds the final score back: code and subject."""
    return [(gate.code, gate.subject) for gate in evaluated(facts, scheme_id, **more).gates]


def changed(facts: BureauYear, code: str, /, **changes: object) -> BureauYear:
    """The year with one row changed."""
    rows = tuple(replace(item, **changes) if item.code == code else item for item in facts.indicators)  # type: ignore[arg-type]
    return replace(facts, indicators=rows)
