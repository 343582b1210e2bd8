"""What goes wrong in a hall: clicked twice, a browser that dies, a unit that takes a post back, a proxy, an absence."""

import pytest
from unit.placement.samples import HELD

from rongji.accounts.models import TrailEntry
from rongji.placement import selectors, services
from rongji.placement.board import board, session_step
from rongji.placement.models import Candidate, Choice, Post
from rongji.placement.refusals import (
    AuthorityMissing,
    ChosenAlready,
    EvidenceMissing,
    PlacesUnfit,
    PostNotLeft,
    PostWithdrawn,
    SessionOver,
)
from rongji.placement.types import CandidateState, Skip

pytestmark = pytest.mark.database


def withdrawn(bureau, session, number=2, places=1, **more):
    """A post taken back by its unit, on the record of the clerk."""
    given = {"reason": "编制冻结", "document": "水函〔2022〕3号", **more}
    return services.withdraw_post(
        actor=bureau.on(HELD, bureau.clerk, minute=1), session_id=session, number=number, places=places, **given
    )


def test_the_same_person_clicked_twice_is_told_what_stands(bureau):
    """By whom, when, which post, and whose turn it is now; nothing more is written."""
    session, _, turns = bureau.session()
    bureau.chosen(session, turns[0], 2)
    stands = "选定 2 号岗位（云湖县水务局 办公室文员）"
    said = rf"第 1 名（1 号）已在 12:00:00 由 .+ 登记：{stands}。不用再登记；现在轮到第 2 名"
    with pytest.raises(ChosenAlready, match=said):
        bureau.chosen(session, turns[0], 2)
    with pytest.raises(ChosenAlready, match=said):
        services.skip_turn(actor=bureau.on(HELD), session_id=session, turn_id=turns[0], skip=Skip.PASSED)
    assert (Choice.objects.count(), Post.objects.get(number=2).taken) == (1, 1)


def test_a_recorder_whose_browser_dies_goes_on_where_the_record_stands(bureau):
    """Everything is on the record: another computer opens the same board; an answer that got lost is told again."""
    session, _, turns = bureau.session()
    bureau.chosen(session, turns[0], 1)
    before = board(bureau.on(HELD, bureau.clerk), session)
    again = board(bureau.on(HELD, bureau.other), session)
    assert (again.current.id, again.step, again.log) == (turns[1], before.step, before.log)
    with pytest.raises(ChosenAlready, match="选定 1 号岗位"):
        bureau.chosen(session, turns[0], 3, who=bureau.other)
    bureau.chosen(session, turns[1], 2, who=bureau.other, minute=1)
    assert board(bureau.on(HELD, bureau.clerk), session).current.id == turns[2]


def test_a_post_taken_back_by_its_unit_cannot_be_chosen_any_more(bureau):
    """With the unit's letter and the reason on the record of the session, seen by both screens, and in the trail."""
    session, cohort, turns = bureau.session()
    assert withdrawn(bureau, session) == 2
    with pytest.raises(PostWithdrawn, match="2 号岗位（云湖县水务局 办公室文员）已由接收单位撤回"):
        bureau.chosen(session, turns[0], 2)
    now = board(bureau.on(HELD), session)
    assert (now.step, [post.left for post in now.posts]) == (1, [1, 0, 1])
    assert (now.log[0].what, now.log[0].post, now.log[0].reason) == (
        "撤回岗位", "2 号 办公室文员 1 个", "编制冻结（水函〔2022〕3号）",
    )  # fmt: skip
    assert bureau.chosen(session, turns[0], 1, minute=2) == 2
    assert TrailEntry.objects.filter(action="placement.withdraw_post", subject_id=str(cohort)).count() == 1


def test_what_is_chosen_is_not_taken_back_by_the_unit(bureau):
    """Only places that nobody has chosen; an act undone afterwards frees the place that the unit did not take back."""
    session, _, turns = bureau.session()
    last = bureau.chosen(session, turns[0], 2)
    with pytest.raises(PostNotLeft, match="只剩 0 个没有选定，不能撤回 1 个"):
        withdrawn(bureau, session)
    withdrawn(bureau, session, number=1)
    services.undo_last(actor=bureau.on(HELD, bureau.other), session_id=session, sequence=last, reason="口误")
    assert [post.left for post in board(bureau.on(HELD), session).posts] == [0, 1, 1]
    with pytest.raises(EvidenceMissing, match="来函"):
        withdrawn(bureau, session, number=3, document=" ")
    with pytest.raises(EvidenceMissing, match="原因"):
        withdrawn(bureau, session, number=3, reason="")
    with pytest.raises(PlacesUnfit):
        withdrawn(bureau, session, number=3, places=0)


def test_the_database_itself_keeps_taken_and_withdrawn_within_the_places(bureau):
    """Whatever a program does."""
    from django.db import IntegrityError, transaction

    session, _, turns = bureau.session()
    bureau.chosen(session, turns[0], 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(number=1).update(withdrawn=1)


def test_who_is_left_without_a_post_passes_and_is_placed_by_decision(bureau):
    """Fewer posts than people after a withdrawal: the last one passes, twice, and still waits for the bureau."""
    session, _, turns = bureau.session()
    assert withdrawn(bureau, session) == 2
    bureau.chosen(session, turns[0], 1, minute=2)
    bureau.chosen(session, turns[1], 3, minute=3)
    for _ in range(2):
        services.skip_turn(actor=bureau.on(HELD), session_id=session, turn_id=turns[2], skip=Skip.PASSED)
    services.finish_session(actor=bureau.on(HELD), session_id=session)
    left = Candidate.objects.get(turn=turns[2])
    assert left.state == CandidateState.WAITING
    unit = selectors.units(bureau.on(HELD), "yunhu")[0].id
    services.place_directly(actor=bureau.on(HELD), candidate_id=left.pk, unit_id=unit, decided_on=HELD)
    with pytest.raises(SessionOver, match="不能再撤回岗位"):
        withdrawn(bureau, session, number=3)


def test_a_proxy_chooses_with_a_letter_and_stays_on_the_record(bureau):
    """Name and letter together, or neither; the board and the trail say who chose."""
    session, _, turns = bureau.session()
    given = {"actor": bureau.on(HELD, bureau.clerk), "session_id": session, "turn_id": turns[0], "post_number": 1}
    for half in ({"proxy": "示例代"}, {"authority": "委托书 2022-05-20"}, {"proxy": "示例代", "authority": " "}):
        with pytest.raises(AuthorityMissing, match="查验代选人身份证件和委托书原件"):
            services.choose_post(**given, **half)
    assert Choice.objects.count() == 0
    services.choose_post(**given, proxy="示例代", authority="委托书 2022-05-20")
    assert board(bureau.on(HELD), session).log[0].proxy == "示例代 代选，委托书 2022-05-20"
    assert "由 示例代 凭 委托书 2022-05-20 代选" in TrailEntry.objects.get(action="placement.choose_post").summary


def test_who_comes_late_chooses_when_called_again(bureau):
    """Absent at the first call, deferred to the end; there by then, and chooses from what is left."""
    session, _, turns = bureau.session()
    services.skip_turn(actor=bureau.on(HELD), session_id=session, turn_id=turns[0], skip=Skip.ABSENT)
    bureau.chosen(session, turns[1], 1, minute=1)
    bureau.chosen(session, turns[2], 2, minute=2)
    now = board(bureau.on(HELD), session)
    assert (now.current.id, now.current.lap, now.current.skip) == (turns[0], 2, "未到场")
    bureau.chosen(session, turns[0], 3, minute=3)
    assert session_step(bureau.on(HELD), session) == 4
