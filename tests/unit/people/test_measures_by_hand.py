"""Every number of the register recomputed person by person, in the plainest way, over small invented registers.

The measures count in the database; here each person's life is read and the numbers they belong to are named.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from rongji.people import measures, models
from rongji.people.categories import known_categories
from rongji.people.measures.headcounts import NOT_SAID, PARTICIPATIONS

BUREAU, YEAR = "yl", 2024
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
DECEMBER = 202412
DAYS = [date(2019, 5, 1), date(2023, 12, 31), FIRST, date(2024, 6, 15), LAST, date(2025, 1, 1), date(2025, 3, 1)]
MONTHS = [201905, 202312, 202401, 202406, 202411, 202412, 202501]
PERSONS = 5
FACTS = (
    models.Attribute, models.ServicePeriod, models.Merit, models.Participation, models.Identity,
    models.DisabilityGrade, models.LifeEvent, models.ArchiveItem, models.ArchiveTransfer, models.Confirmation,
)  # fmt: skip

days = st.sampled_from(DAYS)
maybe = st.none() | days


def facts(dated: bool = True, **columns: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some facts of one kind, of persons by their place; waits: days until another fact took the place of this one."""
    dating = {"known_on": days, "waits": st.sampled_from([None, None, None, 0, 200, 600])} if dated else {}
    return st.lists(st.fixed_dictionaries({"person": st.integers(0, PERSONS - 1), **dating, **columns}), max_size=7)


people = st.lists(
    st.fixed_dictionaries(
        {
            "bureau": st.sampled_from([BUREAU, BUREAU, BUREAU, "other"]),
            "station_code": st.sampled_from(["", "east", "west"]),
            "registered_on": st.sampled_from(DAYS[:4] + DAYS[-1:]),
            "died_on": st.sampled_from([None, None, None, *DAYS]),
            "merged": st.sampled_from([False, False, False, True]),
        }
    ),
    min_size=PERSONS, max_size=PERSONS,
)  # fmt: skip
lives = st.fixed_dictionaries(
    {
        "Attribute": facts(
            kind=st.sampled_from(["employment", "insurance", "health"]), value=st.sampled_from(["", "务农", "退休"]),
            from_on=days,
        ),
        "ServicePeriod": facts(
            enlisted_on=st.just(date(2000, 1, 1)), discharged_on=maybe, discharge_kind=st.sampled_from(["", "复员"])
        ),
        "Merit": facts(grade=st.sampled_from(["二等功", "三等功"]), awarded_on=days),
        "Participation": facts(kind=st.sampled_from(["war", "nuclear_test"])),
        "Identity": facts(
            category=st.sampled_from(["11", "12", "51", "61", "81", "C4", "ZZ"]), first_month=st.sampled_from(MONTHS),
            last_month=st.none() | st.sampled_from(MONTHS),
        ),
        "DisabilityGrade": facts(
            cause=st.sampled_from(["因战", "因公"]), grade=st.sampled_from([4, 9]), decided_on=days
        ),
        "LifeEvent": facts(kind=st.sampled_from(["died", "moved_in", "moved_out"]), happened_on=days),
        "ArchiveItem": facts(
            False, kind=st.sampled_from(["表", "证"]), title=st.just("材料"), scanned_on=maybe, recorded_on=days,
            state=st.sampled_from(["missing", "present"]), pages=st.integers(0, 2),
        ),
        "ArchiveTransfer": facts(False, from_body=st.just("局"), to_body=st.just("所"), sent_on=days),
        "Confirmation": facts(False, result=st.sampled_from(["", "unchanged", "deceased"])),
        "Change": facts(
            False, kind=st.sampled_from(["died", "grade"]), known_on=days, true_from=st.just(FIRST),
            summary=st.just("异动"), actor_label=st.just("示例"),
        ),
        "FamilyMember": facts(family=st.integers(0, 1), role=st.just("户主"), from_on=days, to_on=maybe),
    }
)  # fmt: skip


