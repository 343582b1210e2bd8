"""Taking over a workbook into the tables: all or nothing, again and again, and what each time changed."""

import pytest

from rongji.accounts.refusals import NotAllowed
from rongji.accounts.selectors import history_of
from rongji.kernel.figure import FigureKey, SourceKind, Stage
from rongji.performance.measures import all_measures
from rongji.performance.models import FigureRecord, ImportBatch, YearFile
from rongji.performance.refusals import BadCells, BureauNotSetUp, ChangedMeanwhile, YearIsFinal, YearUnknown
from rongji.performance.selectors import (
    figure_history,
    figure_statements,
    imports_of,
    list_years,
    year_facts,
    year_summary,
)
from rongji.performance.services import (
    attach_evidence,
    change_status,
    import_year,
    preview_import,
    set_figure,
)
from rongji.performance.workbook import parse, read_book


@pytest.fixture
def bureau(organisation):
    """The bureau of the small year."""
    return organisation("xianju", name="示例县退役军人事务局")


@pytest.fixture
def finance(actor, bureau):
    """Its finance officer."""
    return actor("finance", organisation=bureau)


def take(actor, text, **more):
    """Import a year.yaml text."""
    return import_year(actor=actor, source=text.encode(), file_name="year.yaml", **more)


def test_what_was_imported_is_what_is_read(finance, small_year):
    """Every figure with every part, every record, in order."""
    outcome = take(finance, small_year)
    asked, _ = parse(read_book(small_year.encode(), "year.yaml"))
    stored = year_facts(finance, "xianju", 2023)
    assert (outcome.is_new, outcome.data_version, outcome.figures) == (True, 1, len(asked.figures))
    assert stored == asked


def test_money_is_kept_in_whole_fen_beside_its_printed_text(finance, small_year):
    """12.06 万元 is 12 060 000 fen; what is below a fen keeps its text and has no fen."""
    take(finance, small_year.replace('actual: "8.50"', 'actual: "8.5000001"'))
    rows = {
        (row.concept, row.stage, row.unit_code): row for row in FigureRecord.objects.filter(member="", statement="form")
    }
    income = rows["income.total", "actual", ""]
    assert (income.fen, income.value, income.places, income.unit_name) == (12_060_000, "12.06", 2, "万元")
    assert rows["income.other", "actual", ""].nil == "dash"
    spent = rows["expenditure.total", "actual", ""]
    assert (spent.fen, spent.value) == (None, "8.5000001")


def test_one_bad_cell_and_nothing_is_written(finance, small_year):
    """Every problem is in the refusal; no file, no figure, no audit entry of an import."""
    bad = small_year.replace('"12.06"', "十二万").replace('weight: "10"', 'weight: "ten"')
    with pytest.raises(BadCells) as refusal:
        take(finance, bad)
    assert refusal.value.facts["count"] == 3
    assert refusal.value.as_json()["facts"]["problems"][0]["cell"].endswith("收入合计")
    assert not YearFile.objects.exists()
    assert history_of("year", "xianju/2023") == ()


def test_importing_again_updates_and_says_what_changed(finance, small_year):
    """Changed, new and gone, each in one line; what did not change keeps its version."""
    take(finance, small_year)
    second = (
        small_year.replace('"2.06"', '"2.07"')
        .replace('actual: "480"', 'actual: "490"')
        .replace("    - {code: W1, kind: problem, text: 进度偏慢}\n", "    - {code: W1, kind: problem, text: 进度慢}\n")
        .replace('    - {row: "2080801", project_actual: "1.25"}', '    - {row: "2080805", project_actual: "1.25"}')
    )
    outcome = take(finance, second)
    lines = {item.line for item in outcome.changes}
    assert lines == {
        "收入·上年结转全年执行数：2.06 → 2.07 万元",
        "收入·局机关上年结转全年执行数：2.06 → 2.07 万元",
        "功能分类·项目支出（义务兵优待）全年执行数：新增 1.25万元",
        "功能分类·项目支出（死亡抚恤）全年执行数：删除 1.25万元",
        "绩效指标·I01 走访慰问人数·实际完成值：480人 → 490人",
        "问题与措施·W1 进度慢·内容：进度偏慢 → 进度慢",
    }
    assert outcome.data_version == 2
    versions = set(FigureRecord.objects.filter(changed_in=2).values_list("concept", flat=True))
    assert versions == {"income.carried_over", "expenditure.project"}


