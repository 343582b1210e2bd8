"""Two files of one person found, made one, and taken apart again exactly."""

from datetime import date

import pytest
from unit.people.samples import account, identity, number_of, residence

from rongji.accounts.refusals import NotAllowed
from rongji.people import refusals as no
from rongji.people import selectors, services
from rongji.people.types import AttributeKind, ChangeKind, NewGrade, NewMerit, NewService

BORN = date(1952, 6, 15)
MERGE_DAY, LATER = date(2024, 3, 15), date(2024, 3, 20)


@pytest.fixture
def pair(register):
    """Two files of one man: the second has no ID number, another spelling, and facts the first lacks."""
    kept = register.person(
        "张建国", number="A-1", day=date(2024, 1, 10), identities=(identity("81", "2020-01"),), account=account()
    )
    absorbed = register.person(
        "张健国",
        number="B-2",
        day=date(2024, 2, 10),
        id_number="",
        phone="13812345678",
        residence=residence(station_code="yl-1"),
        identities=(identity("81", "2021-01"), identity("51", "2019-01")),
        grades=(NewGrade(cause="因公", grade=8, decided_on=date(2005, 1, 1)),),
        service=(NewService(enlisted_on=date(1970, 12, 1), discharged_on=date(1975, 1, 1)),),
        merits=(NewMerit(grade="三等功", awarded_on=date(1973, 1, 1)),),
        account=account("6299990000000020", holder="张健国"),
    )
    return kept, absorbed


def everything():
    """Every row of every room that points to a person, and the persons themselves, as they stand."""
    from rongji.people.models import Change, Merge, Person
    from rongji.people.services.merging import _pointing_fields

    models = {model for model, _ in _pointing_fields()} | {Person}
    return {
        model._meta.label: sorted(model._default_manager.order_by("pk").values_list())
        for model in models
        if model not in (Change, Merge)
    }


def merge(register, kept, absorbed, day=MERGE_DAY):
    """The two made one on a day."""
    return services.merge_persons(
        actor=register.actor(day), kept_id=kept, absorbed_id=absorbed, reason="同一人重复建档"
    )


def test_the_kept_file_gains_what_it_lacked_and_keeps_what_it_had(register, pair):
    """Its name, account and identity stay; grade, service, telephone and address come."""
    kept, absorbed = pair
    merge(register, kept, absorbed)
    file = register.file(kept)
    assert (file.name, file.account.tail, file.phone_masked) == ("张建国", "0012", "138****5678")
    assert [(item.category, str(item.first_month)) for item in file.identities] == [
        ("51", "2019-01"),
        ("81", "2020-01"),
    ]
    assert (len(file.grades), len(file.service), len(file.merits)) == (1, 1, 1)
    assert file.residence.station_code == "yl-1"
    assert file.changes[-1].kind == ChangeKind.MERGED


def test_the_absorbed_file_is_closed(register, pair):
    """Nothing more is written in it; it is found no longer, and the refusal names where to write."""
    kept, absorbed = pair
    merge(register, kept, absorbed)
    with pytest.raises(no.PersonMerged, match="请在档案 A-1 上办理"):
        services.record_identity(actor=register.actor(), person_id=absorbed, new=identity("61", "2024-01"))
    assert [item.number for item in selectors.search_persons(register.actor(), "张")] == ["A-1"]
    assert selectors.briefs([absorbed])[absorbed].merged_into == kept


def test_taking_apart_restores_every_row(register, pair):
    """Exactly: every table that points to a person reads as before."""
    kept, absorbed = pair
    before = everything()
    made = merge(register, kept, absorbed)
    assert everything() != before
    services.undo_merge(actor=register.actor(), merge_id=made, reason="不是同一人")
    assert everything() == before


def test_rows_of_other_rooms_move_and_come_back(register, pair):
    """Awards, grants, payments: nobody has to list the rooms."""
    from django.apps import apps

    kept, absorbed = pair
    award = apps.get_model("awards", "Award").objects.create(
        person_id=absorbed, bureau="yl", benefit="rural_veteran_allowance", area="430112", opened_on=MERGE_DAY
    )
    made = merge(register, kept, absorbed)
    award.refresh_from_db()
    assert award.person_id == kept
    services.undo_merge(actor=register.actor(), merge_id=made, reason="不是同一人")
    award.refresh_from_db()
    assert award.person_id == absorbed


def test_a_room_may_refuse(register, pair):
    """As payments do while a run is open; then nothing moves."""
    from rongji.people.services import merging

    def busy(kept_id, absorbed_id):
        raise no.MergeUnfit(why="正在发放")

    before = everything()
    services.register_merge_guard(busy)
    try:
        with pytest.raises(no.MergeUnfit, match="正在发放"):
            merge(register, *pair)
    finally:
        merging._GUARDS.remove(busy)
    assert everything() == before


def test_the_past_reads_as_it_was(register, pair):
    """As known before the merge there are two files, as known while it held one, and two again after it was undone."""
    kept, absorbed = pair
    day = date(2024, 3, 1)
    before = [register.file(pk, known=day) for pk in pair]
    made = merge(register, kept, absorbed)
    assert [register.file(pk, known=day) for pk in pair] == before
    merged = register.file(kept, known=MERGE_DAY)
    services.undo_merge(actor=register.actor(LATER), merge_id=made, reason="不是同一人")
    assert [register.file(pk, known=day) for pk in pair] == before
    assert register.file(kept, known=MERGE_DAY) == merged
    after = register.file(kept, known=LATER)
    assert (after.grades, after.phone_masked) == ((), "")


