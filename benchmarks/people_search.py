"""How fast people are found among a million, on SQLite and on PostgreSQL, with three sizes of what may be seen.

Run: `.venv/bin/python benchmarks/people_search.py [--people 1000000] [--database sqlite|postgres|both]`.
Each database is made anew in a temporary directory, filled by the names and numbers of `people.synthetic`, and asked
every kind of question many times over with other words each time; the median and the 95th percentile of the whole
selector (query, opening of the numbers for their masks, brief) are printed, in milliseconds.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
Ask = Callable[[Any, random.Random], Callable[[], Any]]  # whom and by what chance → the question, ready to be timed
COUNTIES, STATIONS, ROUNDS, BAR = 86, 16, 60, 100
CHUNK = 20_000


def main() -> None:
    """Fill and ask one database, or start itself once for each."""
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    options.add_argument("--home", default="", help="a database filled by an earlier run, asked again: its directory")
    given = options.parse_args()
    if given.home:
        settle(given.home)
        measure(0, given.database)
        return
    if given.database == "both":
        for database in ("sqlite", "postgres"):
            os.spawnl(os.P_WAIT, sys.executable, sys.executable, __file__, "--people", str(given.people),
                      "--database", database)  # fmt: skip
        return
    with tempfile.TemporaryDirectory(prefix="rongji-search-") as home:
        settle(home)
        server = None
        if given.database == "postgres":
            import postgres

            server = postgres.start()
            os.environ["RONGJI_DATABASE_URL"] = server.address
        try:
            measure(given.people, given.database)
        finally:
            if server:
                server.stop()


def settle(home: str) -> None:
    """Where Django finds the database."""
    os.environ.update(RONGJI_MODE="test", RONGJI_DATA_DIR=home, DJANGO_SETTINGS_MODULE="rongji.config.settings")


def measure(count: int, database: str) -> None:
    """Make the database, fill it, ask it, print."""
    import django

    django.setup()
    from django.core.management import call_command

    began = time.perf_counter()
    if count:
        call_command("migrate", verbosity=0)
        fill(count)
    samples = drawn_from_the_database()
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    spent = time.perf_counter() - began
    print(f"\n{database}: {count} people filled in {spent:.0f} s; load {load} on {os.cpu_count()} cores")
    print(f"{'question':<34}{'province':>18}{'county':>18}{'station':>18}   p50 / p95 ms")
    worst = 0.0
    for label, ask in questions(samples):
        cells = []
        for scope in ("province", "county", "station"):
            middle, high = timed(ask, actor(scope), scope)
            worst = max(worst, high)
            cells.append(f"{middle:8.1f} /{high:7.1f}")
        print(f"{label:<34}" + "".join(f"{cell:>18}" for cell in cells))
    print(f"slowest 95th percentile: {worst:.1f} ms, bar {BAR} ms: {'met' if worst < BAR else 'MISSED'}")


def actor(scope: str) -> Any:
    """A clerk who sees everybody, one county in 86, or one station in 1376."""
    from rongji.accounts.types import Actor, Grant, Origin, OriginKind, Role

    path = {"province": "/1/", "county": "/1/7/", "station": "/1/7/704/"}[scope]
    return Actor("bench", Origin(OriginKind.CLI), datetime.now(UTC), grants=(Grant(Role.CLERK, path),))


def timed(ask: Ask, who: Any, seed: str) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds over many words, after some to warm up."""
    words, spent = random.Random(seed), []
    for turn in range(ROUNDS + 5):
        question = ask(who, words)
        began = time.perf_counter()
        question()
        if turn >= 5:
            spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


def questions(samples: list[Any]) -> Iterator[tuple[str, Ask]]:
    """Every kind of word somebody types, drawn anew each time, and further pages."""
    from rongji.people import selectors
    from rongji.people.names import initials
    from rongji.people.synthetic import SURNAMES, TOWNS, VILLAGES

    def ask(word: Callable[[random.Random], str]) -> Ask:
        return lambda who, chance: partial(selectors.search_persons, who, word(chance))

    def third_page(who: Any, chance: random.Random) -> Callable[[], Any]:
        after, text = "", chance.choice(SURNAMES)
        for _ in range(2):
            after = selectors.search_page(who, text, after=after).after
        return partial(selectors.search_page, who, text, after=after)

    def drawn(part: Callable[[Any], str]) -> Callable[[random.Random], str]:
        return lambda chance: part(chance.choice(samples))

    yield "surname (张)", ask(lambda chance: chance.choice(SURNAMES))
    yield "whole name (张建国)", ask(drawn(lambda p: p.name))
    yield "name nobody has", ask(lambda chance: "龘" + chance.choice(SURNAMES))
    yield "surname, third page", third_page
    yield "initials, one letter (Z)", ask(lambda chance: chance.choice("ZLWYCHXSGJ"))
    yield "initials, whole (ZJG)", ask(drawn(lambda p: initials(p.name)))
    yield "end of ID number or telephone", ask(lambda chance: f"{chance.randrange(10000):04d}")
    yield "whole ID number", ask(drawn(lambda p: p.id_number))
    yield "whole telephone", ask(drawn(lambda p: p.phone))
    yield "file number", ask(drawn(lambda p: p.number))
    yield "town (石桥镇)", ask(lambda chance: chance.choice(TOWNS) + "镇")
    yield "town and village", ask(lambda chance: f"{chance.choice(TOWNS)}镇{chance.choice(VILLAGES)}村")
    yield "village as people say it", ask(lambda chance: chance.choice(VILLAGES))
    yield "surname and village", ask(lambda chance: f"{chance.choice(SURNAMES)} {chance.choice(VILLAGES)}")
    yield "initials and end of ID number", ask(drawn(lambda p: f"{initials(p.name)} {p.id_number[-4:]}"))


