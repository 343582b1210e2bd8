"""A made-up year in which everything agrees and nothing is missing: small, with two units and all the sheets."""

from dataclasses import replace

from spec.checks.builders import figure, row, year

from rongji.kernel.bureau_year import (
    BureauYear,
    DeclaredConcept,
    Direction,
    EvidenceFacts,
    IndicatorFacts,
    ProblemFacts,
    TextFacts,
    UnitFacts,
)
from rongji.kernel.figure import Figure

UNITS = (UnitFacts("HQ", "局机关", is_bureau_proper=True), UnitFacts("HOME", "光荣院"))

# concept: whole bureau, 局机关, 光荣院
BY_UNIT = {
    "income.total:actual": ("1203.45", "1103.45", "100.00"),
    "income.carried_over:actual": ("3.45", "3.45", "0.00"),
    "income.fiscal:actual": ("1200.00", "1100.00", "100.00"),
    "income.government_fund:actual": ("0.00", "0.00", "0.00"),
    "income.special_account:actual": ("0.00", "0.00", "0.00"),
    "income.other:actual": ("0.00", "0.00", "0.00"),
    "expenditure.total:actual": ("1180.00", "1085.00", "95.00"),
    "expenditure.basic:actual": ("300.00", "220.00", "80.00"),
    "expenditure.personnel:actual": ("250.00", "190.00", "60.00"),
    "expenditure.operating:actual": ("50.00", "30.00", "20.00"),
    "expenditure.project:actual": ("880.00", "865.00", "15.00"),
    "balance.current:actual": ("23.45", "18.45", "5.00"),
    "three_public.total:actual": ("4.20", "4.20", "0.00"),
    "three_public.reception:actual": ("1.20", "1.20", "0.00"),
    "three_public.vehicle_running:actual": ("3.00", "3.00", "0.00"),
    "three_public.vehicle_purchase:actual": ("0.00", "0.00", "0.00"),
    "three_public.abroad:actual": ("0.00", "0.00", "0.00"),
    "asset.fixed:actual": ("90.00", "60.00", "30.00"),
    "asset.fixed_in_use:actual": ("90.00", "60.00", "30.00"),
    "asset.fixed_rented:actual": ("0.00", "0.00", "0.00"),
    "asset.fixed_other:actual": ("0.00", "0.00", "0.00"),
    "posts.total": ("30", "20", "10"),
    "posts.administrative": ("10", "10", "0"),
    "posts.institution": ("20", "10", "10"),
    "staff.total:actual": ("28", "19", "9"),
    "staff.serving:actual": ("26", "18", "8"),
    "staff.retired:actual": ("2", "1", "1"),
}
WHOLE = {
    "expenditure.total:initial": "1150.00",
    "expenditure.total:adjustment": "53.45",
    "expenditure.total:adjusted": "1203.45",
    "expenditure.basic:adjusted": "303.45",
    "expenditure.personnel:adjusted": "252.00",
    "expenditure.operating:adjusted": "51.45",
    "expenditure.project:adjusted": "900.00",
    "funds.total:adjusted": "1203.45",
    "funds.fiscal:adjusted": "1200.00",
    "funds.other:adjusted": "3.45",
    "funds.total:actual": "1180.00",
    "funds.fiscal:actual": "1176.55",
    "funds.other:actual": "3.45",
    "expenditure.total:prior": "1000.00",
    "growth.expenditure:rate": "18.00%",
    "execution.rate:rate": "98.05%",
    "share.basic:rate": "25.42%",
    "share.project:rate": "74.58%",
    "rate.asset_use:rate": "100.00%",
    "expenditure.project:actual#functional:2080801": "380.00",
    "expenditure.project:actual#functional:2080805": "500.00",
    "expenditure.project:actual#project:P1": "600.00",
    "expenditure.project:actual#project:P2": "280.00",
    "execution.weight": "10",
    "execution.score": "9.81",
    "score.weight_total": "100",
    "score.total": "99.81",
    "fact.letters": "60",
    "fact.visits": "40",
    "fact.all": "100",
}
# Facts that no sum holds fast are printed a second time in the text.
RESTATED = ("expenditure.total:prior", "growth.expenditure:rate", "asset.fixed_in_use:actual", "execution.weight")

FACTS = (
    DeclaredConcept("all", "来信来访", "件"),
    DeclaredConcept("letters", "来信", "件", part_of="all", complete=True),
    DeclaredConcept("visits", "来访", "件", part_of="all", complete=True),
)
EVIDENCE = (EvidenceFacts("E1", "决算报表"), EvidenceFacts("E2", "发放名册"))


def consistent_year() -> BureauYear:
    """The year; every figure has its evidence."""
    figures = [
        figure(f"{key}@{unit}" if unit else key, text)
        for key, texts in BY_UNIT.items()
        for unit, text in zip(("", "HQ", "HOME"), texts, strict=True)
    ]
    figures += [figure(key, text, "件" if key.startswith("fact.") else "") for key, text in WHOLE.items()]
    texts = {**{key: values[0] for key, values in BY_UNIT.items()}, **WHOLE}
    figures += [figure(key, texts[key], statement="报告一") for key in RESTATED]
    return year(
        *(with_evidence(item) for item in figures),
        units=UNITS,
        indicators=tuple(indicators()),
        declared_concepts=FACTS,
        evidence=EVIDENCE,
        profile={
            "project_list_complete": "是",
            "lists_complete": "是",
            "stated_grade": "优",
            "document_on": "2023-03-10",
        },
        texts=(TextFacts("overview", "概况", "全年支出{{expenditure.total:actual|万元 2}}。"),),
        problems=(
            ProblemFacts("P1", "problem", "部分资金十一月才下达，支付集中在年底"),
            ProblemFacts(
                "M1", "measure", "每月五日前核对名册并催拨资金", answers="P1", owner="财务股", due="2023-06-30"
            ),
        ),
    )


def indicators() -> list[IndicatorFacts]:
    """Three rows that close at the scheme's weights, all reached."""
    shared = {"evidence": ("E2",)}
    return [
        row("I1", target="480", actual="500", weight="50", stated_score="50", **shared),
        row("I2", level1="效益指标", level2="社会效益", name="信访事项按期办结率", unit_name="%",
            target="95", actual="100", weight="30", stated_score="30", **shared),
        row("I3", level1="满意度指标", level2="服务对象满意度", name="服务对象满意度", unit_name="%",
            direction=Direction.AT_LEAST, target="90", actual="96", weight="10", stated_score="10", **shared),
    ]  # fmt: skip


def with_evidence(item: Figure) -> Figure:
    """The figure with the final accounts as its evidence."""
    return replace(item, source=replace(item.source, evidence=("E1",)))