def write(persons: list[dict[str, Any]], told: dict[str, list[dict[str, Any]]]) -> None:
    """Put an invented register into the database; what the tables refuse is left out."""
    saved = []
    for number, columns in enumerate(persons):
        merged = columns.pop("merged")
        into = saved[0] if merged and saved else None
        saved.append(
            models.Person.objects.create(
                number=f"A{number}", name=f"示{number}", sex="male", born_on=date(1950, 1, 1), area="990200",
                merged_into=into, **columns,
            )
        )  # fmt: skip
    held = models.ConfirmationRound.objects.create(bureau=BUREAU, year=YEAR, opened_on=FIRST)
    kinds = ("household", "martyr")
    homes = [models.Family.objects.create(bureau=BUREAU, number=kind, kind=kind) for kind in kinds]
    taken: set[tuple[Any, ...]] = set()
    for name, rows in told.items():
        for row in rows:
            columns = _columns(name, row, saved, held, homes)
            if _fits(name, columns, taken):
                getattr(models, name).objects.create(**columns)


def _columns(name: str, row: dict[str, Any], saved: list[Any], held: Any, homes: list[Any]) -> dict[str, Any]:
    columns = {**row, "person": saved[row["person"]]}
    if "waits" in columns:
        waits = columns.pop("waits")
        columns["superseded_on"] = None if waits is None else columns["known_on"] + timedelta(days=waits)
    if name == "FamilyMember":
        columns["family"] = homes[row["family"]]
    if name == "Confirmation":
        columns["round"] = held
    return columns


def _fits(name: str, columns: dict[str, Any], taken: set[tuple[Any, ...]]) -> bool:
    """What the tables' constraints ask: one open identity of a category, one death, one result, no period backwards."""
    person, stands = columns["person"].pk, columns.get("superseded_on") is None
    key: tuple[Any, ...] = ()
    if name == "Identity":
        if columns["last_month"] and columns["last_month"] < columns["first_month"]:
            return False
        key = (name, person, columns["category"]) if stands and columns["last_month"] is None else ()
    elif name == "LifeEvent":
        key = (name, person) if stands and columns["kind"] == "died" else ()
    elif name == "Confirmation":
        key = (name, person)
    elif name == "FamilyMember":
        return columns["to_on"] is None or columns["to_on"] >= columns["from_on"]
    fits = key not in taken
    taken.update({key} - {()})
    return fits


# --- by hand --------------------------------------------------------------------------------------


@dataclass
class Life:
    """One person with every fact written of them."""

    person: Any
    facts: dict[type, list[Any]]

    def stands(self, model: type) -> list[Any]:
        """What is known now."""
        return [row for row in self.facts[model] if row.superseded_on is None]

    def known_then(self, model: type) -> list[Any]:
        """What was known on the last day of the year."""
        return [
            row
            for row in self.facts[model]
            if row.known_on <= LAST and (row.superseded_on is None or row.superseded_on > LAST)
        ]

    @property
    def is_counted(self) -> bool:
        """Whether there is a file of their own at the end of the year."""
        mine = self.person.bureau == BUREAU and self.person.merged_into_id is None
        return mine and self.person.registered_on <= LAST

    @property
    def is_dead(self) -> bool:
        """Whether they had died by the end of the year."""
        return self.person.died_on is not None and self.person.died_on <= LAST

    @property
    def is_here(self) -> bool:
        """Whether they were alive and in the county's care."""
        return not self.is_dead and not moved_away(self.stands(models.LifeEvent))


def in_year(day: date | None) -> bool:
    """Whether a day lies within the year."""
    return day is not None and FIRST <= day <= LAST


def moved_away(events: list[Any]) -> bool:
    """Whether the last move up to the end of the year was away."""
    moves = [row for row in events if row.kind != "died" and row.happened_on <= LAST]
    last = max(moves, key=lambda row: (row.happened_on, row.pk), default=None)
    return last is not None and last.kind == "moved_out"


