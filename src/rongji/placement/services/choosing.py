"""The choosing session: who is called, what is chosen, what goes by, and what is undone by another person."""

from datetime import date

from django.db.models import F, Max
from django.utils.timezone import localtime

from rongji.accounts.refusals import NamedUserNeeded
from rongji.accounts.types import Actor
from rongji.placement.models import (
    Candidate,
    Choice,
    ChoosingSession,
    Cohort,
    Placing,
    Post,
    PostWithdrawal,
    ScoreSheet,
    Turn,
)
from rongji.placement.policies import RECORD_CHOICES
from rongji.placement.refusals import (
    AuthorityMissing,
    ChosenAlready,
    EvidenceMissing,
    NobodyLeft,
    NothingToUndo,
    NotReady,
    NotTheirTurn,
    PostNotLeft,
    PostTaken,
    PostWithdrawn,
    SessionOver,
    SessionUnknown,
    SomebodyLeft,
    UndoSamePerson,
)
from rongji.placement.services.cohorts import post_numbered, refuse_places
from rongji.placement.types import SKIP_LABELS, CandidateState, CohortState, Skip, TurnState
from rongji.placement.writing import AT_ONCE, on_cohort, record

LAPS = 2


def open_session(*, actor: Actor, cohort_id: int, held_on: date, venue: str, witness: str) -> int:
    """Begin the choosing session of a published cohort: the turns in the order of the published sheet.

    Raises: NotAllowed, CohortUnknown, CohortStep, EvidenceMissing, NotReady (notice still running, a day to come, too
    few places).
    """
    for what, text in (("选岗会地点", venue), ("监督人员（纪检监察）", witness)):
        if not text.strip():
            raise EvidenceMissing(what=what)
    with on_cohort(
        actor=actor, cohort_id=cohort_id, policy=RECORD_CHOICES, states=(CohortState.PUBLISHED,), step="召开选岗会"
    ) as cohort:
        called = _called(cohort)
        _refuse_unready(cohort, held_on, actor.day, len(called))
        session = ChoosingSession.objects.create(
            cohort=cohort, held_on=held_on, venue=venue.strip()[:120], witness=witness.strip()[:80],
            opened_by=actor.label, opened_at=actor.at,
        )  # fmt: skip
        Turn.objects.bulk_create(
            (Turn(session=session, candidate_id=candidate, position=position) for candidate, position in called),
            batch_size=AT_ONCE,
        )
        cohort.state = CohortState.CHOOSING
        cohort.save(update_fields=["state"])
        facts = {"session": session.pk, "turns": len(called), "held_on": held_on}
        record(actor, "open_session", cohort, f"召开选岗会，{len(called)} 人待选，监督人员到场", facts)
    return session.pk


def choose_post(
    *, actor: Actor, session_id: int, turn_id: int, post_number: int, proxy: str = "", authority: str = ""
) -> int:
    """The candidate whose turn it is chooses a post; returns the number of the act in the session's record.

    proxy, authority: who chooses in the candidate's stead, and by which letter. Of two clerks who click at the same
    time one is refused: a place is only taken while there is one, and a turn only while it is the one that is called.
    Raises: NotAllowed, SessionUnknown, SessionOver, AuthorityMissing, ChosenAlready, NobodyLeft, NotTheirTurn,
    PostUnknown, PostWithdrawn, PostTaken.
    """
    proxy, authority = proxy.strip()[:40], authority.strip()[:80]
    if bool(proxy) != bool(authority):
        raise AuthorityMissing
    with on_cohort(actor=actor, cohort_id=_cohort_of(session_id), policy=RECORD_CHOICES) as cohort:
        session = _open(session_id, "登记选岗")
        turn = _called_turn(session, turn_id)
        post = post_numbered(cohort, post_number)
        if not Post.objects.filter(pk=post.pk, taken__lt=F("places") - F("withdrawn")).update(taken=F("taken") + 1):
            raise _gone(post)
        _move(turn, state=TurnState.CHOSEN, skip="")
        choice = _write(actor, session, turn, post=post, proxy=proxy, authority=authority)
        facts = {"session": session.pk, "turn": turn.pk, "post": post_number, "sequence": choice.sequence,
                 "proxy": proxy, "authority": authority}  # fmt: skip
        by = f"，由 {proxy} 凭 {authority} 代选" if proxy else ""
        said = f"第 {turn.position} 名（{turn.candidate.number} 号）选定 {post_number} 号岗位{by}"
        record(actor, "choose_post", cohort, said, facts)
    return choice.sequence


