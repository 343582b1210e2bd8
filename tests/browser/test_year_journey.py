"""A bureau's year in the browser: workbook in, result entered, number opened, final by one, approved by another."""

import re
from pathlib import Path

import pytest

from rongji.performance.workbook import load_example
from rongji.performance.workbook.template import write_template

pytestmark = [pytest.mark.browser, pytest.mark.journey]
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "qingshan-2024" / "year.yaml"
YEAR = "/years/qingshan/2024/"


@pytest.fixture
def workbook(tmp_path):
    """The made-up year as a filled-in workbook."""
    facts, _ = load_example(EXAMPLE)
    path = tmp_path / "青山县2024.xlsx"
    write_template(path, form="yuelu-2021", prefill=facts)
    return path


def upload(desk, path):
    """Choose a file and have it checked."""
    desk.open("/years/import/")
    desk.page.set_input_files("#workbook", path)
    desk.page.get_by_role("button", name="先检查，不写入").click()
    desk.page.wait_for_load_state("networkidle")


def test_from_the_workbook_to_the_approved_report(desk_of, bureau, workbook):
    """Two people, one year: every step in the browser, nothing typed twice."""
    officer = desk_of("performance_officer", organisation=bureau)
    import_the_workbook(officer, workbook)
    enter_a_result(officer)
    open_a_number(officer)
    finalise(officer)
    director = desk_of("director", organisation=bureau)
    approve(director)
    assert officer.complaints == director.complaints == []


def import_the_workbook(desk, workbook):
    """The dry run writes nothing and says what it would do; the confirmation leads to the year's dashboard."""
    upload(desk, workbook)
    assert "可以导入" in desk.words and "将新建 qingshan 2024 年度" in desk.words
    desk.page.get_by_role("button", name="确认导入").click()
    desk.page.wait_for_url(f"**{YEAR}")
    assert "已导入“青山县2024.xlsx”" in desk.words


def enter_a_result(desk):
    """A lower result costs points at once and asks for a reason; Enter leads to the next row; put right again."""
    desk.open(f"{YEAR}indicators/")
    field = desk.page.locator("input[name=actual]").first
    row = desk.page.locator("tr.rj-entry", has=desk.page.locator(f"#{field.get_attribute('id')}"))
    before, total = field.input_value(), desk.page.locator(".rj-score-number").inner_text()
    field.fill("1000")
    field.press("Enter")
    assert desk.page.evaluate("document.activeElement.name") == "actual"
    row.locator(".rj-gate").first.wait_for()
    assert "偏差原因" in row.inner_text() and desk.page.locator(".rj-score-number").inner_text() != total
    field.fill(before)
    field.press("Tab")
    desk.page.get_by_text("没有缺项，得分有效").wait_for()
    assert desk.page.locator(".rj-score-number").inner_text() == total


def open_a_number(desk):
    """A clicked rate shows how it came about; the figure it was computed from opens in turn."""
    desk.open(f"{YEAR}report/")
    desk.page.locator('.rj-sheet button[data-figure="evaluation.execution_rate"]').first.click()
    panel = desk.page.locator("#figure-panel .rj-figure")
    panel.wait_for()
    assert "怎么得出" in panel.inner_text() and "全年执行数 ÷ 全年预算数" in panel.inner_text()
    panel.locator("button.figure").first.click()
    desk.page.locator(
        '.rj-figure[data-key^="expenditure.total:actual"], .rj-figure[data-key^="funds.total:actual"]'
    ).wait_for()
    assert "含义" in panel.inner_text()


def finalise(desk):
    """All requirements hold, so the version is frozen and waits; its maker is not offered the approval."""
    desk.open(f"{YEAR}versions/")
    assert "全部满足要求" in desk.words
    desk.page.get_by_role("button", name="定稿并送审").click()
    desk.page.get_by_text("等待审批").wait_for(timeout=60_000)
    assert desk.page.get_by_role("button", name="批准").count() == 0


def approve(desk):
    """The director finds the proposal on the dashboard, approves, and the version is in force with all its files."""
    desk.open(YEAR)
    desk.page.get_by_role("link", name=re.compile("审批自评报告")).click()
    desk.page.get_by_role("button", name="批准").click()
    desk.page.get_by_text("已批准，本版即为生效版本").wait_for(timeout=60_000)
    files = desk.page.locator(".rj-files a").all_inner_texts()
    assert {"docx", "pdf", "xlsx", "html", "csv"} == {name.rpartition(".")[2] for name in files}
    assert "与批准的版本完全一致" in desk.words


def test_a_bad_cell_is_named_and_nothing_is_written(desk_of, bureau, workbook):
    """A spoiled amount: sheet, cell, what to write instead, a marked copy to take along, and no way to confirm."""
    from openpyxl import load_workbook

    book = load_workbook(workbook)
    sheet = book["预算执行"]
    cell = next(cell for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, int | float))
    cell.value = "一千多万"
    book.save(workbook)
    desk = desk_of("finance", organisation=bureau)
    upload(desk, workbook)
    assert "格必须改正" in desk.words and cell.coordinate in desk.words and "一千多万" in desk.words
    assert desk.page.get_by_role("button", name="确认导入").count() == 0
    with desk.page.expect_download() as taken:
        desk.page.get_by_role("link", name="下载标注了问题的工作簿").click()
    assert taken.value.suggested_filename == "青山县2024-问题标注.xlsx"


