"""What the register counts for a year: every number by hand, and every number the sum of the rows behind it."""

from datetime import date

import pytest
from unit.people.samples import Register, identity, residence

from rongji.kernel.figure import FigureKey
from rongji.people import measures, services
from rongji.people.types import (
    ConfirmationResult,
    LifeEventKind,
    NewGrade,
    NewMerit,
    NewParticipation,
    NewService,
)

YEAR = 2024
TOWN, VILLAGE = "yl-1", "yl-1-1"


def everybody(scope: object) -> bool:
    """A reader who may see every person."""
    return True


def nobody(scope: object) -> bool:
    """A reader who may see none."""
    return False


def number(key: str, *, bureau: str = "yl", year: int = YEAR) -> int | None:
    """A figure of the register as a plain number; None when it states nothing."""
    wanted = FigureKey.parse(key)
    found = [item for item in measures.derived_figures(bureau, year) if item.key == wanted]
    assert len(found) <= 1
    return int(found[0].quantity.value) if found else None


@pytest.fixture
def lived(register: Register) -> dict[str, int]:
    """Eight persons of two years: who was registered when, with what, and what became of them.

    old: 11, since 2020, in the village. twice: 81 and 51, since 2020, in the town. new: 81 from July 2024, in the
    village. dead: 81, died in May 2024. late: 42, died in December 2024, told in January 2025. left: 81, moved away in
    June 2024. plain: no identity, registered in 2023. next: registered in January 2025.
    """
    at = date(2023, 3, 1)
    village, town = residence(station_code=VILLAGE), residence(station_code=TOWN)
    people = {
        "old": register.person("甲一", day=at, residence=village, identities=(identity("11"),),
                               grades=(NewGrade(cause="因战", grade=5, decided_on=date(2019, 5, 6)),)),
        "twice": register.person("乙二", day=at, residence=town, identities=(identity("81"), identity("51"))),
        "dead": register.person("丙三", day=at, residence=town, identities=(identity("81"),)),
        "late": register.person("丁四", day=at, residence=town, identities=(identity("42"),)),
        "left": register.person("戊五", day=at, identities=(identity("81"),)),
        "plain": register.person("己六", day=at, residence=village, employment="务农",
                                 service=(NewService(enlisted_on=date(2020, 9, 1), discharged_on=date(2022, 9, 1),
                                                     discharge_kind="自主就业"),)),
        "new": register.person("庚七", day=date(2024, 7, 2), residence=village,
                               identities=(identity("81", "2024-07"),)),
        "next": register.person("辛八", day=date(2025, 1, 6)),
    }  # fmt: skip
    services.record_death(
        actor=register.actor(date(2024, 5, 20)), person_id=people["dead"], died_on=date(2024, 5, 8), evidence="证明"
    )
    services.record_death(
        actor=register.actor(date(2025, 1, 9)), person_id=people["late"], died_on=date(2024, 12, 30), evidence="证明"
    )
    services.record_move(
        actor=register.actor(date(2024, 6, 9)), person_id=people["left"], kind=LifeEventKind.MOVED_OUT,
        happened_on=date(2024, 6, 3), other_area="430102", evidence="介绍信",
    )  # fmt: skip
    return people


def test_stocks_count_everybody_once(lived):
    """Files with the dead, without next year's; identities in December, alive and here; two of them are one person."""
    assert number("people.files") == 7
    assert number("people.served") == 4  # old, twice, plain, new
    assert number("people.identified") == 3  # old, twice, new
    assert number("people.identified#category:81") == 2
    assert number("people.identified#category:51") == 1
    assert number("people.identified#group:老年补助") == 2
    assert number("people.identified#group:两参") == 1
    assert number("people.files_of_deceased") == 2


def test_what_was_known_on_the_last_day_stays_apart(lived):
    """A death of December that was told in January takes a person off now, not off what was known then."""
    assert number("people.identified_then") == 4  # late was still thought alive
    assert number("people.deaths") == 2
    assert number("people.deaths", year=2025) is None


def test_flows_are_of_the_year(lived):
    """Registered, newly identified, died, moved away: within the year only."""
    assert [number("people.registered", year=year) for year in (2023, 2024, 2025)] == [6, 1, 1]
    assert number("people.newly_identified") == 1
    assert number("people.newly_identified#category:81") == 1
    assert number("people.newly_identified#category:51") is None
    assert number("people.moved_out") == 1 and number("people.moved_in") is None
    assert number("people.discharged", year=2022) is None  # nobody had a file yet at the end of 2022


def test_back_again_is_here_again(register, lived):
    """The last move counts."""
    services.record_move(
        actor=register.actor(date(2024, 9, 9)), person_id=lived["left"], kind=LifeEventKind.MOVED_IN,
        happened_on=date(2024, 9, 1), evidence="介绍信",
    )  # fmt: skip
    assert number("people.identified#category:81") == 3
    assert number("people.moved_in") == 1 and number("people.moved_out") == 1


@pytest.fixture
def decorated(register: Register, lived: dict[str, int]) -> dict[str, int]:
    """The same, with grades, a merit, part in a war, and a household of two."""
    march = register.actor(date(2024, 3, 20))
    grades = {"old": NewGrade(cause="因战", grade=4, decided_on=date(2024, 3, 4)),
              "twice": NewGrade(cause="因公", grade=8, decided_on=date(2024, 3, 4))}  # fmt: skip
    for name, grade in grades.items():
        services.record_disability_grade(actor=march, person_id=lived[name], new=grade)
    merit = NewMerit(grade="三等功", awarded_on=date(2024, 1, 5))
    services.record_merit(actor=march, person_id=lived["plain"], new=merit)
    services.record_participation(actor=march, person_id=lived["twice"], new=NewParticipation(kind="war"))
    family = services.open_family(actor=march, bureau="yl", number="H1")
    for name in ("old", "plain"):
        services.add_family_member(
            actor=march, family_id=family, person_id=lived[name], role="户主", from_on=date(2024, 1, 1)
        )
    return lived