def skip_turn(*, actor: Actor, session_id: int, turn_id: int, skip: Skip) -> int:
    """The turn goes by: the candidate lets it pass or is not there. They are called once more at the end, then no more.

    Raises: NotAllowed, SessionUnknown, SessionOver, ChosenAlready, NobodyLeft, NotTheirTurn.
    """
    with on_cohort(actor=actor, cohort_id=_cohort_of(session_id), policy=RECORD_CHOICES) as cohort:
        session = _open(session_id, "登记选岗")
        turn = _called_turn(session, turn_id)
        choice = _write(actor, session, turn, skip=skip)
        if turn.lap < LAPS:
            _move(turn, lap=turn.lap + 1, skip=skip)
        else:
            _move(turn, state=TurnState.OUT, skip=skip)
        facts = {"session": session.pk, "turn": turn.pk, "skip": skip, "sequence": choice.sequence}
        said = f"第 {turn.position} 名（{turn.candidate.number} 号）{SKIP_LABELS[skip]}"
        record(actor, "skip_turn", cohort, said, facts)
    return choice.sequence


def withdraw_post(*, actor: Actor, session_id: int, number: int, places: int, reason: str, document: str) -> int:
    """A unit takes places of a post back while the session runs; nobody can choose them any more. Chosen ones stay.

    document: what the unit wrote. Returns how many places are left in the whole session.
    Raises: NotAllowed, SessionUnknown, SessionOver, EvidenceMissing, PostUnknown, PlacesUnfit, PostNotLeft.
    """
    for what, text in (("撤回岗位的原因", reason), ("接收单位来函的文号或日期", document)):
        if not text.strip():
            raise EvidenceMissing(what=what)
    refuse_places("撤回人数", places, 1)
    with on_cohort(actor=actor, cohort_id=_cohort_of(session_id), policy=RECORD_CHOICES) as cohort:
        session = _open(session_id, "撤回岗位")
        post = post_numbered(cohort, number)
        free = Post.objects.filter(pk=post.pk, places__gte=F("taken") + F("withdrawn") + places)
        if not free.update(withdrawn=F("withdrawn") + places):
            raise PostNotLeft(number=number, left=post.places - post.taken - post.withdrawn, places=places)
        PostWithdrawal.objects.create(
            session=session, post=post, sequence=_step(session), places=places, at=actor.at,
            recorder_id=actor.user_id, recorder_label=actor.label, witness=session.witness,
            reason=reason.strip()[:255], document=document.strip()[:80],
        )  # fmt: skip
        facts = {"session": session.pk, "post": number, "places": places, "document": document.strip()[:80]}
        said = f"{post.unit.name}撤回 {number} 号岗位 {places} 个：{reason.strip()}"
        record(actor, "withdraw_post", cohort, said, facts)
        return places_left(cohort)


def places_left(cohort: Cohort) -> int:
    """Places of a cohort that nobody has chosen and no unit has taken back."""
    rows = Post.objects.filter(cohort=cohort).values_list("places", "taken", "withdrawn")
    return sum(places - taken - withdrawn for places, taken, withdrawn in rows)


