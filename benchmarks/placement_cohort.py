"""Ten thousand people in one cohort, on SQLite or PostgreSQL: from the reckoning to the last choice, and the pages.

`./run bench placement_cohort --people 10000 --database sqlite`. A database is made in a temporary directory and filled
with made-up soldiers of a county that examines; then the services are called one after the other and timed, the sheet
is made in each kind and reckoned again, and every page is asked for through the web. 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
BUREAU, AREA, ROUNDS, PORTION = "yunhu", "990201", 7, 2000
SECONDS_FOR_A_SHEET, MILLISECONDS_FOR_A_PAGE = 30.0, 400.0
SCORED, PUBLISHED, HELD = datetime(2025, 3, 3, 4, tzinfo=UTC), date(2025, 3, 20), datetime(2025, 3, 24, 4, tzinfo=UTC)


def main() -> int:
    """Make the database, fill it, time everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--keep", default="", help="a directory in which the sheets are left")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rongji-cohort-") as home:
        os.environ.update(RONGJI_MODE="test", RONGJI_DATA_DIR=home, DJANGO_SETTINGS_MODULE="rongji.config.settings")
        server = None
        if given.database == "postgres":
            import postgres

            server = postgres.start()
            os.environ["RONGJI_DATABASE_URL"] = server.address
        try:
            return measure(given.people, given.database, Path(given.keep) if given.keep else None)
        finally:
            if server:
                server.stop()


