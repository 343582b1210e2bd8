"""A record is changed from the version that was read, taken back with a reason, and never loses its history."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rongji.accounts.refusals import NotAllowed
from rongji.documents.stored_files import FileRefused
from rongji.services.refusals import (
    RecordChanged,
    RecordHasChildren,
    RecordReasonMissing,
    RecordUnfit,
    RecordUnknown,
    RecordWithdrawn,
)
from rongji.services.selectors import record_page
from rongji.services.services import attach_file, change_record, detach_file, read_attached, withdraw_record

pytestmark = [pytest.mark.database, pytest.mark.django_db]
PDF = b"%PDF-1.4 sample"


def test_a_change_keeps_the_rest_and_tells_who_changed_what(desk):
    pk = desk.add(spent="1234.50", is_special="是")
    assert change_record(actor=desk.clerk, record_id=pk, version=1, answers={"visitors": "350"}, reason="补签到表") == 2
    page = record_page(desk.clerk, pk)
    assert page.row.cells["visitors"] == "350"
    assert page.row.cells["spent"] == "1234.5"
    assert page.row.values["spent"] == 123450
    first, second = page.history
    assert first.is_first
    assert second.fields == (("到场人次", "320", "350"),)
    assert second.reason == "补签到表"


def test_who_changed_it_meanwhile_is_told(desk):
    pk = desk.add()
    other = replace(desk.clerk, name="李示例", username="li", at=desk.clerk.at + timedelta(hours=1))
    change_record(actor=other, record_id=pk, version=1, answers={"visitors": "350"}, reason="核对")
    with pytest.raises(RecordChanged, match=r"李示例.*到场人次"):
        change_record(actor=desk.clerk, record_id=pk, version=1, answers={"placed": "3"}, reason="补录")


def test_saying_the_same_again_changes_nothing(desk):
    from rongji.services.models import RecordChange

    pk = desk.add()
    assert change_record(actor=desk.clerk, record_id=pk, version=1, answers={"visitors": "320"}, reason="核对") == 1
    assert RecordChange.objects.count() == 1


def test_a_change_is_judged_like_an_entry(desk):
    pk = desk.add()
    desk.add(name="秋风行动")
    with pytest.raises(RecordUnfit, match="不能大于"):
        change_record(actor=desk.clerk, record_id=pk, version=1, answers={"placed": "999"}, reason="补录")
    with pytest.raises(RecordUnfit, match="已经有了"):
        change_record(actor=desk.clerk, record_id=pk, version=1, answers={"name": "秋风行动"}, reason="补录")
    with pytest.raises(RecordReasonMissing):
        change_record(actor=desk.clerk, record_id=pk, version=1, answers={"visitors": "1"}, reason=" ")
    with pytest.raises(RecordUnknown):
        change_record(actor=desk.clerk, record_id=pk + 99, version=1, answers={}, reason="补录")


def test_a_station_can_neither_change_nor_receive_what_is_not_its_own(desk):
    mine, whole = desk.add(station="yunhu-e"), desk.add(name="全县的")
    with pytest.raises(NotAllowed):
        change_record(actor=desk.east_clerk, record_id=whole, version=1, answers={"visitors": "1"}, reason="补录")
    with pytest.raises(NotAllowed):
        change_record(actor=desk.east_clerk, record_id=mine, version=1, answers={"station": "yunhu-w"}, reason="移交")


def test_a_change_of_the_year_touches_both(desk):
    from rongji.services.models import RegisterYear

    pk = desk.add()
    change_record(actor=desk.clerk, record_id=pk, version=1, answers={"held_on": "2023-12-31"}, reason="年份错")
    years = dict(RegisterYear.objects.values_list("year", "records"))
    assert years == {2023: 1, 2024: 0}
    assert dict(RegisterYear.objects.values_list("year", "stamp")) == {2023: 1, 2024: 2}


def test_what_is_withdrawn_stays_to_be_read_and_counts_no_more(desk):
    from rongji.services.models import RegisterYear

    pk = desk.add()
    with pytest.raises(RecordReasonMissing):
        withdraw_record(actor=desk.clerk, record_id=pk, reason="")
    withdraw_record(actor=desk.clerk, record_id=pk, reason="重复登记")
    assert desk.listed().rows == ()
    assert [row.id for row in desk.listed(filters=_withdrawn()).rows] == [pk]
    assert record_page(desk.clerk, pk).history[-1].reason == "重复登记"
    assert RegisterYear.objects.get().records == 0
    with pytest.raises(RecordWithdrawn):
        withdraw_record(actor=desk.clerk, record_id=pk, reason="再撤")
    assert desk.add() != pk  # the same may be entered again


def test_what_others_hang_on_is_not_withdrawn(desk):
    fair = desk.add()
    desk.add("teams", fair="春风行动", founded_on="2024-02-01", name="红星队", level="村级", members=5)
    with pytest.raises(RecordHasChildren, match="1 条"):
        withdraw_record(actor=desk.clerk, record_id=fair, reason="重复")
    (group,) = record_page(desk.clerk, fair).children
    assert [row.title for row in group.rows] == ["红星队"]


def test_files_are_kept_once_and_read_back(desk, options):
    options()
    pk = desk.add()
    file = attach_file(actor=desk.clerk, record_id=pk, file_name="签到表.pdf", data=PDF)
    assert attach_file(actor=desk.clerk, record_id=pk, file_name="另名.pdf", data=PDF) == file
    assert read_attached(actor=desk.reviewer, file_id=file) == ("签到表.pdf", PDF)
    assert [item.title for item in record_page(desk.clerk, pk).files] == ["签到表"]
    with pytest.raises(FileRefused, match="不是 pdf 文件"):
        attach_file(actor=desk.clerk, record_id=pk, file_name="x.pdf", data=b"MZ")
    with pytest.raises(NotAllowed):
        attach_file(actor=desk.reviewer, record_id=pk, file_name="签到表.pdf", data=PDF)
    detach_file(actor=desk.clerk, file_id=file, reason="传错了")
    assert record_page(desk.clerk, pk).files == ()


def _withdrawn():
    from rongji.services.types import RecordFilters

    return RecordFilters(withdrawn=True)
