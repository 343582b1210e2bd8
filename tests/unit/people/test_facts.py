"""Facts dated twice: what is recorded, what it corrects, what is refused, and that the past stays as it was read."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from unit.people.samples import account, identity, number_of, residence

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.people import refusals as no
from rongji.people import selectors, services
from rongji.people.types import (
    AttributeKind,
    ChangeKind,
    LifeEventKind,
    NewGrade,
    NewMerit,
    NewParticipation,
    NewService,
)

JANUARY, FEBRUARY, MARCH = date(2024, 1, 10), date(2024, 2, 10), date(2024, 3, 10)


def kinds(file) -> list[ChangeKind]:
    """What the change log of a file says, oldest first."""
    return [change.kind for change in file.changes]


# --- identities ---------------------------------------------------------------------------------------


def test_an_identity_is_taken_up_and_ended(register):
    """Months inclusive; before the end was known, it was open."""
    person = register.person(day=JANUARY)
    services.record_identity(actor=register.actor(JANUARY), person_id=person, new=identity("81", "2024-02"))
    last = Month.of(2024, 5)
    services.end_identity(
        actor=register.actor(MARCH), person_id=person, category="81", last_month=last, reason="享受职工养老保险"
    )
    assert register.file(person, known=FEBRUARY).identities[0].last_month is None
    ended = register.file(person, known=MARCH)
    assert ended.identities[0].last_month == last
    assert [len(ended.identities_in(month)) for month in (Month.of(2024, 1), last, last + 1)] == [0, 1, 0]
    assert kinds(ended) == [ChangeKind.REGISTERED, ChangeKind.IDENTITY_STARTED, ChangeKind.IDENTITY_ENDED]
    assert ended.changes[-1].true_from == date(2024, 6, 1)


@pytest.mark.parametrize(("first", "is_refused"), [("2021-12", False), ("2022-01", True)])
def test_a_closed_category_is_judged_by_the_first_month(register, first, is_refused):
    """Who was in it before is written down later all the same; the refusal names the day."""
    person = register.person()
    record = {"actor": register.actor(), "person_id": person, "new": identity("12", first)}
    if is_refused:
        with pytest.raises(no.CategoryClosed, match="自 2022-01-01 起不再新认定"):
            services.record_identity(**record)
    else:
        assert services.record_identity(**record)


OVERLAPS = [
    ("inside an open one", "2020-01", "", "2023-01", "", True),
    ("into an open one", "2020-01", "", "2019-01", "2020-01", True),
    ("before an open one", "2020-01", "", "2019-01", "2019-12", False),
    ("after a closed one", "2020-01", "2020-06", "2020-07", "", False),
    ("on the last month of a closed one", "2020-01", "2020-06", "2020-06", "", True),
]


@pytest.mark.parametrize(
    ("first", "last", "new_first", "new_last", "refused"), [r[1:] for r in OVERLAPS], ids=[r[0] for r in OVERLAPS]
)
def test_the_same_category_is_not_held_twice_in_one_month(register, first, last, new_first, new_last, refused):
    """Other categories may run beside it."""
    person = register.person(identities=(identity("81", first, last),))
    new = identity("81", new_first, new_last)
    services.record_identity(actor=register.actor(), person_id=person, new=identity("51", new_first, new_last))
    if refused:
        with pytest.raises(no.OverlappingIdentities, match="请先终止或更正"):
            services.record_identity(actor=register.actor(), person_id=person, new=new)
    else:
        assert services.record_identity(actor=register.actor(), person_id=person, new=new)


def test_a_wrong_identity_is_corrected_and_the_wrong_one_stays_readable(register):
    """As of February the file says what was believed in February."""
    person = register.person(day=JANUARY, identities=(identity("81", "2020-01"),))
    wrong = register.file(person).identities[0].dating.id
    services.correct_identity(
        actor=register.actor(MARCH), person_id=person, identity_id=wrong, new=identity("51", "2019-06")
    )
    assert [item.category for item in register.file(person, known=FEBRUARY).identities] == ["81"]
    assert [item.category for item in register.file(person, known=MARCH).identities] == ["51"]
    with pytest.raises(no.FactUnknown, match="可能已经更正"):
        services.correct_identity(
            actor=register.actor(MARCH), person_id=person, identity_id=wrong, new=identity("51", "2019-06")
        )


def test_what_is_not_held_cannot_be_ended(register):
    """Nor before it began."""
    person = register.person(identities=(identity("81", "2020-01"),))
    end = {"actor": register.actor(), "person_id": person, "reason": "死亡"}
    with pytest.raises(no.IdentityNotOpen, match="“51”"):
        services.end_identity(category="51", last_month=Month.of(2024, 1), **end)
    with pytest.raises(no.EndBeforeStart, match=r"2019-12.*早于起始"):
        services.end_identity(category="81", last_month=Month.of(2019, 12), **end)


# --- grades, service, merits ----------------------------------------------------------------------------


def test_grades_follow_each_other_and_are_corrected_by_their_day(register):
    """A new day is a new grade; the same day is a correction of the first."""
    person = register.person(day=JANUARY)
    for day, grade, on in ((JANUARY, 8, "2010-05-01"), (FEBRUARY, 7, "2020-05-01"), (MARCH, 6, "2020-05-01")):
        new = NewGrade(cause="因公", grade=grade, decided_on=date.fromisoformat(on))
        services.record_disability_grade(actor=register.actor(day), person_id=person, new=new)
    assert [item.grade for item in register.file(person, known=FEBRUARY).grades] == [8, 7]
    assert [item.grade for item in register.file(person, known=MARCH).grades] == [8, 6]
    assert register.file(person, on=date(2015, 1, 1), known=MARCH).grade.grade == 8
    with pytest.raises(no.AlreadyRecorded, match="内容相同"):
        services.record_disability_grade(actor=register.actor(), person_id=person, new=new)


def test_periods_of_service_do_not_overlap(register):
    """Discharged and enlisted again on one day is no overlap."""
    person = register.person()
    record = {"actor": register.actor(), "person_id": person}
    first = NewService(enlisted_on=date(1970, 12, 1), discharged_on=date(1975, 3, 1))
    services.record_service_period(new=first, **record)
    services.record_service_period(
        new=NewService(enlisted_on=date(1975, 3, 1), discharged_on=date(1980, 1, 1)), **record
    )
    with pytest.raises(no.OverlappingService, match="1970-12-01 至 1975-03-01"):
        services.record_service_period(new=NewService(enlisted_on=date(1974, 1, 1)), **record)
    services.record_service_period(
        new=NewService(enlisted_on=date(1970, 12, 1), discharged_on=date(1974, 3, 1)), **record
    )
    assert [item.discharged_on.year for item in register.file(person).service] == [1974, 1980]


def test_merits_and_participation_are_recorded_once(register):
    """The same again is told, not stored."""
    person = register.person()
    record = {"actor": register.actor(), "person_id": person}
    merit = NewMerit(grade="二等功", awarded_on=date(1979, 5, 1))
    part = NewParticipation(kind="war", campaign="边境防卫作战", from_on=date(1979, 2, 17), to_on=date(1979, 3, 16))
    services.record_merit(new=merit, **record)
    services.record_participation(new=part, **record)
    for again in (
        lambda: services.record_merit(new=merit, **record),
        lambda: services.record_participation(new=part, **record),
    ):
        with pytest.raises(no.AlreadyRecorded):
            again()
    with pytest.raises(no.ParticipationUnfit, match="nuclear_test"):
        services.record_participation(new=NewParticipation(kind="peace"), **record)
    file = register.file(person)
    assert (len(file.merits), len(file.participations)) == (1, 1)


# --- plain facts ----------------------------------------------------------------------------------------


def test_a_changed_name_is_found_by_both_days(register):
    """And the list shows the last."""
    person = register.person("张建国", day=JANUARY)
    services.record_attribute(
        actor=register.actor(MARCH), person_id=person, kind=AttributeKind.NAME, value="张健国", from_on=MARCH
    )
    names = [register.file(person, on=day, known=MARCH).name for day in (FEBRUARY, MARCH)]
    assert names == ["张建国", "张健国"]
    assert selectors.briefs([person])[person].name == "张健国"
    assert [brief.id for brief in selectors.search_persons(register.actor(), "张健")] == [person]


def test_a_new_telephone_is_masked_and_found(register):
    """By its end and as a whole; the old one no longer."""
    person = register.person(phone="13812345678")
    services.record_attribute(actor=register.actor(), person_id=person, kind=AttributeKind.PHONE, value="139 8765 4321")
    search = {text: len(selectors.search_persons(register.actor(), text)) for text in ("13987654321", "4321", "5678")}
    assert search == {"13987654321": 1, "4321": 1, "5678": 0}
    assert register.file(person).phone_masked == "139****4321"


def test_an_id_number_put_right_must_fit_the_person_and_be_free(register):
    """Birth and sex are compared; another's number is refused by naming the file."""
    other = number_of(date(1952, 6, 15), 7)
    register.person("李四", number="B-2", id_number=other)
    person = register.person(id_number="")
    record = {"actor": register.actor(), "person_id": person, "kind": AttributeKind.ID_NUMBER}
    with pytest.raises(no.IdNumberTaken, match="B-2（李四）"):
        services.record_attribute(value=other, **record)
    with pytest.raises(no.BirthDiffers):
        services.record_attribute(value=number_of(date(1952, 6, 16), 7), **record)
    with pytest.raises(no.SexDiffers):
        services.record_attribute(value=number_of(date(1952, 6, 15), 8), **record)
    right = number_of(date(1952, 6, 15), 9)
    services.record_attribute(value=right, **record)
    assert [brief.id for brief in selectors.search_persons(register.actor(), right)] == [person]


