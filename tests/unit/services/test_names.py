"""A title that is a person's name stays with those who may see people, wherever the record is named."""

from datetime import date

import pytest

from rongji.services.refusals import FilterUnfit, RecordUnfit
from rongji.services.selectors import record_page
from rongji.services.types import RecordFilters

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NAME = "示例甲"
RESIDENTS = """
id: residents
label: 入住人员
area: 光荣院
unit: 人
fields:
  - {id: since, label: 入住日期, kind: day}
  - {id: who, label: 本人, kind: person}
day: since
title: who
person: who
"""
CARE = """
id: care
label: 护理记录
area: 光荣院
unit: 次
fields:
  - {id: done_on, label: 护理日期, kind: day}
  - {id: resident, label: 入住登记, kind: record, of: residents}
day: done_on
title: resident
parent: resident
"""


@pytest.fixture
def home(desk, legal):
    """A county with one resident and one care log, by number of the records."""
    from rongji.people.services import register_person
    from rongji.people.types import NewPerson, Sex

    legal.write("registers/residents.yaml", RESIDENTS)
    legal.write("registers/care.yaml", CARE)
    new = NewPerson(name=NAME, born_on=date(1955, 3, 4), sex=Sex.MALE)
    register_person(actor=desk.clerk, bureau="yunhu", new=new)
    desk.resident = desk.add("residents", since="2024-01-01", who=NAME)
    desk.log = desk.add("care", done_on="2024-01-02", resident=f"#{desk.resident}")
    return desk


@pytest.mark.parametrize("may", [True, False])
def test_a_record_that_names_another_says_no_more_than_that_one(home, may):
    actor = home.clerk if may else home.reviewer
    told = [record_page(actor, home.log), record_page(actor, home.resident), home.listed("care", actor=actor)]
    assert [NAME in repr(item) for item in told] == [may] * 3
    assert f"#{home.resident}" in record_page(actor, home.log).row.cells["resident"]


@pytest.mark.parametrize("register", ["residents", "care"])
def test_nobody_finds_out_by_searching(home, register):
    wanted = RecordFilters(text=NAME)
    assert home.listed(register, filters=wanted).count == 1
    with pytest.raises(FilterUnfit, match="人名"):
        home.listed(register, actor=home.reviewer, filters=wanted)


def test_a_question_which_one_is_meant_names_nobody_of_another_station(home):
    home.add("residents", since="2024-02-01", who=NAME)
    with pytest.raises(RecordUnfit) as refusal:
        home.add("care", actor=home.east_clerk, done_on="2024-01-03", resident=NAME)
    told = str(refusal.value)
    assert f"#{home.resident}" in told
    assert told.count(NAME) == 1  # what was typed
