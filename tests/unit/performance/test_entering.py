"""Entry on screen: the same eyes as the workbook, the version looked at, and evidence behind declared figures."""

import pytest
from django.conf import settings

from rongji.accounts.refusals import NotAllowed, ReasonNeeded
from rongji.accounts.selectors import history_of
from rongji.documents.stored_files import FileRefused, path_of, read_file
from rongji.kernel.figure import SourceKind, Stage
from rongji.performance.refusals import (
    ChangedMeanwhile,
    FieldNotEditable,
    FigureUnknown,
    RecordUnknown,
    StatusStepNotPossible,
    ValueRefused,
)
from rongji.performance.selectors import (
    evidence_file,
    evidence_files,
    figure_version,
    figures_without_evidence,
    year_facts,
)
from rongji.performance.services import (
    attach_evidence,
    change_status,
    import_year,
    set_figure,
    set_indicator,
    set_text,
)

YEAR = {"bureau": "xianju", "year": 2023}


@pytest.fixture
def bureau(organisation):
    """The bureau of the small year."""
    return organisation("xianju", name="示例县退役军人事务局")


@pytest.fixture
def finance(actor, bureau, small_year):
    """Its finance officer, with the year imported."""
    found = actor("finance", organisation=bureau)
    import_year(actor=found, source=small_year.encode(), file_name="year.yaml")
    return found


@pytest.fixture
def clerk(actor, bureau):
    """A clerk of the bureau."""
    return actor("clerk", organisation=bureau)


@pytest.fixture(autouse=True)
def own_data_directory(options):
    """Evidence files of a test lie in its own folder."""


def facts_of(actor):
    """The year as stored."""
    return year_facts(actor, "xianju", 2023)


def test_a_typed_figure_is_declared_and_wants_evidence(finance):
    """It keeps label and place in the order; without a piece of evidence it is on the list of what is missing."""
    entered = set_figure(actor=finance, key="income.total:actual", text="12.10", note="决算批复", **YEAR)
    figure = facts_of(finance).figure("income.total", Stage.ACTUAL)
    assert (figure.printed, figure.source.kind, figure.source.note) == ("12.10", SourceKind.DECLARED, "决算批复")
    assert [item.line for item in entered.changes] == ["收入·收入合计全年执行数：12.06 → 12.10 万元"]
    assert [str(item.key) for item in figures_without_evidence(facts_of(finance))] == ["income.total:actual"]
    set_figure(actor=finance, key="income.total:actual", text="12.10", evidence=("E01",), **YEAR)
    assert list(figures_without_evidence(facts_of(finance))) == []


def test_a_new_figure_is_named_by_its_key(finance):
    """Unit, concept and member make the label; a blank text takes it back."""
    set_figure(actor=finance, key="three_public.total:actual@HOME", text="0.30", **YEAR)
    assert facts_of(finance).figure("three_public.total", Stage.ACTUAL, "HOME").label == "光荣院三公经费"
    set_figure(actor=finance, key="three_public.total:actual@HOME", text=" ", **YEAR)
    assert facts_of(finance).figure("three_public.total", Stage.ACTUAL, "HOME") is None


REFUSED = [
    ("income.total:actual", "十二", "", "不是数字"),
    ("income.total:actual", "12", "人", "应以“万元”计"),
    ("income.total:actual", "-1", "", "不可能为负"),
    ("execution.rate:rate", "0.86", "", "请写成 86%"),
    ("income.total:actual@NIX", "1", "", "没有登记"),
    ("income.nothing:actual", "1", "", "没有“income.nothing”"),
    ("expenditure.project:actual#project:P99", "1", "", "没有登记"),
]


@pytest.mark.parametrize(("key", "text", "unit_name", "said"), REFUSED)
def test_a_bad_value_is_refused_in_words(finance, key, text, unit_name, said):
    """The sentence names the figure, what is wrong and what to write."""
    with pytest.raises(ValueRefused, match=said):
        set_figure(actor=finance, key=key, text=text, unit_name=unit_name, **YEAR)


