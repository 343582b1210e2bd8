"""A form is data: a new one needs no Python, and a wrong one is refused with the place and what is allowed."""

import pytest
import yaml

from rongji.documents.formula import RatioOf, SumOf, operands
from rongji.documents.grid import grid
from rongji.documents.model import Heading, Orientation, Section, Table, Title
from rongji.performance.workbook.layout import known_forms
from rongji.reports.build import build_report
from rongji.reports.form_reader import find_form, load_forms, read_form
from rongji.reports.refusals import BadForm, NoSuchForm
from rongji.reports.template import UnknownField

SEVENTH = """
id: village-2023
label: 某省部门支出绩效简表
requires: [execution]
blocks:
  - section: landscape
    name: 简表
  - title: ["<name>", "<year>年度支出绩效简表"]
  - heading: 收支
  - table: 简表
    unit: 万元
    places: 1
    nil: {blank: "/", zero: "—"}
    unit_note: 单位：万元
    header_rows: 1
    columns: [2, 4, 3, 3, 2]
    rows:
      - ["", 项目, 预算, 执行, 比率]
      - side: {text: 支出}
        rows:
          - [基本, "{{expenditure.basic:adjusted}}", "{{expenditure.basic:actual}}", ""]
          - [项目, "{{expenditure.project:adjusted}}", "{{expenditure.project:actual}}", ""]
          - [合计, "{{expenditure.total:adjusted}}", "{{expenditure.total:actual}}", "{{evaluation.execution_rate}}"]
      - [{text: 转移支付, cols: 2}, "{{income.government_fund:actual}}", {text: 说明, cols: rest}]
      - side: 指标
        rows:
          - each: indicators
            where: {level1: 效益指标}
            rows:
              - [{text: "<indicator.level1>", merge: true}, {text: "<indicator.name>", cols: 2}, "<indicator.actual>"]
  - list: {each: goals, where: {kind: duty}, item: "<goal.expected>", marks: （1）, end: 。}
"""


def named_cells(report):
    """Every cell that other cells can name."""
    return [cell for table in report.document.tables() for row in table.rows for cell in row.cells if cell.name]


@pytest.fixture
def seventh(sources, forms):
    """The report of 岳麓 2021 in a form that exists only in this test."""
    form = read_form(yaml.safe_load(SEVENTH))
    return build_report(sources("yuelu-2021"), form, {**forms, form.id: form})


def test_a_new_form_is_a_file_and_nothing_else(seventh):
    """Spans, side labels, units, places, empty-cell words, repeated and filtered rows all come from the file."""
    blocks = seventh.document.blocks
    assert blocks[0] == Section(Orientation.LANDSCAPE, "简表")
    assert blocks[1] == Title(("长沙市岳麓区退役军人事务局", "2021年度支出绩效简表"))
    table = next(seventh.document.tables())
    assert len(grid(table).slots) == 1 + 3 + 1 + 4
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[1] == ["支出", "基本", "413.7", "392.5", ""]
    assert texts[3] == ["合计", "13351.2", "11436.3", "85.66%"]
    assert texts[4] == ["转移支付", "/", "说明"]
    assert table.rows[5].cells[0].rowspan == 4 and table.rows[5].cells[1].rowspan == 4


def test_totals_become_formulas_without_the_form_saying_so(seventh):
    """The identities know that 合计 is 基本 + 项目 and that the rate is a quotient."""
    table = next(seventh.document.tables())
    assert table.rows[3].cells[1].formula == SumOf(("expenditure.basic:adjusted", "expenditure.project:adjusted"))
    assert table.rows[3].cells[2].formula == SumOf(("expenditure.basic:actual", "expenditure.project:actual"))


def test_scores_rates_and_consolidated_rows_are_formulas_too(sources, forms):
    """岳麓: the rate and the total of scores; 岳阳县: the consolidated row is the sum of the units."""
    cells = {cell.name: cell for cell in named_cells(build_report(sources("yuelu-2021"), forms["yuelu-2021"], forms))}
    assert cells["evaluation.execution_rate"].formula == RatioOf("funds.total:actual", "funds.total:adjusted")
    assert len(cells["evaluation.total"].formula.plus) == 27
    county = build_report(sources("yueyang-2022"), forms["yueyang-2022"], forms)
    whole = {cell.name: cell for cell in named_cells(county)}["expenditure.personnel:actual"]
    assert whole.formula == SumOf(tuple(f"expenditure.personnel:actual@{code}" for code in ("HQ", "HOME", "CENTRE")))


def test_headings_count_anew_under_each_title(seventh):
    """The list marks and heading numbers are made by the system."""
    headings = [block.runs[0].text for block in seventh.document.blocks if isinstance(block, Heading)]
    assert headings == ["一、收支"]


