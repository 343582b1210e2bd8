"""A bureau that places people: soldiers of winter 2021, units with posts, and who works there."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from rongji.people.services import register_person
from rongji.people.types import NewGrade, NewMerit, NewPerson, NewService, Sex
from rongji.placement import services
from rongji.placement.types import Category, NewCandidate, NewFact, NewPost, UnitKind

BUREAU, AREA = "yunhu", "990201"
EXAMINED = date(2025, 3, 3)
OPENED, REPORTED, PUBLISHED, HELD = date(2022, 3, 1), date(2022, 1, 10), date(2022, 5, 10), date(2022, 5, 26)


def at(day: date, hour: int = 4, minute: int = 0) -> datetime:
    """A time of a day, as an instant; hour 4 is noon in China."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@dataclass
class Placements:
    """The bureau and its people; every act is done by the head of the section unless somebody else is named."""

    head: Any
    clerk: Any
    other: Any
    director: Any
    serials: Any = field(default_factory=lambda: count(1))

    @classmethod
    def founded(cls, organisation: Callable[..., Any], actor: Callable[..., Any]) -> "Placements":
        """The bureau with a head of section, two clerks and a director."""
        bureau = organisation(BUREAU, area_code=AREA, name="云湖县退役军人事务局")
        roles = ("section_head", "clerk", "clerk", "director")
        return cls(*(replace(actor(role, organisation=bureau), at=at(OPENED)) for role in roles))

    def on(self, day: date, who: Any = None, *, hour: int = 4, minute: int = 0) -> Any:
        """Somebody on a day."""
        return replace(who or self.head, at=at(day, hour, minute))

    def person(
        self, *, enlisted: date = date(2009, 12, 1), discharged: date = date(2021, 11, 30),
        born: date = date(1991, 5, 1), merits: tuple[tuple[str, date], ...] = (), grade: tuple[str, int] | None = None,
        rank: str = "", name: str = "", before: tuple[NewService, ...] = (),
        on: date = OPENED,
    ) -> int:  # fmt: skip
        """A soldier on file. before: periods of service before the last one."""
        serial = next(self.serials)
        served = NewService(enlisted_on=enlisted, discharged_on=discharged, rank=rank)
        grades = (NewGrade(cause=grade[0], grade=grade[1], decided_on=date(2020, 6, 1)),) if grade else ()
        new = NewPerson(
            name=name or "示例" + "甲乙丙丁戊己庚辛壬癸"[serial % 10] + "一二三四五六七八九十"[serial // 10 % 10],
            born_on=born, sex=Sex.MALE, service=(*before, served), grades=grades,
            merits=tuple(NewMerit(grade=word, awarded_on=day) for word, day in merits),
        )  # fmt: skip
        return register_person(actor=self.on(on), bureau=BUREAU, new=new)

    def cohort(self, year: int = 2021, season: str = "秋冬季") -> int:
        """A cohort."""
        return services.open_cohort(actor=self.on(OPENED), bureau=BUREAU, year=year, season=season)

    def candidate(self, cohort: int, person: int | None = None, *, day: date = OPENED, **fields: Any) -> int:
        """A soldier received with a cohort."""
        facts = {"category": Category.ASSIGNED, "soldier": "军士"}
        days = {"approved_on": date(2021, 12, 1), "reported_on": REPORTED, "report_by": date(2022, 1, 15)}
        given = {**facts, **days, **fields}
        new = NewCandidate(person_id=person or self.person(), **given)
        return services.add_candidate(actor=self.on(day), cohort_id=cohort, new=new)

    def fact(self, candidate: int, item: str, degree: str, **fields: Any) -> int:
        """Something for the scoring that the register does not hold."""
        new = NewFact(item=item, degree=degree, evidence="档案第 3 页", **fields)
        return services.record_scoring_fact(actor=self.on(OPENED), candidate_id=candidate, new=new)

    def unit(self, name: str = "云湖县水务局", kind: UnitKind = UnitKind.INSTITUTION) -> int:
        """A receiving unit."""
        return services.add_unit(actor=self.on(OPENED), bureau=BUREAU, name=name, kind=kind)

    def post(self, cohort: int, unit: int, title: str = "办事员", places: int = 1) -> int:
        """A post; returns its number."""
        return services.add_post(
            actor=self.on(OPENED), cohort_id=cohort, new=NewPost(unit_id=unit, title=title, places=places)
        )

    def confirmed(self, cohort: int) -> None:
        """Points reckoned, and confirmed by everybody."""
        from rongji.placement.models import ScoreSheet

        services.compute_points(actor=self.on(OPENED), cohort_id=cohort)
        for sheet in ScoreSheet.objects.filter(candidate__cohort=cohort):
            services.confirm_points(actor=self.on(OPENED), candidate_id=sheet.candidate_id)

    def examined(self, count: int = 2) -> tuple[int, tuple[int, ...]]:
        """A cohort of winter 2024, when the made-up county examines: soldiers with one 三等功, two, and so on."""
        cohort = services.open_cohort(actor=self.on(EXAMINED), bureau=BUREAU, year=2024, season="秋冬季")
        found = []
        for number in range(count):
            merits = tuple(("三等功", date(2015 + year, 8, 1)) for year in range(number + 1))
            dates = {"enlisted": date(2012, 12, 1), "discharged": date(2024, 11, 30)}
            person = self.person(**dates, merits=merits, rank="中士", on=EXAMINED)
            days = {"approved_on": date(2024, 12, 1), "reported_on": date(2025, 1, 10), "report_by": date(2025, 1, 15)}
            found.append(self.candidate(cohort, person, day=EXAMINED, **days))
        return cohort, tuple(found)

    def published(self, merits: tuple[int, ...] = (3, 2, 1)) -> tuple[int, tuple[int, ...]]:
        """A published cohort of as many soldiers as numbers are given, each with so many 三等功, and three posts.

        Cohort and candidates, the best first.
        """
        cohort = self.cohort()
        candidates = tuple(
            self.candidate(
                cohort, self.person(merits=tuple(("三等功", date(2015 + year, 8, 1)) for year in range(count)))
            )
            for count in merits
        )
        unit = self.unit()
        for title in ("水政执法", "办公室文员", "河道巡查"):
            self.post(cohort, unit, title)
        services.set_quota(actor=self.on(OPENED), cohort_id=cohort, unit_id=unit, places=4)
        self.confirmed(cohort)
        services.publish_points(actor=self.on(PUBLISHED), cohort_id=cohort, notice_until=date(2022, 5, 20))
        return cohort, candidates

    def session(self, **fields: Any) -> tuple[int, int, tuple[int, ...]]:
        """A session that has just been opened: session, cohort, turns in order."""
        from rongji.placement.models import Turn

        cohort, _ = self.published(**fields)
        opened = services.open_session(
            actor=self.on(HELD, self.clerk), cohort_id=cohort, held_on=HELD, venue="局三楼会议室",
            witness="驻局纪检监察组",
        )  # fmt: skip
        return (
            opened,
            cohort,
            tuple(Turn.objects.filter(session=opened).order_by("position").values_list("id", flat=True)),
        )

    def chosen(self, session: int, turn: int, number: int, *, minute: int = 0, who: Any = None) -> int:
        """A choice recorded by the clerk."""
        return services.choose_post(
            actor=self.on(HELD, who or self.clerk, minute=minute), session_id=session, turn_id=turn, post_number=number
        )

    def placed(self) -> tuple[int, int]:
        """One soldier who chose a post in a session that is over: cohort and candidate."""
        session, cohort, turns = self.session(merits=(1,))
        self.chosen(session, turns[0], 1)
        services.finish_session(actor=self.on(HELD), session_id=session)
        from rongji.placement.models import Candidate

        return cohort, Candidate.objects.get(cohort=cohort).pk
