"""What a station counts is kept until something is written about one of its persons; a move touches both stations."""

from collections.abc import Iterator
from datetime import date

import pytest
from unit.people.samples import Register, identity, residence

from rongji.accounts.kept import forget_kept
from rongji.people import services
from rongji.people.measures import derived_figures
from rongji.people.measures.counting import Rows
from rongji.people.types import AttributeKind, ConfirmationResult, LifeEventKind

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = date(2024, 3, 15)


def figures() -> dict[str, tuple]:
    """Every number of 2024 with its rows."""
    return {str(item.key): (item.quantity, tuple(item.rows)) for item in derived_figures("yl", 2024)}


def writes(register: Register) -> Iterator[str]:
    """Writes of every sort, one after the other; what each was."""
    actor = register.actor()
    told = {"actor": actor, "known_on": DAY}
    first = register.person("示例甲", residence=residence(station_code="yl-1"))
    yield "a file"
    second = register.person("示例乙", residence=residence(station_code="yl-1-1"))
    yield "a file at another station"
    third = register.person("示例丙")
    yield "a file under no station"
    services.record_identity(person_id=first, new=identity(), **told)
    yield "an identity"
    services.record_residence(person_id=first, new=residence(station_code="yl-1-1", from_on=date(2024, 2, 1)), **told)
    yield "a move to another station"
    services.record_attribute(person_id=second, kind=AttributeKind.EMPLOYMENT, value="在岗", evidence="走访", **told)
    yield "a plain fact"
    services.record_move(
        person_id=second, kind=LifeEventKind.MOVED_OUT, happened_on=date(2024, 3, 1), evidence="转出函", **told
    )
    yield "a move out"
    merge = services.merge_persons(actor=actor, kept_id=first, absorbed_id=third, reason="同一人两份档案")
    yield "a merge"
    services.undo_merge(actor=actor, merge_id=merge, reason="不是同一人")
    yield "a merge undone"
    listed = services.open_confirmation_round(actor=actor, bureau="yl", year=2024)
    yield "a round"
    services.confirm_person(
        actor=actor, round_id=listed, person_id=first, result=ConfirmationResult.UNCHANGED, method="走访"
    )
    yield "a confirmation"
    services.record_death(person_id=first, died_on=date(2024, 3, 10), evidence="死亡证明", **told)
    yield "a death"


def test_after_every_write_the_numbers_are_those_counted_from_nothing(register: Register) -> None:
    for what in writes(register):
        kept = figures()
        forget_kept()
        assert kept == figures(), what
    assert {"people.moved_out", "people.confirmed", "people.deaths"} <= set(kept)


def test_only_the_stations_of_the_write_are_counted_again(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    there = register.person("示例甲", residence=residence(station_code="yl-1"))
    register.person("示例乙", residence=residence(station_code="yl-1-1"))
    figures()
    asked: set[str] = set()
    real = Rows.at

    def noted(self: Rows, stations: list[str]) -> Rows:
        asked.update(stations)
        return real(self, stations)

    monkeypatch.setattr(Rows, "at", noted)
    figures()
    assert asked == set()
    services.record_identity(actor=register.actor(), person_id=there, new=identity(), known_on=DAY)
    figures()
    assert asked == {"yl-1"}
    later = residence(station_code="yl-1-1", from_on=date(2024, 2, 1))
    services.record_residence(actor=register.actor(), person_id=there, new=later, known_on=DAY)
    figures()
    asked.clear()
    register.person("示例丙", residence=residence(station_code="yl-1"))
    figures()
    assert asked == {"yl-1"}
