"""Opening files: what is read from the number, what is compared with it, what is refused and why."""

from datetime import date

import pytest
from unit.people.samples import account, identity, number_of, residence

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed, OrganisationUnknown
from rongji.kernel.telephone import PhoneUnfit
from rongji.people import refusals as no
from rongji.people import selectors, services
from rongji.people.entering import problems_of
from rongji.people.models import BankAccount, Person
from rongji.people.types import ChangeKind, NewGrade, NewMerit, NewPerson, NewService, SecretKind, Sex

DAY = date(2024, 3, 15)
BORN = date(1952, 6, 15)


def test_birth_and_sex_are_read_from_the_number_and_the_county_is_not(register):
    """The number says 430122; the bureau's county looks after the person."""
    new = NewPerson(name="王秀英", id_number=number_of(BORN, 2, area="430122"))
    person = services.register_person(actor=register.actor(), bureau="yl", new=new)
    file = register.file(person)
    assert (file.born_on, file.sex, file.area) == (BORN, Sex.FEMALE, "430112")


def test_a_person_without_a_number_needs_birth_and_sex(register):
    """Old people and small children; each missing thing is named."""
    person = register.person(id_number="", born_on=date(1930, 1, 1))
    assert register.file(person).id_masked == ""
    with pytest.raises(no.BirthUnknown, match="出生日期和性别"):
        services.register_person(actor=register.actor(), bureau="yl", new=NewPerson(name="李四"))
    with pytest.raises(no.BirthUnknown, match="没有写明性别"):
        services.register_person(actor=register.actor(), bureau="yl", new=NewPerson(name="李四", born_on=BORN))


def test_no_number_lies_open_in_the_database(register):
    """Neither the whole nor its end; the trail and the change log hold none either."""
    number, phone, card = number_of(BORN, 7), "13812345678", "6299990000000012"
    register.person(id_number=number, phone=phone, account=account(card))
    row, used = Person.objects.get(), BankAccount.objects.get()
    stored = [str(value) for item in (row, used) for value in vars(item).values()]
    entry = TrailEntry.objects.order_by("-sequence").first()
    stored += [entry.summary, str(entry.detail)]
    for secret in (number, number[-6:], phone, phone[-6:], card):
        assert not any(secret in text for text in stored)


def test_the_file_shows_masks(register):
    """As every screen does."""
    number = number_of(BORN, 7)
    person = register.person(id_number=number, phone="13812345678", account=account())
    file = register.file(person)
    assert (file.id_masked, file.phone_masked) == (f"990101********{number[-4:]}", "138****5678")
    assert file.account.masked == "**** 0012"


def test_one_number_one_file(register):
    """The refusal names the file that there is; the old form of a number counts as the same."""
    register.person("张建国", number="A-1", id_number=number_of(BORN, 7))
    short = number_of(BORN, 7)
    with pytest.raises(no.IdNumberTaken, match="A-1（张建国）"):
        register.person("张建帼", id_number=short[:6] + short[8:17])


def test_twice_in_one_list_is_once_too_often(register):
    """And then nobody of the list is registered."""
    new = NewPerson(name="张三", id_number=number_of(BORN, 7))
    with pytest.raises(no.IdNumberTaken, match="本次登记"):
        services.register_many(actor=register.actor(), bureau="yl", people=[new, new])
    assert Person.objects.count() == 0


def test_numbers_of_files_are_given_out_in_order_and_not_twice(register):
    """A bureau's own numbers are kept; one that is used is refused."""
    people = [NewPerson(name="张三", id_number=number_of(BORN, serial)) for serial in (1, 3)]
    ids = services.register_many(actor=register.actor(), bureau="yl", people=people)
    register.person(number="岳优-0003")
    later = register.person()
    numbers = [selectors.briefs([pk])[pk].number for pk in (*ids, later)]
    assert numbers == ["4301120000001", "4301120000002", "4301120000003"]
    with pytest.raises(no.FileNumberTaken, match="岳优-0003"):
        register.person(number="岳优-0003")


def test_a_list_is_one_entry_of_the_trail(register):
    """With how many and which, without their numbers."""
    people = [NewPerson(name="张三", id_number=number_of(BORN, serial)) for serial in (1, 3, 5)]
    services.register_many(actor=register.actor(), bureau="yl", people=people)
    entries = TrailEntry.objects.filter(action="people.register")
    assert [entry.summary for entry in entries] == ["建立人员档案 3 份，至 4301120000003"]


def test_registering_with_a_history_shows_all_of_it(register):
    """Identities, grades, service, merits: as entered."""
    person = register.person(
        identities=(identity("11", "2005-03"),),
        grades=(NewGrade(cause="因公", grade=7, decided_on=date(2005, 2, 1)),),
        service=(NewService(enlisted_on=date(1970, 12, 10), discharged_on=date(1975, 3, 1), rank="班长"),),
        merits=(NewMerit(grade="三等功", awarded_on=date(1973, 8, 1)),),
        residence=residence(station_code="yl-1-1"),
        registration="农村",
    )
    file = register.file(person)
    assert [item.category for item in file.identities] == ["11"]
    assert (file.grade.cause, file.grade.grade) == ("因公", 7)
    assert (file.service[0].rank, file.merits[0].grade) == ("班长", "三等功")
    assert (file.residence.village, file.residence.station_code) == ("石桥镇红星村", "yl-1-1")
    assert [item.kind for item in file.changes] == [ChangeKind.REGISTERED]