def held_in_december(rows: list[Any]) -> list[Any]:
    """The identities held in December."""
    return [row for row in rows if row.first_month <= DECEMBER and (row.last_month or DECEMBER) >= DECEMBER]


def numbers_of(life: Life) -> Iterator[str]:
    """The name of every number in which a person counts."""
    if life.is_counted:
        for part in (_file, _whereabouts, _identities, _grades, _flows, _words, _confirmations):
            yield from part(life)


def _file(life: Life) -> Iterator[str]:
    yield "people.files"
    if in_year(life.person.registered_on):
        yield "people.registered"
    if life.is_dead:
        yield "people.files_of_deceased"
    items = life.facts[models.ArchiveItem]
    if any(row.scanned_on and row.scanned_on <= LAST for row in items):
        yield "people.files_scanned"
    kept = [row for row in items if row.recorded_on <= LAST]
    if any(row.state == "missing" for row in kept):
        yield "people.files_incomplete"
    elif kept:
        yield "people.files_complete"
    if any(in_year(row.sent_on) for row in life.facts[models.ArchiveTransfer]):
        yield "people.files_handed_over"


def _whereabouts(life: Life) -> Iterator[str]:
    if life.is_here:
        yield "people.served"
    if in_year(life.person.died_on):
        yield "people.deaths"
    for row in life.stands(models.LifeEvent):
        if row.kind != "died" and in_year(row.happened_on):
            yield f"people.{row.kind}"


def _identities(life: Life) -> Iterator[str]:
    groups = {item.code: item.group for item in known_categories(date.max)}
    standing = held_in_december(life.stands(models.Identity)) if life.is_here else []
    begun = [row for row in life.stands(models.Identity) if 202401 <= row.first_month <= DECEMBER]
    for concept, rows in (("people.identified", standing), ("people.newly_identified", begun)):
        for row in rows:
            yield concept
            yield f"{concept}#category:{row.category}"
            if groups.get(row.category):
                yield f"{concept}#group:{groups[row.category]}"
    then = [row for row in life.known_then(models.LifeEvent) if row.happened_on <= LAST]
    gone = any(row.kind == "died" for row in then) or moved_away(then)
    if held_in_december(life.known_then(models.Identity)) and not gone:
        yield "people.identified_then"


def _grades(life: Life) -> Iterator[str]:
    rows = life.stands(models.DisabilityGrade)
    if any(in_year(row.decided_on) for row in rows):
        yield "people.disability_changes"
        had_one = any(row.decided_on < FIRST for row in rows)
        yield "people.disability_changes#change:" + ("adjusted" if had_one else "new")
    decided = [row for row in rows if row.decided_on <= LAST]
    if decided and life.is_here:
        last = max(decided, key=lambda row: (row.decided_on, row.pk))
        yield "people.disabled"
        yield f"people.disabled#grade:{last.grade}"
        yield f"people.disabled#cause:{last.cause}"


def _flows(life: Life) -> Iterator[str]:
    for row in life.stands(models.Merit):
        if in_year(row.awarded_on):
            yield from ("people.merits", f"people.merits#grade:{row.grade}")
    for row in life.stands(models.ServicePeriod):
        if in_year(row.discharged_on):
            yield from ("people.discharged", f"people.discharged#discharge:{row.discharge_kind or NOT_SAID}")
    for row in life.stands(models.Participation):
        if row.known_on <= LAST:
            yield from ("people.participants", f"people.participants#participation:{PARTICIPATIONS[row.kind]}")


def _words(life: Life) -> Iterator[str]:
    for kind in ("employment", "insurance"):
        said = [row for row in life.stands(models.Attribute) if row.kind == kind and row.from_on <= LAST]
        if said:
            last = max(said, key=lambda row: (row.from_on, row.pk))
            yield from (f"people.{kind}_recorded", f"people.{kind}_recorded#status:{last.value or NOT_SAID}")