def test_what_was_corrected_since_has_to_be_taken_back_first(register, pair):
    """Else the correction would stay behind in the wrong file."""
    kept, absorbed = pair
    made = merge(register, kept, absorbed)
    new = NewGrade(cause="因公", grade=7, decided_on=date(2005, 1, 1))
    services.record_disability_grade(actor=register.actor(LATER), person_id=kept, new=new)
    with pytest.raises(no.MergeOverlaid, match="残疾等级"):
        services.undo_merge(actor=register.actor(LATER), merge_id=made, reason="不是同一人")


def test_a_number_given_to_somebody_else_since_stands_in_the_way(register):
    """Two standing files must not have one ID number."""
    number = number_of(BORN, 7)
    kept, absorbed = register.person(number="A-1", id_number=""), register.person(number="B-2", id_number=number)
    made = merge(register, kept, absorbed)
    with pytest.raises(no.IdNumberTaken, match="A-1"):
        register.person("李四", id_number=number)
    fact = next(item for item in register.file(kept).attributes if item.kind is AttributeKind.ID_NUMBER)
    assert fact.value == selectors.briefs([kept])[kept].id_masked
    services.undo_merge(actor=register.actor(), merge_id=made, reason="不是同一人")
    assert selectors.briefs([kept])[kept].id_masked == ""


UNFIT = [
    ({"sex": "female", "id_number": number_of(BORN, 8)}, "性别不同"),
    ({"born_on": date(1952, 6, 16)}, "出生日期不同（1952-06-15 与 1952-06-16）"),
]


@pytest.mark.parametrize(("fields", "says"), UNFIT)
def test_files_that_contradict_each_other_are_not_merged(register, fields, says):
    """First the contradiction is cleared."""
    from rongji.people.types import Sex

    fields = {**fields, **({"sex": Sex(fields["sex"])} if "sex" in fields else {})}
    kept, other = register.person(), register.person(**fields)
    with pytest.raises(no.MergeUnfit, match=says):
        merge(register, kept, other)


def test_who_died_on_two_days_is_not_merged(register):
    """One of the two is wrong."""
    ids = [register.person(died_on=date(2023, 1, day)) for day in (1, 2)]
    with pytest.raises(no.MergeUnfit, match="死亡日期不同"):
        merge(register, *ids)


def test_a_file_is_merged_once_and_never_into_itself(register, pair):
    """And only with a reason, by whoever may."""
    kept, absorbed = pair
    with pytest.raises(no.MergeUnfit, match="同一份档案"):
        merge(register, kept, kept)
    with pytest.raises(no.ReasonMissing):
        services.merge_persons(actor=register.actor(), kept_id=kept, absorbed_id=absorbed, reason=" ")
    with pytest.raises(NotAllowed):
        services.merge_persons(actor=register.actor(role="clerk"), kept_id=kept, absorbed_id=absorbed, reason="同一人")
    made = merge(register, kept, absorbed)
    with pytest.raises(no.MergeUnfit, match="已经并入"):
        merge(register, kept, absorbed)
    services.undo_merge(actor=register.actor(), merge_id=made, reason="不是同一人")
    with pytest.raises(no.MergeUnfit, match="可能已经拆分"):
        services.undo_merge(actor=register.actor(), merge_id=made, reason="不是同一人")
    assert merge(register, kept, absorbed)


# --- finding them ---------------------------------------------------------------------------------------

NEAR = [
    ("same name and birth", ("张建国", "石桥镇红星村"), ("张建国", "白云镇竹山村"), "姓名、出生日期相同"),
    ("same sound, same village", ("张建国", "石桥镇红星村"), ("章健国", "红星村"), "出生日期相同，姓名和住址相近"),
    ("one character other", ("张建国", "石桥镇红星村"), ("张爱国", "石桥镇红星村"), "出生日期相同，姓名和住址相近"),
    ("one character more", ("张国", "石桥镇红星村"), ("张建国", "石桥镇红星村"), "出生日期相同，姓名和住址相近"),
    ("near name, other village", ("张建国", "石桥镇红星村"), ("张爱国", "白云镇竹山村"), None),
    ("other name, same village", ("张建国", "石桥镇红星村"), ("李秀林", "石桥镇红星村"), None),
    ("two-character names with half of it other", ("张国", "石桥镇红星村"), ("张林", "石桥镇红星村"), None),
]


@pytest.mark.parametrize(("one", "other", "why"), [row[1:] for row in NEAR], ids=[row[0] for row in NEAR])
def test_files_that_may_be_of_one_person(register, one, other, why):
    """All born on one day."""
    for name, village in (one, other):
        register.person(name, residence=residence(village))
    found = selectors.find_duplicates(register.actor())
    assert [item.why for item in found] == ([why] if why else [])


def test_another_birth_or_sex_is_another_person(register):
    """However alike the names."""
    from rongji.people.types import Sex

    register.person(residence=residence())
    register.person(born_on=date(1952, 6, 16), residence=residence())
    register.person(sex=Sex.FEMALE, residence=residence())
    assert selectors.find_duplicates(register.actor()) == ()


def test_the_same_number_in_two_bureaus_is_found(register, organisation, actor):
    """One county pays, and the next one too."""
    from rongji.people.types import NewPerson

    organisation("other", area_code="430621")
    everywhere = actor("section_head", username="province")
    for bureau, name in (("yl", "张建国"), ("other", "张健林")):
        new = NewPerson(name=name, id_number=number_of(BORN, 7))
        services.register_person(actor=everywhere, bureau=bureau, new=new)
    assert [item.why for item in selectors.find_duplicates(everywhere)] == ["身份证号相同"]
    assert selectors.find_duplicates(register.actor()) == ()
    ids = [item.id for item in selectors.search_persons(everywhere, number_of(BORN, 7))]
    with pytest.raises(no.MergeUnfit, match="不同单位"):
        services.merge_persons(actor=everywhere, kept_id=ids[0], absorbed_id=ids[1], reason="同一人")
