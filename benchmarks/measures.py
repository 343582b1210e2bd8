"""How fast a city's year is asked: inbox, lists and filters page by page, and every number of one report.

Run: `./run bench measures [--people 1000000 --cases 300000 --records 3000000] [--database sqlite|postgres|both]`.
Each database is made anew in a temporary directory: one city with that many people, cases over five years and records
of every register over five years. Pages are asked many times with other filters each time; the median and the 95th
percentile of the whole selector are printed. Numbers are reckoned from nothing, by a process that starts (what the
registers add up to is kept in the database), by the same process again, and after one record, one case and one person
were added; the answers are the same as long as nothing was added, and at the end those of plain SQL over the tables.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from city import people as city_people

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
BUREAU, AREA, PATH = "city", "990200", "/1/"
STATIONS, YEARS, YEAR = 400, (2020, 2024), 2024
CHUNK, ROUNDS = 20_000, 60
PAGE_BAR, MEASURES_BAR = 100, {"postgres": 10, "sqlite": 20}


def main() -> None:
    """Fill and ask one database, or start itself once for each."""
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--cases", type=int, default=300_000)
    options.add_argument("--records", type=int, default=3_000_000)
    options.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    given = options.parse_args()
    sizes = ["--people", str(given.people), "--cases", str(given.cases), "--records", str(given.records)]
    if given.database == "both":
        for database in ("sqlite", "postgres"):
            os.spawnl(os.P_WAIT, sys.executable, sys.executable, __file__, *sizes, "--database", database)
        return
    with tempfile.TemporaryDirectory(prefix="rongji-measures-") as home:
        os.environ.update(RONGJI_MODE="test", RONGJI_DATA_DIR=home, DJANGO_SETTINGS_MODULE="rongji.config.settings")
        server = None
        if given.database == "postgres":
            import postgres

            server = postgres.start()
            os.environ["RONGJI_DATABASE_URL"] = server.address
        try:
            measure(given)
        finally:
            if server:
                server.stop()


def measure(given: argparse.Namespace) -> None:
    """Make the database, fill it, ask it, print."""
    import django

    django.setup()
    from django.core.management import call_command

    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    fill(given)
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    sizes = f"{given.people} people, {given.cases} cases, {given.records} records"
    spent = time.perf_counter() - began
    print(f"\n{given.database}: {sizes}, filled in {spent:.0f} s; load {load} on {os.cpu_count()} cores", flush=True)
    worst = max(page(label, ask) for label, ask in pages())
    print(f"slowest page, 95th percentile: {worst:.1f} ms, bar {PAGE_BAR} ms: {met(worst < PAGE_BAR)}", flush=True)
    numbers(given.database)


def met(fits: bool) -> str:
    """The verdict."""
    return "met" if fits else "MISSED"


def page(label: str, ask: Callable[[random.Random], Any]) -> float:
    """Print median and 95th percentile of one kind of page in milliseconds; returns the latter."""
    chance, spent = random.Random(label), []
    for turn in range(ROUNDS + 5):
        began = time.perf_counter()
        ask(chance)
        if turn >= 5:
            spent.append((time.perf_counter() - began) * 1000)
    middle, high = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
    print(f"  {label:<44}{middle:8.1f} /{high:7.1f} ms", flush=True)
    return high


def clerk() -> Any:
    """Somebody who sees the whole city."""
    from rongji.accounts.types import Actor, Grant, Origin, OriginKind, Role

    grants = tuple(Grant(role, PATH) for role in (Role.CLERK, Role.SECTION_HEAD, Role.DIRECTOR))
    grants += (Grant(Role.ADMINISTRATOR),)
    return Actor("bench", Origin(OriginKind.CLI), datetime(2024, 12, 30, tzinfo=UTC), grants=grants)


# --- filling --------------------------------------------------------------------------------------


def fill(given: argparse.Namespace) -> None:
    """One city: its tree, people with their facts, cases with acts, contacts and clocks, records of every register."""
    from django.db import connection

    from rongji.accounts.models import Organisation
    from rongji.accounts.services import open_organisation
    from rongji.casework.models import Case, CaseAct, CaseClock, CaseContact
    from rongji.people import models as register
    from rongji.services.models import Record

    open_organisation(actor=clerk(), code=BUREAU, name="示例市退役军人事务局", kind="bureau", area_code=AREA)
    city = Organisation.objects.get(code=BUREAU)
    assert city.path == PATH, city.path
    for number in range(STATIONS):
        Organisation.objects.create(
            code=f"s{number}", name=f"示例{number}站", kind="station", area_code=AREA, parent=city
        )
    paths = dict(Organisation.objects.values_list("code", "path"))
    with connection.schema_editor() as editor:
        people = [getattr(register, name) for name in register.__all__]
        models = (*people, Case, CaseAct, CaseClock, CaseContact, Record)
        dropped = [(model, index) for model in models for index in model._meta.indexes]
        for model, index in dropped:
            editor.remove_index(model, index)
    put(city_people.people(given.people, paths, BUREAU, AREA))
    city_people.fill_facts(given.people, BUREAU, YEAR)
    put(cases(given.cases, paths))
    put(acts(given.cases))
    put(clocks(given.cases))
    put(contacts(given.cases))
    put(records(given.records, given.people, paths))
    put(stamps())
    with connection.schema_editor() as editor:
        for model, index in dropped:
            editor.add_index(model, index)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def put(rows: Iterator[Any]) -> None:
    """Rows of one model, many at once."""
    from django.db import connection, transaction

    from rongji.accounts import bulk

    portion: list[Any] = []

    def write() -> None:
        if not portion:
            return
        fields = [field for field in portion[0]._meta.concrete_fields if not field.primary_key]
        plain = [
            [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in portion
        ]
        with transaction.atomic():
            bulk.insert(type(portion[0]), [field.column for field in fields], plain)
        portion.clear()

    for row in rows:
        portion.append(row)
        if len(portion) == CHUNK:
            write()
    write()


def some_day(chance: random.Random) -> date:
    """Any day of the five years."""
    first, last = date(YEARS[0], 1, 1), date(YEARS[1], 12, 30)
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def shares() -> tuple[list[Any], list[int]]:
    """The kinds of cases with how many of each hundred they are."""
    from rongji.law.case_kinds import case_kinds

    kinds = list(case_kinds(on=date(YEAR, 1, 1), region=AREA))
    return kinds, [30 if kind.id == "petition" else 20 if kind.id == "veteran_card" else 3 for kind in kinds]


def cases(count: int, paths: dict[str, str]) -> Iterator[Any]:
    """Nine in ten closed; of the last quarter's a third still open."""
    from rongji.casework.models import Case

    kinds, weights = shares()
    chance = random.Random(2)
    for number in range(1, count + 1):
        kind = chance.choices(kinds, weights)[0]
        received = some_day(chance)
        spent = chance.randrange(1, 80)
        is_open = received + timedelta(days=spent) > date(YEARS[1], 12, 30) or number % 97 == 0
        closed = None if is_open else received + timedelta(days=spent)
        station = f"s{chance.randrange(STATIONS)}"
        final = next(step.id for step in kind.steps if step.is_final)
        outcome = next((act.outcome for act in kind.acts if act.outcome), "办结")
        yield Case(
            bureau=BUREAU, number=f"N{number:07d}", year=received.year, serial=number, kind=kind.id,
            version=kind.key, title=f"示例事项{number}",
            channel=chance.choice(kind.channels).id, applicant=f"示{number}", station_code=station,
            scope_path=paths[station], area=AREA, received_on=received,
            entered_at=datetime(received.year, received.month, received.day, tzinfo=UTC),
            step=kind.steps[min(1, len(kind.steps) - 1)].id if is_open else final, is_open=is_open,
            outcome="" if is_open else outcome, closed_on=closed,
            due_on=received + timedelta(days=60) if is_open else None, due_clock="handle" if is_open else "",
            amber_on=received + timedelta(days=50) if is_open else None,
            was_late=spent > 60, satisfaction="satisfied" if number % 3 == 0 and not is_open else "", values={},
            rated_on=closed if number % 3 == 0 and not is_open else None,
        )  # fmt: skip


