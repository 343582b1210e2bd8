"""One record is entered: read, linked, held against the others, with history, stamp and trail."""

from datetime import date

import pytest

from rongji.accounts.refusals import NotAllowed
from rongji.services.refusals import RecordsUnfit, RecordUnfit

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def problems(refusal: RecordUnfit) -> dict[str, str]:
    return {item.facts["name"]: item.code for item in refusal.problems}


def test_a_record_is_kept_as_its_declaration_says(desk):
    from rongji.services.models import Record

    pk = desk.add(
        station="东山镇服务站", spent="1,234.50元", hours="４.５", is_special="是", visitors="３２０人次", placed=18.0
    )
    row = Record.objects.get(pk=pk)
    assert row.values == {
        "held_on": "2024-03-05",
        "name": "春风行动",
        "kind": "线下",
        "station": "yunhu-e",
        "visitors": 320,
        "placed": 18,
        "spent": 123450,
        "hours": "4.5",
        "is_special": True,
    }
    assert (row.day, row.title, row.category, row.station_code) == (date(2024, 3, 5), "春风行动", "线下", "yunhu-e")
    assert row.scope_path == desk.east.path
    assert row.version == 1


def test_the_first_entry_opens_the_history_and_stands_in_the_trail(desk):
    from rongji.accounts.models import TrailEntry
    from rongji.services.models import RecordChange, RegisterYear

    pk = desk.add()
    change = RecordChange.objects.get(record_id=pk)
    assert change.before == {}
    assert change.after["name"] == "春风行动"
    entry = TrailEntry.objects.get(subject_kind="record", subject_id=str(pk))
    assert entry.action == "services.add_record"
    assert "招聘会" in entry.summary
    year = RegisterYear.objects.get(register="fairs", year=2024)
    assert (year.stamp, year.records) == (1, 1)


