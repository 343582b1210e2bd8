"""A roster into the register: all of it or nothing, the right person found, told field by field what changed."""

from datetime import date

import pytest
from unit.people.imports.desk import FIRST, LATER
from unit.people.imports.sheets import account_of, number_of, workbook

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.awards.selectors import awards_of
from rongji.people import models, services
from rongji.people.imports.sheet_writing import export_roster
from rongji.people.models import Person, RosterImport
from rongji.people.refusals import BadRoster
from rongji.people.types import NewAccount, NewGrade, NewIdentity, NewPerson, NewResidence, NewService

pytestmark = pytest.mark.database

HEADINGS = (
    "姓名", "身份证号", "人员类别", "残疾等级", "残疾性质", "批准时间", "入伍时间", "退役时间", "开户行", "社保卡号",
    "联系电话", "村", "家庭住址", "死亡时间", "备注",
)  # fmt: skip
ZHANG = (
    "张三", number_of(11), "残疾军人", "七级", "因战", "2019-06-01", "1978-12-10", "1982-12-01", "农业银行",
    account_of(1), "13800138000", "青石镇红星村", "红星村三组", "", "",
)  # fmt: skip
LI = (
    "李四", number_of(13), "参战退役人员", "", "", "2018-08-01", "1978-12", "1981-12", "农业银行", account_of(2),
    "", "白云镇向阳村", "", "", "",
)  # fmt: skip
TAILS = [account_of(serial)[-4:] for serial in (1, 7)]


def changed(row, **cells):
    """A row with other cells, named by their headings."""
    return tuple(cells.get(heading, value) for heading, value in zip(HEADINGS, row, strict=True))


def everything():
    """How many rows every table of the register has."""
    names = ("Person", "Attribute", "Identity", "DisabilityGrade", "ServicePeriod", "Residence", "BankAccount",
             "LifeEvent", "Change", "RosterImport")  # fmt: skip
    return {name: getattr(models, name).objects.count() for name in names} | {"trail": TrailEntry.objects.count()}


def test_a_first_import_registers_persons_facts_and_awards(desk):
    """Everything of the row is in the file; the award goes by cause and grade."""
    outcome = desk.take([HEADINGS, ZHANG, LI])
    assert (outcome.rows, outcome.added, outcome.changed, outcome.errors) == (2, 2, 0, 0)
    file = desk.file("张三")
    assert [(item.category, str(item.first_month)) for item in file.identities] == [("11", "2019-06")]
    assert [(item.cause, item.grade) for item in file.grades] == [("因战", 7)]
    person = Person.objects.get(name="张三")
    assert (person.initials, person.village, person.area) == ("ZS", "青石镇红星村", "430112")
    (award,) = awards_of(person.pk, known_on=LATER)
    assert (award.benefit, award.terms[0].standard_key, award.terms[0].basis_on) == (
        "disability_pension", "因战|7", date(2019, 6, 1),
    )  # fmt: skip
    made = RosterImport.objects.get()
    assert (made.row_count, made.added, made.file_name) == (2, 2, "名册.xlsx")
    actions = TrailEntry.objects.values_list("action", flat=True)
    assert {"people.import_roster", "awards.from_roster"} <= set(actions)


def test_no_number_lies_open_in_the_database(desk):
    """ID, telephone and account numbers are ciphertext, in the trail as well."""
    desk.take([HEADINGS, ZHANG])
    person, account = Person.objects.get(), models.BankAccount.objects.get()
    stored = f"{person.__dict__}{account.__dict__}{[entry.detail for entry in TrailEntry.objects.all()]}"
    for number in (number_of(11), account_of(1), "13800138000"):
        assert number not in stored


