"""What a roster tells held against what the file says: closed categories, deaths, ended identities, other files."""

from datetime import date

import pytest
from unit.people.imports.desk import LATER
from unit.people.imports.sheets import account_of, number_of

from rongji.awards.selectors import awards_of
from rongji.kernel.month import Month
from rongji.people import services
from rongji.people.imports.sheet_writing import export_roster
from rongji.people.models import Identity, Person
from rongji.people.refusals import BadRoster
from rongji.people.types import NewPerson, NewResidence, Sex

pytestmark = pytest.mark.database

HEADINGS = ("档案号", "姓名", "身份证号", "性别", "出生日期", "人员类别", "残疾等级", "残疾性质", "批准时间",
            "起始时间", "待遇终止时间", "死亡时间", "村", "备注")  # fmt: skip
PLAIN = dict.fromkeys(HEADINGS, "") | {
    "姓名": "张三", "身份证号": number_of(11), "人员类别": "参战退役人员", "批准时间": "2018-08-01",
    "村": "石桥镇红星村",
}  # fmt: skip


def row(**cells):
    """The plain row with other cells."""
    return tuple((PLAIN | cells).values())


def problems(desk, *rows, day=LATER):
    """Column letter, level and words of everything that is wrong."""
    found = desk.look([HEADINGS, *rows], day).problems
    return [(item.address, item.level.value, item.what) for item in found]


CLOSED = [
    ("12", "2021-12-31", ""),
    ("12", "2022-01-01", "“伤残国家机关工作人员”自 2022-01-01 起不再新认定，这一行从 2022-01 起"),
    ("C4", "2020-12-31", ""),
    ("C4", "2021-01-01", "“自主择业军转干部”自 2021-01-01 起不再新认定，这一行从 2021-01 起"),
]


@pytest.mark.parametrize(("category", "approved", "what"), CLOSED, ids=[f"{row[0]} {row[1]}" for row in CLOSED])
def test_a_closed_category_takes_those_who_were_in_it_before(desk, category, approved, what):
    """On both sides of the day on which it was closed."""
    grade = {"残疾等级": "七级", "残疾性质": "因公"} if category == "12" else {}
    told = problems(desk, row(人员类别=category, 批准时间=approved, **grade))
    assert [item for item in told if item[1] == "error"] == ([("F2", "error", what)] if what else [])


def test_whoever_is_in_a_closed_category_stays_in_it_with_a_later_grade(desk):
    """A grade approved after the closing is no new identity."""
    officer = {"人员类别": "12", "残疾等级": "七级", "残疾性质": "因公", "批准时间": "2015-06-01"}
    desk.take([HEADINGS, row(**officer)])
    later = row(**officer | {"残疾等级": "六级", "批准时间": "2024-05-01"})
    assert desk.take([HEADINGS, later], LATER).changed == 1
    (held,) = desk.file("张三").identities
    assert held.first_month == Month.of(2015, 6)


def test_a_person_whose_benefit_ended_begins_again_with_a_new_approval(desk, tmp_path):
    """The first run of months stays as it was; without a new approval nothing begins again, and that is said."""
    desk.take([HEADINGS, row(批准时间="2010-03-01", 待遇终止时间="2015-12-20")])
    silent = problems(desk, row(批准时间="", 起始时间="2010-04"))
    assert silent == [("F2", "warning", "在册这类身份已于 2015-12 终止，名册没有写新的批准时间，没有恢复")]
    desk.take([HEADINGS, row(批准时间="2020-05-01")], LATER)
    runs = [(str(item.first_month), str(item.last_month or "")) for item in desk.file("张三").identities]
    assert runs == [("2010-03", "2015-12"), ("2020-05", "")]
    terms = [award.terms[0] for award in awards_of(Person.objects.get().pk, known_on=LATER)]
    assert [(term.basis_on, term.ended_on) for term in terms] == [
        (date(2010, 3, 1), date(2015, 12, 20)),
        (date(2020, 5, 1), None),
    ]
    assert desk.take([HEADINGS, row(批准时间="2020-05-01")], LATER).change_count == 0
    export_roster(actor=desk.actor_on(LATER), bureau="yl", path=tmp_path / "在册.xlsx")
    again = desk.take((tmp_path / "在册.xlsx").read_bytes(), LATER)
    assert (again.errors, again.warnings, again.change_count) == (0, 0, 0), desk.lines(again)


def test_two_runs_of_one_category_are_two_rows_unless_they_share_months(desk):
    """Told in one roster from the start."""
    first, second = row(批准时间="2010-03-01", 待遇终止时间="2015-12-20"), row(批准时间="2020-05-01")
    assert desk.take([HEADINGS, first, second]).errors == 0
    assert len(desk.file("张三").identities) == 2
    told = problems(desk, row(批准时间="2010-03-01", 待遇终止时间="2020-12-20"), second)
    assert any("同一个人、同一类别" in item[2] for item in told)


