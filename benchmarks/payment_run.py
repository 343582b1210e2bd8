"""A whole payment run and what each step takes: read the database, reckon, write payments and lines, seal, record.

`./run bench payment_run --sizes 10000,100000 --database both`. The first run of a payroll, of one month: one line
for each person. Every size and database in a process and a database of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BUREAU, AREA, PATH = "bench", "990621", "/1/"
AT_ONCE = 20_000
LABELS = {"read": "读库", "reckon": "核算", "write": "写付款和明细", "seal": "摘要与核对", "recorded": "审计记录"}
CAUSES, GRADES = ("因战", "因公", "因病"), range(1, 7)
OTHERS = ("ill_veteran_allowance", "war_participant_allowance", "nuclear_participant_allowance")


def main() -> None:
    """Start itself once for each size and database."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="10000,100000")
    options.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    options.add_argument("--child", type=int, default=0, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.child:
        measure_in_a_database_of_its_own(given.child, given.database)
        return
    databases = ("sqlite", "postgres") if given.database == "both" else (given.database,)
    for size in given.sizes.split(","):
        for database in databases:
            command = [sys.executable, __file__, "--child", size, "--database", database]
            subprocess.run(command, check=True)


def measure_in_a_database_of_its_own(count: int, database: str) -> None:
    """SQLite in a folder that goes away, or a private PostgreSQL server."""
    with tempfile.TemporaryDirectory(prefix="rongji-run-") as home:
        os.environ.update(RONGJI_MODE="test", RONGJI_DATA_DIR=home, DJANGO_SETTINGS_MODULE="rongji.config.settings")
        server = None
        if database == "postgres":
            sys.path.insert(0, str(ROOT / "tests"))
            import postgres

            server = postgres.start()
            os.environ["RONGJI_DATABASE_URL"] = server.address
        try:
            measure(count, database)
        finally:
            if server:
                server.stop()


def measure(count: int, database: str) -> None:
    """Fill, run, print the seconds of each step."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    fill(count)
    load = os.getloadavg()[0]
    print(f"\n{database}，{count:,} 人（建库 {time.perf_counter() - began:.0f} 秒，负载 {load:.1f}）")
    from rongji.kernel.month import Month
    from rongji.payments.services import discard_run

    october, day = Month.of(2023, 10), date(2023, 10, 20)
    first = run(october, day)
    discard_run(actor=actor(day), run_id=first, reason="再算一次，不带首次启动的时间")
    run(october, day)


def fill(count: int) -> None:
    """A bureau, its payroll, and so many people with an account and an award each."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from rongji.accounts.models import Organisation
    from rongji.payments.models import Payroll

    call_command("createcachetable", verbosity=0)
    Organisation.objects.create(code=BUREAU, name="样例县局", kind="bureau", area_code=AREA, path=PATH)
    Payroll.objects.create(bureau=BUREAU, area=AREA, first_month=202310, scope_path=PATH)
    for start in range(1, count + 1, AT_ONCE):
        with transaction.atomic():
            store(range(start, min(start + AT_ONCE, count + 1)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def store(numbers: range) -> None:
    """Some of the people: file, account, award and its terms."""
    from rongji.awards.models import Award, AwardTerm
    from rongji.payments.bulk import insert_rows
    from rongji.people.models import BankAccount, Person

    chance = random.Random(numbers.start)
    born = {n: date(chance.randint(1930, 1962), chance.randint(1, 12), chance.randint(1, 28)) for n in numbers}
    insert_rows(
        Person(bureau=BUREAU, number=f"{n:08d}", name=f"样例{n}", sex="male", born_on=born[n], area=AREA,
               scope_path=PATH, registered_on=date(2020, 1, 1))
        for n in numbers
    )  # fmt: skip
    ids = dict(
        Person.objects.filter(number__in=[f"{n:08d}" for n in (numbers.start, numbers[-1])]).values_list("number", "id")
    )
    shift = ids[f"{numbers.start:08d}"] - numbers.start
    known = date(2020, 1, 1)
    insert_rows(
        BankAccount(person_id=n + shift, kind="bank_card", number_cipher="x" * 80, number_index=f"{n:064x}",
                    tail="0000", bank="样例银行", holder=f"样例{n}", from_on=known, known_on=known)
        for n in numbers
    )  # fmt: skip
    kinds = {n: kind(chance) for n in numbers}
    insert_rows(
        Award(person_id=n + shift, bureau=BUREAU, benefit=kinds[n][0], area=AREA, opened_on=known) for n in numbers
    )
    first_award = Award.objects.get(person_id=numbers.start + shift).pk
    insert_rows(
        AwardTerm(
            award_id=first_award + n - numbers.start,
            standard_key=kinds[n][1],
            basis_on=date(2015, 5, 5),
            known_on=known,
        )
        for n in numbers
    )


def kind(chance: random.Random) -> tuple[str, str]:
    """A benefit and the key of its standard."""
    if chance.random() < 0.5:
        return "disability_pension", f"{chance.choice(CAUSES)}|{chance.choice(GRADES)}"
    return chance.choice(OTHERS), ""


def actor(on: date) -> Any:
    """A clerk of the bureau."""
    from rongji.accounts.types import Actor, Grant, Origin, OriginKind, Role

    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return Actor("bench", Origin(OriginKind.CLI), at, grants=(Grant(Role.CLERK, PATH),))


def run(month: Any, on: date) -> int:
    """One run, timed by what it says of its progress."""
    from rongji.payments.services import compute_run

    said: list[tuple[str, float]] = []

    def note(step: str, _done: int) -> None:
        if not said or said[-1][0] != step:
            said.append((step, time.perf_counter()))

    number = compute_run(actor=actor(on), bureau=BUREAU, pay_month=month, known_on=on, progress=note)
    said.append(("", time.perf_counter()))
    seconds: dict[str, float] = {}
    for (step, at), (_, until) in pairwise(said):
        seconds[step] = seconds.get(step, 0.0) + until - at
    tell(month, number, seconds)
    return number


def tell(month: Any, number: int, seconds: dict[str, float]) -> None:
    """The steps of a run, seconds and shares."""
    from rongji.payments.models import PaymentRun

    made, whole = PaymentRun.objects.get(pk=number), sum(seconds.values())
    print(f"  {month}：{made.line_count:,} 行，{made.person_count:,} 人，共 {whole:.2f} 秒")
    for step, spent in seconds.items():
        print(f"    {LABELS.get(step, step)}  {spent:.2f} 秒  {spent / whole:.0%}")


if __name__ == "__main__":
    main()
