"""A process that computes, approves or discards a run is killed at place after place: all of it is there, or nothing.

A child of this process runs the step and kills itself before its n-th statement or around a commit; the next child
dies a few places later, until one lives. On SQLite and on PostgreSQL.
"""

import hashlib
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, connections
from payroll_county import County

from rongji.accounts.models import TrailEntry
from rongji.accounts.verification import verify_trail
from rongji.payments.models import PaymentRun, Recovery, RunApproval, RunBudget, RunLine
from rongji.payments.services import approve_run, discard_run, propose_run
from rongji.payments.verifying import verify_run

pytestmark = pytest.mark.django_db(transaction=True)
STRIDE, MOST_PLACES = 4, 400


@pytest.fixture
def county(organisation, actor, options) -> County:
    """Three pensioners; one of them died and was paid too long, one is paid back from."""
    made = County.founded(organisation, actor)
    made.pensioner("2023-06-01")
    dead, _ = made.pensioner("2023-06-01", "因战|5")
    made.pensioner("2023-06-01", "因公|8", account=False)
    made.paid("2023-07-10", "2023-07")
    made.paid("2023-08-10", "2023-08")
    made.died("2023-09-02", dead, "2023-07-09")
    return made


def snapshot() -> str:
    """A digest of every row of payments, and of the trail."""
    found = hashlib.sha256()
    for model in [*apps.get_app_config("payments").get_models(), TrailEntry]:
        for row in model.objects.order_by("pk").values_list():
            found.update(repr((model.__name__, row)).encode())
    return found.hexdigest()


def lives(job: Callable[[], Any], dies_at: int) -> bool:
    """Run the job in a process that kills itself at that place; whether it came through."""
    connections.close_all()
    number = os.fork()
    if number == 0:
        try:
            _place_deaths(dies_at)
            job()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told to the parent by the status
            os._exit(1)
    _, status = os.waitpid(number, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the step failed without being killed"
    return not os.WIFSIGNALED(status)


def _place_deaths(dies_at: int) -> None:
    left = [dies_at]

    def vital() -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    def statement(execute: Callable[..., Any], *rest: Any) -> Any:
        vital()
        return execute(*rest)

    commit = connection.commit

    def committed() -> None:
        vital()
        commit()
        vital()

    connection.commit = committed
    connection.execute_wrappers.append(statement)


def killed_on_the_way(job: Callable[[], Any]) -> int:
    """Let the job die at place after place; returns how often it died. Nothing, or everything, is there after each."""
    before = snapshot()
    for deaths, place in enumerate(range(0, MOST_PLACES, STRIDE)):
        if lives(job, place):
            assert snapshot() != before
            return deaths
        if snapshot() != before:
            return deaths + 1  # it died behind its commit: everything is there, which the caller looks at
    raise AssertionError("the step has more places than expected")


def test_a_run_killed_while_it_is_computed_is_whole_or_not_there(county):
    """Whichever statement is the last: no run without its lines, no line without its run."""
    assert killed_on_the_way(lambda: county.computed("2023-09-10", "2023-09")) > 5
    run = PaymentRun.objects.get(state="computed")
    assert run.line_count == RunLine.objects.filter(run=run).count() == 3
    assert (run.payments.count(), Recovery.objects.filter(run=run).count()) == (2, 1)
    assert verify_run(county.head, run.pk, engine="scalar").repeats
    assert verify_trail(folder=django_settings.RONGJI.seals).is_sound


def test_an_approval_killed_on_its_way_took_no_budget_or_all_of_it(county):
    """Approval, budget, recoveries and state come together."""
    number = county.computed("2023-09-10", "2023-09")
    propose_run(actor=county.clerk_on("2023-09-10"), run_id=number)
    assert killed_on_the_way(lambda: approve_run(actor=county.head, run_id=number)) > 3
    run = PaymentRun.objects.get(pk=number)
    assert (run.state, RunApproval.objects.filter(run=run).count()) == ("approved", 1)
    assert sum(row.amount_fen for row in RunBudget.objects.filter(run=run)) == run.pay_fen
    assert verify_trail(folder=django_settings.RONGJI.seals).is_sound


def test_a_discard_killed_on_its_way_leaves_a_whole_run_or_none(county):
    """No run that lost some of its lines."""
    number = county.computed("2023-09-10", "2023-09")
    assert killed_on_the_way(lambda: discard_run(actor=county.clerk, run_id=number)) > 1
    assert PaymentRun.objects.get(pk=number).state == "discarded"
    assert not RunLine.objects.filter(run_id=number).exists()