def test_the_six_forms_and_their_annexes_load(forms):
    """Every file of legal/forms but the workbook's own layout is a form."""
    assert {"yuelu-2021", "yueyang-2022", "tianxin-2019", "wangcheng-2021", "panyu-2021", "project-national"} <= set(
        forms
    )
    assert all(form.digest and form.label for form in forms.values())


WRONG = [
    ("{id: x, label: 表, blocks: [{tabel: a}]}", "第 1 块不认识"),
    ("{id: x, label: 表, blocks: [{heading: 甲, level: 7}]}", "level 应为 1 至 4"),
    ("{id: x, label: 表, colour: red, blocks: []}", "colour"),
    ("{id: x, label: 表, blocks: [{table: 甲, columns: [1], rows: [{sied: a}]}]}", "第 1 行"),
    ("{id: x, label: 表, blocks: [{table: 甲, columns: [1], rows: [[{text: a, col: 2}]]}]}", "col"),
    ("{id: x, label: 表, blocks: [{table: 甲, columns: [1], nil: {blank: '0'}, rows: []}]}", "空白不是零"),
    ("{id: x, label: 表, blocks: [{list: {each: goals, item: a, marks: 'A)'}}]}", "marks"),
    ("{label: 表, blocks: []}", "缺少 id"),
    ("{id: x, label: 表, blocks: [{section: upright}]}", "portrait"),
    ("{id: x, label: 表, blocks: [{list: {each: gaols, item: a}}]}", "gaols"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_wrong_form_is_refused_with_its_place(text, said):
    """The person who wrote the file reads where the mistake is and which words exist."""
    with pytest.raises(BadForm, match=said):
        read_form(yaml.safe_load(text))


def test_a_field_that_records_do_not_have_is_named(sources, forms):
    """`<indicator.nmae>` is refused with the fields that exist."""
    form = read_form(
        yaml.safe_load("{id: x, label: 表, blocks: [{list: {each: indicators, item: '<indicator.nmae>'}}]}")
    )
    with pytest.raises(UnknownField, match=r"indicator\.name"):
        build_report(sources("yuelu-2021"), form, forms)


def test_an_unknown_form_lists_those_that_exist(forms):
    """Annexes are no forms of their own."""
    with pytest.raises(NoSuchForm, match="yuelu-2021") as refused:
        find_form("nowhere-2020", forms)
    assert "annex" not in str(refused.value)


def test_a_form_that_includes_nothing_that_exists_is_refused(tmp_path):
    """A dangling annex or include is found when the folder is loaded."""
    (tmp_path / "x.yaml").write_text("id: x\nlabel: 表\nannexes: [nowhere]\nblocks: []\n", encoding="utf-8")
    with pytest.raises(BadForm, match="nowhere"):
        load_forms(tmp_path)


def test_lists_side_by_side_stretch_the_first_item(sources, forms):
    """天心 2019: three process goals beside two effect goals; the first effect goal covers two rows."""
    report = build_report(sources("tianxin-2019"), forms["tianxin-2019"], forms)
    table = next(block for block in report.document.blocks if isinstance(block, Table))
    first = table.rows[1].cells
    assert [cell.text for cell in first[:2]] == ["1", "优抚对象医疗补助"]
    assert [cell.rowspan for cell in first] == [3, 3, 1, 1, 2, 2]
    assert table.rows[-1].cells[-1].text == "同部门整体支出绩效目标" and table.rows[-1].cells[-1].colspan == 4


def test_the_workbook_offers_the_forms_that_can_be_reported_in(forms):
    """报送表式: every form, no annex; an annex is printed behind a form and never chosen."""
    annexes = {name for name, form in forms.items() if form.is_annex}
    assert annexes and set(known_forms()) == set(forms) - annexes


def test_formulas_never_reach_into_another_sheet(sources, forms):
    """Whoever sends the first sheet alone sends true totals; an annex adds up its own numbers."""
    report = build_report(sources("qingshan-2024"), forms["yuelu-2021"], forms)
    section, where = 0, {}
    for block in report.document.blocks:
        section += isinstance(block, Section)
        for cell in (cell for row in block.rows for cell in row.cells) if isinstance(block, Table) else ():
            where[cell.name] = (section, cell)
    formed = {name: cell.formula for name, (_, cell) in where.items() if name and cell.formula}
    for name, formula in formed.items():
        assert {where[operand][0] for operand in operands(formula)} == {where[name][0]}
    basic = [name for name in formed if name.startswith("three_public.total:actual")]
    assert basic and isinstance(formed[basic[0]], SumOf)
