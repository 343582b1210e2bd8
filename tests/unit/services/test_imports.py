"""A table is judged row by row, compared with what stands, and taken over whole or not at all."""

from datetime import date, datetime

import pytest
from unit.services.tables import opened, saved, sheets, table

from rongji.services.exports import export_records, safe
from rongji.services.imports import (
    grid_rows,
    import_file,
    import_rows,
    preview,
    preview_rows,
    template,
    write_marked,
)
from rongji.services.imports.outcome import RowState
from rongji.services.refusals import RecordFileRefused

pytestmark = [pytest.mark.database, pytest.mark.django_db]
HEAD = ("举办日期", "名称", "形式", "到场人次")
CLUMSY = (
    ("云湖县 2024 年招聘会登记表", None, None, None, None, None),
    ("序 号", "举办日期 ", "招聘会名称", "形 式", "到场人次（人次）", "花费"),
    (1, datetime(2024, 3, 1), "第一场", "线下", "３２０", 1234.5),
    (2, "2024年3月2日", "第二场 ", " 线上", "1,280人次", "2,000元"),
    (None, None, None, None, None, None),
    (3, 45354, "第三场", "线下", 15.0, None),
    ("合计", None, None, None, 1615, 3234.5),
    ("制表人：", None, None, None, None, None),
)


@pytest.fixture
def take(desk):
    """Preview or import a table of fairs as the clerk."""

    def make(data: bytes, act=import_file, **fields):
        told = {"actor": desk.clerk, "bureau": "yunhu", "register": "fairs", **fields}
        return act(source=data, file_name="招聘会.xlsx", **told)

    return make


def stored(register: str = "fairs"):
    from rongji.services.models import Record

    rows = Record.objects.filter(register=register, withdrawn_on=None).order_by("day", "id")
    return [row.values for row in rows]


def test_a_clumsy_table_is_understood(take):
    outcome = take(table(*CLUMSY, merge="A1:F1"))
    assert (outcome.added, outcome.errors) == (3, 0)
    assert stored() == [
        {"held_on": "2024-03-01", "name": "第一场", "kind": "线下", "visitors": 320, "spent": 123450},
        {"held_on": "2024-03-02", "name": "第二场", "kind": "线上", "visitors": 1280, "spent": 200000},
        {"held_on": "2024-03-03", "name": "第三场", "kind": "线下", "visitors": 15},
    ]
    assert any("合计行" in note for note in outcome.notes)


def test_a_sheet_of_sentences_stops_nothing_and_one_of_columns_does(take):
    notes = [["请各乡镇于12月20日前报送"], ["联系股室：办公室"]]
    outcome = take(sheets({"要求": notes, "台账": CLUMSY}))
    assert (outcome.added, outcome.errors, outcome.warnings) == (3, 0, 1)
    assert [(item.cell.sheet, item.cell.address) for item in outcome.findings] == [("要求", "整表")]
    other = [["村组", "户数"], ["红星", 3]]
    outcome = take(sheets({"别的": other, "台账": CLUMSY}), act=preview)
    assert (outcome.errors, outcome.findings[0].cell.sheet) == (1, "别的")


def test_the_same_table_again_adds_nothing_and_says_so(take):
    take(table(*CLUMSY, merge="A1:F1"))
    again = take(table(*CLUMSY, merge="A1:F1"))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert again.is_empty


def test_a_corrected_row_changes_the_record_that_it_is_about(take, desk):
    from rongji.services.selectors import record_page

    take(table(HEAD, ("2024-03-01", "第一场", "线下", 320)))
    outcome = take(table(HEAD, ("2024-03-01", "第一场", "线下", 325), ("2024-03-02", "第二场", "线下", 20)))
    assert (outcome.added, outcome.changed) == (1, 1)
    assert [item.line for item in outcome.changes] == ["第 2 行 第一场　到场人次：320 → 325"]
    row = desk.listed().rows[1]
    assert row.version == 2
    assert record_page(desk.clerk, row.id).history[-1].reason.startswith("导入")