# --- whereabouts, death ---------------------------------------------------------------------------------


def test_a_move_to_another_village_changes_who_sees_the_person(register, actor):
    """The station's clerk finds whom the station looks after, and nobody else."""
    from rongji.accounts.models import Organisation

    station = Organisation.objects.get(code="yl-1-1")
    clerk = actor("clerk", organisation=station, username="village-clerk")
    person = register.person("赵六")
    assert selectors.search_persons(clerk, "赵六") == ()
    services.record_residence(actor=register.actor(), person_id=person, new=residence(station_code="yl-1-1"))
    assert [brief.village for brief in selectors.search_persons(clerk, "赵六")] == ["石桥镇红星村"]
    assert selectors.person_file(clerk, person, on=MARCH, known_on=date(2024, 3, 15)).name == "赵六"
    services.record_residence(
        actor=register.actor(date(2024, 3, 16)), person_id=person, new=residence("白云镇团结村", station_code="yl-1")
    )
    with pytest.raises(NotAllowed):
        selectors.person_file(clerk, person, on=MARCH, known_on=date(2024, 3, 16))


def test_a_death_is_known_only_from_the_day_it_became_known(register):
    """Which is what the payroll of the months between is about."""
    person = register.person(day=JANUARY)
    services.record_death(
        actor=register.actor(MARCH), person_id=person, died_on=date(2024, 1, 20), evidence="火化证明 12 号"
    )
    assert register.file(person, known=FEBRUARY).died_on is None
    file = register.file(person, known=MARCH)
    assert (file.died_on, file.age) == (date(2024, 1, 20), 71)
    assert register.file(person, on=date(2024, 1, 19), known=MARCH).died_on is None
    assert selectors.deaths_known([person], known_on=FEBRUARY) == {}
    assert selectors.deaths_known([person], known_on=MARCH) == {person: date(2024, 1, 20)}


