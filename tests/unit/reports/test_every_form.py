"""Every example year in every form that fits: it builds, and every number in it is a figure."""

import re
from dataclasses import replace

import pytest
from unit.reports.conftest import example_year

from rongji.documents import layout, paper
from rongji.documents.grid import grid
from rongji.documents.model import Document, FigureRef, Heading, Run, Status, Table, Text, Title
from rongji.reports.build import NOT_TO_BE_SENT, build_report
from rongji.reports.records import Records
from rongji.reports.refusals import FormDoesNotFit, ReportNotReady
from rongji.reports.sources import missing_sheets
from rongji.reports.tokens import unbacked_spans

EXAMPLES = ("panyu-2021", "tianxin-2019", "wangcheng-2021", "yuelu-2021", "yueyang-2022")
FORMS = ("panyu-2021", "project-national", "tianxin-2019", "wangcheng-2021", "yuelu-2021", "yueyang-2022")
_SERIAL = re.compile(r"\d{1,4}")


def lines(document: Document):
    """Every line of runs of a document: titles, headings, paragraphs, cells."""
    for block in document.blocks:
        if isinstance(block, Title):
            yield from ((Text(line),) for line in block.lines)
        elif isinstance(block, Heading):
            yield block.runs
        elif isinstance(block, Table):
            yield from (p.runs for row in block.rows for cell in row.cells for p in cell.paragraphs)
        elif hasattr(block, "runs"):
            yield block.runs


def typed_numbers(runs: tuple[Run, ...]) -> list[str]:
    """Quantities in a line that are no inline figure; a serial number alone in a cell is none."""
    if len(runs) == 1 and isinstance(runs[0], Text) and _SERIAL.fullmatch(runs[0].text):
        return []
    text = "".join("〓" * len(run.text) if isinstance(run, FigureRef) else run.text for run in runs)
    return [text[start:end] for start, end in unbacked_spans(text)]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("name", FORMS)
def test_every_example_builds_in_every_form_that_fits(example, name, sources, forms):
    """A form that does not fit says which sheets it needs; one that fits prints whole tables and only figures."""
    given, form = sources(example), forms[name]
    missing = missing_sheets(form, Records(given.year))
    if missing:
        with pytest.raises(FormDoesNotFit, match=missing[0]):
            build_report(given, form, forms)
        return
    report = build_report(given, form, forms)
    for table in report.document.tables():
        assert grid(table).cells
    assert [number for runs in lines(report.document) for number in typed_numbers(runs)] == []
    for run in report.document.figures():
        if run.status is Status.UNBACKED:
            assert run.key == "" and run.note
        else:
            assert any(str(key) == run.key for key in report.printed), run


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_fits_its_own_form(example, sources, forms):
    """The form a bureau published in is always possible, and its own texts are all printed in it."""
    given = sources(example)
    form = forms[given.year.profile["form"]]
    assert missing_sheets(form, Records(given.year)) == ()
    report = build_report(given, form, forms)
    shown = "\n".join("".join(run.text for run in runs) for runs in lines(report.document))
    for text in given.year.texts:
        first = re.split(r"\{\{|\n|（", text.body.strip().lstrip("（一二三）1234567890. "))[0][:12]
        assert first in shown, text.code


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_final_report_while_anything_is_wrong(example, sources, forms):
    """The published years all contradict themselves or lack evidence: a preview says so, a final one is refused."""
    given = sources(example)
    form = forms[given.year.profile["form"]]
    assert build_report(given, form, forms).document.notice == NOT_TO_BE_SENT
    with pytest.raises(ReportNotReady) as refused:
        build_report(given, form, forms, final=True)
    assert int(refused.value.facts["count"]) > 0


def test_the_computed_score_is_printed_not_the_one_the_bureau_wrote(sources, forms):
    """岳麓 2021 wrote 100 and 98.6; its rows add up to 104 and 102.57, which the table prints as provisional."""
    report = build_report(sources("yuelu-2021"), forms["yuelu-2021"], forms)
    printed = {run.key: run.text for run in report.document.figures()}
    assert printed["evaluation.weight"] == "104"
    assert printed["evaluation.total"] == "102.57"
    assert printed["evaluation.execution_rate"] == "85.66%"
    last = [row for table in report.document.tables() for row in table.rows][-1]
    assert [cell.text for cell in last.cells] == ["总分", "104", "102.57", "（暂定）"]


def test_a_contradictory_amount_is_printed_as_stated_and_marked(sources, forms):
    """The two funding sources of 岳麓 2021 do not make the total: the amount stays and opens into the finding."""
    report = build_report(sources("yuelu-2021"), forms["yuelu-2021"], forms)
    total = next(run for run in report.document.figures() if run.key == "funds.total:adjusted")
    assert (total.text, total.status) == ("13351.2", Status.TROUBLE)
    assert "30.42" in total.note
    assert "定稿前须更正" in "".join(run.text for run in report.document.runs())


def test_without_weights_the_stated_score_is_printed_as_such(sources, forms):
    """岳阳县 2022 gives no weights: its 93 stays, marked as written by the bureau and not computed."""
    report = build_report(sources("yueyang-2022"), forms["yueyang-2022"], forms)
    cell = next(
        cell
        for table in report.document.tables()
        for row in table.rows
        for cell in row.cells
        if "（自填）" in cell.text
    )
    assert cell.text == "93（自填）"


def test_consolidation_prints_the_whole_and_each_unit_with_own_accounts(sources, forms):
    """岳阳县 2022: 汇总 and three units; the two units without own accounts have no row."""
    report = build_report(sources("yueyang-2022"), forms["yueyang-2022"], forms)
    income = next(table for table in report.document.tables() if table.caption == "年度收入情况")
    assert [row.cells[0].text for row in income.rows[2:]] == [
        "局机关及二级机构汇总",
        "1.局机关",
        "2.光荣院",
        "3.服务中心",
    ]
    assert income.rows[2].cells[1].text == "9692.786137"