def acts(count: int) -> Iterator[Any]:
    """Three acts of each case."""
    from rongji.casework.models import Case, CaseAct

    rows = Case.objects.order_by("id").values_list("id", "received_on", "closed_on", "step", "kind")
    for case, received, closed, step, _ in rows.iterator(CHUNK):
        for sequence in range(1, 4):
            on = (
                received + timedelta(days=sequence)
                if closed is None
                else min(received + timedelta(days=sequence), closed)
            )
            yield CaseAct(
                case_id=case, sequence=sequence, act=("open", "accept", "close")[sequence - 1], from_step="",
                to_step=step, on=on, at=datetime(on.year, on.month, on.day, tzinfo=UTC), actor_label="示例", values={},
                effects=[],
            )  # fmt: skip


def clocks(count: int) -> Iterator[Any]:
    """The first clock of each case, where its kind has any."""
    from rongji.casework.models import Case, CaseClock

    first = {kind.id: kind.clocks[0] for kind in shares()[0] if kind.clocks}
    rows = Case.objects.order_by("id").values_list("id", "received_on", "closed_on", "kind")
    for case, received, closed, kind in rows.iterator(CHUNK):
        if kind in first:
            clock = first[kind]
            yield CaseClock(
                case_id=case, clock=clock.id, row=f"{clock.procedure}/{clock.step}@2000-01-01", amount=60,
                count="calendar_days", started_on=received, pauses=[], due_on=received + timedelta(days=60),
                stopped_on=closed,
            )  # fmt: skip


