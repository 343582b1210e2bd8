"""A whole payment run and what each step takes: read, reckon, write, approve, to the bank and back, into the books.

`./run bench payment_run --sizes 10000,100000 --database both`. The first run of a payroll, of one month: one line
for each person. Every size and database in a database of its own, filled by a process of its own; the round itself is
run in a fresh process, whose time and highest memory are told step by step. Memory: what is the process's own; pages of
the database file that SQLite maps are the machine's cache and not counted.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BUREAU, AREA, PATH = "bench", "990201", "/1/"
AT_ONCE = 20_000
LABELS = {
    "start": "起动", "read": "读库", "reckon": "核算", "write": "写付款和明细", "seal": "摘要与核对",
    "recorded": "审计记录", "propose": "提请", "approve": "审批占预算", "batch": "送盘", "return": "回盘",
    "post": "入账",
}  # fmt: skip
CAUSES, GRADES = ("因战", "因公", "因病"), range(1, 7)
OTHERS = ("ill_veteran_allowance", "war_participant_allowance", "nuclear_participant_allowance")
PURSES = (("2080802", "30304"), ("2080802", "30305"), ("2080803", "30305"), ("2080899", "30305"))


def main() -> None:
    """Start itself once for each size and database."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="10000,100000")
    options.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    options.add_argument("--months", type=int, default=1, help="run so many months one after the other")
    options.add_argument("--phase", choices=("fill", "round"), help=argparse.SUPPRESS)
    given = options.parse_args()
    databases = ("sqlite", "postgres") if given.database == "both" else (given.database,)
    for size in map(int, given.sizes.split(",")):
        if given.phase:
            {"fill": fill, "round": lambda count: whole_rounds(count, given.months)}[given.phase](size)
            continue
        for database in databases:
            in_a_database_of_its_own(size, database, given.months)


def in_a_database_of_its_own(count: int, database: str, months: int) -> None:
    """SQLite in a folder that goes away, or a private PostgreSQL server; one process fills, another runs."""
    with tempfile.TemporaryDirectory(prefix="rongji-run-") as home:
        facts = {"RONGJI_MODE": "test", "RONGJI_DATA_DIR": home, "DJANGO_SETTINGS_MODULE": "rongji.config.settings"}
        server = None
        if database == "postgres":
            sys.path.insert(0, str(ROOT / "tests"))
            import postgres

            server = postgres.start()
            facts["RONGJI_DATABASE_URL"] = server.address
        print(f"\n{database}，{count:,} 人，负载 {os.getloadavg()[0]:.1f}", flush=True)
        own = [sys.executable, __file__, "--sizes", str(count), "--months", str(months), "--phase"]
        try:
            for phase in ("fill", "round"):
                subprocess.run([*own, phase], check=True, env={**os.environ, **facts})
        finally:
            if server:
                server.stop()


PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20
EVERY = 0.02


@dataclass
class Watch:
    """Seconds of each step, those of this process's processors, and the most memory of its own in that step."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    step: str = "start"
    since: tuple[float, float] = field(default_factory=lambda: (time.perf_counter(), time.process_time()))
    peak: float = 0.0

    def __post_init__(self) -> None:
        """Look at the memory all the time, in a thread that ends with the process."""
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while True:
            self.peak = max(self.peak, own_memory())
            time.sleep(EVERY)

    def turn(self, step: str, _done: int = 0) -> None:
        """The step before is over, this one begins; the same step again goes on."""
        if step == self.step:
            return
        now = (time.perf_counter(), time.process_time())
        spent = self.seconds.setdefault(self.step, [0.0, 0.0, 0.0])
        for place in (0, 1):
            spent[place] += now[place] - self.since[place]
        spent[2] = max(spent[2], self.peak, own_memory())
        self.step, self.since, self.peak = step, now, 0.0

    def tell(self) -> None:
        """A table: seconds, share, processor seconds, memory."""
        whole = [sum(spent[place] for spent in self.seconds.values()) for place in (0, 1)]
        print("    | 步骤 | 秒 | 占 | 本进程处理器秒 | 最高内存 MB |")
        for step, (wall, own, peak) in self.seconds.items():
            print(f"    | {LABELS.get(step, step)} | {wall:.2f} | {wall / whole[0]:.0%} | {own:.2f} | {peak:.0f} |")
        print(f"    | 合计 | {whole[0]:.2f} |  | {whole[1]:.2f} |  |", flush=True)


def own_memory() -> float:
    """Resident memory of this process without files that are mapped into it, in MB."""
    resident, shared = map(int, Path("/proc/self/statm").read_text().split()[1:3])
    return (resident - shared) * PAGE_MB


def whole_rounds(count: int, months: int) -> None:
    """Months one after the other from the run to the books; the last one is told step by step."""
    import django

    django.setup()
    from rongji.kernel.month import Month

    for number in range(months):
        whole_round(count, Month.of(2023, 10) + number)


def whole_round(count: int, month: Any) -> None:
    """One month."""
    from rongji.payments.bank.services import import_return, make_batch
    from rongji.payments.models import PaymentRun
    from rongji.payments.posting import post_run
    from rongji.payments.services import approve_run, compute_run, propose_run

    clerk, finance, head, director = (actor(month.first_day.replace(day=20), place) for place in range(4))
    watch = Watch()
    run = compute_run(actor=clerk, bureau=BUREAU, pay_month=month, progress=watch.turn)
    watch.turn("propose")
    propose_run(actor=clerk, run_id=run)
    for who in (head, director, finance):
        watch.turn("approve")
        if approve_run(actor=who, run_id=run):
            break
    watch.turn("batch")
    batch = make_batch(actor=finance, run_id=run)
    watch.turn("bank")
    with tempfile.TemporaryDirectory() as folder:
        answer = answered(Path(folder), batch.number)
        watch.turn("return")
        import_return(actor=finance, batch_number=batch.number, path=answer)
    watch.turn("post")
    post_run(actor=finance, run_id=run)
    watch.turn("")
    watch.seconds.pop("bank")
    made = PaymentRun.objects.get(pk=run)
    print(f"  {month}：{made.line_count:,} 行，{made.person_count:,} 人，负载 {os.getloadavg()[0]:.1f}")
    watch.tell()
    assert made.person_count == count and made.state == "posted", made.state


def answered(folder: Path, number: str) -> Path:
    """The bank's answer: everybody was paid."""
    sys.path.insert(0, str(ROOT / "tests"))
    import bank_round

    return bank_round.reply_file(folder / "answer.txt", number, bank_round.replies_to(number))