def test_whoever_looked_at_an_older_value_does_not_overwrite_a_newer_one(finance):
    """The version is the row's own: a change elsewhere in the year is no obstacle."""
    seen = figure_version(finance, "xianju", 2023, "income.total:actual")
    set_figure(actor=finance, key="income.fiscal:actual", text="10.01", expected_version=1, **YEAR)
    set_figure(actor=finance, key="income.total:actual", text="12.07", expected_version=seen, **YEAR)
    with pytest.raises(ChangedMeanwhile, match="您的改动没有保存"):
        set_figure(actor=finance, key="income.total:actual", text="12.08", expected_version=seen, **YEAR)
    assert facts_of(finance).figure("income.total", Stage.ACTUAL).printed == "12.07"


def test_a_clerk_fills_in_results_and_not_terms(finance, clerk):
    """Actual value and reason are the clerk's; target and weight belong to finance and the performance officer."""
    entered = set_indicator(actor=clerk, code="I01", values={"actual": "460", "reason": "疫情影响"}, **YEAR)
    assert {item.line for item in entered.changes} == {
        "绩效指标·I01 走访慰问人数·实际完成值：480人 → 460人",
        "绩效指标·I01 走访慰问人数·偏差原因分析及改进措施：新增 疫情影响",
    }
    with pytest.raises(NotAllowed):
        set_indicator(actor=clerk, code="I01", values={"target": "460"}, **YEAR)
    set_indicator(actor=finance, code="I01", values={"target": "460"}, **YEAR)
    row = next(item for item in facts_of(finance).indicators if item.code == "I01")
    assert (str(row.target), str(row.actual), row.evidence, row.project) == ("460人", "460人", ("E01",), "P01")


def test_indicator_cells_are_read_like_the_workbooks(finance, clerk):
    """An ambiguous share, an unknown code, a foreign field are refused; a word in place of a number is kept."""
    with pytest.raises(ValueRefused, match="可能是 86%"):
        set_indicator(actor=clerk, code="I02", values={"share": "0.86"}, **YEAR)
    with pytest.raises(ValueRefused, match="没有在工作表“佐证材料”中登记"):
        set_indicator(actor=clerk, code="I01", values={"evidence": "E77"}, **YEAR)
    with pytest.raises(FieldNotEditable, match="code"):
        set_indicator(actor=clerk, code="I01", values={"code": "I09"}, **YEAR)
    with pytest.raises(RecordUnknown):
        set_indicator(actor=clerk, code="I99", values={"actual": "1"}, **YEAR)
    set_indicator(actor=clerk, code="I01", values={"actual": "基本完成"}, **YEAR)
    row = next(item for item in facts_of(finance).indicators if item.code == "I01")
    assert (row.actual, row.actual_text) == (None, "基本完成")


def test_an_indicator_row_has_its_own_version(finance, clerk):
    """Two clerks on two rows do not disturb each other; on the same row the second is told."""
    set_indicator(actor=clerk, code="I01", values={"actual": "481"}, expected_version=1, **YEAR)
    set_indicator(actor=clerk, code="I02", values={"reason": "人手不足"}, expected_version=1, **YEAR)
    with pytest.raises(ChangedMeanwhile):
        set_indicator(actor=clerk, code="I01", values={"actual": "482"}, expected_version=1, **YEAR)


def test_a_text_is_written_and_taken_out(finance, clerk):
    """A new section goes to the end; a blank body removes it; tokens are kept as typed."""
    set_text(actor=clerk, code="problems", title="存在问题", body="进度{{execution.rate:rate|% 2}}。\r\n", **YEAR)
    texts = facts_of(finance).texts
    assert [(item.code, item.body) for item in texts][-1] == ("problems", "进度{{execution.rate:rate|% 2}}。")
    set_text(actor=clerk, code="problems", body="", **YEAR)
    assert [item.code for item in facts_of(finance).texts] == ["overview"]


