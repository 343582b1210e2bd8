"""What was reckoned is kept while nothing is written in the rooms that it was read from."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction

from rongji.accounts import services as accounts
from rongji.accounts.kept import forget_kept
from rongji.accounts.trail import record, room_stamps
from rongji.accounts.types import Actor, Grant, Origin, OriginKind, Role
from rongji.kernel.figure import Figure
from rongji.performance import measures

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def operator() -> Actor:
    """Somebody who may open organisations."""
    origin = Origin(OriginKind.CLI, "test")
    grants = (Grant(Role.ADMINISTRATOR),)
    return Actor(name="操作员", origin=origin, at=datetime(2024, 6, 1, tzinfo=UTC), grants=grants)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A measure over `accounts` that notes when it is really asked."""
    calls: list[str] = []

    def derive(bureau: str, year: int, books: object) -> tuple[Figure, ...]:
        calls.append(f"{bureau} {year}")
        return ()

    forget_kept()
    monkeypatch.setattr(measures, "_REGISTRY", {})
    measures.measure("counted", "试", "people")(derive)
    yield calls
    forget_kept()


def test_asked_once_until_something_is_written(asked: list[str], operator: Actor) -> None:
    _station(operator, "s1")
    for _ in range(3):
        measures.derived_figures("b", 2024)
    assert asked == ["b 2024"]
    _station(operator, "s2")
    measures.derived_figures("b", 2024)
    assert asked == ["b 2024", "b 2024"]


def test_each_bureau_and_year_is_asked_for_itself(asked: list[str], operator: Actor) -> None:
    _station(operator, "s1")
    for year in (2023, 2024, 2023):
        measures.derived_figures("b", year)
    measures.derived_figures("c", 2024)
    assert asked == ["b 2023", "b 2024", "c 2024"]


def test_nothing_is_kept_where_nothing_was_ever_written(asked: list[str]) -> None:
    measures.derived_figures("b", 2024)
    measures.derived_figures("b", 2024)
    assert asked == ["b 2024", "b 2024"]


def test_a_stamp_is_of_its_room_only(operator: Actor) -> None:
    before = room_stamps()
    _station(operator, "s1")
    assert room_stamps().of("people") == before.of("people")
    assert room_stamps().of("accounts") != before.of("accounts")


def _station(operator: Actor, code: str) -> None:
    accounts.open_organisation(actor=operator, code=code, name=f"{code}站", kind="bureau", area_code="990201")


@pytest.mark.parametrize(
    ("parts", "grown_old"),
    [(["b/one"], {"people/one"}), (["c/one"], set()), ([], {"people/one", "people/two"})],
)
def test_a_write_makes_the_parts_old_that_it_names_and_all_of_them_when_it_names_none(
    operator: Actor, parts: list[str], grown_old: set[str]
) -> None:
    places = ("people/one", "people/two")
    before = room_stamps("b")
    with transaction.atomic():
        record(
            actor=operator, action="people.note", subject_kind="bureau", subject_id="b", summary="试记一笔", parts=parts
        )
    after = room_stamps("b")
    assert {place for place in places if before.of(place) != after.of(place)} == grown_old
    assert before.of("people") != after.of("people")
