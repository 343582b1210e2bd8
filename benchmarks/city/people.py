"""The people of the benchmark's city with what a city knows of them: invented, the same each time, filled in bulk.

Two in five hold an identity (some of them two), one in seventeen has died, moves, grades, merits, wars and households
are rarer; half have papers; everybody has a name, a birth date and a first entry in the log of changes.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

FIRST, LAST = date(2015, 1, 1), date(2024, 12, 30)
PORTION = 20_000
CATEGORIES = ("81", "81", "81", "81", "42", "51", "61", "11", "13", "21", "22", "71", "C1", "C8", "C8", "D4", "D5")
GRADES = (("因战", 5), ("因战", 7), ("因公", 6), ("因公", 8), ("因公", 10), ("因病", 6))
WORKS, INSURANCES = ("务农", "企业职工", "个体经营", "待业", "退休"), ("职工养老", "居民养老", "未参保")
PAPERS = ("退出现役证明", "入伍登记表", "立功登记表")


def registered_on(number: int) -> date:
    """The day on which a person's file was made."""
    return FIRST + timedelta(days=number % 3600)


def died_on(number: int) -> date | None:
    """The day on which a person died, for one in seventeen."""
    return FIRST + timedelta(days=number * 7 % 3650) if number % 17 == 0 else None


def merged_into(number: int) -> int | None:
    """The file into which a person's went, for one in five hundred."""
    return number - 1 if number % 500 == 0 else None


def people(count: int, paths: dict[str, str], bureau: str, area: str) -> Iterator[Any]:
    """Invented people without ID numbers: nothing here asks for them."""
    from rongji.people.copies import name_copies, village_copies
    from rongji.people.models import Person

    chance, stations = random.Random(1), [code for code in paths if code != bureau]
    for number in range(1, count + 1):
        station = chance.choice(stations)
        yield Person(
            bureau=bureau, number=f"{number:07d}", sex="male", born_on=date(1950 + number % 50, 1 + number % 12, 1),
            died_on=died_on(number), area=area, scope_path=paths[station], station_code=station,
            registered_on=registered_on(number), merged_into_id=merged_into(number),
            **name_copies(f"示{number}"), **village_copies(f"示例{number % 900}村"),
        )  # fmt: skip


class Facts:
    """Rows of every table beside the people, gathered and written many at once."""

    def __init__(self) -> None:
        self.tables: dict[str, Any] = {}

    def add(self, model: str, **values: Any) -> None:
        """One row. Rows of one model name the same columns in the same order."""
        from rongji.people import models
        from rongji.people.bulk import BulkTable

        table = self.tables.get(model)
        if table is None:
            table = self.tables[model] = BulkTable(getattr(models, model), tuple(values))
        table.add(*values.values())
        if len(table.rows) == PORTION:
            self.write(table)

    def write(self, table: Any) -> None:
        """Write what one table has gathered."""
        from django.db import transaction

        with transaction.atomic():
            table.flush()

    def finish(self) -> None:
        """Write what is left."""
        for table in self.tables.values():
            self.write(table)