def test_an_evidence_file_lies_under_its_digest(finance, clerk):
    """Stored once, linked to figure and indicator, named in the trail; read back with its digest checked."""
    attach_evidence(
        actor=clerk,
        code="E03",
        title="慰问签收表",
        kind="签收表",
        file_name="C:\\表\\签收.pdf".replace("\\", "/"),
        data=b"%PDF-1.7 ...",
        figures=["fact.visits"],
        indicators=["I01"],
        **YEAR,
    )
    stored = evidence_file(finance, "xianju", 2023, "E03")
    assert (stored.name, stored.size) == ("签收.pdf", 12)
    assert read_file(settings.RONGJI.evidence, stored.digest, stored.name) == b"%PDF-1.7 ..."
    facts = facts_of(finance)
    assert facts.figure("fact.visits").source.evidence == ("E03",)
    assert facts.indicators[0].evidence == ("E01", "E03")
    assert history_of("year", "xianju/2023")[-1].detail["digest"] == stored.digest


def test_an_altered_evidence_file_is_noticed(finance, clerk):
    """Its content no longer has the digest under which it was registered."""
    attach_evidence(actor=clerk, code="E03", title="表", file_name="a.txt", data=b"one", **YEAR)
    stored = evidence_files(finance, "xianju", 2023)["E03"]
    path_of(settings.RONGJI.evidence, stored.digest).write_bytes(b"two")
    with pytest.raises(FileRefused, match="可能被改动过"):
        read_file(settings.RONGJI.evidence, stored.digest, stored.name)


UNFIT = [
    ("a.exe", b"MZ", "只接收"),
    ("a.pdf", b"MZ not a pdf", "内容不是 pdf"),
    ("a.docx", b"%PDF-", "内容不是 docx"),
    ("a.txt", b"", "文件是空的"),
    ("a.txt", b"a\x00b", "内容不是 txt"),
    ("a.txt", b"x" * (20 * 1024 * 1024 + 1), "超过 20 兆"),
]


@pytest.mark.parametrize(("name", "data", "said"), UNFIT, ids=[row[2] + row[0] for row in UNFIT])
def test_unfit_files_are_refused_and_leave_nothing(finance, clerk, name, data, said):
    """By suffix, by what the file really is, by size."""
    with pytest.raises(FileRefused, match=said):
        attach_evidence(actor=clerk, code="E03", title="表", file_name=name, data=data, **YEAR)
    assert "E03" not in [item.code for item in facts_of(finance).evidence]


def test_evidence_for_what_does_not_exist_is_refused(finance, clerk):
    """Neither figure nor indicator may be invented by a link, and a new piece wants a title and a proper code."""
    with pytest.raises(FigureUnknown):
        attach_evidence(actor=clerk, code="E01", figures=["staff.total:actual"], **YEAR)
    with pytest.raises(RecordUnknown):
        attach_evidence(actor=clerk, code="E01", indicators=["I77"], **YEAR)
    with pytest.raises(ValueRefused, match="没有填材料名称"):
        attach_evidence(actor=clerk, code="E05", **YEAR)
    with pytest.raises(ValueRefused, match="不能使用的字符"):
        attach_evidence(actor=clerk, code="E 5/1", title="表", **YEAR)


def test_a_year_goes_step_by_step(finance, clerk, actor, bureau):
    """Drawn up, submitted, final; back only with a reason, and by whoever may finish a year."""
    officer = actor("performance_officer", organisation=bureau)
    with pytest.raises(StatusStepNotPossible, match="不能直接改为“已定稿”"):
        change_status(actor=officer, status="final", **YEAR)
    with pytest.raises(NotAllowed):
        change_status(actor=clerk, status="submitted", **YEAR)
    change_status(actor=finance, status="submitted", **YEAR)
    with pytest.raises(NotAllowed):
        change_status(actor=finance, status="final", **YEAR)
    with pytest.raises(ReasonNeeded):
        change_status(actor=officer, status="draft", **YEAR)
    assert change_status(actor=officer, status="final", **YEAR) == "final"