def fill(count: int) -> None:
    """That many people over the counties and stations of a province."""
    from django.db import connection

    from rongji.people.models import Person

    fields = [field for field in Person._meta.concrete_fields if not field.primary_key]
    with connection.schema_editor() as editor:
        for index in Person._meta.indexes:
            editor.remove_index(Person, index)
    for chunk in chunks(people(count), CHUNK):
        insert(connection, Person, fields, chunk)
    with connection.schema_editor() as editor:
        for index in Person._meta.indexes:
            editor.add_index(Person, index)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@dataclass(frozen=True)
class Sample:
    """Somebody who is there to be asked for."""

    name: str
    number: str
    id_number: str
    phone: str


def drawn_from_the_database() -> list[Sample]:
    """Nine hundred of those who are in the register, their numbers opened."""
    from rongji.accounts.secrets import Purpose, decrypt
    from rongji.people.models import Person

    last = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    rows = Person.objects.filter(pk__in=random.Random(1).sample(range(1, last), 900))
    opened = ((decrypt(row.id_cipher, Purpose.ID_NUMBER), decrypt(row.phone_cipher, Purpose.PHONE)) for row in rows)
    return [Sample(row.name, row.number, *numbers) for row, numbers in zip(rows, opened, strict=True)]


def insert(connection: Any, model: Any, fields: list[Any], rows: list[Any]) -> None:
    """Many rows at once, by the fastest way of each database."""
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ([getattr(row, field.attname) for field in fields] for row in rows)
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with (
            connection.connection.cursor() as cursor,
            cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy,
        ):
            for value in values:
                copy.write_row(value)
        return
    marks = ", ".join("?" * len(fields))
    plain = ([item.isoformat() if isinstance(item, date) else item for item in value] for value in values)
    with connection.connection:
        connection.connection.executemany(f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})", plain)


def people(count: int) -> Iterator[Any]:
    """Invented people and their rows; counties one after another would be kinder than life, so they are mixed."""
    from rongji.accounts.secrets import Purpose, encrypt
    from rongji.people.copies import id_copies, name_copies, phone_copies, village_copies
    from rongji.people.models import Person
    from rongji.people.synthetic import COUNTY, one

    chance, taken = random.Random(7), [Serials(county) for county in range(COUNTIES)]
    for number in range(1, count + 1):
        county, station = chance.randrange(COUNTIES), chance.randrange(STATIONS)
        share = chance.choices(COUNTY, [item.count for item in COUNTY])[0]
        made = one(chance, number, f"99{county:04d}", share, taken[county])
        yield Person(
            bureau=f"c{county}",
            number=made.number,
            sex=made.sex,
            born_on=made.born_on,
            area=f"99{county:04d}",
            scope_path=f"/1/{county + 5}/{(county + 5) * 100 + station}/",
            station_code=f"s{county}-{station}",
            registered_on=date(2024, 1, 1) - timedelta(days=number % 3000),
            **name_copies(made.name),
            **village_copies(made.village),
            **id_copies(made.id_number, encrypt(made.id_number, Purpose.ID_NUMBER)),
            **phone_copies(made.phone, encrypt(made.phone, Purpose.PHONE)),
        )


class Serials(Counter[date]):
    """Serial numbers of a county by day of birth that begin anywhere: as many ends of ID numbers as in life."""

    def __init__(self, county: int) -> None:
        super().__init__()
        self.chance = random.Random(county)

    def __missing__(self, born: date) -> int:
        return self.chance.randrange(450)


def chunks(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Items in portions."""
    portion: list[Any] = []
    for item in items:
        portion.append(item)
        if len(portion) == size:
            yield portion
            portion = []
    if portion:
        yield portion


if __name__ == "__main__":
    main()
