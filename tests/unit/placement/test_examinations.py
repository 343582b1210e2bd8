"""Where a place examines: results one by one and by table, absence, lots, scores on the sheet, publication."""

import io
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook
from unit.placement.samples import EXAMINED, OPENED

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.people.types import NewService
from rongji.placement import selectors, services
from rongji.placement.imports import import_results, preview_results
from rongji.placement.models import ExamResult, ScoreSheet
from rongji.placement.refusals import CohortStep, EvidenceMissing, LotUnfit, NotReady, ResultsRefused, ServiceOpen
from rongji.placement.results_table import results_table
from rongji.placement.sheet_book import workbook
from rongji.placement.sheets import read_sheet
from rongji.rules.placement.composition import marks_of
from rongji.rules.placement.refusals import MarksUnreadable, PartUnknown, ResultUnfit
from rongji.rules.placement.verifying import verify

pytestmark = pytest.mark.database


def reached(bureau, candidate, marks, part="笔试"):
    """A result out of the written examination."""
    services.record_result(
        actor=bureau.on(EXAMINED), candidate_id=candidate, part=part,
        marks=None if marks is None else Decimal(marks), evidence="成绩单第 1 号",
    )  # fmt: skip


def confirmed(bureau, cohort):
    """Points reckoned, and confirmed by everybody."""
    services.compute_points(actor=bureau.on(EXAMINED), cohort_id=cohort)
    for sheet in ScoreSheet.objects.filter(candidate__cohort=cohort):
        services.confirm_points(actor=bureau.on(EXAMINED), candidate_id=sheet.candidate_id)


def published(bureau, cohort):
    """The published sheet's rows."""
    services.publish_points(actor=bureau.on(EXAMINED), cohort_id=cohort, notice_until=date(2025, 3, 20))
    return selectors.published_sheet(bureau.on(EXAMINED), cohort)


def test_the_score_is_made_of_points_and_marks_and_shown_part_by_part(bureau):
    """One merit fewer and better marks go first; every part says how it came about; the sheet alone gives it again."""
    cohort, (one, two) = bureau.examined()
    reached(bureau, one, "90")
    reached(bureau, two, "60.5")
    confirmed(bureau, cohort)
    facts, rows = published(bureau, cohort)
    assert list(dict.fromkeys((row["编号"], row["总分"], row["排序分"]) for row in rows)) == [
        ("1", "50", "61"), ("2", "60", "54.2"),
    ]  # fmt: skip
    sheet = selectors.candidate_page(bureau.on(EXAMINED), two).candidate.sheet
    assert [part["words"] for part in sheet.parts] == [
        "60 ÷ 满分 120 × 60 = 30 分",
        "60.5 ÷ 满分 100 × 40 = 24.2 分",
    ]
    assert verify(rows).holds
    again = read_sheet("积分表.xlsx", workbook(facts, rows))
    assert verify(again).holds and len(again) == len(rows)


def test_a_confirmation_of_points_does_not_wait_for_the_examination(bureau):
    """The lines are confirmed as they were seen; without a result nothing is published, and the sentence says which."""
    cohort, (one, two) = bureau.examined()
    reached(bureau, one, "90")
    confirmed(bureau, cohort)
    with pytest.raises(NotReady, match="2 号：还没有笔试成绩，不能排序"):
        published(bureau, cohort)
    reached(bureau, two, None)
    assert published(bureau, cohort)[1][-1]["数量"] == "缺考"


def test_a_changed_result_makes_the_score_old_and_keeps_the_confirmation(bureau):
    """Nobody reads a score that was reckoned from another result."""
    cohort, (one, _) = bureau.examined()
    reached(bureau, one, "90")
    confirmed(bureau, cohort)
    assert ScoreSheet.objects.get(candidate=one).score == 61
    reached(bureau, one, "91")
    sheet = ScoreSheet.objects.get(candidate=one)
    assert (sheet.score, sheet.score_trouble, sheet.confirmed_on) == (None, "成绩有变化，请重新核算积分", EXAMINED)
    assert ExamResult.objects.filter(candidate=one).count() == 1
    assert TrailEntry.objects.filter(action="placement.record_result").count() == 2


