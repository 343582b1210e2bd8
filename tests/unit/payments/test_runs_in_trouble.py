"""What stops a run from outside: a gap in the law, a full disk, a database that somebody else holds.

Each ends with a sentence that says what to do, and with nothing half-written; the step done again goes through.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from payroll_county import BUREAU, County, day, on

from rongji.accounts.models import TrailEntry
from rongji.awards.models import Award, AwardTerm
from rongji.cli.machine import DatabaseBusy, DiskFull, refusal_of
from rongji.kernel.refusal import Refusal
from rongji.payments.models import PaymentRun
from rongji.payments.services import approve_run, compute_run, propose_run
from rongji.rules.entitlement.refusals import StandardNotInForce

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(organisation, actor, options) -> County:
    """Two pensioners."""
    made = County.founded(organisation, actor)
    made.pensioner("2023-06-01")
    made.pensioner("2023-06-01", "因战|5")
    return made


def rows() -> list[Any]:
    """Every row of payments, and of the trail."""
    models = [*apps.get_app_config("payments").get_models(), TrailEntry]
    return [row for model in models for row in model.objects.order_by("pk").values_list()]


def steps(county: County) -> list[tuple[str, Callable[[], Any]]]:
    """The steps of a run in order."""
    numbers: list[int] = []

    def compute() -> None:
        numbers.append(county.computed("2023-07-10", "2023-07"))

    return [
        ("compute", compute),
        ("propose", lambda: propose_run(actor=county.clerk_on("2023-07-10"), run_id=numbers[0])),
        ("approve", lambda: approve_run(actor=on(county.head, day("2023-07-10")), run_id=numbers[0])),
    ]


def test_a_gap_in_the_law_names_what_to_add_and_no_run_is_left(county):
    """One recipient whose standard is on no record stops the run of all: somebody would be paid wrongly."""
    odd = Award.objects.order_by("pk").last()
    Award.objects.filter(pk=odd.pk).update(benefit="enterprise_cadre_subsidy")
    AwardTerm.objects.filter(award=odd).update(standard_key="")
    before = rows()
    said = set()
    for engine in ("scalar", "embedded"):
        with pytest.raises(StandardNotInForce, match="legal/regions/990201/standards") as refused:
            county.computed("2023-07-10", "2023-07", engine=engine)
        said.add(str(refused.value))
    assert len(said) == 1 and "请核对起算日期" in said.pop()
    assert rows() == before


@contextmanager
def busy() -> Iterator[None]:
    """Somebody else writes for longer than we wait."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
        connection.close()


@contextmanager
def full() -> Iterator[None]:
    """The database file may not grow by a page."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    try:
        yield
    finally:
        connection.close()


@pytest.mark.parametrize("step", ["compute", "propose", "approve"])
def test_a_busy_database_is_a_refusal_and_the_step_can_be_done_again(county, step):
    """Come back later; nothing of the step is there."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets writers wait for each other; there is no such error")
    _in_trouble(steps(county), step, busy, DatabaseBusy)


def test_a_full_disk_is_a_refusal_and_the_step_can_be_done_again(county):
    """A run that does not fit is not there at all."""
    if connection.vendor != "sqlite":
        pytest.skip("a PostgreSQL server cannot be filled up from here")
    for _ in range(30):
        county.pensioner("2023-06-01")
    _in_trouble(steps(county), "compute", full, DiskFull)


def _in_trouble(all_steps: list, step: str, trouble: Callable, refusal: type[Refusal]) -> None:
    for name, act in all_steps:
        if name == step:
            before = rows()
            with trouble(), pytest.raises(OperationalError) as failed:
                act()
            found = refusal_of(failed.value)
            assert isinstance(found, refusal) and "重新运行" in str(found)
            assert rows() == before
        act()
    assert PaymentRun.objects.get().state == "approved"


def test_an_unknown_bureau_is_told_what_to_open(county):
    """The sentence names the command."""
    with pytest.raises(Refusal, match="rongji pay open"):
        compute_run(actor=county.clerk, bureau=f"{BUREAU}-2", pay_month=None, engine="scalar")