@pytest.mark.parametrize(
    ("answers", "name", "code"),
    [
        ({"visitors": "近300"}, "visitors", "answer-vague"),
        ({"visitors": "300余人次"}, "visitors", "answer-vague"),
        ({"visitors": "约３百"}, "visitors", "answer-vague"),
        ({"visitors": "三百"}, "visitors", "answer-unreadable"),
        ({"visitors": ""}, "visitors", "answer-missing"),
        ({"placed": "400"}, "placed", "record-bounds-crossed"),
        ({"held_on": "2999-01-01"}, "held_on", "record-day-ahead"),
        ({"held_on": "1024-01-01"}, "held_on", "record-day-too-old"),
        ({"kind": "空中"}, "kind", "answer-not-offered"),
        ({"station": "南湖镇服务站"}, "station", "record-station-unknown"),
        ({"lead": "无此人"}, "lead", "record-person-unknown"),
        ({"hours": "1.1234567"}, "hours", "answer-too-fine"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(desk, answers, name, code):
    with pytest.raises(RecordUnfit) as refused:
        desk.add(**answers)
    assert problems(refused.value) == {name: code}
    assert "。" in str(refused.value)


def test_every_fault_of_a_record_is_told_at_once(desk):
    with pytest.raises(RecordUnfit) as refused:
        desk.add(visitors="近300", kind="空中", name="")
    assert set(problems(refused.value)) == {"visitors", "kind", "name"}


def test_an_approximate_number_says_what_a_register_keeps(desk):
    with pytest.raises(RecordUnfit, match="登记的是准确的数"):
        desk.add(visitors="近300")


def test_the_same_record_is_refused_with_the_number_of_the_first(desk):
    first = desk.add()
    with pytest.raises(RecordUnfit, match=f"编号 {first}"):
        desk.add(name="春风 行动")


def test_a_plan_may_lie_ahead(desk):
    assert desk.add("tasks", due="2999-12", what="建成陵园")


def test_the_end_does_not_lie_before_the_start(desk):
    with pytest.raises(RecordUnfit, match="早于"):
        desk.add("teams", founded_on="2024-02-01", ended_on="2024-01-30", name="红星队", level="村级", members=5)


def test_a_record_hangs_on_another_by_its_title(desk):
    from rongji.services.models import Record

    fair = desk.add()
    team = {"founded_on": "2024-02-01", "name": "红星队", "level": "村级", "members": 5}
    pk = desk.add("teams", fair="春风行动", **team)
    assert Record.objects.get(pk=pk).parent_id == fair
    with pytest.raises(RecordUnfit, match="招聘会"):
        desk.add("teams", fair="秋风行动", **{**team, "name": "二队"})


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("春招（第一场）", "春招（第一场）"), ("春招（第一场）", "春招(第一场)"), ("春招(第一场)", "春招（第一场）"),
        ("２０２４春招，西区", "２０２４春招，西区"), ("春招①", "春招①"),
        ("春招 西区", "春招　西区"), ("春招西区", "春招 西区"),
    ],
)  # fmt: skip
def test_a_title_is_found_however_its_signs_are_typed(desk, title, said):
    from rongji.services.models import Record

    fair = desk.add(name=title)
    team = desk.add("teams", founded_on="2024-01-02", name="红星队", level="县级", members="12", fair=said)
    assert Record.objects.get(pk=team).parent_id == fair


def test_two_records_of_one_title_are_told_apart_by_number(desk):
    first = desk.add()
    desk.add(held_on="2024-03-06")
    team = {"founded_on": "2024-02-01", "name": "红星队", "level": "村级", "members": 5}
    with pytest.raises(RecordUnfit, match=f"#{first}"):
        desk.add("teams", fair="春风行动", **team)
    assert desk.add("teams", fair=f"#{first}", **team)


class TestPersons:
    """A field that names a person of the register of people."""

    @pytest.fixture
    def person(self, desk):
        from rongji.people.services import register_person
        from rongji.people.types import NewPerson, NewResidence, Sex

        def make(name: str, village: str = "") -> int:
            new = NewPerson(name=name, born_on=date(1955, 3, 4), sex=Sex.MALE, residence=NewResidence(village=village))
            return register_person(actor=desk.clerk, bureau="yunhu", new=new)

        return make

    def test_by_file_number_name_or_number_of_the_row(self, desk, person):
        from rongji.people.models import Person
        from rongji.services.models import Record

        pk = person("示例甲")
        number = Person.objects.get(pk=pk).number
        for day, said in enumerate((number, "示例甲", f"#{pk}", f"{number} 示例甲"), 1):
            row = desk.add(held_on=f"2024-03-{day:02d}", lead=said)
            assert Record.objects.get(pk=row).person_id == pk

    def test_two_of_one_name_are_told_apart_by_village(self, desk, person):
        from rongji.services.models import Record

        person("示例甲", "东山镇 红星村")
        other = person("示例甲", "西河镇 白云村")
        with pytest.raises(RecordUnfit, match="档案号"):
            desk.add(lead="示例甲")
        row = desk.add(lead="示例甲 白云村")
        assert Record.objects.get(pk=row).person_id == other

    def test_who_is_named_with_and_without_the_village_is_one(self, desk, person):
        from rongji.law.registers import register
        from rongji.services.entering import Judge

        one, judge = person("示例甲", "东山镇 红星村"), Judge(desk.clerk, register("fairs"), "yunhu")
        lead = register("fairs").by_id["lead"]
        assert [judge.links.find(lead, said) for said in ("示例甲", "示例甲 红星村", "示例甲")] == [one] * 3


def test_a_stations_clerk_enters_for_the_own_station_only(desk):
    assert desk.add(actor=desk.east_clerk, station="yunhu-e")
    with pytest.raises(NotAllowed):
        desk.add(actor=desk.east_clerk, station="yunhu-w", name="别站的")
    with pytest.raises(NotAllowed):
        desk.add(actor=desk.east_clerk, name="全县的")
    with pytest.raises(NotAllowed):
        desk.add(actor=desk.reviewer, name="评审的")


def test_many_at_once_are_one_entry_in_the_trail_and_all_or_none(desk):
    from rongji.accounts.models import TrailEntry
    from rongji.services.models import Record, RecordChange, RegisterYear
    from rongji.services.services import add_records

    rows = [{"held_on": "2024-03-05", "name": f"第{n}场", "kind": "线上", "visitors": n} for n in range(300)]
    with pytest.raises(RecordsUnfit, match="第 7 条"):
        bad = [*rows[:6], {**rows[6], "visitors": "几十"}, *rows[7:]]
        add_records(actor=desk.clerk, bureau="yunhu", register="fairs", many=bad)
    assert not Record.objects.exists()
    before = TrailEntry.objects.count()
    made = add_records(actor=desk.clerk, bureau="yunhu", register="fairs", many=rows)
    assert Record.objects.get(pk=made[7]).title == "第7场"
    assert RecordChange.objects.count() == 300
    assert TrailEntry.objects.count() == before + 1
    assert RegisterYear.objects.get().records == 300
    with pytest.raises(RecordsUnfit, match="已经有了"):
        add_records(actor=desk.clerk, bureau="yunhu", register="fairs", many=rows[:1])
    with pytest.raises(RecordsUnfit, match="第 1 行"):
        twice = [{**rows[0], "name": "新"}, {**rows[0], "name": "新"}]
        add_records(actor=desk.clerk, bureau="yunhu", register="fairs", many=twice)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("证号11010519491231002X。", "证号110105********002X。"),
        ("证号 １１０１０５１９４９１２３１００２Ｘ。", "证号 110105********002X。"),
        ("110105 19491231 002X", "110105********002X"),
        ("110105-19491231-002X", "110105********002X"),
        ("文号110105194912310021", "文号110105194912310021"),  # no number of anybody: its check digit is wrong
        ("账号6222020000001234567", "账号6222020000001234567"),
    ],
)
def test_no_number_of_an_identity_card_lies_open_in_free_words(desk, written, kept):
    from rongji.services.models import Record

    assert Record.objects.get(pk=desk.add(remark=written)).values["remark"] == kept
