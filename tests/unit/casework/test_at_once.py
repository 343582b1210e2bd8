"""Two people at one case, and many at one counter: nobody wins twice, no number is lost or given twice."""

import threading

import pytest
from django.db import connection
from unit.casework.samples import BUREAU, D

from rongji.casework import services
from rongji.casework.models import Case, CaseAct, CaseLetter
from rongji.casework.refusals import ActBatchRefused, ActNotPossible, CaseMovedOn
from rongji.casework.types import CaseToDo, NewAct, NewActs, NewCase

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("legal")]


def at_once(jobs):
    """Run jobs in threads that start together; what each raised or None."""
    barrier, outcomes = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place, job):
        try:
            barrier.wait()
            job()
        except Exception as trouble:  # noqa: BLE001 - looked at by the test
            outcomes[place] = trouble
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_two_who_accept_a_case_one_wins_and_the_other_is_told(office):
    """One act, one letter, and a sentence that says who was first."""
    case = office.open(answers={"topic": "医疗"})
    actors = [office.actor(), office.actor("clerk", name="newcomer")]
    jobs = [
        lambda who=who: services.act_on_case(actor=who, case_id=case.pk, new=NewAct(act="accept", on=D("2024-03-15")))
        for who in actors
    ]
    outcomes = at_once(jobs)
    assert sorted(type(item).__name__ for item in outcomes) == ["ActNotPossible", "NoneType"]
    assert "办理了“受理”" in str(next(item for item in outcomes if item))
    assert CaseAct.objects.filter(case=case).count() == 2
    assert CaseLetter.objects.count() == 1


def test_of_two_who_note_something_after_one_look_the_second_is_told(office):
    """The act would still be possible; what was seen is no longer so."""
    case = office.act(office.open(answers={"topic": "医疗"}), "accept", "2024-03-15")
    actors = [office.actor(), office.actor("clerk", name="newcomer")]
    jobs = [
        lambda who=who: services.act_on_case(
            actor=who, case_id=case.pk, new=NewAct(act="ask_longer", on=D("2024-03-15"), seen=2)
        )
        for who in actors
    ]
    outcomes = at_once(jobs)
    assert sorted(type(item) for item in outcomes if item) == [CaseMovedOn]
    assert ActNotPossible not in {type(item) for item in outcomes}
    assert list(CaseAct.objects.filter(case=case).values_list("sequence", flat=True).order_by("sequence")) == [1, 2, 3]


def test_cases_opened_at_once_are_numbered_without_gaps(office):
    """Four counters, three cases each: one to twelve."""
    actor = office.actor()
    new = NewCase(
        kind="sample",
        channel="visit",
        received_on=D("2024-03-15"),
        title="甲",
        applicant="张三",
        answers={"topic": "医疗"},
    )

    def counter():
        for _ in range(3):
            services.open_case(actor=actor, bureau=BUREAU, new=new)

    assert at_once([counter] * 4) == [None] * 4
    assert sorted(Case.objects.values_list("serial", flat=True)) == list(range(1, 13))


def test_of_two_batches_that_overlap_one_is_done_and_the_other_told_of_each_case(office):
    """No case is accepted twice, no number of a letter is lost, and the second clerk knows which cases it was."""
    cases = [office.open(answers={"topic": "医疗"}, applicant=f"申请人{number}") for number in range(6)]
    actors = [office.actor(), office.actor("clerk", name="newcomer")]
    halves = (cases[:4], cases[2:])
    new = NewActs(kind="sample", act="accept", on=D("2024-03-15"))

    def job(actor, some):
        many = [CaseToDo(case_id=case.pk, seen=1) for case in some]
        return lambda: services.act_on_cases(actor=actor, bureau=BUREAU, new=new, cases=many)

    outcomes = at_once([job(*pair) for pair in zip(actors, halves, strict=True)])
    refused = next(item for item in outcomes if item)
    assert type(refused) is ActBatchRefused and outcomes.count(None) == 1
    left = refused.facts["outcome"].left
    assert [item.number for item in left] == [case.number for case in cases[2:4]]
    assert all("办理了“受理”" in item.why for item in left)
    assert sorted(CaseLetter.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]
