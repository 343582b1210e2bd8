"""Where something that is missing can be put right: the page, and the row on it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from rongji.reports.readiness import Missing, Readiness
from rongji.rules.scoring.gates import EXECUTION_REASON
from rongji.rules.scoring.score_execution import EXECUTION_ROW

_TOPIC_PAGES = {
    "indicators": "indicators",
    "evidence": "indicators",
    "relations": "checks",
    "texts": "texts",
    "work": "texts",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, and the address where it is done."""

    message: str
    address: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One topic of the readiness as the pages show it."""

    label: str
    done: int
    total: int
    tasks: tuple[Task, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing."""
        return self.done == self.total


def work_of(readiness: Readiness, bureau: str, year: int) -> tuple[Work, ...]:
    """Every topic that asks for anything, with the address of each thing that is missing."""
    return tuple(
        Work(
            topic.label,
            topic.done,
            topic.total,
            tuple(Task(item.message, address_of(item, bureau, year), item.who) for item in topic.missing),
        )
        for topic in readiness.topics
        if topic.total
    )


def address_of(missing: Missing, bureau: str, year: int) -> str:
    """The page where one missing thing is put right."""
    page, subject = _TOPIC_PAGES[missing.topic], missing.subject
    if subject == EXECUTION_ROW:
        page, subject = "texts", EXECUTION_REASON
    base = reverse(f"web:{page}", kwargs={"bureau": bureau, "year": year})
    if page == "indicators":
        return f"{base}#row-{subject}" if subject else base
    name = "section" if page == "texts" else "figure"
    return f"{base}?{urlencode({name: subject})}" if subject else base