def test_headings_are_numbered_without_a_gap(sources, forms):
    """The published reports skip numbers; generated ones never do."""
    report = build_report(sources("yuelu-2021"), forms["yuelu-2021"], forms)
    first = [block.runs[0].text for block in report.document.blocks if isinstance(block, Heading) and block.level == 1]
    assert [text.partition("、")[0] for text in first] == ["一", "二", "三", "四", "五", "六"]


def test_a_section_nobody_wrote_is_shown_and_blocks_the_final_report(sources, forms):
    """A section without text and without a default prints 〔待填写〕 and says under which code to write it."""
    given = sources("yuelu-2021")
    texts = tuple(item for item in given.year.texts if item.code != "special_management")
    report = build_report(replace(given, year=replace(given.year, texts=texts)), forms["yuelu-2021"], forms)
    assert [item.subject for item in report.defects] == ["special_management"]
    assert any(run.text == "〔待填写〕" for run in report.document.figures())
    assert any("special_management" in reason for reason in report.blockers)


def test_a_digit_typed_into_a_text_is_marked_and_blocks_the_final_report(sources, forms):
    """The number stays readable, is marked in the document, and the finding offers the token to use instead."""
    given = sources("yuelu-2021")
    typed = tuple(
        replace(item, body="全年基本支出392.52万元，另补助77人。") if item.code == "basic_expenditure" else item
        for item in given.year.texts
    )
    report = build_report(replace(given, year=replace(given.year, texts=typed)), forms["yuelu-2021"], forms)
    marked = [run.text for run in report.document.figures() if run.status is Status.UNBACKED]
    assert marked == ["392.52", "77"]
    assert "{{expenditure.basic:actual|万元 2}}" in report.defects[0].remedy
    assert len(report.defects) == 2


def project_tables(report) -> dict[str, list[list[str]]]:
    """The table of each project by its name: the words of its rows."""
    found = {}
    for table in report.document.tables():
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows[0][0] == "项目名称":
            found[rows[0][1]] = rows
    return found


def test_the_table_of_a_project_holds_its_own_indicators_and_score(sources, forms):
    """青山 2024: every project prints its rows, weights and total; none of them stands in the department's table."""
    tables = project_tables(build_report(sources("qingshan-2024"), forms["project-national"], forms))
    assert len(tables) == 9
    medical = tables["优抚对象医疗补助"]
    assert ["数量指标", "指标：一站式结算人次", "≥1200人次", "1236人次", "25", "25", ""] in [
        row[-7:] for row in medical
    ]
    assert medical[-1] == ["总分", "100", "99.68", ""]
    whole = build_report(sources("qingshan-2024"), forms["yuelu-2021"], forms)
    first = next(whole.document.tables())
    assert not any("一站式结算人次" in cell.text for row in first.rows for cell in row.cells)


def test_a_project_without_indicators_says_so_and_has_no_score(sources, forms):
    """天心 2019 set no indicators per project: no empty rows under a total, but a sentence and no number."""
    tables = project_tables(build_report(sources("tianxin-2019"), forms["project-national"], forms))
    assert tables
    for rows in tables.values():
        assert "没有单独设置绩效指标" in rows[-2][-1]
        assert rows[-1] == ["总分", "", "", ""]


def test_reasons_have_room_beside_long_amounts(sources, forms):
    """Six decimals in the money columns do not squeeze the column that is read most: eight characters in a line."""
    report = build_report(sources("qingshan-2024"), forms["yuelu-2021"], forms)
    fitted = layout.fit(next(report.document.tables()), paper.PORTRAIT.text_width)
    assert fitted.widths[-1] - 2 * layout.CELL_PADDING_MM > 7 * fitted.size / paper.POINTS_PER_MM
    assert fitted.widths[-1] == max(fitted.widths)


def test_the_basic_data_of_the_year_are_attached_to_forms_of_hunan(sources, forms):
    """青山 2024 behind the 岳麓 form: posts and rate, 三公 by item and year, projects by class, the adjustment."""
    given = replace(sources("qingshan-2024"), prior=example_year("qingshan-2023"))
    report = build_report(given, forms["yuelu-2021"], forms)
    titles = [block.lines for block in report.document.blocks if isinstance(block, Title)]
    assert ("2024年度部门整体支出绩效自评", "基础数据表") in titles
    table = next(t for t in report.document.tables() if t.rows[0].cells[0].text == "财政供养人员情况")
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1] == ["48", "45", "93.75%"]
    assert ["公务接待费", "3.508700", "3.700000", "", "3.143233"] in rows
    assert ["公共专项", "优抚对象抚恤补助", "", "5208.700000", "5420.700000", "5344.763176"] in rows
    assert ["11259.250000", "368.700000", "11627.950000", "11415.260182", "3.27%"] in rows
    printed = {run.key: run.text for run in report.document.figures()}
    assert printed["expenditure.operating:prior"] == "99.091064"


@pytest.mark.parametrize(("example", "attached"), [("yueyang-2022", True), ("yuelu-2021", False)])
def test_basic_data_that_nobody_stated_are_not_attached(sources, forms, example, attached):
    """岳阳县 2022 states posts and 三公; 岳麓 2021 states no 三公 at all: no table of empty cells."""
    report = build_report(sources(example), forms[example], forms)
    titles = {line for block in report.document.blocks if isinstance(block, Title) for line in block.lines}
    assert ("基础数据表" in titles) is attached