def test_what_is_no_result_is_refused(bureau):
    """Evidence, an examination of this season, marks within the full marks, and words that are no marks."""
    _, (one, _) = bureau.examined()
    with pytest.raises(ResultUnfit, match="0 到 100 之间"):
        reached(bureau, one, "100.5")
    with pytest.raises(PartUnknown, match="可用的有：笔试"):
        reached(bureau, one, "80", part="面试")
    with pytest.raises(EvidenceMissing, match="成绩单"):
        services.record_result(
            actor=bureau.on(EXAMINED), candidate_id=one, part="笔试", marks=Decimal(80), evidence=" "
        )
    with pytest.raises(MarksUnreadable, match="八十"):
        marks_of("八十")
    old = bureau.candidate(bureau.cohort())
    with pytest.raises(PartUnknown, match="只按服役表现积分排序"):
        services.record_result(
            actor=bureau.on(OPENED), candidate_id=old, part="笔试", marks=Decimal(80), evidence="成绩单"
        )
    with pytest.raises(LotUnfit, match="1 到 99999"):
        services.record_lot(actor=bureau.on(EXAMINED), candidate_id=one, lot=0, evidence="抽签记录")
    with pytest.raises(NotAllowed):
        services.record_lot(actor=bureau.on(EXAMINED, bureau.director), candidate_id=one, lot=1, evidence="抽签记录")


def test_a_lot_parts_two_who_are_equal_in_everything(bureau):
    """The place lets a lot decide last: the same service, birth, points and marks."""
    cohort, (one, _) = bureau.examined()
    twin = bureau.person(
        enlisted=date(2012, 12, 1), discharged=date(2024, 11, 30), merits=(("三等功", date(2015, 8, 1)),), rank="中士",
        on=EXAMINED,
    )  # fmt: skip
    days = {"approved_on": date(2024, 12, 1), "reported_on": date(2025, 1, 10), "report_by": date(2025, 1, 15)}
    twin = bureau.candidate(cohort, twin, day=EXAMINED, **days)
    rows = [{"编号": number, "笔试": marks} for number, marks in ((1, "80"), (2, "0"), (3, "80"))]
    import_results(actor=bureau.on(EXAMINED), cohort_id=cohort, source=rows)
    confirmed(bureau, cohort)
    for candidate, lot in ((one, 2), (twin, 1)):
        services.record_lot(actor=bureau.on(EXAMINED), candidate_id=candidate, lot=lot, evidence="抽签记录")
    _, rows = published(bureau, cohort)
    assert list(dict.fromkeys(row["编号"] for row in rows)) == ["3", "1", "2"]
    assert next(row for row in rows if row["编号"] == "1")["名次说明"] == "与前一名同为 57 分，抽签号在后"


def filled(bureau, cohort, **cells):
    """The table of the cohort with some cells of the first row filled in."""
    data = results_table(bureau.on(EXAMINED), cohort)
    grid = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    rows = [dict(zip(grid[0], line, strict=True)) for line in grid[1:]]
    rows[0] |= cells
    return rows


def test_the_table_carries_everybody_and_brings_results_lots_and_confirmations_back(bureau):
    """Looked at first, nothing written; then all of it; a second time nothing changes."""
    cohort, _ = bureau.examined()
    services.compute_points(actor=bureau.on(EXAMINED), cohort_id=cohort)
    rows = filled(bureau, cohort, 笔试="82.50", 抽签号="3", 本人确认="是", 本人意见="无异议")
    given = {"actor": bureau.on(EXAMINED), "cohort_id": cohort, "source": rows}
    seen = preview_results(**given)
    assert (seen.rows, seen.changed, seen.unchanged, seen.errors) == (2, 1, 1, 0)
    assert "笔试：（空） → 82.5" in seen.changes[0]
    assert not ExamResult.objects.exists()
    import_results(**given)
    page = selectors.candidate_page(
        bureau.on(EXAMINED), ScoreSheet.objects.get(confirmed_on__isnull=False).candidate_id
    )
    assert (page.results[0][:2], page.lot) == (("笔试", "82.5"), 3)
    assert page.candidate.sheet.confirmed_note == "无异议"
    assert import_results(**given).is_empty
    assert TrailEntry.objects.filter(action="placement.import_results").count() == 1