def _confirmations(life: Life) -> Iterator[str]:
    for row in life.facts[models.Confirmation]:
        yield "people.to_confirm"
        if row.result:
            yield from ("people.confirmed", f"people.confirmed#result:{row.result}")


def by_hand() -> dict[str, dict[str, set[int]]]:
    """The persons of every number by station."""
    found: dict[str, dict[str, set[int]]] = {}
    for person in models.Person.objects.all():
        life = Life(person, {model: list(model.objects.filter(person=person)) for model in FACTS})
        for name in numbers_of(life):
            found.setdefault(name, {}).setdefault(person.station_code, set()).add(person.pk)
    zeros = ["people.files", "people.files_scanned"] + ["people.confirmed"] * ("people.to_confirm" in found)
    return {**{name: {} for name in zeros}, **found}


def records_by_hand() -> dict[str, Counter[str]]:
    """Pages, changes and households by their kind."""
    found: dict[str, Counter[str]] = {}

    def add(name: str, kind: str, number: int) -> None:
        found.setdefault(name, Counter())[kind] += number

    for item in models.ArchiveItem.objects.filter(person__bureau=BUREAU):
        if item.person.merged_into_id is None and item.scanned_on and item.scanned_on <= LAST and item.pages:
            add("people.archive_pages", item.kind, item.pages)
    for change in models.Change.objects.filter(person__bureau=BUREAU):
        if in_year(change.known_on):
            add("people.changes", change.kind, 1)
    members = [row for row in models.FamilyMember.objects.all() if row.superseded_on is None and row.from_on <= LAST]
    for kind, _ in {(row.family.kind, row.family_id) for row in members if row.to_on is None or row.to_on > LAST}:
        add("people.households", kind, 1)
    return found


# --- compared -------------------------------------------------------------------------------------


def name_of(figure: Any) -> str:
    """A figure's name as its rows carry it."""
    return f"{figure.key.concept}#{figure.key.member}" if figure.key.member else figure.key.concept


def opened(figure: Any, row: Any) -> list[int]:
    """The persons behind one row of a figure."""
    behind = measures.rows_behind(BUREAU, YEAR, row.identifier, lambda scope: True)
    assert sum(item.quantity.value for item in behind) == row.quantity.value, (figure.key, row)
    return [int(item.identifier) for item in behind if item.table == "person"]


@pytest.mark.usefixtures("db")
@given(people, lives)
@property_settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
def test_every_number_and_every_group_is_what_counting_person_by_person_comes_to(persons, told):
    """Deaths, moves back and forth, merged files, two identities, superseded facts, the last of several entries."""
    with transaction.atomic():
        write(persons, told)
        _compare()
        transaction.set_rollback(True)


def _compare() -> None:
    figures = {name_of(figure): figure for figure in measures.derived_figures(BUREAU, YEAR)}
    if not models.Person.objects.filter(bureau=BUREAU).exists():
        assert figures == {}
        return
    records, expected = records_by_hand(), by_hand()
    assert set(figures) == set(records) | set(expected)
    for name, by_station in expected.items():
        figure, rows = figures[name], {row.identifier.partition("|")[2]: row for row in figures[name].rows}
        assert figure.quantity.value == sum(map(len, by_station.values())), name
        assert {station: len(ids) for station, ids in by_station.items()} == {
            station: row.quantity.value for station, row in rows.items()
        }, name
        for station, row in rows.items():
            assert opened(figure, row) == sorted(by_station[station]), (name, station)
    for name, counted in records.items():
        rows = {row.identifier.partition("|")[2]: row for row in figures[name].rows}
        assert {kind: int(row.quantity.value) for kind, row in rows.items()} == counted, name
        for row in rows.values():
            opened(figures[name], row)