def test_what_a_row_leaves_blank_stays_as_it_is(take):
    take(table((*HEAD, "备注"), ("2024-03-01", "第一场", "线下", 320, "签到表在档")))
    take(table((*HEAD, "备注"), ("2024-03-01", "第一场", "线下", 325, None)))
    assert stored()[0]["remark"] == "签到表在档"


def test_a_dry_run_finds_everything_and_writes_nothing(take):
    data = table(
        (*HEAD, "达成就业", "承办站点"),
        ("2024-03-01", "第一场", "线下", "近300", 1, None),
        ("2024-03-35", "第二场", "空中", 20, 30, "南湖站"),
        ("2024-03", "", "线下", "", None, None),
        ("2024-03-04", "第四场", "线下", 20, 30, None),
        ("2024-03-05", "第五场", "线下", 20, 3, None),
        ("2024-03-05", "第五场", "线上", 20, 3, None),
    )
    outcome = take(data, preview)
    found = {(item.row, item.field) for item in outcome.findings}
    assert found == {
        (2, "visitors"), (3, "held_on"), (3, "kind"), (3, "station"), (4, "held_on"), (4, "name"), (4, "visitors"),
        (3, "placed"), (5, "placed"), (7, "held_on"),
    }  # fmt: skip
    assert outcome.states == {
        2: RowState.REFUSED, 3: RowState.REFUSED, 4: RowState.REFUSED, 5: RowState.REFUSED, 6: RowState.ADDED,
        7: RowState.REFUSED,
    }  # fmt: skip
    assert all(item.cell.remedy.startswith("请") or "请" in item.sentence for item in outcome.findings)
    with pytest.raises(RecordFileRefused) as refused:
        take(data)
    assert refused.value.outcome.errors == outcome.errors
    assert stored() == []


def test_the_users_own_file_comes_back_marked(take, tmp_path):
    data = table(HEAD, ("2024-03-01", "第一场", "线下", "近300"))
    outcome = take(data, preview)
    write_marked(tmp_path / "marked.xlsx", data, outcome)
    book = opened((tmp_path / "marked.xlsx").read_bytes())
    sheet = book["登记"]
    assert sheet["D2"].fill.fgColor.rgb == "FFFFD9D6"
    assert "准确的数" in sheet["E2"].value
    assert book.sheetnames[-1] == "备查问题清单"
    sheet["D2"] = 300
    assert take(saved(book)).added == 1  # what the marking added is passed over


def test_a_table_without_its_needed_columns_is_refused(take):
    outcome = take(table(("举办日期", "名称"), ("2024-03-01", "第一场")), preview)
    assert "形式、到场人次" in outcome.findings[-1].sentence
    assert take(table(("甲", "乙"), ("x", "y")), preview).errors == 2


@pytest.mark.parametrize(
    ("title", "spent", "visitors", "told"),
    [
        ("招聘会登记表", "花费（万元）", "到场人次", "“花费”的单位写的是“万元”，登记的是元"),
        ("招聘会登记表　单位：万元", "花费", "到场人次", "“花费”的单位写的是“万元”"),
        ("招聘会登记表", "花费", "到场人次(万人次)", "“到场人次”的单位写的是“万人次”，登记的是人次"),
        ("招聘会登记表", "花费", "到场人次（百）", "“百人次”"),
        ("招聘会登记表　单位：元", "花费（元）", "到场人次（人次）", ""),
        ("万人招聘会登记表（十场）", "花费", "到场人次", ""),
    ],
)
def test_what_is_told_in_ten_thousands_is_not_taken_as_ones(take, title, spent, visitors, told):
    head = ("举办日期", "名称", "形式", visitors, spent)
    outcome = take(table((title, None, None, None, None), head, ("2024-03-01", "甲", "线下", 3, 1.5)), preview)
    assert [told in item.sentence for item in outcome.findings] == ([True] if told else [])