def undo_last(*, actor: Actor, session_id: int, sequence: int, reason: str) -> None:
    """Undo the last standing act of a session, by another person than recorded it, with a reason.

    Only the last one: who chose after it chose from what it had left.
    Raises: NotAllowed, NamedUserNeeded, SessionUnknown, SessionOver, EvidenceMissing, NothingToUndo, UndoSamePerson.
    """
    if actor.user_id is None:
        raise NamedUserNeeded(action="撤销选岗")
    if not reason.strip():
        raise EvidenceMissing(what="撤销的原因")
    with on_cohort(actor=actor, cohort_id=_cohort_of(session_id), policy=RECORD_CHOICES) as cohort:
        session = _open(session_id, "撤销选岗")
        choice = _last(session, sequence)
        if choice.recorder_id == actor.user_id:
            raise UndoSamePerson(recorder=choice.recorder_label)
        choice.undone_at, choice.undone_by_id = actor.at, actor.user_id
        choice.undone_by_label, choice.reason = actor.label, reason.strip()[:255]
        choice.save()
        if choice.post_id is not None:
            Post.objects.filter(pk=choice.post_id).update(taken=F("taken") - 1)
        _move(choice.turn, state=TurnState.WAITING, lap=choice.lap, skip=_skip_before(choice))
        ChoosingSession.objects.filter(pk=session.pk).update(step=F("step") + 1)
        facts = {"session": session.pk, "sequence": sequence, "recorder": choice.recorder_label}
        record(actor, "undo_choice", cohort, f"撤销选岗记录第 {sequence} 条：{reason.strip()}", facts)


def finish_session(*, actor: Actor, session_id: int, note: str = "") -> int:
    """Close a session: everybody with a post is placed in its unit. Returns how many; a note is needed to end early.

    Raises: NotAllowed, SessionUnknown, SessionOver, SomebodyLeft.
    """
    with on_cohort(actor=actor, cohort_id=_cohort_of(session_id), policy=RECORD_CHOICES) as cohort:
        session = _open(session_id, "结束")
        left = Turn.objects.filter(session=session, state=TurnState.WAITING).count()
        if left and not note.strip():
            raise SomebodyLeft(count=left)
        standing = Choice.objects.filter(turn__session=session, undone_at__isnull=True, post__isnull=False)
        chosen = list(standing.select_related("turn", "post"))
        Placing.objects.bulk_create(
            Placing(
                candidate_id=item.turn.candidate_id,
                unit_id=item.post.unit_id,
                post=item.post,
                decided_on=session.held_on,
            )
            for item in chosen
            if item.post is not None
        )
        Candidate.objects.filter(turn__choices__in=standing).update(state=CandidateState.PLACED)
        session.finished_at, session.finish_note = actor.at, note.strip()[:255]
        session.step += 1
        session.save(update_fields=["finished_at", "finish_note", "step"])
        cohort.state = CohortState.FINISHED
        cohort.save(update_fields=["state"])
        facts = {"session": session.pk, "placed": len(chosen), "left": left}
        record(actor, "finish_session", cohort, f"选岗会结束，{len(chosen)} 人选定岗位", facts)
    return len(chosen)


def _called(cohort: Cohort) -> list[tuple[int, int]]:
    """Candidate and place of everybody who is called, in order."""
    sheets = ScoreSheet.objects.filter(
        candidate__cohort=cohort, candidate__state=CandidateState.WAITING, position__isnull=False
    )
    return list(sheets.order_by("position").values_list("candidate_id", "position"))


def _refuse_unready(cohort: Cohort, held_on: date, today: date, count: int) -> None:
    if cohort.notice_until is None or held_on <= cohort.notice_until:
        raise NotReady(step="召开选岗会", why=f"积分公示到 {cohort.notice_until} 才结束，选岗会应在其后")
    if held_on > today:
        raise NotReady(step="召开选岗会", why=f"选岗会日期 {held_on} 还没有到，请在当天召开")
    places = sum(Post.objects.filter(cohort=cohort).values_list("places", flat=True))
    if places < count:
        raise NotReady(step="召开选岗会", why=f"岗位只有 {places} 个，少于待选的 {count} 人，请增加岗位")


def _cohort_of(session_id: int) -> int:
    found = ChoosingSession.objects.filter(pk=session_id).values_list("cohort", flat=True).first()
    if found is None:
        raise SessionUnknown(session=session_id)
    return found


