"""The choosing session: one order, one place for one person, two screens that agree, undoing on the record."""

from datetime import date

import pytest
from unit.placement.samples import HELD, OPENED, PUBLISHED

from rongji.accounts.models import TrailEntry
from rongji.placement import services
from rongji.placement.board import board, session_step
from rongji.placement.board import turns as turns_of
from rongji.placement.models import Candidate, Choice, Post
from rongji.placement.refusals import (
    ChosenAlready,
    CohortStep,
    EvidenceMissing,
    NobodyLeft,
    NothingToUndo,
    NotReady,
    NotTheirTurn,
    PostTaken,
    PostUnknown,
    SessionOver,
    SomebodyLeft,
    UndoSamePerson,
)
from rongji.placement.types import CandidateState, Skip

pytestmark = pytest.mark.database


def test_everybody_chooses_in_the_published_order(bureau):
    """Three choices from the top down; both screens read the same board, which grows by a step with each."""
    session, _, turns = bureau.session()
    seen = []
    for minute, (turn, post) in enumerate(zip(turns, (2, 3, 1), strict=True)):
        now = board(bureau.on(HELD), session)
        assert now.current.id == turn
        seen.append((now.current.position, now.step, sum(item.left for item in now.posts)))
        bureau.chosen(session, turn, post, minute=minute)
    assert seen == [(1, 0, 3), (2, 1, 2), (3, 2, 1)]
    done = board(bureau.on(HELD), session)
    assert done.current is None
    assert [turn.post_number for turn in turns_of(bureau.on(HELD), session)] == [2, 3, 1]
    assert [line.sequence for line in done.log] == [3, 2, 1]
    assert all(line.witness == "驻局纪检监察组" and line.by for line in done.log)
    with pytest.raises(ChosenAlready, match="所有人都已轮到"):
        bureau.chosen(session, turns[0], 1)
    with pytest.raises(NobodyLeft):
        bureau.chosen(session, 999_999, 1)


def test_a_post_that_is_taken_is_refused_with_its_name(bureau):
    """The second candidate asks for what the first one took; nothing is written."""
    session, _, turns = bureau.session()
    bureau.chosen(session, turns[0], 2)
    with pytest.raises(PostTaken, match="2 号岗位（云湖县水务局 办公室文员）已被选完"):
        bureau.chosen(session, turns[1], 2)
    assert Choice.objects.count() == 1
    assert Post.objects.get(number=2).taken == 1
    with pytest.raises(PostUnknown, match="没有 9 号岗位"):
        bureau.chosen(session, turns[1], 9)


def test_of_two_clerks_who_click_for_the_same_turn_one_is_told_whose_turn_it_is(bureau):
    """The second screen still showed the first candidate: its click changes nothing."""
    session, _, turns = bureau.session()
    bureau.chosen(session, turns[0], 1)
    with pytest.raises(ChosenAlready, match=r"第 1 名（1 号）已在 .* 登记：选定 1 号岗位.*不用再登记；现在轮到第 2 名"):
        bureau.chosen(session, turns[0], 2, who=bureau.other)
    with pytest.raises(NotTheirTurn, match="现在轮到的是 第 2 名，不是 第 3 名"):
        bureau.chosen(session, turns[2], 2, who=bureau.other)
    assert Post.objects.get(number=2).taken == 0


def test_the_database_itself_takes_no_post_twice(bureau):
    """Whatever a program does: more choices than places cannot be stored."""
    from django.db import IntegrityError, transaction

    bureau.session()
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(number=1).update(taken=2)


def test_who_passes_or_is_absent_is_called_once_more_at_the_end(bureau):
    """First call goes by, second call at the end of the order; then the turn is out."""
    session, _, turns = bureau.session()
    skip = {"session_id": session, "turn_id": turns[0]}
    services.skip_turn(actor=bureau.on(HELD), skip=Skip.ABSENT, **skip)
    bureau.chosen(session, turns[1], 1)
    bureau.chosen(session, turns[2], 2)
    again = board(bureau.on(HELD), session).current
    assert (again.id, again.lap, again.skip) == (turns[0], 2, "未到场")
    services.skip_turn(actor=bureau.on(HELD), skip=Skip.PASSED, **skip)
    assert board(bureau.on(HELD), session).current is None
    assert services.finish_session(actor=bureau.on(HELD), session_id=session) == 2
    assert set(Candidate.objects.values_list("number", "state")) == {(1, "waiting"), (2, "placed"), (3, "placed")}