def contacts(count: int) -> Iterator[Any]:
    """One or two contacts of each case."""
    from rongji.casework.models import Case, CaseContact

    chance = random.Random(3)
    for case, received, channel in (
        Case.objects.order_by("id").values_list("id", "received_on", "channel").iterator(CHUNK)
    ):
        for _ in range(1 + (case % 5 == 0)):
            yield CaseContact(case_id=case, on=received, channel=channel, people=1 + chance.randrange(3))


def records(count: int, persons: int, paths: dict[str, str]) -> Iterator[Any]:
    """Records of every register, the registers of visits and hours many more than the others."""
    from rongji.law.registers import registers
    from rongji.services.models import Record

    chance = random.Random(4)
    declared = list(registers())
    weights = [400 if item.on_phone or item.person else 20 for item in declared]
    made = {item.id: [answers(item, chance) for _ in range(60)] for item in declared}
    for _ in range(count):
        item = chance.choices(declared, weights)[0]
        day, station = some_day(chance), f"s{chance.randrange(STATIONS)}"
        values = {**chance.choice(made[item.id]), item.day: day.isoformat()}
        yield Record(
            register=item.id, bureau=BUREAU, scope_path=paths[station], area=AREA, station_code=station, day=day,
            until=None, title=str(values.get(item.title) or "")[:120] if item.title else "",
            category=str(values.get(item.category) or "") if item.category else "",
            person_id=1 + chance.randrange(persons) if item.person else None, values=values, one="",
            entered_at=datetime(day.year, day.month, day.day, tzinfo=UTC), entered_by="示例",
        )  # fmt: skip


def stamps() -> Iterator[Any]:
    """That the registers were written to in each of the years."""
    from rongji.services.models import Record, RegisterYear

    counted = Record.objects.order_by().values_list("register", "day__year").distinct()
    for register, year in counted:
        yield RegisterYear(bureau=BUREAU, register=register, year=year, stamp=1)