def test_a_file_of_another_kind_is_refused_in_words(desk_of, bureau, tmp_path):
    """A picture is no workbook."""
    path = tmp_path / "扫描件.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    desk = desk_of("finance", organisation=bureau)
    upload(desk, path)
    assert "不是可以导入的文件" in desk.words


def test_two_people_in_one_row_the_second_is_told(desk_of, bureau, import_example):
    """Whoever saves on top of an unseen change is refused and sees the new value."""
    import_example("qingshan-2024")
    first, second = (desk_of("clerk", organisation=bureau) for _ in range(2))
    for desk in (first, second):
        desk.open(f"{YEAR}indicators/")
    for desk, value in ((first, "3985"), (second, "3900")):
        field = desk.page.locator("input[name=actual]").first
        field.fill(value)
        with desk.page.expect_response(lambda answer: "/indicators/" in answer.url):
            field.press("Tab")
    second.page.locator(".rj-refusal").wait_for()
    assert "已被" in second.page.locator(".rj-refusal").inner_text()
    assert second.page.locator("input[name=actual]").first.input_value() == "3985"


def test_a_typed_number_is_flagged_and_a_picked_one_is_printed(desk_of, bureau, import_example):
    """The editor shows what will be printed: digits that nobody backs are marked, a picked figure is a door."""
    import_example("qingshan-2024")
    desk = desk_of("clerk", organisation=bureau)
    desk.open(f"{YEAR}texts/")
    desk.page.locator("#body").fill("全年共服务 98765 人次，实有人数")
    desk.page.locator(".rj-preview mark.rj-unbacked", has_text="98765").wait_for()
    desk.page.get_by_placeholder("找数据").fill("实有人数")
    desk.page.locator(".rj-choice:visible").first.click()
    desk.page.locator('.rj-preview button[data-figure^="staff.total"]').wait_for()
    assert "{{staff.total" in desk.page.locator("#body").input_value()
    assert desk.complaints == []


def test_a_figure_is_corrected_where_it_is_read(desk_of, bureau, import_example):
    """The panel takes a new number with its source; a word is refused with what to write, and nothing changes."""
    import_example("qingshan-2024")
    desk = desk_of("finance", organisation=bureau)
    desk.open(f"{YEAR}report/?open=staff.serving:actual")
    panel = desk.page.locator("#figure-panel .rj-figure")
    panel.get_by_text("更正这个数").click()
    panel.get_by_label("改为").fill("四十多")
    panel.get_by_role("button", name="保存更正").click()
    panel.locator(".alert-danger").wait_for()
    assert "阿拉伯数字" in panel.locator(".alert-danger").inner_text()
    panel.get_by_label("改为").fill("44")
    panel.get_by_role("button", name="保存更正").click()
    panel.locator(".alert-success").wait_for()
    assert "44人" in panel.inner_text() and "45 → 44" in panel.inner_text()


def test_objectives_are_drafted_by_one_and_decided_by_another(desk_of, bureau, import_example):
    """Draft and proposal by the officer, the decision by the director; the version is then in force."""
    import_example("qingshan-2024")
    officer = desk_of("performance_officer", organisation=bureau)
    officer.open(f"{YEAR}objectives/")
    officer.page.get_by_role("button", name="按现在的表起草").click()
    officer.page.get_by_role("button", name="提交批复").click()
    officer.page.get_by_text("已提交审批").wait_for()
    director = desk_of("director", organisation=bureau)
    director.open(f"{YEAR}objectives/")
    director.page.get_by_role("button", name="批复").click()
    director.page.get_by_text("绩效目标已批复").wait_for()
    assert "已批复" in director.words and officer.complaints == director.complaints == []


def test_a_red_light_waits_until_it_is_answered(desk_of, bureau, import_example):
    """Planned and not paid: red at the end of the year, with a cause and a measure no longer waiting."""
    import_example("qingshan-2024")
    desk = desk_of("finance", organisation=bureau)
    desk.open(f"{YEAR}monitoring/")
    assert "还没有编制序时计划" in desk.words
    desk.page.set_input_files("input[name=plan]", EXAMPLE.with_name("monitoring.csv"))
    desk.page.get_by_role("button", name="上传计划").click()
    desk.page.get_by_text("灯还没有答复").wait_for()
    before = desk.page.get_by_text("要答复").count()
    desk.page.get_by_text("要答复").first.click()
    desk.page.get_by_label("原因").locator("visible=true").fill("支付凭证尚未导入")
    desk.page.get_by_label("纠偏措施").locator("visible=true").fill("年末前补录凭证")
    desk.page.get_by_label("完成时限").locator("visible=true").fill("2024-12-31")
    desk.page.get_by_role("button", name="答复").locator("visible=true").click()
    desk.page.get_by_text("已答复").first.wait_for()
    assert desk.page.get_by_text("要答复").count() == before - 1 and "年末前补录凭证" in desk.words
