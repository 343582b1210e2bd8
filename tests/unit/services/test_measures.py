"""Numbers of the registers: what counts, by which axes, opening to the records; kept with stamps, always the same."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongji.accounts.kept import forget_kept
from rongji.kernel.figure import RowRef
from rongji.services.measures import derived_figures, numbers_of, rows_behind
from rongji.services.models import Record, RegisterYear
from rongji.services.selectors import records_of_person
from rongji.services.services import add_record, add_records, change_record, withdraw_record

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def everybody(scope: object) -> bool:
    return True


def nobody(scope: object) -> bool:
    return False


def figures(year: int = 2024) -> dict[str, str]:
    return {str(item.key): str(item.quantity) for item in derived_figures("yunhu", year)}


@pytest.fixture
def year(desk):
    """Three fairs of 2024 and one of 2023, two teams that stand and one that was dissolved."""
    desk.add(station="yunhu-e", spent="100.05", hours="0.1", is_special="是")
    desk.add(held_on="2024-02-05", name="二", station="yunhu-w", kind="线上", visitors="30", spent="0.95", hours="0.2")
    desk.add(held_on="2024-02-06", name="三", station="yunhu-w", visitors="50")
    desk.add(held_on="2023-12-31", name="四", visitors="1000")
    teams = (
        ("甲队", "村级", "2022-01-01", ""),
        ("乙队", "县级", "2023-01-01", "2023-12-31"),
        ("丙队", "村级", "2023-05-01", "2023-12-30"),
    )
    for name, level, first, last in teams:
        desk.add("teams", name=name, level=level, founded_on=first, ended_on=last, members=10)
    return desk


def test_every_measure_counts_what_its_declaration_says(year):
    found = figures()
    assert {key: value for key, value in found.items() if "#" not in key} == {
        "services.fairs.held": "3场次",
        "services.fairs.visitors": "400人次",
        "services.fairs.special": "1场次",
        "services.fairs.spent": "101.00元",
        "services.fairs.hours": "0.3小时",
        "services.fairs.ever": "4场次",
        "services.teams.standing": "1支",
        "services.teams.members": "10人",
        "services.teams.levels": "2个",
        "services.teams.dissolved": "0支",
        "services.teams.founded": "0支",
    }
    assert found["services.fairs.held#kind:线下"] == "2场次"
    assert not any("#station:" in key for key in found)  # by station a number opens, it is none of its own
    assert found["services.fairs.visitors#kind:线上"] == "30人次"


def test_nothing_is_a_number_where_something_is_kept(desk):
    """An empty register states nothing; one in use says 0 of what it had none of, but not of fields left blank."""
    assert figures() == {}
    desk.add()
    found = figures()
    assert found["services.fairs.special"] == "0场次"
    assert not {"services.fairs.spent", "services.fairs.hours", "services.fairs.leads"} & set(found)
    assert not [key for key in found if key.startswith("services.teams")]


def test_what_ends_on_the_last_day_of_the_year_still_stands_that_day(year):
    assert figures(2023)["services.teams.standing"] == "2支"
    assert figures(2023)["services.teams.dissolved"] == "2支"
    assert figures(2022)["services.teams.standing"] == "1支"


def test_the_rows_of_a_figure_add_up_to_it_and_open_to_the_records(year):
    by_key = {str(item.key): item for item in derived_figures("yunhu", 2024)}
    for figure in by_key.values():
        assert sum(row.quantity.value for row in figure.rows) == figure.quantity.value
        for row in (row for row in figure.rows if "|" in row.identifier):
            behind = rows_behind("yunhu", 2024, row.identifier, everybody)
            assert sum(item.quantity.value for item in behind) == row.quantity.value, figure.key
    rows = by_key["services.fairs.visitors"].rows
    assert [row.label for row in rows] == ["东山镇服务站", "西河镇服务站"]
    west = rows_behind("yunhu", 2024, rows[1].identifier, everybody)
    assert [(row.table, row.label, str(row.quantity)) for row in west] == [
        ("record", "2024-02-05 二 线上", "30人次"),
        ("record", "2024-02-06 三 线下", "50人次"),
    ]


def test_many_records_open_by_month_and_then_by_day(year, monkeypatch):
    monkeypatch.setattr("rongji.services.measures.behind.LISTED", 1)
    months = rows_behind("yunhu", 2024, "services.fairs.visitors#|yunhu-w", everybody)
    assert [(row.label, str(row.quantity)) for row in months] == [("2024年2月", "80人次")]
    days = rows_behind("yunhu", 2024, months[0].identifier, everybody)
    assert [(row.label, str(row.quantity)) for row in days] == [("2024年2月5日", "30人次"), ("2024年2月6日", "50人次")]
    assert [row.table for row in rows_behind("yunhu", 2024, days[0].identifier, everybody)] == ["record"]
    year.add(held_on="2024-02-06", name="同日", station="yunhu-w", visitors="7")
    listed = rows_behind("yunhu", 2024, days[1].identifier, everybody)
    assert [str(row.quantity) for row in listed] == ["50人次", "7人次"]
    assert "其余 1 条" in listed[1].label


@pytest.mark.parametrize(
    "identifier", ["", "x", "services.none.x#|a", "services.fairs.none#|a", "services.fairs.held#|yunhu-w|9"]
)
def test_what_no_row_carries_opens_to_nothing(year, identifier):
    assert rows_behind("yunhu", 2024, identifier, everybody) == ()


def test_persons_count_once_and_are_named_only_to_those_who_may_see_them(desk):
    from rongji.people.services import register_person
    from rongji.people.types import NewPerson, Sex

    for name in ("示例甲", "示例乙"):
        new = NewPerson(name=name, born_on=date(1955, 3, 4), sex=Sex.MALE)
        register_person(actor=desk.clerk, bureau="yunhu", new=new)
    for n, (lead, station) in enumerate((("示例甲", "yunhu-e"), ("示例甲", "yunhu-w"), ("示例乙", "yunhu-w"))):
        desk.add(name=str(n), lead=lead, station=station)
    figure = next(item for item in derived_figures("yunhu", 2024) if str(item.key) == "services.fairs.leads")
    assert str(figure.quantity) == "2人"
    assert [(row.label, str(row.quantity)) for row in figure.rows] == [
        ("西河镇服务站", "2人"),
        ("东山镇服务站", "1人"),
        ("在几处都有的，合计只计一次", "-1人"),
    ]
    seen = rows_behind("yunhu", 2024, figure.rows[0].identifier, everybody)
    assert {row.label.split()[1] for row in seen} == {"示例甲", "示例乙"}
    assert {row.table for row in rows_behind("yunhu", 2024, figure.rows[0].identifier, nobody)} == {"file"}


def test_two_files_made_one_are_one_person(desk, actor):
    from rongji.people.services import merge_persons, register_person
    from rongji.people.types import NewPerson, Sex

    ids = []
    for name in ("示例甲", "示例甲甲"):
        new = NewPerson(name=name, born_on=date(1955, 3, 4), sex=Sex.MALE)
        ids.append(register_person(actor=desk.clerk, bureau="yunhu", new=new))
        desk.add(name=name, lead=f"#{ids[-1]}", station="yunhu-e")
    assert figures()["services.fairs.leads"] == "2人"
    head = actor("section_head", organisation=desk.bureau)
    merge_persons(actor=head, kept_id=ids[0], absorbed_id=ids[1], reason="同一人两份档案")
    assert figures()["services.fairs.leads"] == "1人"
    behind = rows_behind("yunhu", 2024, "services.fairs.leads#|yunhu-e", everybody)
    assert [row.identifier for row in behind] == [str(ids[0])]
    later = desk.add(name="三", lead=f"#{ids[1]}")
    assert Record.objects.get(pk=later).person_id == ids[0]
    assert {row.id for row in records_of_person(desk.clerk, ids[0])} == set(Record.objects.values_list("id", flat=True))


def test_only_what_changed_is_counted_again(year, monkeypatch):
    from rongji.services.measures.counting import YearCount

    before, counted = figures(), []
    monkeypatch.setattr(YearCount, "cells", lambda self: counted.append((self.register.id, self.year)) or {})
    assert figures() == before
    assert counted == []
    year.add(name="新")
    figures()
    assert counted == [("fairs", 2024)]


def test_a_changed_declaration_counts_anew(year, legal):
    from unit.services.sample_registers import FAIRS

    from rongji.law.registers import _register

    assert figures()["services.fairs.special"] == "1场次"
    legal.write("registers/fairs.yaml", FAIRS.replace("where: {is_special: [是]}", "where: {kind: [线下]}"))
    _register.cache_clear()
    assert figures()["services.fairs.special"] == "2场次"
    _register.cache_clear()


def test_the_year_reads_them_with_all_other_measures(year):
    from rongji.performance.measures import derived_figures as every_figure
    from rongji.performance.measures import rows_behind as open_row

    found = {str(item.key): item for item in every_figure("yunhu", 2024)}
    row = found["services.fairs.held"].rows[0]
    assert open_row(year.clerk, "yunhu", 2024, row)[0].table == "record"
    assert open_row(year.clerk, "yunhu", 2024, RowRef("services", "services.fairs.held", "")) == ()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["fair", "team", "many", "change", "end", "withdraw", "count"]),
        st.integers(0, 5), st.sampled_from([2021, 2022, 2023]), st.integers(0, 3),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_kept_numbers_are_those_counted_from_scratch_after_any_writes(desk, steps):
    from django.db import transaction

    with transaction.atomic():
        for serial, step in enumerate(steps):
            _write(desk, serial, *step)
        _numbers_hold()
        transaction.set_rollback(True)


def _numbers_hold() -> None:
    for year in (2021, 2022, 2023, 2024):
        kept, parts = total_of(numbers_of("yunhu", year)), _buckets(year)
        RegisterYear.objects.update(reckoned_at=None, numbers={})
        assert total_of(numbers_of("yunhu", year)) == kept
        assert _buckets(year) == parts
        kept_figures = figures(year)
        forget_kept()
        assert figures(year) == kept_figures
    records = Record.objects.filter(withdrawn_on=None).count()
    assert sum(RegisterYear.objects.values_list("records", flat=True)) == records


def total_of(counted) -> dict:
    return {
        (item.register.id, item.measure.id, member): number.total
        for item in counted
        for member, number in item.numbers.items()
    }


def _buckets(year: int) -> dict:
    counted = numbers_of("yunhu", year)
    return {(item.measure.id, member): n.buckets for item in counted for member, n in item.numbers.items()}


def _write(desk, serial: int, what: str, place: int, year: int, n: int) -> None:
    told = {"actor": desk.clerk, "bureau": "yunhu"}
    station = ("yunhu-e", "yunhu-w", "", "")[n]
    fair = {"held_on": f"{year}-0{n + 1}-15", "kind": ("线下", "线上")[n % 2], "visitors": place, "station": station}
    rows = list(Record.objects.filter(withdrawn_on=None).order_by("id"))
    row = rows[place % len(rows)] if rows else None
    if what == "fair":
        add_record(register="fairs", answers={**fair, "name": f"f{serial}", "hours": f"0.{n}1"}, **told)
    elif what == "many":
        add_records(register="fairs", many=[{**fair, "name": f"m{serial}.{k}"} for k in range(n)], **told)
    elif what == "team":
        level = ("县级", "乡镇级", "村级")[n % 3]
        ended = {"ended_on": f"{year + 1}-12-3{n % 2}"} if place % 2 and year < 2023 else {}
        team = {"founded_on": f"{year}-12-31", "name": f"t{serial}", "level": level, "members": place, **ended}
        add_record(register="teams", answers=team, **told)
    elif what == "count":
        list(numbers_of("yunhu", year))
    elif row is not None and what == "withdraw":
        withdraw_record(actor=desk.clerk, record_id=row.pk, reason="重复登记")
    elif row is not None:
        names = {"fairs": {"held_on": fair["held_on"]}, "teams": {"founded_on": f"{year}-01-01", "ended_on": ""}}
        answers = (
            names[row.register] if what == "change" else {"visitors": n} if row.register == "fairs" else {"members": n}
        )
        change_record(actor=desk.clerk, record_id=row.pk, version=row.version, answers=answers, reason="核对")
