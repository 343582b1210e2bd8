"""A batch whose process is killed at place after place: all of it is there, or nothing."""

import os
import signal

import pytest
from django.apps import apps
from django.db import connection, connections
from unit.casework.samples import BUREAU, D

from rongji.accounts.models import TrailEntry
from rongji.casework import services
from rongji.casework.models import CaseAct, CaseLetter
from rongji.casework.types import CaseToDo, NewActs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("legal")]
STRIDE, MOST_PLACES = 9, 200


def rows():
    """Every row of casework, and of the trail."""
    models = [*apps.get_app_config("casework").get_models(), TrailEntry]
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def lives(job, dies_at):
    """Run the job in a process that kills itself before that statement; whether it came through."""
    connections.close_all()
    number = os.fork()
    if number == 0:
        left = [dies_at]

        def statement(execute, *rest):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return execute(*rest)

        try:
            connection.execute_wrappers.append(statement)
            job()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told to the parent by the status
            os._exit(1)
    _, status = os.waitpid(number, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the batch failed without being killed"
    return not os.WIFSIGNALED(status)


def test_a_batch_that_is_killed_anywhere_leaves_nothing(office):
    """No act, no letter, no number, no entry of the trail until all are there."""
    cases = [office.open(answers={"topic": "医疗"}, applicant=f"申请人{number}") for number in range(3)]
    actor, before = office.actor(), rows()
    new = NewActs(kind="sample", act="accept", on=D("2024-03-15"))
    many = [CaseToDo(case_id=case.pk) for case in cases]
    for place in range(0, MOST_PLACES, STRIDE):
        if lives(lambda: services.act_on_cases(actor=actor, bureau=BUREAU, new=new, cases=many), place):
            break
        assert rows() == before
    assert place > 2 * STRIDE
    assert CaseAct.objects.filter(act="accept").count() == CaseLetter.objects.count() == len(cases)
