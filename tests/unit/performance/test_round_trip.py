"""What is written into a workbook comes back as it was: every figure, every text, every printed place."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongji.kernel.bureau_year import (
    BureauYear,
    DeclaredConcept,
    Direction,
    EvidenceFacts,
    GoalFacts,
    IndicatorFacts,
    ProblemFacts,
    ProjectFacts,
    SignatoryFacts,
    TextFacts,
    UnitFacts,
)
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Nil, Source, SourceKind, Stage
from rongji.kernel.quantity import Quantity
from rongji.performance.workbook import load_example, parse, read_book
from rongji.performance.workbook.template import write_template

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*/year.yaml"))


def plain(year: BureauYear) -> dict:
    """Everything a year says, without the cell that it was read from."""

    def record(item):
        is_automatic = getattr(item, "place", "").startswith("工作表“")
        return replace(item, place="") if is_automatic else item

    def figure(item):
        source = Source(item.source.kind, note=item.source.note, evidence=item.source.evidence)
        return replace(item, source=source)

    names = ("units", "indicators", "projects", "goals", "texts", "problems", "signatories", "evidence")
    records = {name: [record(item) for item in getattr(year, name)] for name in (*names, "declared_concepts")}
    figures = sorted((figure(item) for item in year.figures), key=lambda item: (str(item.key), item.statement))
    head = (year.bureau, year.name, year.year, year.scheme, dict(year.profile))
    return {"head": head, "figures": figures, **records}


def through_a_workbook(year: BureauYear, path: Path) -> BureauYear:
    """Write, read back; no cell may be refused."""
    write_template(path, prefill=year)
    back, problems = parse(read_book(path))
    assert back is not None, [str(item) for item in problems if item.is_error]
    return back


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_a_published_year_survives_the_workbook(path, tmp_path):
    """The real years, contradictions and all, come back figure by figure."""
    year, problems = load_example(path)
    assert year is not None, [str(item) for item in problems if item.is_error]
    assert plain(through_a_workbook(year, tmp_path / "x.xlsx")) == plain(year)


# --- made-up years ------------------------------------------------------------------------------------

words = st.text(st.sampled_from("退役军人事务局优抚安置=+-@'\"%、；\n0123456789AbZ{}|"), min_size=1, max_size=30).map(
    lambda text: text.strip()
)
said = words.filter(lambda text: text and "；" not in text and not text.startswith("工作表“"))


@st.composite
def quantities(draw, unit_name, lowest=0, places=6):
    """A printed number of up to fourteen digits, or of more."""
    shown = draw(st.integers(0, places))
    digits = draw(st.integers(lowest, 10 ** draw(st.sampled_from([1, 4, 9, 12, 16]))))
    return Quantity(Decimal(digits).scaleb(-shown), unit_name, shown)


@st.composite
def figures(draw, key, label, unit_name, sheet):
    """A stated figure, or a nil mark in its place."""
    source = Source(SourceKind.IMPORTED, "x.xlsx", sheet, note=draw(st.sampled_from(["", "决算 第3行", "凭证 9"])))
    evidence = draw(st.sampled_from([(), ("E01",), ("E01", "E02")]))
    source = replace(source, evidence=evidence)
    nil = draw(st.sampled_from([None, None, None, None, Nil.NONE, Nil.DASH]))
    if nil:
        return Figure(key, label, source, nil=nil, printed="无" if nil is Nil.NONE else "－")
    quantity = draw(quantities(unit_name))
    return Figure(
        key, label, source, quantity, draw(st.sampled_from([quantity.shown(), quantity.shown(grouping=True)]))
    )


UNITS = (
    UnitFacts("HQ", "局机关", is_bureau_proper=True),
    UnitFacts("HOME", "光荣院"),
    UnitFacts("REST", "军休所", keeps_own_accounts=False, note="并入局机关"),
)
PROJECTS = (ProjectFacts("P01", "走访慰问", "部门专项", "拥军股", "慰问"), ProjectFacts("P02", "培训"))
CELLS = [
    ("income.total", Stage.ACTUAL, "", "", "收入", "收入合计", "万元"),
    ("income.fiscal", Stage.ACTUAL, "HOME", "", "收入", "光荣院公共财政拨款", "万元"),
    ("income.other", Stage.ACTUAL, "HOME", "", "收入", "光荣院其他收入", "万元"),
    ("posts.total", Stage.NONE, "HQ", "", "人员编制", "局机关人员编制", "人"),
    ("expenditure.total", Stage.ACTUAL, "", "", "支出和结余", "支出合计", "万元"),
    ("expenditure.total", Stage.ACTUAL, "", "", "预算执行", "支出合计", "万元"),
    ("expenditure.wages", Stage.ACTUAL, "", "kind:basic", "经济分类", "工资福利支出（基本支出）", "万元"),
    ("expenditure.project", Stage.ACTUAL, "", "functional:2080801", "功能分类", "项目支出（死亡抚恤）", "万元"),
    ("expenditure.project", Stage.INITIAL, "", "project:P01", "项目", "项目支出（走访慰问）", "万元"),
    ("staff.total", Stage.ACTUAL, "", "post:局长", "人员构成", "实有人数（局长）", "人"),
    ("score.total", Stage.NONE, "", "", "得分与比率", "自评总分", "分"),
]


@st.composite
def years(draw):
    """A whole made-up year with awkward texts and numbers."""
    stated = []
    for concept, stage, unit, member, sheet, label, unit_name in CELLS:
        if draw(st.booleans()):
            stated.append(draw(figures(FigureKey(concept, stage, unit, member), label, unit_name, sheet)))
    # One 来源 column serves a project and its amounts.
    place = next((item.source.note for item in stated if item.key.member == "project:P01"), "")
    projects = (replace(PROJECTS[0], place=place), PROJECTS[1])
    visits = draw(figures(FigureKey("fact.visits"), "接待来访", "人次", "业务数据"))
    stated.append(replace(visits, vague=draw(st.sampled_from(["", "约", "余"]))))
    if draw(st.booleans()):
        again = draw(quantities("元", places=2))
        source = Source(SourceKind.IMPORTED, "x.xlsx", "文中复述")
        key = FigureKey("expenditure.total", Stage.ACTUAL)
        stated.append(Figure(key, "支出合计", source, again, again.shown(), statement=draw(said)))
    return BureauYear(
        bureau="xianju",
        name="示例县局",
        year=2023,
        scheme="national-2020",
        profile={"area_code": "430199", "goal_expected": draw(said)},
        units=UNITS,
        figures=FigureSet(tuple(stated)),
        indicators=(draw(indicators("I01")), draw(indicators("I02"))),
        projects=projects,
        goals=(GoalFacts("G1", "goal", draw(said), draw(words), completion=draw(shares()), project="P01"),),
        texts=(TextFacts("t1", "概况", draw(said), place=draw(st.sampled_from(["", "报告 第3行"]))),),
        problems=(ProblemFacts("W1", "problem", draw(said)), ProblemFacts("M1", "measure", draw(said), answers="W1")),
        signatories=(SignatoryFacts("", "局长", "示例县局", "leader"), SignatoryFacts("", "股长", "", "member")),
        evidence=(EvidenceFacts("E01", "决算报表", "报表", file_name="决算.pdf"), EvidenceFacts("E02", draw(said))),
        declared_concepts=(DeclaredConcept("visits", "接待来访", "人次", "全年", topic="来访"),),
    )


def shares():
    """A percentage above one, with its places."""
    return st.decimals(Decimal("1.01"), 150, places=2).map(lambda value: Quantity(value, "%", 2))


@st.composite
def indicators(draw, code):
    """A quantitative or a qualitative row."""
    common = {"code": code, "level1": "产出指标", "level2": "数量指标", "name": draw(said), "reason": draw(words)}
    common |= {"weight": Quantity(Decimal("2.5"), "分", 1), "evidence": draw(st.sampled_from([(), ("E02", "E01")]))}
    if draw(st.booleans()):
        target, actual = draw(quantities("人", places=0)), draw(quantities("人", places=0))
        return IndicatorFacts(**common, direction=Direction.AT_LEAST, unit_name="人", target=target, actual=actual)
    texts = {"target_text": "明显提高", "actual_text": draw(st.sampled_from(["达标", "－", "保质保量"]))}
    return IndicatorFacts(
        **common, direction=Direction.QUALITATIVE, unit_name="文字", tier="partly", share=draw(shares()), **texts
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(year=years())
def test_any_year_survives_the_workbook(year, tmp_path):
    """Texts that look like formulas, sixteen-digit numbers, nil marks, two printings of one fact: all come back."""
    back, asked = plain(through_a_workbook(year, tmp_path / "x.xlsx")), plain(year)
    assert [(name, back[name], asked[name]) for name in asked if back[name] != asked[name]] == []


def test_a_blank_template_asks_only_for_who_and_when(tmp_path):
    """Nothing but the four required fields of 基本信息 is wrong with an empty workbook."""
    write_template(tmp_path / "x.xlsx", "yuelu-2021")
    _, problems = parse(read_book(tmp_path / "x.xlsx"))
    assert [(item.sheet, item.address) for item in problems] == [("基本信息", f"B{row}") for row in (4, 5, 6, 7)]


def test_the_check_formulas_say_by_how_much_a_total_is_off(tmp_path, needs):
    """Opened in an office program, 收入 shows √ for what closes and the difference for what does not."""
    import subprocess

    from python_calamine import CalamineWorkbook

    year, _ = load_example(next(path for path in EXAMPLES if path.parent.name == "yueyang-2022"))
    write_template(tmp_path / "x.xlsx", prefill=year)
    out = tmp_path / "calculated"
    command = [needs("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), str(tmp_path / "x.xlsx")], check=True, capture_output=True)
    rows = CalamineWorkbook.from_path(out / "x.xlsx").get_sheet_by_name("支出和结余").to_python()
    headings = rows[2]
    column = headings.index("核对：支出合计")
    assert [round(Decimal(repr(row[column])), 6) for row in rows[3:5]] == [Decimal("1.138546"), Decimal("1.138682")]
    back, problems = parse(read_book(out / "x.xlsx"))
    assert plain(back)["figures"] == plain(year)["figures"], [str(item) for item in problems]