def test_the_same_file_again_changes_nothing(finance, small_year):
    """No new version; the batch and the audit entry say so."""
    take(finance, small_year)
    outcome = take(finance, small_year)
    assert (outcome.changes, outcome.data_version) == ((), 1)
    assert ImportBatch.objects.count() == 2
    assert history_of("year", "xianju/2023")[-1].summary.endswith("与已有数据相同")


def test_a_figure_tells_how_it_came_to_be_what_it_is(finance, small_year):
    """Every import and entry that touched it, oldest first."""
    take(finance, small_year)
    take(finance, small_year.replace('"12.06"', '"12.07"'))
    set_figure(actor=finance, bureau="xianju", year=2023, key="income.total:actual", text="12.08")
    events = figure_history(finance, "xianju", 2023, "income.total:actual")
    assert [(item.data_version, item.line.partition("：")[2]) for item in events] == [
        (1, "新增 12.06万元"),
        (2, "12.06 → 12.07 万元"),
        (3, "12.07 → 12.08 万元"),
    ]


def test_a_preview_writes_nothing_and_its_version_guards_the_import(finance, small_year):
    """Two people preview; the second to confirm is told that the year changed in between."""
    take(finance, small_year)
    mine = small_year.replace('"2.06"', '"2.07"').encode()
    preview = preview_import(actor=finance, source=mine, file_name="year.yaml")
    assert (len(preview.changes), preview.data_version) == (2, 1)
    assert year_summary(finance, "xianju", 2023).data_version == 1
    take(finance, small_year.replace('"2.06"', '"2.08"'))
    with pytest.raises(ChangedMeanwhile, match="刷新后对照新值"):
        import_year(actor=finance, source=mine, file_name="year.yaml", expected_version=preview.data_version)
    assert year_facts(finance, "xianju", 2023).figure("income.carried_over", Stage.ACTUAL).printed == "2.08"


def test_a_failure_in_the_middle_leaves_the_year_as_it_was(finance, small_year, monkeypatch):
    """The audit entry is part of the transaction: without it nothing of the import stays."""
    take(finance, small_year)

    def fail(**_facts):
        raise OSError("disk full")

    monkeypatch.setattr("rongji.performance.services.opening.trail.record", fail)
    with pytest.raises(OSError, match="disk full"):
        take(finance, small_year.replace('"2.06"', '"9.99"'))
    assert year_facts(finance, "xianju", 2023).figure("income.carried_over", Stage.ACTUAL).printed == "2.06"
    assert year_summary(finance, "xianju", 2023).data_version == 1


def test_a_final_year_takes_no_import(finance, actor, bureau, small_year):
    """Neither import nor entry; taken back with a reason it is open again."""
    take(finance, small_year)
    officer = actor("performance_officer", organisation=bureau)
    change_status(actor=finance, bureau="xianju", year=2023, status="submitted")
    change_status(actor=officer, bureau="xianju", year=2023, status="final")
    with pytest.raises(YearIsFinal, match="已经定稿"):
        take(finance, small_year.replace('"2.06"', '"2.07"'))
    with pytest.raises(YearIsFinal):
        preview_import(actor=finance, source=small_year.encode(), file_name="year.yaml")
    with pytest.raises(YearIsFinal):
        set_figure(actor=finance, bureau="xianju", year=2023, key="income.total:actual", text="1")
    change_status(actor=officer, bureau="xianju", year=2023, status="draft", reason="更正结转")
    assert take(finance, small_year.replace('"2.06"', '"2.07"')).data_version == 2


def test_evidence_attached_in_the_system_survives_an_import(finance, small_year):
    """A workbook written before the file was attached cannot lose it."""
    take(finance, small_year)
    attach_evidence(
        actor=finance,
        bureau="xianju",
        year=2023,
        code="E09",
        title="银行回单",
        file_name="回单.txt",
        data=b"ok",
        figures=["income.total:actual"],
        indicators=["I02"],
    )
    take(finance, small_year.replace('"12.06"', '"12.07"'))
    facts = year_facts(finance, "xianju", 2023)
    assert facts.figure("income.total", Stage.ACTUAL).source.evidence == ("E09",)
    assert next(item for item in facts.indicators if item.code == "I02").evidence == ("E09",)
    assert [item.code for item in facts.evidence if item.file_digest] == ["E09"]