DEATHS = [
    (date(1952, 6, 14), "证明", no.BeforeBirth, "早于出生日期"),
    (date(2024, 3, 16), "证明", no.InTheFuture, "之后"),
    (date(2023, 1, 1), " ", no.EvidenceNeeded, "依据"),
    (date(2019, 4, 30), "证明", no.DeathBeforeFacts, "残疾等级评定（2019-05-01）"),
    (date(2019, 5, 1), "证明", no.DeathBeforeFacts, "身份“11”（2019-06）"),
]


@pytest.mark.parametrize(("died_on", "evidence", "refusal", "says"), DEATHS)
def test_a_death_that_cannot_be_is_refused(register, died_on, evidence, refusal, says):
    """What was recorded for later days has to be put right first."""
    grade = NewGrade(cause="因公", grade=8, decided_on=date(2019, 5, 1))
    person = register.person(identities=(identity("11", "2019-06"),), grades=(grade,))
    with pytest.raises(refusal, match=says):
        services.record_death(actor=register.actor(), person_id=person, died_on=died_on, evidence=evidence)
    assert register.file(person).died_on is None


def test_nothing_begins_after_a_death(register):
    """Until the death is taken back."""
    person = register.person(day=JANUARY)
    acting = {"person_id": person}
    services.record_death(actor=register.actor(JANUARY), died_on=date(2024, 1, 5), evidence="证明", **acting)
    with pytest.raises(no.AlreadyDead, match="2024-01-05"):
        services.record_death(actor=register.actor(), died_on=date(2024, 1, 6), evidence="证明", **acting)
    with pytest.raises(no.AfterDeath, match="先撤销"):
        services.record_identity(actor=register.actor(), new=identity("81", "2024-02"), **acting)
    with pytest.raises(no.AfterDeath):
        grade = NewGrade(cause="因公", grade=8, decided_on=FEBRUARY)
        services.record_disability_grade(actor=register.actor(), new=grade, **acting)
    with pytest.raises(no.ReasonMissing):
        services.withdraw_death(actor=register.actor(), reason="", **acting)
    services.withdraw_death(actor=register.actor(), reason="同名同姓，登记错人", **acting)
    services.record_identity(actor=register.actor(), new=identity("81", "2024-02"), **acting)
    assert register.file(person, known=FEBRUARY).died_on == date(2024, 1, 5)
    assert register.file(person).died_on is None


