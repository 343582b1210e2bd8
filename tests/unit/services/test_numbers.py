"""Personal numbers in registers: sealed, masked in lists, files and histories, shown for a reason, re-keyed."""

import pytest
from pydantic import SecretStr
from unit.services.tables import opened as workbook
from unit.services.tables import table
from whole_database import lies_open

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.people.refusals import NothingToReveal, ReasonMissing
from rongji.services import services
from rongji.services.exports import export_records
from rongji.services.imports import import_file, import_rows, preview
from rongji.services.imports.headings import NUMBER_LABEL
from rongji.services.models import Record, RecordChange
from rongji.services.refusals import RecordFileRefused, RecordUnfit
from rongji.services.selectors import record_page

pytestmark = [pytest.mark.database, pytest.mark.django_db]
OLD, NEW, CARD = "13800001234", "13900004321", "6222020000000000000"
HELPERS = """
id: helpers
label: 联络员名册
area: 联系服务
unit: 人
fields:
  - {id: since, label: 起始日期, kind: day}
  - {id: name, label: 姓名, kind: text}
  - {id: phone, label: 手机号, kind: secret, number: phone}
  - {id: card, label: 补贴账号, kind: secret, number: account, needed: false}
  - {id: desk, label: 值班电话, kind: text, open_numbers: true, needed: false}
  - {id: remark, label: 备注, kind: long, needed: false}
day: since
title: name
one: [phone]
measures: [{id: number, label: 联络员, unit: 人, definition: 联络员人数}]
"""
LOOSE = HELPERS.replace("id: helpers", "id: loose").replace("one: [phone]\n", "")
ONE = {"since": "2024-03-01", "name": "李四", "phone": "138 0000 1234", "card": CARD, "desk": "0730-8800123"}
HEAD = ("起始日期", "姓名", "手机号", "值班电话", "备注")


@pytest.fixture(autouse=True)
def helpers(legal):
    """Two registers that ask for a telephone: one in which it tells records apart, one in which nothing does."""
    legal.write("registers/helpers.yaml", HELPERS)
    legal.write("registers/loose.yaml", LOOSE)


def shown(desk, record, name="phone", reason="打电话核对名册", by=None):
    return services.reveal_number(actor=by or desk.clerk, record_id=record, name=name, reason=reason)


def test_whatever_is_typed_no_table_holds_the_number(desk):
    """Form, grid, table, change, withdrawal, file; and the telephone of a desk stays."""
    made = desk.add("helpers", **ONE, remark=f"旧号{NEW}")
    import_rows(actor=desk.clerk, bureau="yunhu", register="helpers",
                rows=[{"since": "2024-03-02", "name": f"王五{NEW}", "phone": NEW}])  # fmt: skip
    data = table(HEAD, ("2024-03-03", "赵六", 13700001111, "12345", f"卡{CARD}"))
    import_file(actor=desk.clerk, bureau="yunhu", register="helpers", source=data, file_name=f"{NEW}.xlsx")
    services.change_record(
        actor=desk.clerk, record_id=made, version=1, answers={"phone": "13600002222"}, reason=f"换号{OLD}"
    )
    services.attach_file(
        actor=desk.clerk, record_id=made, file_name=f"{OLD}.pdf", data=b"%PDF-1.4 x", title=f"{OLD}登记"
    )
    services.withdraw_record(actor=desk.clerk, record_id=made, reason=f"空号{NEW}")
    assert lies_open(OLD, NEW, CARD, "13700001111", "13600002222", "138 0000 1234") == []
    assert Record.objects.get(pk=made).values["desk"] == "0730-8800123"


def test_lists_pages_and_histories_show_the_masked_form(desk):
    made = desk.add("helpers", **ONE)
    services.change_record(actor=desk.clerk, record_id=made, version=1, answers={"phone": NEW}, reason="换号")
    page = record_page(desk.clerk, made)
    assert (page.row.cells["phone"], page.row.values["phone"]) == ("139****4321", "139****4321")
    assert page.row.cells["card"] == "**** 0000"
    assert page.history[1].fields == (("手机号", "138****1234", "139****4321"),)
    assert desk.listed("helpers").rows[0].cells["phone"] == "139****4321"


def test_files_hold_the_masked_form_and_change_nothing_when_they_come_back(desk):
    """A list that is exported, filled in and imported keeps the numbers that stand in it masked."""
    made = desk.add("helpers", **ONE)
    data = export_records(actor=desk.clerk, bureau="yunhu", register="helpers")
    cells = [cell.value for row in workbook(data).active.iter_rows() for cell in row]
    assert "138****1234" in cells and OLD not in str(cells)
    outcome = import_file(actor=desk.clerk, bureau="yunhu", register="helpers", source=data, file_name="名册.xlsx")
    assert (outcome.unchanged, outcome.changed, outcome.added) == (1, 0, 0)
    corrected = table((NUMBER_LABEL, "姓名", "手机号"), (made, "李四光", "138****1234"))
    outcome = import_file(actor=desk.clerk, bureau="yunhu", register="helpers", source=corrected, file_name="名册.xlsx")
    assert outcome.changed == 1 and shown(desk, made) == OLD