def test_the_template_is_read_back_and_its_example_is_no_record(take, desk):
    data = template(actor=desk.clerk, bureau="yunhu", register="fairs")
    assert take(data, preview).rows == 0
    book = opened(data)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][1:5] == ["举办日期", "名称", "形式", "承办站点"]
    assert "必填" in sheet["B1"].comment.text
    assert sheet["A2"].value == "示例"
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert '"线下,线上"' in lists
    assert [cell.value for cell in book["备查选项"]["A"]][1:] == [
        "云湖县退役军人事务局",
        "东山镇服务站",
        "西河镇服务站",
    ]
    assert book["备查选项"].protection.sheet
    for index, value in enumerate(("2024-03-01", "第一场", "线下", "西河镇服务站", "12"), 2):
        sheet.cell(3, index, value)
    assert take(saved(book)).added == 1
    assert stored()[0]["station"] == "yunhu-w"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_changes_nothing_when_it_is_imported_again(take, desk, kind):
    for n, name in enumerate(("=1+1", "+86", "-减", "@x", "'=y", '引"号,逗号', "普通")):
        desk.add(
            held_on=f"2024-03-0{n + 1}", name=name, spent="1234.50", hours="4.5", is_special="是", station="yunhu-e"
        )
    data = export_records(actor=desk.clerk, bureau="yunhu", register="fairs", kind=kind)
    before = stored()
    outcome = take(data)
    assert (outcome.unchanged, outcome.added, outcome.changed, outcome.errors) == (7, 0, 0, 0)
    assert stored() == before


def test_no_cell_of_an_export_is_a_formula(desk):
    desk.add(name="=cmd|' /C calc'!A0")
    text = export_records(actor=desk.clerk, bureau="yunhu", register="fairs", kind="csv").decode("utf-8-sig")
    assert ",'=cmd" in text
    book = opened(export_records(actor=desk.clerk, bureau="yunhu", register="fairs"))
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert [safe(text) for text in ("=1", "一", "'=1", "'一")] == ["'=1", "一", "''=1", "'一"]


def test_an_export_corrected_by_number_may_change_what_tells_the_record(take, desk):
    pk = desk.add()
    book = opened(export_records(actor=desk.clerk, bureau="yunhu", register="fairs"))
    sheet = book.worksheets[0]
    assert (sheet["A1"].value, sheet["A2"].value) == ("登记编号", str(pk))
    sheet["C2"] = "春风行动（更名）"
    assert take(saved(book)).changed == 1
    assert stored()[0]["name"] == "春风行动（更名）"
    sheet["A2"] = pk + 99
    outcome = take(saved(book), preview)
    assert "没有编号" in outcome.findings[0].sentence


def test_a_correction_never_makes_two_records_the_same(desk):
    first, second = desk.add(name="甲"), desk.add(name="乙")
    fair = {"held_on": "2024-03-05", "kind": "线下", "visitors": 1}
    told = {"actor": desk.clerk, "bureau": "yunhu", "register": "fairs"}
    for rows in (
        [{"#": first, "name": "乙"}],  # what stands
        [{"#": first, "name": "丙"}, {"#": second, "name": "丙"}],  # what another row corrects
        [{"#": first, "name": "丙"}, {**fair, "name": "丙"}],  # what another row adds
        [{**fair, "name": "丙"}, {"#": first, "name": "丙"}],
        [{"#": first, "name": "乙"}, {"#": second, "name": "甲"}],  # names that change places
    ):
        with pytest.raises(RecordFileRefused) as refusal:
            import_rows(rows=rows, **told)
        assert "“举办日期”、“名称”" in refusal.value.outcome.findings[0].sentence
    assert [values["name"] for values in stored()] == ["甲", "乙"]


def test_records_without_identity_are_the_same_when_they_say_the_same(desk):
    rows = [{"due": "2024-12", "what": "建成陵园"}, {"due": "2024-12", "what": "建成陵园"}]
    told = {"actor": desk.clerk, "bureau": "yunhu", "register": "tasks"}
    assert import_rows(rows=rows, **told).added == 2
    outcome = import_rows(rows=[*rows, rows[0]], **told)
    assert (outcome.unchanged, outcome.added) == (2, 1)