DEATHS = [
    ("still on the roster", {}, ("B2", "warning", "在册已登记 2024-03-10 去世，名册没有写死亡时间")),
    ("approved after it", {"批准时间": "2024-06-01"},
     ("I2", "error", "在册已登记 2024-03-10 去世，批准时间 2024-06-01 在其后")),
    ("before the identity", {"死亡时间": "2017-05-01", "批准时间": "", "起始时间": "2017-02"},
     ("L2", "error", "死亡时间 2017-05-01 早于在册的身份（2018-08-01）")),
    ("told as it is known", {"死亡时间": "2024-03-10"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "expected"), [case[1:] for case in DEATHS], ids=[case[0] for case in DEATHS])
def test_a_roster_against_a_death_on_file(desk, cells, expected):
    """Nobody comes back to life unnoticed, and nobody dies before what is on file of him."""
    desk.take([HEADINGS, row(死亡时间="2024-03-10")])
    told = problems(desk, row(**cells))
    assert (expected in told) if expected else told == []


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (
            {"死亡时间": "2017-01-05", "批准时间": "", "起始时间": "2017-02"},
            "起始时间 2017-02 在死亡时间 2017-01-05 之后",
        ),
        ({"批准时间": "", "起始时间": "1958-02"}, "起始时间 1958-02 早于出生日期"),
    ],
)
def test_a_first_month_lies_within_life(desk, cells, what):
    """As when it is entered by hand."""
    assert [item[2] for item in problems(desk, row(**cells)) if item[1] == "error"] == [what]


def test_two_rows_with_different_numbers_do_not_share_the_file_of_a_namesake(desk):
    """A file without an ID number is somebody's; whose, the clerk has to say."""
    nameless = row(身份证号="", 性别="男", 出生日期="1958-03-05")
    desk.take([HEADINGS, nameless])
    (problem,) = [
        item for item in problems(desk, row(身份证号=number_of(11)), row(身份证号=number_of(13))) if item[1] == "error"
    ]
    assert (problem[0], "对应的也是同一份" in problem[2]) == ("C3", True)


def test_the_number_of_an_absorbed_file_is_not_given_out_again(desk):
    """It says which file was kept."""
    head = desk.actor_on(LATER)
    born = {"born_on": date(1950, 1, 2), "sex": Sex.MALE}
    ids = [
        services.register_person(actor=head, bureau="yl", new=NewPerson(name=name, number=number, **born))
        for name, number in (("李四", "A-1"), ("李肆", "A-2"))
    ]
    services.merge_persons(actor=head, kept_id=ids[0], absorbed_id=ids[1], reason="重复建档")
    assert ("A2", "error", "档案号 A-2 已并入档案 A-1") in problems(desk, row(档案号="A-2"))


def test_an_older_grade_than_that_on_file_is_pointed_out(desk):
    """An old roster would turn the grade back."""
    officer = {"人员类别": "残疾军人", "残疾等级": "六级", "残疾性质": "因公", "批准时间": "2023-06-01"}
    desk.take([HEADINGS, row(**officer)])
    told = problems(desk, row(**officer | {"残疾等级": "七级", "批准时间": "2019-06-01"}))
    assert [item[0] for item in told] == ["G2"]
    assert "早于在册的最近一次评定（2023-06-01，因公 6 级）" in told[0][2]


def test_people_of_a_roster_are_found_by_village_like_those_entered_by_hand(desk):
    """With and without the name of the town, also after a move."""
    desk.take([HEADINGS, row()])
    assert Person.objects.get().village_proper == "红星村"
    hand = NewPerson(name="李四", id_number=number_of(13), residence=NewResidence(village="石桥镇红星村"))
    services.register_person(actor=desk.actor_on(LATER), bureau="yl", new=hand)
    assert set(Person.objects.values_list("village", "village_proper")) == {("石桥镇红星村", "红星村")}
    desk.take([HEADINGS, row(村="石桥镇向阳村")], LATER)
    assert Person.objects.get(name="张三").village_proper == "向阳村"


def test_a_name_told_anew_is_the_name_the_person_bears_now(desk):
    """After an earlier change of name, too: the copy and the facts say the same."""
    desk.take([HEADINGS, row()])
    person = Person.objects.get()
    head = desk.actor_on(date(2024, 4, 1))
    services.record_attribute(
        actor=head, person_id=person.pk, kind="name", value="张三丰", from_on=date(2010, 1, 1), evidence="户口簿"
    )
    desk.take([HEADINGS, row(姓名="张山峰")], LATER)
    services.record_residence(actor=desk.actor_on(LATER), person_id=person.pk, new=NewResidence(village="石桥镇向阳村"))
    assert Person.objects.get().name == "张山峰"
    assert desk.file("张山峰").name == "张山峰"


def test_numbers_written_into_remarks_do_not_lie_open(desk):
    """The remark becomes evidence, which is shown; the number in it is masked, and that is said."""
    child = number_of(31, born="19850101")
    outcome = desk.take([HEADINGS, row(备注=f"由其子（{child}，{account_of(3)}，13800138000）代领")])
    stored = Identity.objects.get().evidence
    assert [number in stored for number in (child, account_of(3), "13800138000")] == [False] * 3
    assert f"990621********{child[-4:]}" in stored
    assert any("已打星号" in note for note in outcome.notes)


def test_a_number_in_a_wrong_column_is_not_repeated_in_full(desk):
    """Neither in what was found nor in the sentence."""
    outcome = desk.look([HEADINGS, row(姓名=number_of(11), 批准时间=number_of(13), 残疾等级=account_of(5))])
    assert len(outcome.problems) >= 3
    told = "".join(f"{item.found}{item.what}{item.remedy}" for item in outcome.problems)
    assert [number in told for number in (number_of(11), number_of(13), account_of(5))] == [False] * 3


def test_a_bad_roster_stays_all_or_nothing_when_only_the_file_objects(desk):
    """A good new person before the bad row is not kept."""
    desk.take([HEADINGS, row(死亡时间="2024-03-10")])
    with pytest.raises(BadRoster):
        desk.take([HEADINGS, row(姓名="李四", 身份证号=number_of(13)), row(批准时间="2024-06-01")], LATER)
    assert Person.objects.count() == 1