def fill(count: int) -> None:
    """A bureau, its payroll and budget, and so many people with an account and an award each."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from rongji.accounts.models import Organisation
    from rongji.budget.models import BudgetLine
    from rongji.payments.models import Payroll

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    Organisation.objects.create(code=BUREAU, name="样例县局", kind="bureau", area_code=AREA, path=PATH)
    Payroll.objects.create(bureau=BUREAU, area=AREA, first_month=202310, scope_path=PATH, bank_profile="delimited-gbk")
    BudgetLine.objects.bulk_create(
        BudgetLine(
            bureau=BUREAU, year=year, number=f"{year}-{functional}-{economic}", unit_code=BUREAU, kind="project",
            fund="fiscal", functional=functional, economic=economic, project="", initial_fen=10**13,
        )
        for year in (2023, 2024, 2025)
        for functional, economic in PURSES
    )  # fmt: skip
    for start in range(1, count + 1, AT_ONCE):
        with transaction.atomic():
            store(range(start, min(start + AT_ONCE, count + 1)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def store(numbers: range) -> None:
    """Some of the people: file, account, award and its terms."""
    from rongji.accounts.secrets import Purpose, blind_index, encrypt
    from rongji.awards.models import Award, AwardTerm
    from rongji.people.models import BankAccount, Person

    chance = random.Random(numbers.start)
    born = {n: date(chance.randint(1930, 1962), chance.randint(1, 12), chance.randint(1, 28)) for n in numbers}
    Person.objects.bulk_create(
        Person(bureau=BUREAU, number=f"{n:08d}", name=f"样例{n}", sex="male", born_on=born[n], area=AREA,
               scope_path=PATH, registered_on=date(2020, 1, 1))
        for n in numbers
    )  # fmt: skip
    ids = dict(
        Person.objects.filter(number__in=[f"{n:08d}" for n in (numbers.start, numbers[-1])]).values_list("number", "id")
    )
    shift = ids[f"{numbers.start:08d}"] - numbers.start
    known = date(2020, 1, 1)
    cards = {n: f"6217{n:015d}" for n in numbers}
    BankAccount.objects.bulk_create(
        BankAccount(person_id=n + shift, kind="bank_card", number_cipher=encrypt(card, Purpose.ACCOUNT),
                    number_index=blind_index(card, Purpose.ACCOUNT), tail=card[-4:], bank="样例银行",
                    holder=f"样例{n}", from_on=known, known_on=known)
        for n, card in cards.items()
    )  # fmt: skip
    kinds = {n: kind(chance) for n in numbers}
    Award.objects.bulk_create(
        Award(person_id=n + shift, bureau=BUREAU, benefit=kinds[n][0], area=AREA, opened_on=known) for n in numbers
    )
    first_award = Award.objects.get(person_id=numbers.start + shift).pk
    AwardTerm.objects.bulk_create(
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


def actor(on: date, place: int) -> Any:
    """One of those who work in the bureau: clerk, finance, section head, director."""
    from rongji.accounts.models import User
    from rongji.accounts.types import Actor, Grant, Origin, OriginKind, Role

    role = (Role.CLERK, Role.FINANCE, Role.SECTION_HEAD, Role.DIRECTOR)[place]
    user = User.objects.get_or_create(username=f"bench-{place}")[0]
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return Actor(
        "bench", Origin(OriginKind.CLI, "bench"), at, user_id=user.pk, username=user.username,
        grants=(Grant(role, PATH),),
    )  # fmt: skip


if __name__ == "__main__":
    main()