def test_a_new_bureau_is_set_up_by_whoever_may(actor, roles, finance, small_year, db):
    """A finance officer may not; the operator of a demo may, when the area code is given."""
    from rongji.accounts.types import Actor, Grant, Origin, OriginKind, Role

    other = small_year.replace("bureau: xianju", "bureau: linju")
    with pytest.raises(BureauNotSetUp, match="请系统管理员先在机构维护中建立"):
        take(finance, other)
    operator = Actor("本机操作员", Origin(OriginKind.CLI), finance.at, grants=tuple(Grant(role) for role in Role))
    nowhere = other.replace(', area_code: "430199"', "")
    with pytest.raises(BureauNotSetUp, match="行政区划代码"):
        take(operator, nowhere)
    with pytest.raises(BureauNotSetUp, match="行政区划代码"):
        preview_import(actor=operator, source=nowhere.encode(), file_name="year.yaml")
    assert take(operator, other).is_new
    assert [item.bureau for item in list_years(operator)] == ["linju"]


def test_rights_hold_for_reading_and_for_writing(actor, bureau, finance, organisation, small_year):
    """A clerk does not import; another bureau's finance officer does not even see it."""
    with pytest.raises(NotAllowed):
        take(actor("clerk", organisation=bureau), small_year)
    take(finance, small_year)
    stranger = actor("finance", organisation=organisation("other"))
    assert list_years(stranger) == ()
    with pytest.raises(NotAllowed):
        year_facts(stranger, "xianju", 2023)
    with pytest.raises(NotAllowed):
        take(stranger, small_year)
    with pytest.raises(NotAllowed):
        preview_import(actor=stranger, source=small_year.replace('"2023"', '"2022"').encode(), file_name="year.yaml")
    assert [item.year for item in list_years(actor("reviewer", organisation=bureau))] == [2023]


def test_a_year_is_read_in_a_handful_of_queries(finance, small_year, django_assert_max_num_queries):
    """One query per table, however many figures there are."""
    take(finance, small_year)
    with django_assert_max_num_queries(28):
        year_facts(finance, "xianju", 2023)


def test_derived_figures_stand_beside_the_stated_ones(finance, small_year, tmp_path):
    """What the ledger says is a further statement with its rows; where nothing is stated it leads."""
    from rongji.budget.services import import_postings

    take(finance, small_year)
    ledger = tmp_path / "postings.csv"
    ledger.write_text(
        "凭证号,日期,方向,机构编码,资金来源,功能科目,经济科目,项目编码,支出类别,金额（元）,摘要\n"
        "0001,2023-03-01,支出,HQ,公共财政拨款,2080801,30305,P01,项目支出,85000.00,慰问\n",
        encoding="utf-8",
    )
    import_postings(actor=finance, bureau="xianju", year=2023, path=ledger)
    statements = figure_statements(finance, "xianju", 2023, "expenditure.total:actual")
    assert [item.source.kind for item in statements] == [SourceKind.IMPORTED, SourceKind.IMPORTED, SourceKind.DERIVED]
    assert statements[-1].quantity.fen == 8_500_000
    assert statements[-1].rows
    assert {item.label for item in statements} == {"支出合计"}
    unit = year_facts(finance, "xianju", 2023).figures.get(FigureKey("expenditure.total", Stage.ACTUAL, "HQ"))
    assert unit.label == "局机关支出合计"  # 表中没有填，只有账上有：仍写明是哪个单位的
    facts = year_facts(finance, "xianju", 2023)
    assert facts.figures.get(FigureKey("expenditure.project", Stage.ACTUAL)).source.kind is SourceKind.DERIVED
    assert "budget" in [item.name for item in all_measures()]


def test_an_unknown_year_says_what_to_do(finance):
    """Not an empty page."""
    with pytest.raises(YearUnknown, match="请先导入"):
        year_facts(finance, "xianju", 2020)


def test_imports_are_listed_with_what_each_did(finance, small_year):
    """Newest first: who, which file, how many new, changed, gone."""
    take(finance, small_year)
    take(finance, small_year.replace('"2.06"', '"2.07"'))
    first, second = imports_of(finance, "xianju", 2023)
    assert (first.changed, first.added, first.file_name) == (2, 0, "year.yaml")
    assert second.added > 20
