"""Small bureau-years for the tables of the check specification: figures by key, everything else empty."""

from decimal import Decimal
from functools import cache

from rongji.checks import CheckReport, check_year
from rongji.kernel.bureau_year import BureauYear, Direction, IndicatorFacts, UnitFacts
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Nil, Source, SourceKind
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook

HOLDS, ROUNDING, CONTRADICTION = Verdict.HOLDS, Verdict.ROUNDING, Verdict.CONTRADICTION
DEFECT, QUESTION = Verdict.DEFECT, Verdict.QUESTION
UNITS = (
    UnitFacts("HQ", "局机关", is_bureau_proper=True),
    UnitFacts("HOME", "光荣院"),
    UnitFacts("TRAINING", "训练中心", keeps_own_accounts=False),
)


@cache
def law() -> Lawbook:
    """The legal data of the checkout, loaded once."""
    return lawbook()


def figure(
    key: str, text: str, unit: str = "", *, vague: str = "", statement: str = "form", nil: Nil | None = None
) -> Figure:
    """A figure by its key as a form prints it; the unit is the concept's own unless given."""
    parsed = FigureKey.parse(key)
    concept = law().concepts.get(parsed.concept)
    label = concept.label if concept else parsed.concept
    unit_name = unit or (concept.unit if concept else "人")
    quantity = None if nil else Quantity.parse(text, unit_name)
    source = Source(SourceKind.IMPORTED, note=f"{statement} {key}")
    return Figure(parsed, label, source, quantity, text, nil=nil, vague=vague, statement=statement)


def year(*figures: Figure, **facts: object) -> BureauYear:
    """A bureau-year of those figures; units and scheme as usual unless given."""
    usual = {"bureau": "test", "name": "试县退役军人事务局", "year": 2022, "scheme": "national-2020", "units": UNITS}
    return BureauYear(**{**usual, **facts}, figures=FigureSet(figures))  # type: ignore[arg-type]


def row(code: str = "I1", **facts: object) -> IndicatorFacts:
    """An indicator row; target and actual as text with unit_name, weight and stated_score as text."""
    unit_name = str(facts.get("unit_name", "人"))
    for name in ("target", "target_upper", "actual"):
        if isinstance(facts.get(name), str):
            facts[name] = Quantity.parse(str(facts[name]), unit_name)
    for name in ("weight", "stated_score"):
        if isinstance(facts.get(name), str):
            facts[name] = Quantity.parse(str(facts[name]), "分")
    usual = {
        "code": code, "level1": "产出指标", "level2": "数量指标", "name": "发放优抚对象补助人数",
        "direction": Direction.AT_LEAST, "unit_name": unit_name,
    }  # fmt: skip
    return IndicatorFacts(**{**usual, **facts})  # type: ignore[arg-type]


def report(facts: BureauYear) -> CheckReport:
    """Every check over it."""
    return check_year(facts, law=law())


def found(facts: BureauYear, check: str) -> list[Finding]:
    """The findings of one check, in order."""
    return [item for item in report(facts).findings if item.check == check]


def verdicts(facts: BureauYear, check: str) -> list[Verdict]:
    """The verdicts of one check, in order."""
    return [item.verdict for item in found(facts, check)]


def differences(facts: BureauYear, check: str) -> list[Decimal | None]:
    """The differences of one check, in order."""
    return [item.difference for item in found(facts, check)]
