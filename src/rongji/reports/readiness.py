"""报告完成度: how much of what a report needs is there, by topic, and the list of what is missing. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rongji.kernel.finding import Finding, Verdict
from rongji.law.narrative import CODE_PREFIX, NarrativeTopic, concepts_in, narrative_topics
from rongji.reports.build import Report
from rongji.reports.keepers import BY_TOPIC, keeper_of, who_enters
from rongji.reports.sources import Sources
from rongji.rules.scoring.types import Gate

_WHOLE = 100
_RELATIONS = (Verdict.HOLDS, Verdict.ROUNDING, Verdict.CONTRADICTION)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands in the way of the final report.

    topic: indicators, evidence, relations, texts or work; subject: code of the row, key of the figure or code of the
    section. who: the roles that can enter it, in words.
    """

    topic: str
    subject: str
    message: str
    who: str = ""


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
    work = [_work(sources, narrative_topics(sources.book.root))] if _tells_of_work(sources) else []
    return Readiness((*_row_topics(sources), _relations(sources), *texts, *work))


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
    who = who_enters(BY_TOPIC[topic])
    missing = tuple(Missing(topic, gate.subject, gate.message, who) for gate in gates)
    return Topic(topic, label, len(wanted) - len(open_ones), len(wanted), missing)


def _relations(sources: Sources) -> Topic:
    checked = [item for item in sources.findings if item.verdict in _RELATIONS]
    broken = [item for item in checked if item.verdict is Verdict.CONTRADICTION]
    missing = tuple(_contradiction(item) for item in broken)
    return Topic("relations", "数据勾稽", len(checked) - len(broken), len(checked), missing)


def _contradiction(found: Finding) -> Missing:
    """A relation that does not hold; whoever keeps its first figure can put it right."""
    if not found.figures:
        return Missing("relations", found.subject, found.explanation, who_enters(BY_TOPIC["indicators"]))
    key = found.figures[0].key
    return Missing("relations", str(key), found.explanation, keeper_of(key.concept)[1])


def _tells_of_work(sources: Sources) -> bool:
    """Whether the bureau keeps records of its work here: a year that only holds a published report has none."""
    return any(item.code.startswith(CODE_PREFIX) for item in sources.year.texts)


def _work(sources: Sources, topics: tuple[NarrativeTopic, ...]) -> Topic:
    """The headings of the year's work of which nothing can be told yet, and who can write it down where."""
    told = {item.code for item in sources.year.texts}
    wanted = [topic for topic in topics if topic.code in told or not topic.is_optional]
    missing = tuple(_untold(topic) for topic in wanted if topic.code not in told)
    return Topic("work", "年度工作", len(wanted) - len(missing), len(wanted), missing)


def _untold(topic: NarrativeTopic) -> Missing:
    kept = dict.fromkeys(keeper_of(concept) for concept in concepts_in(topic))
    places = "、".join(dict.fromkeys(place for place, _ in kept)) or "登记簿"
    who = "、".join(dict.fromkeys(word for _, roles in kept for word in roles.split("、"))) or who_enters(
        BY_TOPIC["work"]
    )
    return Missing("work", topic.code, f"“{topic.title}”还没有可写的记录，请在{places}登记。", who)


def _texts(sources: Sources, report: Report) -> Topic:
    codes = {item.code for item in sources.year.texts}
    faulty = {item.subject for item in report.defects}
    who = who_enters(BY_TOPIC["texts"])
    missing = tuple(Missing("texts", item.subject, f"{item.explanation}{item.remedy}", who) for item in report.defects)
    wanted = codes | faulty
    return Topic("texts", "文字与引用", len(wanted) - len(faulty), len(wanted), missing)