def test_a_wrong_day_of_death_is_put_right(register):
    """The change counts from the earlier of the two days."""
    person = register.person(day=JANUARY)
    services.record_death(actor=register.actor(FEBRUARY), person_id=person, died_on=date(2024, 2, 1), evidence="家属")
    services.correct_death(
        actor=register.actor(MARCH), person_id=person, died_on=date(2024, 1, 31), evidence="火化证明"
    )
    assert [register.file(person, known=day).died_on for day in (FEBRUARY, MARCH)] == [
        date(2024, 2, 1),
        date(2024, 1, 31),
    ]
    assert register.file(person).changes[-1].true_from == date(2024, 1, 31)


def test_moves_between_counties(register):
    """With the county at the other end; not twice on one day."""
    person = register.person()
    move = {"actor": register.actor(), "person_id": person, "evidence": "关系转移函", "other_area": "430621"}
    services.record_move(kind=LifeEventKind.MOVED_OUT, happened_on=MARCH, **move)
    with pytest.raises(no.AlreadyRecorded, match="迁出"):
        services.record_move(kind=LifeEventKind.MOVED_OUT, happened_on=MARCH, **move)
    with pytest.raises(no.EvidenceNeeded):
        services.record_move(kind=LifeEventKind.MOVED_IN, happened_on=MARCH, **{**move, "evidence": ""})
    events = register.file(person).life_events
    assert [(item.kind, item.happened_on, item.other_area) for item in events] == [("moved_out", MARCH, "430621")]


# --- accounts -------------------------------------------------------------------------------------------


def test_a_new_account_ends_the_one_before(register):
    """The day before it begins; both stay in the history."""
    person = register.person(day=JANUARY, account=account(from_on=date(2020, 1, 1)))
    new = account("6299990000000020", from_on=MARCH)
    services.record_bank_account(actor=register.actor(MARCH), person_id=person, new=new)
    file = register.file(person)
    assert [(item.tail, item.to_on) for item in file.accounts] == [("0012", MARCH - timedelta(days=1)), ("0020", None)]
    on = {day: selectors.accounts_in_force([person], on=day, known_on=MARCH)[person].tail for day in (FEBRUARY, MARCH)}
    assert on == {FEBRUARY: "0012", MARCH: "0020"}
    assert selectors.accounts_in_force([person], on=MARCH, known_on=FEBRUARY)[person].tail == "0012"
    with pytest.raises(no.AlreadyRecorded, match="尾号 0020"):
        services.record_bank_account(actor=register.actor(), person_id=person, new=new)


def test_the_number_of_an_account_is_opened_only_for_the_bank(register):
    """And found by what the bank says, without being opened."""
    person = register.person(account=account())
    facts = selectors.accounts_in_force([person], on=MARCH, known_on=date(2024, 3, 15))
    facts = facts or selectors.accounts_in_force([person], on=date(2024, 3, 15), known_on=date(2024, 3, 15))
    used = facts[person]
    assert selectors.account_numbers([used.id]) == {used.id: "6299990000000012"}
    assert selectors.account_index("6299990000000012") == used.number_index


def test_an_account_is_shared_in_one_family_only(register):
    """Strangers are refused by naming whose account it is."""
    husband = register.person("张建国", number="A-1", account=account())
    wife = register.person("李秀英")
    new = account(holder="李秀英")
    with pytest.raises(no.AccountOfAnother, match="A-1"):
        services.record_bank_account(actor=register.actor(), person_id=wife, new=new)
    family = services.open_family(actor=register.actor(), bureau="yl", number="H-1")
    for member, role in ((husband, "户主"), (wife, "配偶")):
        services.add_family_member(
            actor=register.actor(), family_id=family, person_id=member, role=role, from_on=date(1975, 1, 1)
        )
    assert services.record_bank_account(actor=register.actor(), person_id=wife, new=new)


def test_an_account_is_stopped(register):
    """From then on nothing is in force."""
    person = register.person(day=JANUARY, account=account(from_on=date(2020, 1, 1)))
    services.end_bank_account(actor=register.actor(MARCH), person_id=person, to_on=FEBRUARY, reason="卡已注销")
    found = selectors.accounts_in_force([person], on=MARCH, known_on=MARCH)
    assert (found, register.file(person, known=FEBRUARY).account.tail) == ({}, "0012")