def _open(session_id: int, step: str) -> ChoosingSession:
    session = ChoosingSession.objects.get(pk=session_id)
    if session.finished_at is not None:
        raise SessionOver(step=step)
    return session


def _called_turn(session: ChoosingSession, turn_id: int) -> Turn:
    """The turn that is called now, which must be the one meant. Raises: NobodyLeft, NotTheirTurn."""
    waiting = Turn.objects.filter(session=session, state=TurnState.WAITING).select_related("candidate")
    first = waiting.order_by("lap", "position").values_list("pk", flat=True).first()
    current = waiting.filter(pk=first).first() if first is not None else None
    asked = Turn.objects.filter(pk=turn_id, session=session).first()
    if asked is not None and asked.state == TurnState.CHOSEN:
        raise _chosen_already(asked, current)
    if current is None:
        raise NobodyLeft
    if current.pk != turn_id:
        named = f"第 {asked.position} 名" if asked else "名单上没有的人"
        raise NotTheirTurn(current=f"第 {current.position} 名", asked=named)
    return current


def _chosen_already(turn: Turn, current: Turn | None) -> ChosenAlready:
    """What the turn chose, who recorded it and when: the answer to a second click, on this screen or another."""
    choice = turn.choices.select_related("post__unit").get(undone_at__isnull=True, post__isnull=False)
    assert choice.post is not None
    post = choice.post
    return ChosenAlready(
        position=turn.position, name=f"{turn.candidate.number} 号", at=f"{localtime(choice.at):%H:%M:%S}",
        by=choice.recorder_label, what=f"选定 {post.number} 号岗位（{post.unit.name} {post.title}）",
        next=f"现在轮到第 {current.position} 名" if current else "所有人都已轮到",
    )  # fmt: skip


def _gone(post: Post) -> PostTaken | PostWithdrawn:
    """Why nothing of a post is left."""
    said = {"number": post.number, "post": f"{post.unit.name} {post.title}"}
    is_withdrawn = post.withdrawn > 0 and post.taken < post.places
    return PostWithdrawn(**said) if is_withdrawn else PostTaken(**said)


def _move(turn: Turn, **values: object) -> None:
    for name, value in values.items():
        setattr(turn, name, value)
    turn.save(update_fields=list(values))


def _write(
    actor: Actor, session: ChoosingSession, turn: Turn, *, post: Post | None = None, skip: str = "", proxy: str = "",
    authority: str = "",
) -> Choice:  # fmt: skip
    """One line of the record, numbered within the session."""
    return Choice.objects.create(
        turn=turn, sequence=_step(session), lap=turn.lap, post=post, skip=skip, at=actor.at,
        recorder_id=actor.user_id, recorder_label=actor.label, witness=session.witness, proxy=proxy,
        authority=authority,
    )  # fmt: skip


def _step(session: ChoosingSession) -> int:
    """The next number in the record of the session; every screen has to draw itself anew."""
    numbered = (Choice.objects.filter(turn__session=session), PostWithdrawal.objects.filter(session=session))
    last = max(rows.aggregate(last=Max("sequence"))["last"] or 0 for rows in numbered)
    ChoosingSession.objects.filter(pk=session.pk).update(step=F("step") + 1)
    return last + 1


def _last(session: ChoosingSession, sequence: int) -> Choice:
    acts = Choice.objects.filter(turn__session=session, undone_at__isnull=True).select_related("turn")
    last = acts.order_by("-sequence").first()
    if last is None:
        raise NothingToUndo(why="没有可以撤销的登记")
    if last.sequence != sequence:
        raise NothingToUndo(why=f"只能撤销最后一条（第 {last.sequence} 条），第 {sequence} 条不是")
    return last


def _skip_before(choice: Choice) -> str:
    """Why the turn had gone by before this act, if it had."""
    before = Choice.objects.filter(turn_id=choice.turn_id, undone_at__isnull=True, sequence__lt=choice.sequence)
    last = before.order_by("-sequence").first()
    return last.skip if last else ""