def answers(item: Any, chance: random.Random) -> dict[str, Any]:
    """Answers to the fields of a register, of the right kind each."""
    from rongji.law.asked import AskedKind

    made: dict[AskedKind, Callable[[Any], Any]] = {
        AskedKind.TEXT: lambda asked: f"示例{chance.randrange(1000)}",
        AskedKind.LONG: lambda asked: "示例说明",
        AskedKind.DAY: lambda asked: some_day(chance).isoformat(),
        AskedKind.MONTH: lambda asked: 202406,
        AskedKind.COUNT: lambda asked: chance.randrange(1, 60),
        AskedKind.DECIMAL: lambda asked: str(chance.randrange(1, 9)),
        AskedKind.MONEY: lambda asked: chance.randrange(100, 100_000),
        AskedKind.CHOICE: lambda asked: chance.choice(asked.choices),
        AskedKind.FLAG: lambda asked: chance.random() < 0.5,
    }
    return {asked.id: made[asked.kind](asked) for asked in item.fields if asked.kind in made and asked.id != item.until}


# --- asking ---------------------------------------------------------------------------------------


def pages() -> Iterator[tuple[str, Callable[[random.Random], Any]]]:
    """Every kind of page of cases and of registers, with other filters each time."""
    from rongji.casework import selectors as cases
    from rongji.casework.types import CaseFilters, CaseState, Light
    from rongji.law.registers import registers
    from rongji.services import selectors as registers_read
    from rongji.services.types import RecordFilters

    who, on = clerk(), date(YEAR, 12, 30)
    kinds = [kind.id for kind in shares()[0]]
    declared = [item for item in registers() if item.category]
    large = [item for item in registers() if item.on_phone or item.person]

    def inbox(**chosen: Callable[[random.Random], Any]) -> Callable[[random.Random], Any]:
        return lambda chance: cases.inbox(
            who, bureau=BUREAU, on=on, filters=CaseFilters(**{name: pick(chance) for name, pick in chosen.items()})
        )

    def listed(
        pool: list[Any], filters: Callable[[Any, random.Random], RecordFilters]
    ) -> Callable[[random.Random], Any]:
        def ask(chance: random.Random) -> Any:
            item = chance.choice(pool)
            return registers_read.list_records(who, bureau=BUREAU, register=item.id, filters=filters(item, chance))

        return ask

    def later_page(chance: random.Random) -> Any:
        first = cases.inbox(who, bureau=BUREAU, on=on)
        return cases.inbox(who, bureau=BUREAU, on=on, page=first.next)

    def month(chance: random.Random) -> RecordFilters:
        first = date(chance.randrange(*YEARS), 1 + chance.randrange(12), 1)
        return RecordFilters(first=first, last=first + timedelta(days=27))

    yield "inbox", inbox()
    yield "inbox, second page", later_page
    yield "inbox of a kind", inbox(kind=lambda chance: chance.choice(kinds))
    yield "inbox of a station", inbox(station=lambda chance: f"s{chance.randrange(STATIONS)}")
    yield "inbox, overdue", inbox(light=lambda chance: Light.RED)
    yield (
        "closed cases of a kind",
        inbox(kind=lambda chance: chance.choice(kinds), state=lambda chance: CaseState.CLOSED),
    )
    yield (
        "a case by its number",
        inbox(text=lambda chance: f"N{chance.randrange(1, 9999):07d}", state=lambda chance: CaseState.ALL),
    )
    yield "counts per light", lambda chance: cases.light_counts(who, bureau=BUREAU, on=on)
    yield "overdue with stages", lambda chance: cases.overdue(who, bureau=BUREAU, on=on)
    yield (
        "ledger of old matters",
        lambda chance: cases.legacy_ledger(who, bureau=BUREAU, first=date(YEAR, 1, 1), last=on),
    )
    yield "a case", lambda chance: cases.case_page(who, chance.randrange(1, 9999), on=on)
    yield "register, first page", listed(large, lambda item, chance: RecordFilters())
    yield "register of a month", listed(large, lambda item, chance: month(chance))
    yield (
        "register of a station",
        listed(
            [item for item in large if item.station],
            lambda item, chance: RecordFilters(station=f"s{chance.randrange(STATIONS)}"),
        ),
    )
    yield (
        "register by category",
        listed(declared, lambda item, chance: RecordFilters(category=chance.choice(item.by_id[item.category].choices))),
    )
    yield (
        "register of a person",
        listed(
            [item for item in large if item.person],
            lambda item, chance: RecordFilters(person=chance.randrange(1, 9999)),
        ),
    )
    yield "a record", lambda chance: registers_read.record_page(who, chance.randrange(1, 9999))


