"""Monitoring: the plan of the year, progress, lights that must be answered."""

from datetime import date
from decimal import Decimal

import pytest

from rongji.accounts.refusals import NotAllowed
from rongji.budget.services import import_postings
from rongji.performance.monitoring import selectors, services
from rongji.performance.monitoring.refusals import (
    AnswerEmpty,
    IndicatorNotPlanned,
    NoLightToAnswer,
    PlanRefused,
    ProgressBelowLater,
    ProgressGoesBack,
)
from rongji.rules.monitoring.lights import Light

pytestmark = pytest.mark.django_db
HEAD = "监控对象,编码,责任人," + ",".join(f"{month}月" for month in range(1, 13))
PLAN = f"""{HEAD}
项目,P01,优抚股,{",".join(["100000.00"] * 12)}
指标,I01,优抚股,{",".join(["100"] * 12)}
"""
POSTINGS = """凭证号,日期,方向,机构编码,资金来源,功能科目,经济科目,项目编码,支出类别,金额（元）
0001,2024-01-20,支出,HQ,公共财政拨款,2080805,30305,P01,项目支出,100000.00
0002,2024-03-20,支出,HQ,公共财政拨款,2080805,30305,P01,项目支出,60000.00
"""
WHERE = {"bureau": "county", "year": 2024}


@pytest.fixture
def bureau(organisation):
    """The bureau."""
    return organisation("county")


@pytest.fixture
def officer(actor, bureau, tmp_path):
    """The performance officer, with a plan on record."""
    made = actor("performance_officer", organisation=bureau)
    plan = tmp_path / "plan.csv"
    plan.write_text(PLAN, encoding="utf-8")
    services.plan_year(actor=made, path=plan, **WHERE)
    return made


@pytest.fixture
def paid(actor, bureau, tmp_path):
    """Payments on record."""
    path = tmp_path / "postings.csv"
    path.write_text(POSTINGS, encoding="utf-8")
    import_postings(actor=actor("finance", organisation=bureau), path=path, **WHERE)


def board(month: int) -> dict[str, selectors.Progress]:
    """The board of a month by subject."""
    rows = selectors.board("county", 2024, month, known_on=date(2024, 12, 31))
    return {row.subject_code: row for row in rows}


def test_a_project_is_held_against_its_schedule_by_what_was_really_paid(officer, paid):
    """January on time, February behind, March behind further: green, red; the forecast follows the pace."""
    january, february = board(1)["P01"], board(2)["P01"]
    assert (january.light, february.light) == (Light.GREEN, Light.RED)
    assert (february.planned_to_date, february.actual_to_date) == (20_000_000, 10_000_000)
    assert february.forecast == 60_000_000


def test_an_indicator_is_held_against_its_schedule_by_its_readings(officer):
    """Cumulative; a reading below an earlier one is refused."""
    services.record_progress(actor=officer, indicator="I01", month=2, reached=Decimal(190), **WHERE)
    assert board(2)["I01"].light is Light.GREEN
    assert board(3)["I01"].light is Light.RED
    with pytest.raises(ProgressGoesBack, match="190"):
        services.record_progress(actor=officer, indicator="I01", month=3, reached=Decimal(150), **WHERE)


def test_readings_of_any_order_keep_growing(officer):
    """An earlier month filled in afterwards may not be above a later one."""
    services.record_progress(actor=officer, indicator="I01", month=6, reached=Decimal(500), **WHERE)
    with pytest.raises(ProgressBelowLater, match="500"):
        services.record_progress(actor=officer, indicator="I01", month=3, reached=Decimal(600), **WHERE)
    services.record_progress(actor=officer, indicator="I01", month=3, reached=Decimal(300), **WHERE)


def test_progress_of_an_indicator_nobody_knows_is_refused(officer):
    """The sentence names the planned ones."""
    with pytest.raises(IndicatorNotPlanned, match="I01"):
        services.record_progress(actor=officer, indicator="I1", month=2, reached=Decimal(1), **WHERE)


@pytest.mark.parametrize(("line", "said"), [("指标,I01,股,1", "重复"), ("指标,,股,1", "没有填")])
def test_a_plan_names_each_subject_once(officer, tmp_path, line, said):
    plan = tmp_path / "plan.csv"
    plan.write_text(PLAN + line + "\n", encoding="utf-8")
    with pytest.raises(PlanRefused, match=said):
        services.plan_year(actor=officer, path=plan, **WHERE)


def test_a_lit_light_waits_until_it_is_answered(officer, paid):
    """Cause, measure and day; a green one needs no answer."""
    assert board(2)["P01"].waits_for_answer
    answer = {"cause": "上级资金未到", "measure": "协调拨付", "due_on": date(2024, 4, 30)}
    with pytest.raises(AnswerEmpty):
        blank = {**answer, "measure": " "}
        services.answer_light(actor=officer, subject_kind="project", subject_code="P01", month=2, **blank, **WHERE)
    services.answer_light(actor=officer, subject_kind="project", subject_code="P01", month=2, **answer, **WHERE)
    row = board(2)["P01"]
    assert row.light is Light.RED and not row.waits_for_answer and row.answer.measure == "协调拨付"
    with pytest.raises(NoLightToAnswer):
        services.answer_light(actor=officer, subject_kind="project", subject_code="P01", month=1, **answer, **WHERE)


def test_the_worst_lights_come_first_and_what_waits_is_listed(officer, paid):
    """Red before green."""
    rows = selectors.board("county", 2024, 1, known_on=date(2024, 12, 31))
    assert [row.light for row in rows] == [Light.RED, Light.GREEN]
    waiting = selectors.unanswered_lights("county", 2024, 2, known_on=date(2024, 12, 31))
    assert {row.subject_code for row in waiting} == {"P01", "I01"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PLAN.replace("项目,P01", "工程,P01"), "项目 或 指标"),
        (PLAN.replace("100000.00", "十万", 1), "1月"),
        ("甲,乙\n1,2\n", "缺少这些列"),
    ],
)
def test_a_plan_with_bad_cells_changes_nothing(text, said, officer, tmp_path):
    """The plan on record stays."""
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanRefused, match=said):
        services.plan_year(actor=officer, path=path, **WHERE)
    assert selectors.planned_by_month("county", 2024)[12] == 10_000_000


def test_a_reviewer_may_look_but_not_report(actor, bureau):
    """The finance bureau reads only."""
    reviewer = actor("reviewer", organisation=bureau)
    with pytest.raises(NotAllowed):
        services.record_progress(actor=reviewer, indicator="I01", month=2, reached=Decimal(1), **WHERE)


def test_a_plan_is_read_whatever_office_machine_wrote_it(officer, tmp_path):
    """GB18030 and workbooks are as good as UTF-8."""
    import xlsxwriter

    old = tmp_path / "gb.csv"
    old.write_bytes(PLAN.encode("gb18030"))
    book = xlsxwriter.Workbook(tmp_path / "plan.xlsx")
    sheet = book.add_worksheet()
    for row, line in enumerate(PLAN.strip().splitlines()):
        for column, cell in enumerate(line.split(",")):
            sheet.write(row, column, float(cell) if row and column > 2 else cell)
    book.close()
    for path in (old, tmp_path / "plan.xlsx"):
        assert services.plan_year(actor=officer, path=path, **WHERE) == 2
        assert selectors.planned_by_month("county", 2024)[1] == 10_000_000