def test_a_person_from_a_roster_is_the_same_as_one_entered_by_hand(desk):
    """Column by column, in every table of facts."""
    desk.take([HEADINGS, ZHANG])
    new = NewPerson(
        name="张三二", id_number=number_of(17), phone="13800138000",
        residence=NewResidence(village="青石镇红星村", address="红星村三组"),
        identities=(NewIdentity(category="11", first_month=desk.file("张三").identities[0].first_month),),
        grades=(NewGrade(cause="因战", grade=7, decided_on=date(2019, 6, 1)),),
        service=(NewService(enlisted_on=date(1978, 12, 10), discharged_on=date(1982, 12, 1)),),
        account=NewAccount(number=account_of(9), holder="张三二", bank="农业银行"),
    )  # fmt: skip
    by_hand = services.register_person(actor=desk.actor_on(FIRST), bureau="yl", new=new)
    from_roster = Person.objects.get(name="张三").pk
    own = {
        "id",
        "person_id",
        "person",
        "evidence",
        "value",
        "cipher",
        "number_cipher",
        "number_index",
        "tail",
        "holder",
    }
    for model in (models.Attribute, models.Identity, models.DisabilityGrade, models.ServicePeriod, models.Residence,
                  models.BankAccount, models.Change):  # fmt: skip
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in own]
        rows = [list(model.objects.filter(person_id=pk).order_by("id").values(*names)) for pk in (from_roster, by_hand)]
        assert rows[0] == rows[1], model


def test_the_same_file_twice_changes_nothing(desk):
    """Not a row, not an entry, no import."""
    desk.take([HEADINGS, ZHANG, LI])
    before = everything()
    outcome = desk.take([HEADINGS, ZHANG, LI], LATER)
    assert (outcome.unchanged, outcome.is_empty, outcome.import_id, outcome.change_count) == (2, True, 0, 0)
    assert everything() == before


def test_one_bad_cell_and_nothing_is_written(desk):
    """All or nothing; the problem comes back with its place."""
    before = everything()
    with pytest.raises(BadRoster) as refusal:
        desk.take([HEADINGS, ZHANG, changed(LI, 身份证号="4.30621E+17")])
    assert [item.address for item in refusal.value.facts["outcome"].problems if item.is_error] == ["B3"]
    assert everything() == before


def test_what_only_the_register_objects_to_stops_everything_too(desk):
    """Found while writing has begun: nothing stays behind."""
    desk.take([HEADINGS, ZHANG])
    before = everything()
    with pytest.raises(BadRoster) as refusal:
        desk.take(
            [HEADINGS, changed(LI, 社保卡号=account_of(1)), changed(LI, 姓名="王五", 身份证号=number_of(15))], LATER
        )
    (problem,) = [item for item in refusal.value.facts["outcome"].problems if item.is_error]
    assert (problem.address, "正在使用" in problem.what) == ("J2", True)
    assert everything() == before


def test_a_dry_run_tells_the_same_and_writes_nothing(desk):
    """New and changed persons, problems, changes."""
    desk.take([HEADINGS, ZHANG])
    before = everything()
    rows = [HEADINGS, changed(ZHANG, 联系电话="13900139000"), LI]
    outcome = desk.look(rows, LATER)
    assert (outcome.added, outcome.changed, desk.lines(outcome)) == (1, 1, ["联系电话：已登记→尾号 9000"])
    assert everything() == before
    done = desk.take(rows, LATER)
    assert (done.added, done.changed, done.changes) == (outcome.added, outcome.changed, outcome.changes)


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ({"姓名": "张三丰"}, ["姓名：张三→张三丰"]),
        ({"联系电话": "13900139000"}, ["联系电话：已登记→尾号 9000"]),
        ({"村": "白云镇向阳村"}, ["村（社区）：青石镇红星村→白云镇向阳村"]),
        ({"社保卡号": account_of(7)}, ["领款账户：农业银行 **** {} 张三→农业银行 **** {} 张三".format(*TAILS)]),
        ({"退役时间": "1983-12-01"}, ["退役时间：1982-12-01→1983-12-01"]),
        ({"死亡时间": "2024-08-30"}, ["死亡时间：→2024-08-30"]),
        (
            {"残疾等级": "六级", "批准时间": "2024-07-01"},
            [
                "待遇“残疾抚恤金”：（因战、7） 2019-06-01 起→（因战、6） 2024-07-01 起",
                "残疾等级：因战 7 级（2019-06-01）→因战 6 级（2024-07-01）",
            ],
        ),
    ],
)  # fmt: skip
def test_a_changed_roster_changes_just_that(desk, cells, lines):
    """Told field by field, old and new; the other person stays as he is; what was known before can still be read."""
    desk.take([HEADINGS, ZHANG, LI])
    outcome = desk.take([HEADINGS, changed(ZHANG, **cells), LI], LATER)
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 1, 1)
    assert desk.lines(outcome) == lines
    again = desk.take([HEADINGS, changed(ZHANG, **cells), LI], LATER)
    assert (again.change_count, again.unchanged) == (0, 2)
    before = desk.file(cells.get("姓名", "张三"), known=FIRST)
    assert [(item.cause, item.grade) for item in before.grades] == [("因战", 7)]


