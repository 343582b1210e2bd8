"""The publication: points, scores and order frozen for everybody to see, and taken back."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.people.selectors import briefs
from rongji.placement.models import Cohort, PublishedRows, ScoreSheet
from rongji.placement.policies import PUBLISH_POINTS
from rongji.placement.reckoning import Reckoned, Reckoning, kept_parts, reckon
from rongji.placement.refusals import EvidenceMissing, NoticeUnfit, NotReady
from rongji.placement.types import CohortState
from rongji.placement.writing import AT_ONCE, on_cohort, record, update_many
from rongji.rules.placement.published import Published, published_rows, standing_of
from rongji.rules.placement.ranking import Place, rank
from rongji.rules.placement.reading import tie_order

LISTED = 10
Row = Mapping[str, str]


def publish_points(*, actor: Actor, cohort_id: int, notice_until: date) -> str:
    """Freeze points, scores and order, and publish them; returns the digest of the published sheet.

    Raises: NotAllowed, CohortUnknown, CohortStep, NoticeUnfit, NotReady, FullTie, TieFactMissing.
    """
    if notice_until < actor.day:
        raise NoticeUnfit(until=notice_until, today=actor.day)
    with on_cohort(
        actor=actor, cohort_id=cohort_id, policy=PUBLISH_POINTS, states=(CohortState.PREPARING,), step="公示积分"
    ) as cohort:
        found = reckon(cohort, actor.day)
        sheets = {sheet.candidate_id: sheet for sheet in ScoreSheet.objects.filter(candidate__cohort=cohort)}
        _refuse_unready(found, sheets)
        places = _ranked(found)
        rows = list(published_rows(_published(found, places, actor.day)))
        cohort.digest, cohort.state = digest(rows), CohortState.PUBLISHED
        cohort.known_on, cohort.published_on, cohort.notice_until = actor.day, actor.day, notice_until
        cohort.save()
        _freeze(cohort, rows)
        _place_all(found, places, sheets, actor.day)
        facts = {"candidates": len(places), "digest": cohort.digest, "until": notice_until}
        record(actor, "publish_points", cohort, f"公示积分和选岗顺序 {len(places)} 人，至 {notice_until}", facts)
    return cohort.digest


def withdraw_publication(*, actor: Actor, cohort_id: int, reason: str) -> None:
    """Take a publication back, because an objection proved right; points can be put right and published again.

    Raises: NotAllowed, CohortUnknown, CohortStep, EvidenceMissing.
    """
    if not reason.strip():
        raise EvidenceMissing(what="撤回公示的原因")
    with on_cohort(
        actor=actor, cohort_id=cohort_id, policy=PUBLISH_POINTS, states=(CohortState.PUBLISHED,), step="撤回公示"
    ) as cohort:
        before = cohort.digest
        cohort.state, cohort.digest = CohortState.PREPARING, ""
        cohort.known_on = cohort.published_on = cohort.notice_until = None
        cohort.save()
        PublishedRows.objects.filter(cohort=cohort).delete()
        ScoreSheet.objects.filter(candidate__cohort=cohort).update(position=None, why="")
        record(actor, "withdraw_publication", cohort, f"撤回积分公示：{reason.strip()}", {"digest": before})


def numbers_said(numbers: Iterable[int]) -> str:
    """The first of some numbers, and how many there are: 1、2、3 等 40 个."""
    found = [str(number) for number in numbers]
    return "、".join(found[:LISTED]) + (f" 等 {len(found)} 个" if len(found) > LISTED else "")


def _refuse_unready(found: Reckoning, sheets: Mapping[int, ScoreSheet]) -> None:
    """Everybody must be scored, as they have confirmed, with every result that the order is made of."""
    if found.problems:
        said = f"{numbers_said(problem.number for problem in found.problems)} 号"
        raise NotReady(step="公示", why=f"{said}不能评分，原因写在各人的页面上，也可以重新核算积分逐人查看")
    if not found.reckoned:
        raise NotReady(step="公示", why="名单上没有由政府安排工作的退役士兵")
    waiting = [one.candidate.number for one in found.reckoned if not _is_confirmed(one, sheets)]
    if waiting:
        said = numbers_said(waiting)
        raise NotReady(step="公示", why=f"{said} 号的积分还没有本人确认，或确认后有变化，请重新核算并请本人确认")
    lacking = [one for one in found.reckoned if one.score is None]
    if lacking:
        said = numbers_said(one.candidate.number for one in lacking)
        raise NotReady(step="公示", why=f"{said} 号：{lacking[0].trouble.rstrip('。')}")


def _is_confirmed(one: Reckoned, sheets: Mapping[int, ScoreSheet]) -> bool:
    sheet = sheets.get(one.candidate.pk)
    return sheet is not None and sheet.confirmed_on is not None and sheet.digest == one.digest


def _ranked(found: Reckoning) -> tuple[Place, ...]:
    gathered = found.gathered
    standings = (
        standing_of(
            str(one.candidate.number), one.soldier, one.sheet, one.score, gathered.born.get(one.candidate.person_id),
            one.candidate.lot, gathered.reading,
        )
        for one in found.reckoned
        if one.score is not None
    )  # fmt: skip
    return rank(standings, tie_order(gathered.reading)[0])


def _published(found: Reckoning, places: tuple[Place, ...], known_on: date) -> Iterator[Published]:
    files = briefs({one.candidate.person_id for one in found.reckoned})
    by_number = {str(one.candidate.number): one for one in found.reckoned}
    for place in places:
        one = by_number[place.standing.number]
        assert one.score is not None
        name = files[one.candidate.person_id].name
        yield Published(place, name, one.soldier, one.sheet, one.score, found.gathered.cohort.area[:6], known_on)


def _freeze(cohort: Cohort, rows: list[dict[str, str]]) -> None:
    """Keep the rows of the sheet, candidate by candidate."""
    PublishedRows.objects.bulk_create(
        (
            PublishedRows(cohort=cohort, position=int(position), rows=list(own))
            for position, own in groupby(rows, key=lambda row: row["名次"])
        ),
        batch_size=AT_ONCE,
    )


def _place_all(found: Reckoning, places: tuple[Place, ...], sheets: Mapping[int, ScoreSheet], known_on: date) -> None:
    """Write place and score into every sheet."""
    by_number = {str(one.candidate.number): one for one in found.reckoned}
    changed = []
    for place in places:
        one = by_number[place.standing.number]
        sheet = sheets[one.candidate.pk]
        sheet.position, sheet.why, sheet.known_on = place.position, place.why[:120], known_on
        sheet.score, sheet.score_parts, sheet.score_trouble = place.standing.total, kept_parts(one.score), ""
        changed.append(sheet)
    fields = ("position", "why", "known_on", "score", "score_parts", "score_trouble")
    update_many(changed, fields)