def numbers(database: str) -> None:
    """Every number of one report: from nothing, by a process that starts, again, and after one more of each."""
    from rongji.accounts import measures as organisations
    from rongji.accounts.kept import forget_kept
    from rongji.casework import measures as casework
    from rongji.people import measures as people
    from rongji.services import measures as services

    rooms: dict[str, Callable[[], Any]] = {
        "organisations": lambda: organisations.derived_figures(BUREAU),
        "people": lambda: people.derived_figures(BUREAU, YEAR),
        "casework": lambda: casework.derived_figures(BUREAU, YEAR),
        "registers": lambda: services.derived_figures(BUREAU, YEAR),
    }
    bar = MEASURES_BAR[database]
    before: dict[str, list[Any]] = {}
    for turn, prepare in (
        ("from nothing", forget_kept),
        ("a process that starts", forget_kept),
        ("the same process again", lambda: None),
        ("after one more of each", one_more),
    ):
        prepare()
        spent, found = {}, {}
        for name, derive in rooms.items():
            began = time.perf_counter()
            found[name] = list(derive())
            spent[name] = time.perf_counter() - began
        total = sum(spent.values())
        told = ", ".join(f"{name} {seconds:.2f} s ({len(found[name])})" for name, seconds in spent.items())
        print(f"  numbers {turn}: {told}; together {total:.2f} s, bar {bar} s: {met(total < bar)}", flush=True)
        if prepare is not one_more:
            assert not before or found == before, turn
            before = found
    check(found)


def check(found: dict[str, list[Any]]) -> None:
    """The numbers are those that plain SQL counts."""
    from django.db import connection

    stated = {
        str(figure.key): figure.quantity and figure.quantity.value for figures in found.values() for figure in figures
    }
    wanted = {
        "casework.received": "SELECT COUNT(*) FROM casework_case WHERE received_on BETWEEN %s AND %s",
        "casework.contacts": 'SELECT COUNT(*) FROM casework_casecontact WHERE "on" BETWEEN %s AND %s',
        "people.registered": "SELECT COUNT(*) FROM people_person"
        " WHERE merged_into_id IS NULL AND registered_on BETWEEN %s AND %s",
        "services.visits.times": "SELECT COUNT(*) FROM services_record"
        " WHERE register = 'visits' AND day BETWEEN %s AND %s",
    }
    with connection.cursor() as cursor:
        for key, statement in wanted.items():
            cursor.execute(statement, [date(YEAR, 1, 1), date(YEAR, 12, 31)])
            counted = cursor.fetchone()[0]
            assert stated[key] == counted, (key, stated[key], counted)


def one_more() -> None:
    """A person, a record and a case through their services."""
    from rongji.casework.services import open_case
    from rongji.casework.types import NewCase
    from rongji.people.services import register_person
    from rongji.people.types import NewPerson, Sex
    from rongji.services.services import add_record

    person = NewPerson(name="示例", born_on=date(1960, 5, 6), sex=Sex.MALE)
    register_person(actor=clerk(), bureau=BUREAU, new=person)
    add_record(
        actor=clerk(), bureau=BUREAU, register="work_entries",
        answers={"month": "2024-12", "topic": "党的建设", "heading": "示例", "text": "示例。", "is_highlight": "否"},
    )  # fmt: skip
    open_case(
        actor=clerk(), bureau=BUREAU,
        new=NewCase(kind="petition", channel="visit", received_on=date(YEAR, 12, 27), title="示例", applicant="示例",
                    answers={"topic": "其他", "request": "示例。"}),
    )  # fmt: skip


if __name__ == "__main__":
    main()