def fill_facts(count: int, bureau: str, year: int) -> None:
    """What is known of each of that many people, and the year's confirmation of who holds an identity."""
    from rongji.people.models import ConfirmationRound, Family

    held = ConfirmationRound.objects.create(bureau=bureau, year=year, opened_on=date(year, 3, 1))
    families = [Family(bureau=bureau, number=f"H{number}") for number in range(1, count // 20 + 1)]
    homes = [row.pk for row in Family.objects.bulk_create(families, batch_size=PORTION)]
    facts, chance = Facts(), random.Random(5)
    for number in range(1, count + 1):
        for told in (_file, _life, _identities, _service, _grades, _words, _papers):
            told(facts, chance, number)
        if number % 5 < 2:
            result = chance.choice(("unchanged", "unchanged", "unchanged", "changed", ""))
            facts.add("Confirmation", round_id=held.pk, person_id=number, result=result)
        if number % 10 == 0 and homes:
            facts.add(
                "FamilyMember", family_id=homes[number % len(homes)], person_id=number, role="户主",
                from_on=FIRST, to_on=died_on(number),
                known_on=registered_on(number),
            )  # fmt: skip
    facts.finish()


def _later(chance: random.Random, day: date) -> date:
    """A day of the filled years, that day or after it."""
    return day + timedelta(days=chance.randrange(max(1, (LAST - day).days)))


def _file(facts: Facts, chance: random.Random, number: int) -> None:
    on, born = registered_on(number), date(1950 + number % 50, 1 + number % 12, 1)
    for kind, value in (("name", f"示{number}"), ("born_on", born.isoformat())):
        facts.add("Attribute", person_id=number, kind=kind, value=value, from_on=born, known_on=on, superseded_on=None)
    facts.add(
        "Change", person_id=number, kind="registered", known_on=on, true_from=on, summary="建档", actor_label="示例"
    )


def _life(facts: Facts, chance: random.Random, number: int) -> None:
    add: Callable[[str, date], None] = lambda kind, on: facts.add(  # noqa: E731
        "LifeEvent", person_id=number, kind=kind, happened_on=on, known_on=on + timedelta(days=number % 40)
    )
    died = died_on(number)
    if died:
        add("died", died)
    if number % 40 == 1:
        out = _later(chance, registered_on(number))
        add("moved_out", out)
        if number % 120 == 1:
            add("moved_in", _later(chance, out))
    elif number % 90 == 2:
        add("moved_in", registered_on(number))


def _identities(facts: Facts, chance: random.Random, number: int) -> None:
    if number % 5 >= 2:
        return
    for category in dict.fromkeys(chance.choices(CATEGORIES, k=2 if number % 40 == 0 else 1)):
        since, on = _later(chance, registered_on(number)), registered_on(number)
        first = 200_000 + since.month + 100 * (since.year % 100)
        last = first + 100 if number % 35 == 0 else None
        mended = on + timedelta(days=30) if number % 200 == 0 else None
        if mended:
            facts.add("Identity", person_id=number, category="D5", first_month=first, last_month=None,
                      known_on=on, superseded_on=mended)  # fmt: skip
        facts.add("Identity", person_id=number, category=category, first_month=first,
                  last_month=last, known_on=mended or on, superseded_on=None)  # fmt: skip


def _service(facts: Facts, chance: random.Random, number: int) -> None:
    on = registered_on(number)
    if number % 2:
        left = FIRST + timedelta(days=number * 11 % 3650)
        kind = ("自主就业", "自主就业", "安排工作", "复员", "")[number % 5]
        facts.add("ServicePeriod", person_id=number, enlisted_on=left - timedelta(days=730), discharged_on=left,
                  discharge_kind=kind, known_on=on)  # fmt: skip
    if number % 50 == 3:
        grade = chance.choice(("三等功", "三等功", "二等功", "嘉奖"))
        facts.add("Merit", person_id=number, grade=grade, awarded_on=_later(chance, on), known_on=on)
    if number % 60 == 4:
        kind = "war" if number % 3 else "nuclear_test"
        facts.add("Participation", person_id=number, kind=kind, known_on=on)
    if number % 100 == 5:
        sent = _later(chance, on)
        facts.add("ArchiveTransfer", person_id=number, from_body="示例局", to_body="示例所", sent_on=sent)


def _grades(facts: Facts, chance: random.Random, number: int) -> None:
    if number % 20:
        return
    on = registered_on(number)
    for decided in (on, *((_later(chance, on),) if number % 60 == 0 else ())):
        cause, grade = chance.choice(GRADES)
        facts.add("DisabilityGrade", person_id=number, cause=cause, grade=grade, decided_on=decided, known_on=decided)


def _words(facts: Facts, chance: random.Random, number: int) -> None:
    for kind, words, share in (("employment", WORKS, 5), ("insurance", INSURANCES, 3)):
        on = registered_on(number)
        for again in range(2 if number % 11 == 0 else 1):
            if number % share < 2:
                facts.add("Attribute", person_id=number, kind=kind, value=chance.choice(words),
                          from_on=on + timedelta(days=200 * again), known_on=on, superseded_on=None)  # fmt: skip


def _papers(facts: Facts, chance: random.Random, number: int) -> None:
    if number % 2:
        return
    on = registered_on(number)
    for kind in PAPERS[: 1 + number % 3]:
        state = "missing" if chance.random() < 0.05 else "present"
        scanned = _later(chance, on) if state == "present" and chance.random() < 0.4 else None
        facts.add("ArchiveItem", person_id=number, kind=kind, title=kind, state=state, pages=3 if scanned else 0,
                  scan_digest="0" * 64 if scanned else "", scanned_on=scanned, recorded_on=on)  # fmt: skip
