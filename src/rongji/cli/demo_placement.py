"""The placement of the demo's county: eighteen soldiers of one autumn, their points, a choosing session, first work."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from rongji.accounts.types import Actor
from rongji.people.services import NewArchiveItem, add_archive_item, register_person
from rongji.people.synthetic import MALE_GIVEN, SURNAMES
from rongji.people.types import NewMerit, NewPerson, NewResidence, NewService, Sex
from rongji.placement import services
from rongji.placement.board import board, turns
from rongji.placement.selectors import candidates
from rongji.placement.types import Category, NewCandidate, NewPost, Satisfaction, TurnState, UnitKind

At = Callable[[str, date], Actor]
REPORTED, SCORED, PUBLISHED, HELD = date(2024, 1, 12), date(2024, 3, 6), date(2024, 4, 10), date(2024, 4, 26)
LETTERS, STARTED, ASKED = date(2024, 5, 6), date(2024, 5, 20), date(2024, 6, 20)
ENDS = date(2027, 5, 19)
SOLDIERS = 18
UNITS = (
    ("云湖县水务局（示例）", UnitKind.INSTITUTION, ("水政巡查", "河道管护")),
    ("云湖县交通运输局（示例）", UnitKind.INSTITUTION, ("公路养护", "运政检查")),
    ("云湖县城市管理局（示例）", UnitKind.INSTITUTION, ("市政管护", "园林养护")),
    ("云湖县供水公司（示例）", UnitKind.STATE_FIRM, ("管网维护", "泵站值守", "安全员")),
    ("云湖县城发集团（示例）", UnitKind.STATE_FIRM, ("工程管理", "物业主管", "安全员")),
    ("云湖县公交公司（示例）", UnitKind.STATE_FIRM, ("调度员", "安全员", "车辆管理")),
    ("云湖县粮食储备公司（示例）", UnitKind.STATE_FIRM, ("仓储管理", "质量检验", "安全员")),
)


def place(*, bureau: str, at: At, stations: list[str], random: Random) -> None:
    """Receive, score, publish, let choose, and bring everybody to work."""
    section = at("section", REPORTED)
    cohort = services.open_cohort(actor=section, bureau=bureau, year=2023, season="秋冬季")
    for number in range(SOLDIERS):
        person = _soldier(bureau, at("clerk", REPORTED), number, stations, random)
        new = NewCandidate(
            person_id=person,
            category=Category.ASSIGNED,
            soldier="军士",
            approved_on=date(2023, 12, 1),
            reported_on=REPORTED,
            report_by=date(2024, 1, 15),
        )
        services.add_candidate(actor=section, cohort_id=cohort, new=new)
    _offer(cohort, bureau, section)
    services.compute_points(actor=at("section", SCORED), cohort_id=cohort)
    for one in candidates(section, cohort):
        services.confirm_points(actor=at("section", SCORED), candidate_id=one.id)
    services.publish_points(actor=at("section", PUBLISHED), cohort_id=cohort, notice_until=date(2024, 4, 20))
    _choose(cohort, at)
    _bring_to_work(cohort, at)


def _soldier(bureau: str, clerk: Actor, number: int, stations: list[str], random: Random) -> int:
    """A sergeant of twelve years and more; merits and days differ, so that no two have the same points."""
    served = NewService(enlisted_on=date(2011 - number % 3, 12, 1), discharged_on=date(2023, 11, 30), rank="二级上士")
    merits = tuple(NewMerit(grade="三等功", awarded_on=date(2016 + turn, 8, 1)) for turn in range(number % 3))
    praise = tuple(
        NewMerit(grade="嘉奖", awarded_on=date(2012 + turn % 11, 1 + turn // 11, 5)) for turn in range(number)
    )
    new = NewPerson(
        name=random.choice(SURNAMES) + "".join(random.choice(MALE_GIVEN) for _ in range(2)),
        number=f"YHA2023-{number + 1:03d}",
        born_on=date(1991 + number % 3, 1 + number % 12, 8),
        sex=Sex.MALE,
        service=(served,),
        merits=(*merits, *praise),
        residence=NewResidence(village="青石镇红星村", station_code=random.choice(stations)),
    )
    person = register_person(actor=clerk, bureau=bureau, new=new)
    add_archive_item(actor=clerk, person_id=person, new=NewArchiveItem(kind="军人档案", pages=60 + number))
    return person


def _offer(cohort: int, bureau: str, section: Actor) -> None:
    for name, kind, titles in UNITS:
        unit = services.add_unit(actor=section, bureau=bureau, name=name, kind=kind)
        services.set_quota(actor=section, cohort_id=cohort, unit_id=unit, places=len(titles))
        for title in titles:
            services.add_post(actor=section, cohort_id=cohort, new=NewPost(unit_id=unit, title=title))


def _choose(cohort: int, at: At) -> None:
    clerk = at("clerk", HELD)
    session = services.open_session(
        actor=clerk, cohort_id=cohort, held_on=HELD, venue="县退役军人服务中心三楼", witness="县纪委监委派驻组"
    )
    shown: Any = board(clerk, session)
    free = [post.number for post in shown.posts]
    for turn in turns(clerk, session):
        if turn.state is TurnState.WAITING:
            services.choose_post(actor=clerk, session_id=session, turn_id=turn.id, post_number=free.pop(0))
    services.finish_session(actor=at("section", HELD), session_id=session)


def _bring_to_work(cohort: int, at: At) -> None:
    for turn, one in enumerate(candidates(at("section", LETTERS), cohort)):
        known: dict[str, Any] = {"candidate_id": one.id}
        services.issue_letter(
            actor=at("section", LETTERS), number=f"云安〔2024〕{turn + 1}号", letter_on=LETTERS, **known
        )
        services.record_start(
            actor=at("section", STARTED), started_on=STARTED, contract_from=STARTED, contract_to=ENDS, **known
        )
        services.hand_over_file(
            actor=at("section", STARTED), sent_on=STARTED, from_body="云湖县退役军人事务局", **known
        )
        services.record_file_receipt(
            actor=at("section", ASKED), receipt_on=ASKED, receipt=f"HZ2024{turn + 1:03d}", **known
        )
        said = Satisfaction.FAIR if turn == 11 else Satisfaction.SATISFIED
        services.record_satisfaction(actor=at("section", ASKED), satisfaction=said, asked_on=ASKED, **known)
