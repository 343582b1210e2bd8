"""报告完成度: how much of what a report needs is there, by topic, and the list of what is missing. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rongji.kernel.finding import Verdict
from rongji.reports.build import Report
from rongji.reports.sources import Sources
from rongji.rules.scoring.types import Gate

_WHOLE = 100
_RELATIONS = (Verdict.HOLDS, Verdict.ROUNDING, Verdict.CONTRADICTION)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands in the way of the final report.

    topic: indicators, evidence, relations or texts; subject: code of the row, key of the figure or code of the section.
    """

    topic: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of requirement: how many there are, how many are met, what is missing."""

    id: str
    label: str
    done: int
    total: int
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The standing of a report. Rounding: percent down, so that 100 means everything."""

    topics: tuple[Topic, ...]

    @property
    def done(self) -> int:
        """Requirements met."""
        return sum(topic.done for topic in self.topics)

    @property
    def total(self) -> int:
        """Requirements in all."""
        return sum(topic.total for topic in self.topics)

    @property
    def percent(self) -> int:
        """Share of the requirements that are met."""
        return self.done * _WHOLE // self.total if self.total else 0

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Everything that is missing, in order of the topics."""
        return tuple(item for topic in self.topics for item in topic.missing)


def readiness_of(sources: Sources, report: Report | None) -> Readiness:
    """What the report needs and has: rows that score, evidence, relations that hold, texts without unbacked numbers.

    report: None while no form fits what the bureau has stated; then nothing is said about its texts.
    """
    texts = [_texts(sources, report)] if report else []
    return Readiness((*_row_topics(sources), _relations(sources), *texts))


def _row_topics(sources: Sources) -> Iterator[Topic]:
    if sources.evaluation is None:
        return
    gates = sources.evaluation.gates
    rows = [row.id for row in sources.evaluation.rows]
    yield _topic("indicators", "指标与得分", rows, [gate for gate in gates if not _is_evidence(gate)])
    listed = [row.code for row in sources.year.indicators]
    yield _topic("evidence", "佐证材料", listed, [gate for gate in gates if _is_evidence(gate)])


def _is_evidence(gate: Gate) -> bool:
    return gate.code.startswith("evidence-")


def _topic(topic: str, label: str, rows: Iterable[str], gates: list[Gate]) -> Topic:
    """Each row is one requirement, each gate on no row (weights that do not close) one more."""
    wanted = {*rows, *(gate.subject or gate.code for gate in gates)}
    open_ones = {gate.subject or gate.code for gate in gates}
    missing = tuple(Missing(topic, gate.subject, gate.message) for gate in gates)
    return Topic(topic, label, len(wanted) - len(open_ones), len(wanted), missing)


def _relations(sources: Sources) -> Topic:
    checked = [item for item in sources.findings if item.verdict in _RELATIONS]
    broken = [item for item in checked if item.verdict is Verdict.CONTRADICTION]
    missing = tuple(
        Missing("relations", str(item.figures[0].key) if item.figures else item.subject, item.explanation)
        for item in broken
    )
    return Topic("relations", "数据勾稽", len(checked) - len(broken), len(checked), missing)


def _texts(sources: Sources, report: Report) -> Topic:
    codes = {item.code for item in sources.year.texts}
    faulty = {item.subject for item in report.defects}
    missing = tuple(Missing("texts", item.subject, f"{item.explanation}{item.remedy}") for item in report.defects)
    wanted = codes | faulty
    return Topic("texts", "文字与引用", len(wanted) - len(faulty), len(wanted), missing)
