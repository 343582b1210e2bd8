"""The board of a choosing session: one read for the big screen and for the recorder, so that both show the same."""

from dataclasses import replace
from typing import Any

from django.db.models import Count

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.law.shapes.placement import points_text
from rongji.people.selectors import briefs
from rongji.people.selectors.portions import portions
from rongji.placement.models import Choice, ChoosingSession, PostWithdrawal, Turn
from rongji.placement.policies import SEE_PLACEMENT
from rongji.placement.refusals import SessionUnknown
from rongji.placement.selectors import cohort, posts_of
from rongji.placement.types import SKIP_LABELS, ChoiceFacts, SessionBoard, Skip, TurnFacts, TurnState

FOLLOWING = 5
WITHDRAWN = "撤回岗位"


def session_of_cohort(cohort_id: int) -> int | None:
    """The session of a cohort, if there is one."""
    return ChoosingSession.objects.filter(cohort=cohort_id).values_list("id", flat=True).first()


def session_step(actor: Actor, session_id: int) -> int:
    """How many acts a session has seen: whether a screen is up to date. Raises: SessionUnknown, NotAllowed."""
    return int(_session(actor, session_id).step)


def board(actor: Actor, session_id: int, *, latest: int | None = None) -> SessionBoard:
    """The session as it stands: who is called, who follows, the posts left, and the record, latest first.

    latest: so many lines of the record; None for all. Raises: SessionUnknown, NotAllowed.
    """
    session = _session(actor, session_id)
    calls = session.turns.filter(state=TurnState.WAITING).order_by("lap", "position")
    called = list(calls.values_list("pk", flat=True)[: FOLLOWING + 1])
    rows = session.turns.filter(pk__in=called).order_by("lap", "position").select_related("candidate__sheet")
    waiting = _facts(list(rows))
    states = dict(session.turns.order_by().values_list("state").annotate(n=Count("id")))
    return SessionBoard(
        id=session.pk,
        cohort=cohort(actor, session.cohort_id),
        held_on=session.held_on,
        venue=session.venue,
        witness=session.witness,
        step=session.step,
        is_finished=session.finished_at is not None,
        current=waiting[0] if waiting and session.finished_at is None else None,
        following=tuple(waiting[1 : FOLLOWING + 1]),
        chosen=states.get(TurnState.CHOSEN, 0),
        waiting=states.get(TurnState.WAITING, 0),
        posts=posts_of(session.cohort),
        log=_log(session, latest),
    )


def turns(actor: Actor, session_id: int) -> tuple[TurnFacts, ...]:
    """Every turn of a session in the order of places, with what was chosen. Raises: SessionUnknown, NotAllowed."""
    return _facts(list(_session(actor, session_id).turns.select_related("candidate__sheet").order_by("position")))


def _session(actor: Actor, session_id: int) -> ChoosingSession:
    row = ChoosingSession.objects.filter(pk=session_id).select_related("cohort").first()
    if row is None:
        raise SessionUnknown(session=session_id)
    guard(actor, SEE_PLACEMENT, row.cohort.scope)
    return row


def _facts(rows: list[Turn]) -> tuple[TurnFacts, ...]:
    files = briefs({row.candidate.person_id for row in rows})
    chosen: dict[int, Choice] = {}
    for chunk in portions(row.pk for row in rows):
        standing = Choice.objects.filter(turn__in=chunk, undone_at__isnull=True, post__isnull=False)
        chosen |= {item.turn_id: item for item in standing.select_related("post__unit")}
    return tuple(_turn(row, files[row.candidate.person_id].name, chosen.get(row.pk)) for row in rows)


def _turn(row: Turn, name: str, chosen: Choice | None) -> TurnFacts:
    sheet, post = row.candidate.sheet, chosen.post if chosen else None
    return TurnFacts(
        id=row.pk,
        position=row.position,
        candidate_id=row.candidate_id,
        number=row.candidate.number,
        name=name,
        total=sheet.first or points_text(sheet.total if sheet.score is None else sheet.score),
        why=sheet.why,
        state=TurnState(row.state),
        lap=row.lap,
        skip=SKIP_LABELS[Skip(row.skip)] if row.skip else "",
        post_number=post.number if post else None,
        post=post.title if post else "",
        unit=post.unit.name if post else "",
    )


def _log(session: ChoosingSession, latest: int | None) -> tuple[ChoiceFacts, ...]:
    """Every act in the order in which it happened, an undoing as an act of its own; the latest first."""
    choices = Choice.objects.filter(turn__session=session).select_related("post__unit", "turn__candidate")
    rows = list(choices.order_by("-sequence")[:latest])
    names = briefs({row.turn.candidate.person_id for row in rows})
    lines: list[tuple[Any, ChoiceFacts]] = []
    for row in rows:
        act = _act(row, names[row.turn.candidate.person_id].name)
        lines.append(((row.at, row.sequence, 0), act))
        if row.undone_at is not None:
            undone = replace(act, at=row.undone_at, what="撤销", by=row.undone_by_label, reason=row.reason)
            lines.append(((row.undone_at, row.sequence, 1), undone))
    for item in session.withdrawals.select_related("post__unit").order_by("-sequence")[:latest]:
        lines.append(((item.at, item.sequence, 0), _withdrawal(item)))
    found = tuple(facts for _, facts in sorted(lines, key=lambda line: line[0], reverse=True))
    return found[:latest]


def _act(row: Choice, name: str) -> ChoiceFacts:
    post = f"{row.post.number} 号 {row.post.unit.name} {row.post.title}" if row.post else ""
    what = "选定" if row.post else SKIP_LABELS[Skip(row.skip)]
    proxy = f"{row.proxy} 代选，{row.authority}" if row.proxy else ""
    return ChoiceFacts(row.sequence, row.at, what, name, post, row.recorder_label, row.witness, "", proxy)


def _withdrawal(row: PostWithdrawal) -> ChoiceFacts:
    post = f"{row.post.number} 号 {row.post.title} {row.places} 个"
    reason = f"{row.reason}（{row.document}）"
    return ChoiceFacts(
        row.sequence, row.at, WITHDRAWN, row.post.unit.name, post, row.recorder_label, row.witness, reason
    )