def test_a_choice_is_undone_by_another_person_with_a_reason_and_stays_on_the_record(bureau):
    """Not by who recorded it, not without a reason, not but the last; the place and the turn are free again."""
    session, cohort, turns = bureau.session()
    bureau.chosen(session, turns[0], 1)
    last = bureau.chosen(session, turns[1], 2, minute=1)
    undo = {"session_id": session, "sequence": last}
    with pytest.raises(UndoSamePerson, match="另一人"):
        services.undo_last(actor=bureau.on(HELD, bureau.clerk), reason="口误", **undo)
    with pytest.raises(EvidenceMissing, match="原因"):
        services.undo_last(actor=bureau.on(HELD, bureau.other), reason=" ", **undo)
    with pytest.raises(NothingToUndo, match="只能撤销最后一条"):
        services.undo_last(actor=bureau.on(HELD, bureau.other), session_id=session, sequence=1, reason="口误")
    services.undo_last(actor=bureau.on(HELD, bureau.other, minute=2), reason="听错号码，选的是 3 号", **undo)
    now = board(bureau.on(HELD), session)
    assert (now.current.id, now.step) == (turns[1], 3)
    assert Post.objects.get(number=2).taken == 0
    assert [(line.what, line.reason) for line in now.log] == [
        ("撤销", "听错号码，选的是 3 号"), ("选定", ""), ("选定", ""),
    ]  # fmt: skip
    bureau.chosen(session, turns[1], 3, minute=3)
    entry = TrailEntry.objects.get(action="placement.undo_choice")
    assert "听错号码" in entry.summary and entry.subject_id == str(cohort)


def test_an_undone_pass_puts_the_turn_back_where_it_was(bureau):
    """Somebody came in a moment late: their call stands again, before those who follow."""
    session, _, turns = bureau.session()
    passed = services.skip_turn(
        actor=bureau.on(HELD, bureau.clerk), session_id=session, turn_id=turns[0], skip=Skip.ABSENT
    )
    services.undo_last(actor=bureau.on(HELD), session_id=session, sequence=passed, reason="本人已到")
    now = board(bureau.on(HELD), session).current
    assert (now.id, now.lap, now.skip) == (turns[0], 1, "")
    assert session_step(bureau.on(HELD), session) == 2


def test_a_session_waits_for_the_end_of_the_notice_and_for_enough_places(bureau):
    """Not on the last day of the notice nor ahead of its day, not with too few places, not without witness."""
    cohort, _ = bureau.published(merits=(3, 2, 1, 0))
    given = {"actor": bureau.on(PUBLISHED), "cohort_id": cohort, "venue": "会议室"}
    with pytest.raises(EvidenceMissing, match="监督人员"):
        services.open_session(held_on=HELD, witness="", **given)
    with pytest.raises(NotReady, match="公示到 2022-05-20"):
        services.open_session(held_on=date(2022, 5, 20), witness="纪检组", **given)
    with pytest.raises(NotReady, match="选岗会日期 2022-05-26 还没有到"):
        services.open_session(held_on=HELD, witness="纪检组", **given)
    with pytest.raises(NotReady, match="只有 3 个，少于待选的 4 人"):
        services.open_session(held_on=HELD, witness="纪检组", **{**given, "actor": bureau.on(HELD)})


def test_a_session_ends_when_everybody_was_called_or_with_a_note(bureau):
    """Then it takes no more acts, and those with a post are placed in its unit."""
    session, cohort, turns = bureau.session()
    bureau.chosen(session, turns[0], 1)
    with pytest.raises(SomebodyLeft, match="还有 2 人"):
        services.finish_session(actor=bureau.on(HELD), session_id=session)
    services.finish_session(actor=bureau.on(HELD), session_id=session, note="停电，其余改期")
    with pytest.raises(SessionOver):
        bureau.chosen(session, turns[1], 2)
    placed = Candidate.objects.get(turn=turns[0])
    assert (placed.state, placed.placing.post.number) == (CandidateState.PLACED, 1)
    with pytest.raises(CohortStep, match="选岗会已经结束"):
        bureau.candidate(cohort)
    assert OPENED < HELD