# --- the past ---------------------------------------------------------------------------------------------


def test_what_is_known_may_not_be_put_before_what_it_corrects(register):
    """Nor into the future, nor into the past by a clerk."""
    person = register.person(day=FEBRUARY, identities=(identity("81", "2020-01"),))
    end = {"person_id": person, "category": "81", "last_month": Month.of(2024, 1), "reason": "迁出"}
    with pytest.raises(no.KnownTooEarly, match="2024-02-10"):
        services.end_identity(actor=register.actor(MARCH), known_on=JANUARY, **end)
    with pytest.raises(no.InTheFuture, match="获知日期"):
        services.end_identity(actor=register.actor(MARCH), known_on=date(2024, 3, 11), **end)
    with pytest.raises(NotAllowed, match="补录"):
        services.end_identity(actor=register.actor(MARCH, "clerk"), known_on=FEBRUARY, **end)
    services.end_identity(actor=register.actor(MARCH), known_on=FEBRUARY, **end)


def test_a_file_is_not_there_before_it_was_opened(register):
    """As of the day before, nobody is."""
    person = register.person(day=FEBRUARY)
    with pytest.raises(no.PersonUnknown):
        register.file(person, known=FEBRUARY - timedelta(days=1))


def test_a_mistake_is_taken_back(register):
    """With its reason, in the change log and in the trail."""
    person = register.person(day=JANUARY, identities=(identity("81", "2020-01"),))
    fact = register.file(person).identities[0].dating.id
    services.withdraw_fact(
        actor=register.actor(MARCH), person_id=person, kind="identity", fact_id=fact, reason="登记错人"
    )
    assert (len(register.file(person, known=FEBRUARY).identities), register.file(person).identities) == (1, ())
    assert TrailEntry.objects.order_by("-sequence").first().summary.endswith("撤销身份：登记错人")


DAYS = [JANUARY + timedelta(days=10 * place) for place in range(6)]
grades = st.builds(
    NewGrade,
    cause=st.just("因公"),
    grade=st.integers(1, 10),
    decided_on=st.sampled_from([date(2010, 1, 1), date(2020, 1, 1)]),
)
steps = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["grade", "identity", "end", "name", "death", "undead", "account", "move", "home"]),
        grades,
    ),
    min_size=1,
    max_size=8,
)


def take_step(register, person, day, what, grade):
    """One entry of a random kind; one that does not fit is refused, and that is right too."""
    act = {"actor": register.actor(day), "person_id": person}
    number = f"62999900{day:%Y%m%d}"
    doing = {
        "grade": lambda: services.record_disability_grade(new=grade, **act),
        "identity": lambda: services.record_identity(
            new=identity("81", f"20{10 + grade.grade}-01", f"20{10 + grade.grade}-06"), **act
        ),
        "end": lambda: services.end_identity(category="51", last_month=Month.from_day(day), reason="终止", **act),
        "name": lambda: services.record_attribute(
            kind=AttributeKind.NAME, value="张" + "甲乙丙丁戊己庚辛壬癸"[grade.grade - 1], **act
        ),
        "death": lambda: services.record_death(died_on=day - timedelta(days=grade.grade), evidence="证明", **act),
        "undead": lambda: services.withdraw_death(reason="登记错人", **act),
        "account": lambda: services.record_bank_account(
            new=account(number, holder=selectors.briefs([person])[person].name), **act
        ),
        "move": lambda: services.record_move(kind=LifeEventKind.MOVED_IN, happened_on=day, evidence="函", **act),
        "home": lambda: services.record_residence(new=residence(f"石桥镇{grade.grade}村"), **act),
    }
    try:
        doing[what]()
    except Refusal:
        return False
    return True


@given(steps)
@property_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
def test_recording_never_changes_what_was_read_before(register, taken):
    """Whatever is recorded on a day, the file as known on every day before reads as it did, word for word."""
    person = register.person(day=DAYS[0], identities=(identity("51", "2015-01"),), residence=residence())
    day, read = DAYS[0], {}
    ons = (date(2012, 1, 1), date(2024, 12, 31))
    for wait, what, grade in taken:
        following = day + timedelta(days=wait)
        for past in (day,) if following > day else ():
            read[past] = [register.file(person, on=on, known=past) for on in ons]
        day = following
        take_step(register, person, day, what, grade)
        for past, files in read.items():
            assert [register.file(person, on=on, known=past) for on in ons] == files, (what, day, past)