def measure(count: int, database: str, keep: Path | None) -> int:
    """Everything in order; 1 where a bar is missed."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    print(f"{database}，{count} 人，{os.cpu_count()} 核，开始时负荷 {os.getloadavg()[0]:.1f}")
    with timed("填入"):
        cohort, user = fill(count)
    session = served(cohort, count)
    is_missed = sheets(cohort, keep)
    is_missed |= pages(cohort, session, user)
    print(f"结束时负荷 {os.getloadavg()[0]:.1f}")
    return int(is_missed)


@contextmanager
def timed(what: str) -> Iterator[list[float]]:
    """Seconds of a block, printed."""
    began, spent = time.perf_counter(), [0.0]
    yield spent
    spent[0] = time.perf_counter() - began
    print(f"  {what:<24}{spent[0]:8.2f} s")


def actor(at: datetime, user_id: int | None = None) -> Any:
    """The head of the section, at an instant."""
    from rongji.accounts.types import Actor, Grant, Origin, OriginKind, Role

    return Actor("bench", Origin(OriginKind.CLI), at, user_id=user_id, grants=(Grant(Role.SECTION_HEAD, "/"),))


def fill(count: int) -> tuple[int, Any]:
    """Soldiers of winter 2024 with merits and results, none of them equal to another in everything."""
    from rongji.accounts.models import Organisation, RoleAssignment, User
    from rongji.accounts.services import ensure_roles
    from rongji.accounts.types import system_actor
    from rongji.kernel import clock
    from rongji.placement import services
    from rongji.placement.types import NewPost, UnitKind

    bureau = Organisation.objects.create(code=BUREAU, name="云湖县退役军人事务局", kind="bureau", area_code=AREA)
    ensure_roles(actor=system_actor(at=SCORED, place="bench"))
    user = User.objects.create_user("bench", "Demo-pass-2024", display_name="示例", password_changed_at=clock.now())
    RoleAssignment.objects.create(user=user, role_id="section_head", organisation=bureau)
    people(count, bureau)
    cohort = services.open_cohort(actor=actor(SCORED), bureau=BUREAU, year=2024, season="秋冬季")
    candidates(cohort)
    for number in range(50):
        unit = services.add_unit(actor=actor(SCORED), bureau=BUREAU, name=f"单位{number}", kind=UnitKind.STATE_FIRM)
        for post in range(4):
            new = NewPost(unit_id=unit, title=f"岗位{post}", places=min(max(count // 200, 1), 500))
            services.add_post(actor=actor(SCORED), cohort_id=cohort, new=new)
    return cohort, user


def people(count: int, bureau: Any) -> None:
    """The register of the soldiers."""
    from rongji.people.models import Merit, Person, ServicePeriod
    from rongji.people.synthetic import MALE_GIVEN, SURNAMES

    chance, on = random.Random(20241130), date(2025, 1, 10)
    named = (chance.choice(SURNAMES) + chance.choice(MALE_GIVEN) + chance.choice(MALE_GIVEN) for _ in range(count))
    rows = [
        Person(
            bureau=BUREAU, number=f"B{number:06d}", name=name, sex="male", born_on=date(1985, 1, 1) + timedelta(number),
            area=AREA, scope_path=bureau.path, registered_on=on,
        )
        for number, name in enumerate(named)
    ]  # fmt: skip
    made = Person.objects.bulk_create(rows, batch_size=PORTION)
    service, merits = [], []
    for person in made:
        enlisted = date(2012, 12, 1) - timedelta(days=chance.randrange(1500))
        service.append(ServicePeriod(person=person, enlisted_on=enlisted, discharged_on=date(2024, 11, 30),
                                     rank=chance.choice(("中士", "二级上士")), known_on=on))  # fmt: skip
        for turn in range(chance.randrange(1, 4)):
            grade = chance.choice(("嘉奖", "嘉奖", "三等功"))
            merits.append(Merit(person=person, grade=grade, awarded_on=date(2015 + turn, 8, 1), known_on=on))
    ServicePeriod.objects.bulk_create(service, batch_size=PORTION)
    Merit.objects.bulk_create(merits, batch_size=PORTION)


def candidates(cohort: int) -> None:
    """Everybody received, with a posting."""
    from rongji.people.models import Person
    from rongji.placement.models import Candidate, ScoringFact

    rows = [
        Candidate(
            cohort_id=cohort, person_id=person, number=number, category="assigned", soldier="军士",
            approved_on=date(2024, 12, 1), report_by=date(2025, 1, 15), reported_on=date(2025, 1, 10),
        )
        for number, person in enumerate(Person.objects.order_by("id").values_list("id", flat=True), 1)
    ]  # fmt: skip
    made = Candidate.objects.bulk_create(rows, batch_size=PORTION)
    facts = (
        ScoringFact(candidate=one, item="海岛", degree="一类", first_on=date(2015, 1, 1), last_on=date(2016, 6, 30),
                    evidence="档案", recorded_on=date(2025, 1, 10))
        for one in made if one.number % 3 == 0
    )  # fmt: skip
    ScoringFact.objects.bulk_create(facts, batch_size=PORTION)


def served(cohort: int, count: int) -> int:
    """The services one after the other; the session in the end."""
    from rongji.placement import services
    from rongji.placement.board import board
    from rongji.placement.imports import import_results, preview_results
    from rongji.placement.results_table import results_table

    with timed("核算积分"):
        services.compute_points(actor=actor(SCORED), cohort_id=cohort)
    with timed("成绩表模板"):
        results_table(actor(SCORED), cohort)
    chance = random.Random(1)
    rows = [
        {"编号": str(number), "笔试": f"{chance.randrange(3000, 10000) / 100}", "本人确认": "是"}
        for number in range(1, count + 1)
    ]
    with timed("试导入成绩和确认"):
        preview_results(actor=actor(SCORED), cohort_id=cohort, source=rows)
    with timed("导入成绩和确认"):
        import_results(actor=actor(SCORED), cohort_id=cohort, source=rows)
    with timed("公示：重算、排序、冻结"):
        services.publish_points(actor=actor(SCORED), cohort_id=cohort, notice_until=PUBLISHED)
    with timed("召开选岗会"):
        session = services.open_session(
            actor=actor(HELD), cohort_id=cohort, held_on=HELD.date(), venue="会场", witness="纪检组"
        )
    spent = []
    for turn in range(50):
        began = time.perf_counter()
        now = board(actor(HELD), session, latest=100)
        assert now.current is not None
        number = next(post.number for post in now.posts if post.left)
        services.choose_post(
            actor=actor(HELD + timedelta(seconds=turn)), session_id=session, turn_id=now.current.id, post_number=number
        )
        spent.append((time.perf_counter() - began) * 1000)
    print(f"  一次选岗（读现状并登记）     {statistics.median(spent):8.1f} ms")
    return session


def sheets(cohort: int, keep: Path | None) -> bool:
    """The sheet in every kind, and its recomputation; whether the bar is missed."""
    from rongji.documents.writers import render
    from rongji.placement import selectors
    from rongji.placement.notice import notice
    from rongji.placement.sheet_book import workbook
    from rongji.placement.sheets import read_sheet, sheet_csv
    from rongji.rules.placement.verifying import verify

    with timed("读出公示积分表"):
        facts, rows = selectors.published_sheet(actor(HELD), cohort)
    with timed("csv"):
        text = sheet_csv(rows)
    with timed("xlsx") as spent:
        book = workbook(facts, rows)
    _, part = selectors.published_sheet(actor(HELD), cohort, last=1000)
    with timed("pdf（第 1 至 1000 名）"):
        printed = render(notice(facts, part, bureau_name="示例", part="第 1 至 1000 名"), "pdf")
    with timed("docx（第 1 至 1000 名）"):
        written = render(notice(facts, part, bureau_name="示例", part="第 1 至 1000 名"), "docx")
    with timed("由 xlsx 复算"):
        found = verify(read_sheet("积分表.xlsx", book))
    print(f"    {found.candidates} 人 {found.lines} 行，{'相符' if found.holds else '不符'}；xlsx {len(book) >> 20} MB")
    if keep:
        for ending, data in (("csv", text), ("xlsx", book), ("pdf", printed), ("docx", written)):
            (keep / f"sheet.{ending}").write_bytes(data)
    return spent[0] > SECONDS_FOR_A_SHEET or not found.holds


def pages(cohort: int, session: int, user: Any) -> bool:
    """Every page through the web, several times; whether one is slower than its bar."""
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    window = Client()
    window.post("/accounts/login/", {"login": user.username, "password": "Demo-pass-2024"})
    at = f"/placement/{cohort}/?tab="
    asked = {
        "移交安置首页": "/placement/", "名单第 1 页": f"{at}people", "名单末页": f"{at}people&page=999",
        "积分第 1 页": f"{at}order", "积分末页": f"{at}order&page=999", "岗位": f"{at}posts", "安置之后": f"{at}after",
        "选岗会记录席": f"/placement/sessions/{session}/", "大屏": f"/placement/sessions/{session}/screen/",
        "接口：名单一页": f"/api/placement/cohorts/{cohort}/candidates?by_position=true",
        "接口：积分表 200 名": f"/api/placement/cohorts/{cohort}/sheet?first=5001",
    }  # fmt: skip
    worst = 0.0
    for name, address in asked.items():
        middle = timed_page(lambda address=address: window.get(address))
        worst = max(worst, middle)
        print(f"  {name:<22}{middle:8.1f} ms")
    return worst > MILLISECONDS_FOR_A_PAGE


def timed_page(ask: Callable[[], Any]) -> float:
    """The median of some rounds, in milliseconds."""
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = ask()
        spent.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
    return statistics.median(spent)


if __name__ == "__main__":
    sys.exit(main())