def test_what_stands_once_is_not_met_by_two_rows_however_far_apart(desk, monkeypatch):
    monkeypatch.setattr("rongji.services.imports.importing.AT_ONCE", 2)
    same, other = {"due": "2024-12", "what": "建成陵园"}, {"due": "2024-11", "what": "别的"}
    desk.add("tasks", **same)
    outcome = import_rows(actor=desk.clerk, bureau="yunhu", register="tasks", rows=[same, other, same])
    assert (outcome.unchanged, outcome.added) == (1, 2)
    assert [values["what"] for values in stored("tasks")].count("建成陵园") == 2


def test_pasted_cells_go_the_same_way(desk, legal):
    from rongji.law.registers import register

    told = {"actor": desk.clerk, "bureau": "yunhu", "register": "fairs"}
    lines = [["举办日期", "名称", "形式", "到场人次"], ["2024.3.1", "第一场", "线下", "３2"], ["", "", "", ""]]
    rows = grid_rows(register("fairs"), lines)
    assert rows == [{"held_on": "2024.3.1", "name": "第一场", "kind": "线下", "visitors": "３2"}]
    assert grid_rows(register("fairs"), [["第二场", "线上"]], start="name") == [{"name": "第二场", "kind": "线上"}]
    outcome = preview_rows(rows=[*rows, {"held_on": "明天"}], **told)
    assert outcome.states == {1: RowState.ADDED, 2: RowState.REFUSED}
    assert {item.field for item in outcome.by_row()[2]} == {"held_on", "name", "kind", "visitors"}
    import_rows(rows=rows, **told)
    assert stored()[0]["held_on"] == "2024-03-01"


def test_a_stations_clerk_imports_for_the_own_station_only(take, desk):
    data = table(
        (*HEAD, "承办站点"),
        ("2024-03-01", "一", "线下", 1, "东山镇服务站"),
        ("2024-03-01", "二", "线下", 1, "西河镇服务站"),
    )
    outcome = take(data, preview, actor=desk.east_clerk)
    assert [(item.row, item.field) for item in outcome.findings] == [(3, "station")]
    assert "权限" in outcome.findings[0].sentence


def test_a_record_of_another_station_is_not_changed_by_import(take, desk):
    desk.add(station="yunhu-w")
    data = table((*HEAD, "承办站点"), ("2024-03-05", "春风行动", "线下", 1, "东山镇服务站"))
    assert not take(data, preview, actor=desk.east_clerk).is_clean


def test_a_day_told_to_the_month_or_in_two_digits_is_refused(take):
    rows = [("2024-03", "一", "线下", 1), ("24-3-1", "二", "线下", 1), (date(2024, 3, 1), "三", "线下", 1)]
    outcome = take(table(HEAD, *rows), preview)
    assert [item.row for item in outcome.findings] == [2, 3]


def test_a_value_like_a_signature_is_no_reason_to_drop_a_row(take):
    assert take(table(HEAD, ("2024-03-01", "负责人", "线下", 1), ("2024-03-02", "合计", "线下", 1))).added == 2


def test_no_number_of_a_person_is_repeated_in_a_finding(desk):
    rows = [{"held_on": "2024-03-01", "name": "一", "kind": "线下", "visitors": "3", "lead": "430122195803050011"}]
    told = {"actor": desk.clerk, "bureau": "yunhu", "register": "fairs"}
    (finding,) = preview_rows(rows=rows, **told).findings
    assert finding.field == "lead"
    assert "195803050011" not in repr(finding)


ODD = [float("inf"), float("nan"), "9" * 5000, "\ud800", "\x00", {"a": 1}, [1], True, 10**40, "1e9"]


@pytest.mark.parametrize("odd", ODD)
def test_no_odd_cell_is_more_than_a_finding(desk, odd):
    told = {"actor": desk.clerk, "bureau": "yunhu", "register": "fairs"}
    good = {"held_on": "2024-03-01", "name": "第一场", "kind": "线下", "visitors": "3"}
    for field in ("held_on", "kind", "visitors", "spent", "hours", "is_special", "station", "lead", "#"):
        outcome = preview_rows(rows=[{**good, field: odd}], **told)
        assert outcome.rows == 1
        assert all("。" in item.sentence for item in outcome.findings)