def test_a_blank_cell_and_a_month_alone_blur_nothing(desk):
    """What a roster does not tell stays as it is known."""
    desk.take([HEADINGS, ZHANG])
    blank = changed(
        ZHANG,
        联系电话="",
        村="",
        家庭住址="",
        开户行="",
        社保卡号="",
        入伍时间="1978.12",
        退役时间="1982年12月",
        批准时间="2019.6",
    )
    assert desk.take([HEADINGS, blank], LATER).change_count == 0


def test_a_second_category_of_the_same_person(desk):
    """One file, two identities, within one roster and in two."""
    second = changed(ZHANG, 人员类别="参战退役人员", 残疾等级="", 残疾性质="", 批准时间="2018-08-01")
    outcome = desk.take([HEADINGS, ZHANG, second])
    assert (Person.objects.count(), outcome.added, outcome.changed) == (1, 1, 1)
    assert sorted(item.category for item in desk.file("张三").identities) == ["11", "51"]
    assert desk.look([HEADINGS, ZHANG, second], LATER).change_count == 0


def test_a_person_without_a_number_is_found_by_name_birth_and_village_and_gets_one_later(desk):
    """Two of the same name and birth in different villages are two persons."""
    headings = ("姓名", "身份证号", "性别", "出生日期", "类别", "批准时间", "村")
    here = ("张三", "", "男", "1958-03-05", "参战", "2018-08-01", "青石镇红星村")
    there = (*here[:6], "白云镇向阳村")
    assert desk.take([headings, here, there]).added == 2
    assert desk.take([headings, here, there], LATER).unchanged == 2
    outcome = desk.take([headings, (here[0], number_of(11), *here[2:])], LATER)
    assert (outcome.added, desk.lines(outcome)) == (0, [f"身份证号：→尾号 {number_of(11)[-4:]}"])
    assert Person.objects.count() == 2


def test_a_file_number_leads_to_its_person_unless_it_is_somebody_elses(desk):
    """By number when the ID number is blank; never over another's name and ID number."""
    desk.take([HEADINGS, ZHANG])
    number = Person.objects.get().number
    headings = ("档案号", *HEADINGS)
    told = desk.take([headings, (number, *changed(ZHANG, 身份证号="", 联系电话="13900139000"))], LATER)
    assert desk.lines(told) == ["联系电话：已登记→尾号 9000"]
    with pytest.raises(BadRoster) as refusal:
        desk.take([headings, (number, *LI)], LATER)
    assert "另一个人" in refusal.value.facts["outcome"].problems[0].what


@pytest.mark.parametrize("reason", ["", "年度核查用"])
def test_an_exported_roster_comes_back_without_a_change(desk, tmp_path, reason):
    """With stars or in full; a full one is an entry in the trail."""
    second = changed(ZHANG, 人员类别="参战退役人员", 残疾等级="", 残疾性质="", 批准时间="2018-08-01")
    desk.take([HEADINGS, ZHANG, LI, second])
    path = tmp_path / "在册.xlsx"
    assert export_roster(actor=desk.actor_on(LATER), bureau="yl", path=path, reason=reason) == 3
    outcome = desk.take(path.read_bytes(), LATER)
    assert (outcome.errors, outcome.change_count, outcome.unchanged) == (0, 0, 3)
    assert TrailEntry.objects.filter(action="people.export_full").exists() is bool(reason)


def test_whoever_may_not_keep_people_may_not_import(desk):
    """Refused before the file is even read."""
    from rongji.awards.from_roster import import_roster

    with pytest.raises(NotAllowed):
        import_roster(actor=desk.actor_on(FIRST, "finance"), bureau="yl", source=workbook({"a": [HEADINGS]}))