@pytest.mark.usefixtures("decorated")
def test_grades_merits_and_participation():
    """A first grade and a changed one apart; merits by grade; stock of grades by the last decision."""
    assert number("people.disability_changes") == 2
    assert number("people.disability_changes#change:new") == 1
    assert number("people.disability_changes#change:adjusted") == 1
    assert number("people.disabled") == 2
    assert number("people.disabled#grade:4") == 1 and number("people.disabled#grade:5") is None
    assert number("people.disabled#grade:5", year=2023) == 1
    assert number("people.disabled#cause:因公") == 1
    assert number("people.merits") == 1 and number("people.merits#grade:三等功") == 1
    assert number("people.participants#participation:参战") == 1
    assert number("people.employment_recorded#status:务农") == 1


def test_a_round_of_confirmation(register, lived):
    """On the list, with a result, by result; before anybody has one, nobody confirmed is a number too."""
    november = register.actor(date(2024, 11, 20))
    held = services.open_confirmation_round(actor=november, bureau="yl", year=YEAR)
    waiting = services.persons_to_confirm(actor=november, round_id=held)
    assert (
        number("people.to_confirm") == len(waiting) == 4
    )  # old, twice, new, and left, who is on the list all the same
    assert number("people.confirmed") == 0
    for person in waiting[:2]:
        services.confirm_person(
            actor=november, round_id=held, person_id=person, result=ConfirmationResult.UNCHANGED, method="上门"
        )
    assert number("people.confirmed") == 2
    assert number("people.confirmed#result:unchanged") == 2
    assert number("people.to_confirm", year=2023) is None


def test_papers_scans_and_transfers(register, lived, options):
    """Files with a scan, complete ones, pages, files handed over."""
    desk = register.actor(date(2024, 4, 2))
    item = services.NewArchiveItem(kind="退出现役证明", pages=3)
    first = services.add_archive_item(actor=desk, person_id=lived["old"], new=item)
    services.add_archive_item(actor=desk, person_id=lived["plain"], new=item)
    assert number("people.files_scanned") == 0
    services.store_scan(actor=desk, item_id=first, file_name="证明.pdf", data=b"%PDF-1.4 scan", pages=4)
    services.hand_over_archive(
        actor=desk, person_id=lived["plain"], to_body="人力资源和社会保障局", from_body="退役军人事务局",
        sent_on=date(2024, 4, 2),
    )  # fmt: skip
    assert number("people.files_scanned") == 1
    assert number("people.archive_pages") == 4
    assert number("people.files_complete") == 2 and number("people.files_incomplete") is None
    assert number("people.files_handed_over") == 1


def test_households_and_changes(lived, decorated):
    """Households with members at the end of the year, each once; changes by kind."""
    assert number("people.households") == 1
    kinds = {"died": 1, "moved_out": 1, "registered": 1, "grade": 2}  # the late death is told in 2025
    behind = {kind: measures.rows_behind("yl", YEAR, f"people.changes|{kind}", everybody) for kind in kinds}
    assert {kind: sum(int(row.quantity.value) for row in rows) for kind, rows in behind.items()} == kinds


@pytest.mark.usefixtures("decorated")
def test_every_number_is_the_sum_of_its_rows_and_of_what_they_open_into():
    """For every figure of the register, on every level, down to persons; twice the same."""
    found = tuple(measures.derived_figures("yl", YEAR))
    assert found == tuple(measures.derived_figures("yl", YEAR))
    assert len(found) > 30
    for figure in found:
        assert sum(row.quantity.value for row in figure.rows) == figure.quantity.value, figure.key
        for row in figure.rows:
            behind = measures.rows_behind("yl", YEAR, row.identifier, everybody)
            assert sum(item.quantity.value for item in behind) == row.quantity.value, (figure.key, row)


def test_who_may_not_see_people_is_told_file_numbers_only(lived):
    """No name, no village, nothing to click."""
    seen = measures.rows_behind("yl", YEAR, f"people.files|{VILLAGE}", everybody)
    blind = measures.rows_behind("yl", YEAR, f"people.files|{VILLAGE}", nobody)
    assert [row.table for row in seen] == ["person"] * 3 and "甲一" in seen[0].label
    assert [row.table for row in blind] == ["file"] * 3
    assert not any("甲一" in row.label or "石桥" in row.label or row.identifier for row in blind)


@pytest.mark.usefixtures("lived")
def test_another_bureaus_people_are_not_counted(organisation):
    """Nor is anything said of a bureau without a person."""
    organisation("other", area_code="440100")
    assert tuple(measures.derived_figures("other", YEAR)) == ()
    assert measures.rows_behind("other", YEAR, "people.files|", everybody) == ()


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("identifier", ["", "|", "people.files", "people.nothing|x", "people.files|nowhere", "x|y|z"])
def test_an_address_of_nothing_opens_nothing(identifier):
    """Whatever is asked for, nothing breaks."""
    assert measures.rows_behind("yl", YEAR, identifier, everybody) == ()


def test_merged_files_are_one(register, lived):
    """The absorbed file stops counting, its facts count with the kept one."""
    also = (identity("61", "2024-02"),)
    other = register.person("甲一一", day=date(2024, 2, 1), identities=also)
    assert number("people.files") == 8
    services.merge_persons(
        actor=register.actor(date(2024, 8, 1)), kept_id=lived["old"], absorbed_id=other, reason="同一人两次建档"
    )
    assert number("people.files") == 7
    assert number("people.identified#category:61") == 1