REFUSED = [
    ({"name": ""}, no.NameUnfit, "没有填写"),
    ({"name": "张3"}, no.NameUnfit, "数字或符号"),
    ({"name": "张" * 65}, no.NameUnfit, "超过 64"),
    ({"born_on": date(1952, 6, 16), "id_number": number_of(BORN, 7)}, no.BirthDiffers, "1952-06-16.*1952-06-15"),
    ({"sex": Sex.FEMALE, "id_number": number_of(BORN, 7)}, no.SexDiffers, "填写的性别是女，身份证号上是男"),
    ({"phone": "12345"}, PhoneUnfit, "7 至 12 位"),
    ({"phone": "138123456789"}, PhoneUnfit, "尾号 6789"),
    ({"identities": (identity("ZZ"),)}, no.UnknownCategory, "没有人员类别“ZZ”；可用的类别有：11 残疾军人"),
    ({"identities": (identity("81", "2020-05", "2020-04"),)}, no.EndBeforeStart, "终止（2020-04）早于起始（2020-05）"),
    ({"identities": (identity("81", "1950-01"),)}, no.BeforeBirth, "早于出生日期"),
    ({"identities": (identity("81", "2020-01"), identity("81", "2021-01"))}, no.OverlappingIdentities, "重叠"),
    ({"died_on": date(1950, 1, 1)}, no.BeforeBirth, "死亡日期"),
    ({"died_on": date(2024, 3, 16)}, no.InTheFuture, "今天（2024-03-15）之后"),
    ({"died_on": date(2019, 1, 1), "identities": (identity("81", "2019-02"),)}, no.AfterDeath, "2019-01-01 去世"),
    ({"grades": (NewGrade(cause="因病", grade=7, decided_on=DAY),)}, no.GradeUnfit, "因病为 1 至 6 级"),
    ({"grades": (NewGrade(cause="因公", grade=11, decided_on=DAY),)}, no.GradeUnfit, "不存在"),
    (
        {"service": (NewService(enlisted_on=date(1970, 1, 1), discharged_on=date(1969, 1, 1)),)},
        no.EndBeforeStart,
        "服役",
    ),
    ({"account": account(holder="李四")}, no.HolderDiffers, "户名“李四”与本人姓名“张建国”不同"),
    ({"born_on": date(2024, 3, 16), "id_number": ""}, no.InTheFuture, "出生日期"),
]


@pytest.mark.parametrize(("fields", "refusal", "says"), REFUSED)
def test_bad_entries_are_refused_in_words_and_leave_nothing(register, fields, refusal, says):
    """Each by its own refusal."""
    with pytest.raises(refusal, match=says):
        register.person(**{"name": "张建国", **fields})
    assert Person.objects.count() == 0


def test_everything_that_is_wrong_is_told_at_once(register):
    """For a list that is mended in one go."""
    new = NewPerson(
        name="张建国",
        id_number=number_of(BORN, 7),
        born_on=date(1952, 6, 16),
        phone="12",
        identities=(identity("ZZ"),),
        account=account("abc"),
    )
    found = {type(problem).__name__ for problem in problems_of(new, today=DAY)}
    assert found == {"BirthDiffers", "PhoneUnfit", "UnknownCategory", "AccountNumberUnfit"}


def test_an_account_serves_one_person_unless_a_decision_says_so(register):
    """The refusal names whose it is; a guardian's decision is kept with the account."""
    register.person("张建国", number="A-1", account=account())
    with pytest.raises(no.AccountOfAnother, match=r"尾号 0012.*A-1（张建国）"):
        register.person("张爱华", account=account(holder="张爱华"))
    with pytest.raises(no.HolderDiffers):
        register.person("张爱华", account=account())
    ward = register.person("张爱华", account=account(decision="监护人代领〔2024〕3号"))
    assert register.file(ward).account.decision == "监护人代领〔2024〕3号"


def test_the_account_of_the_dead_may_pass_on(register):
    """A widow is paid into the account of her husband."""
    register.person("张建国", account=account(), died_on=date(2023, 1, 1))
    assert register.person("张爱华", account=account(holder="张爱华"))


def test_a_station_of_another_tree_is_unknown(register):
    """Nobody of the bureau would see the person again."""
    with pytest.raises(OrganisationUnknown, match="xx-9"):
        register.person(residence=residence(station_code="xx-9"))


@pytest.mark.parametrize("role", ["finance", "director", "auditor", "administrator", "reviewer"])
def test_only_those_who_keep_the_register_write_in_it(register, role):
    """Whoever pays or audits does not register."""
    new = NewPerson(name="张三", id_number=number_of(BORN, 1))
    with pytest.raises(NotAllowed):
        services.register_person(actor=register.actor(role=role), bureau="yl", new=new)


def test_only_a_section_head_fills_in_the_past(register):
    """What is said to have been known earlier would change what was read earlier."""
    new = NewPerson(name="张三", id_number=number_of(BORN, 1), known_on=date(2023, 1, 1))
    with pytest.raises(NotAllowed, match="补录"):
        services.register_person(actor=register.actor(role="clerk"), bureau="yl", new=new)
    assert services.register_person(actor=register.actor(), bureau="yl", new=new)


def test_names_lose_stray_blanks_and_keep_their_dot(register):
    """One way to write a name, so that it is found again."""
    ids = [register.person(" 张　三 "), register.person("阿依古丽•买买提")]
    assert [selectors.briefs([pk])[pk].name for pk in ids] == ["张三", "阿依古丽·买买提"]


def test_a_number_typed_into_a_reason_does_not_lie_open_in_the_trail(register):
    """Neither in the sentence nor in the details."""
    person, told = register.person(), number_of(date(1985, 1, 1), 103)
    services.reveal(actor=register.actor(), person_id=person, what=SecretKind.ID_NUMBER, reason=f"核对其子{told}的申请")
    entry = TrailEntry.objects.get(action="people.reveal")
    assert told not in f"{entry.summary}{entry.detail}"
    assert f"990101********{told[-4:]}" in entry.summary