BAD = [
    ({"编号": "9"}, "名单上没有这个编号"),
    ({"姓名": "示例别人"}, "请核对编号和姓名"),
    ({"笔试": "优秀"}, "“优秀”不是成绩"),
    ({"笔试": "101"}, "0 到 100 之间"),
    ({"抽签号": "一"}, "不是抽签号"),
    ({"本人确认": "同意"}, "填“是”"),
    ({"本人确认": "是"}, "请先核算积分"),
    ({"编号": "2", "姓名": ""}, "出现两次"),
]


@pytest.mark.parametrize(("cells", "said"), BAD)
def test_a_table_with_anything_wrong_is_not_taken_over(bureau, cells, said):
    """The cell, what is wrong, what to do; not one row of it is written."""
    cohort, _ = bureau.examined()
    rows = filled(bureau, cohort, **cells)
    rows[1]["笔试"] = "70"
    given = {"actor": bureau.on(EXAMINED), "cohort_id": cohort, "source": rows}
    assert any(said in str(problem) for problem in preview_results(**given).problems.kept)
    with pytest.raises(ResultsRefused, match="1 处必须改正"):
        import_results(**given)
    assert not ExamResult.objects.exists()


def test_a_published_order_takes_no_more_results(bureau):
    """First the publication is taken back, with its reason."""
    cohort, (one, two) = bureau.examined()
    reached(bureau, one, "90")
    reached(bureau, two, "80")
    confirmed(bureau, cohort)
    published(bureau, cohort)
    with pytest.raises(CohortStep, match="积分已经公示"):
        reached(bureau, one, "95")
    with pytest.raises(CohortStep):
        preview_results(actor=bureau.on(EXAMINED), cohort_id=cohort, source=[{"编号": "1", "笔试": "95"}])


def test_somebody_who_served_twice_is_scored_for_both_periods(bureau):
    """The register holds them; the page and the sheet name them; the days away do not count."""
    cohort = bureau.cohort()
    before = NewService(enlisted_on=date(2007, 12, 1), discharged_on=date(2012, 11, 30), rank="上等兵")
    candidate = bureau.candidate(cohort, bureau.person(enlisted=date(2014, 9, 1), before=(before,)))
    bureau.confirmed(cohort)
    page = selectors.candidate_page(bureau.on(OPENED), candidate)
    assert page.candidate.sheet.total == 38
    assert "各段累计" in page.candidate.sheet.lines[0]["words"]
    services.publish_points(actor=bureau.on(OPENED), cohort_id=cohort, notice_until=OPENED)
    _, rows = selectors.published_sheet(bureau.on(OPENED), cohort)
    assert rows[0]["服役各段"] == "2007-12-01 至 2012-11-30、2014-09-01 至 2021-11-30"
    assert verify(rows).holds


def test_somebody_whose_last_service_has_no_end_is_not_scored_by_the_one_before(bureau):
    """The file says that they still serve: the sentence says what to enter."""
    cohort = bureau.cohort()
    before = NewService(enlisted_on=date(2007, 12, 1), discharged_on=date(2012, 11, 30))
    bureau.candidate(cohort, bureau.person(enlisted=date(2014, 9, 1), discharged=None, before=(before,)))
    found = services.compute_points(actor=bureau.on(OPENED), cohort_id=cohort)
    assert found.problems[0].sentence == str(ServiceOpen(first=date(2014, 9, 1)))