@pytest.mark.parametrize("register", ["helpers", "loose"])
def test_the_same_table_twice_adds_nothing(desk, register):
    """Equal numbers are known by their index, however they are sealed, told apart by it or not."""
    data = table(HEAD, ("2024-03-03", "赵六", OLD, None, None), ("2024-03-04", "孙七", NEW, None, None))
    first, second = (
        import_file(actor=desk.clerk, bureau="yunhu", register=register, source=data, file_name="名册.xlsx")
        for _ in range(2)
    )
    assert (first.added, second.added, second.unchanged) == (2, 0, 2)


def test_a_second_record_of_the_same_number_is_refused(desk):
    desk.add("helpers", **ONE)
    with pytest.raises(RecordUnfit, match="手机号"):
        desk.add("helpers", **{**ONE, "name": "同号", "phone": "+86 138-0000-1234"})


WRONG = [("13800", "11 位手机号"), ("138****1234", "遮盖过的号码"), ("", "请填写“手机号”"), (1.38e17, "有误")]


@pytest.mark.parametrize(("phone", "said"), WRONG)
def test_a_wrong_number_is_refused_and_not_told_again(desk, phone, said):
    with pytest.raises(RecordUnfit) as refused:
        desk.add("helpers", **{**ONE, "phone": phone})
    assert said in str(refused.value.problems[0])


def test_a_wrong_number_in_a_table_is_marked_without_telling_it(desk):
    """An account that Excel has cut to fifteen digits is refused, too."""
    wide = (*HEAD[:3], "补贴账号")
    data = table(wide, ("2024-03-03", "赵六", "1370000111122", None), ("2024-03-04", "孙七", NEW, 6222020000000000000))
    outcome = preview(actor=desk.clerk, bureau="yunhu", register="helpers", source=data, file_name="名册.xlsx")
    told = [(item.cell.what, item.cell.found) for item in outcome.findings]
    assert any("“手机号”有误" in what and not found for what, found in told)
    assert any("Excel 只保留前 15 位" in what for what, _ in told) and "1370000111122" not in str(told)
    with pytest.raises(RecordFileRefused):
        import_file(actor=desk.clerk, bureau="yunhu", register="helpers", source=data, file_name="名册.xlsx")


def test_a_change_that_leaves_the_number_masked_changes_nothing(desk):
    """As the form offers it; typed whole again it is the same number, too."""
    made = desk.add("helpers", **ONE)
    for phone in ("138****1234", OLD):
        answers = {"phone": phone, "card": "**** 0000"}
        assert services.change_record(actor=desk.clerk, record_id=made, version=1, answers=answers, reason="核对") == 1
    assert RecordChange.objects.filter(record=made).count() == 1


def test_a_number_is_shown_in_full_for_a_reason_that_the_trail_keeps(desk, actor):
    made = desk.add("helpers", **ONE)
    assert (shown(desk, made), shown(desk, made, "card")) == (OLD, CARD)
    entries = TrailEntry.objects.filter(action="services.reveal_number")
    assert [entry.detail["what"] for entry in entries.order_by("sequence")] == ["phone", "card"]
    assert all("打电话核对名册" in entry.summary and entry.subject_id == str(made) for entry in entries)
    with pytest.raises(ReasonMissing):
        shown(desk, made, reason="看")
    for name in ("remark", "desk", "nothing"):
        with pytest.raises(NothingToReveal):
            shown(desk, made, name)
    for viewer in (desk.reviewer, desk.east_clerk, actor("director", organisation=desk.bureau)):
        with pytest.raises(NotAllowed):
            shown(desk, made, by=viewer)
    assert entries.count() == 2


def test_numbers_follow_a_change_of_keys(desk, options, actor):
    """Records, their histories, and what tells them apart."""
    made = desk.add("helpers", **ONE)
    services.change_record(actor=desk.clerk, record_id=made, version=1, answers={"phone": NEW}, reason="换号")
    fresh, index = (
        SecretStr("k9:" + "another-long-secret-of-this-test-0001"),
        SecretStr("another-index-key-of-this-0001"),
    )
    options(data_keys=(fresh, *options().data_keys), index_key=index)
    assert services.rekey_records(actor=actor("administrator", username="keeper")) == 3
    options(data_keys=(fresh,), index_key=index)
    assert shown(desk, made) == NEW
    assert record_page(desk.clerk, made).history[1].fields == (("手机号", "138****1234", "139****4321"),)
    with pytest.raises(RecordUnfit):  # found by the present index
        desk.add("helpers", **{**ONE, "phone": NEW})
    with pytest.raises(NotAllowed):
        services.rekey_records(actor=desk.clerk)


def test_a_plain_answer_of_before_crashes_no_page(desk):
    """It is masked like any other, and sealed by the next change."""
    made = desk.add("helpers", **ONE)
    Record.objects.filter(pk=made).update(values={"since": "2024-03-01", "name": "李四", "phone": OLD})
    assert record_page(desk.clerk, made).row.cells["phone"] == "138****1234"
    services.change_record(actor=desk.clerk, record_id=made, version=1, answers={"name": "李四光"}, reason="更名")
    assert OLD not in str(Record.objects.get(pk=made).values)
    assert shown(desk, made) == OLD
