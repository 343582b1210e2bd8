"""The year's work told from records: which sentences are told, in which order, and what is missing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rongji.kernel.figure import Figure, FigureKey, FigureSet, Source, SourceKind
from rongji.kernel.quantity import Quantity
from rongji.law.loader import lawbook
from rongji.law.narrative import NarrativeTopic, check_narrative, narrative_topics, needed_figures
from rongji.law.reading import Problems
from rongji.reports.build import build_report
from rongji.reports.form import Form
from rongji.reports.keepers import keeper_of
from rongji.reports.narrative import narrative_texts, with_narrative
from rongji.reports.sources import Sources
from rongji.services.selectors.work import WorkEntry

VISITS = "接待来访{{fact.visits|人次}}。"
TOPIC = NarrativeTopic("petition", "信访和权益维护", (VISITS, "[[安置{{fact.placed|人}}。]]"), ("信访维权",))


def told(topic: NarrativeTopic, figures: FigureSet, *entries: WorkEntry) -> list[str]:
    return [text.body for text in narrative_texts(figures, entries, (topic,))]


def entry(topic: str, day: int, text: str) -> WorkEntry:
    return WorkEntry(topic, date(2024, 3, day), text)


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("{{fact.visits|人次}}", True),
        ("{{fact.visits|人次}}，{{fact.nothing}}", False),
        ("没有数的一句。", True),
        ("{{fact.nothing}}", False),
    ],
)
def test_a_sentence_is_told_when_the_figures_it_needs_are_stated(
    sentence: str, is_told: bool, some_figures: FigureSet
) -> None:
    topic = NarrativeTopic("x", "x", (sentence,), ())
    assert told(topic, some_figures) == ([sentence] if is_told else [])


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("{{fact.visits|人次}}[[，{{fact.nothing}}]]", "{{fact.visits|人次}}"),
        ("[[安置{{fact.placed|人}}。]][[迁移{{fact.nothing}}。]]", "[[安置{{fact.placed|人}}。]]"),
        ("[[迁移{{fact.nothing}}]]。", ""),
        ("接访{{fact.none|件}}。", ""),
        ("安置{{fact.placed|人}}[[，接访{{fact.none|件}}]]。", "安置{{fact.placed|人}}。"),
    ],
)
def test_what_did_not_happen_is_not_told(sentence: str, is_told: str, some_figures: FigureSet) -> None:
    zero = Figure(FigureKey("fact.none"), "无", Source(SourceKind.DERIVED), Quantity.parse("0", "件"), "0")
    figures = some_figures.with_figures((zero,))
    topic = NarrativeTopic("x", "x", (sentence,), ())
    assert told(topic, figures) == ([is_told] if is_told else [])


@pytest.mark.parametrize("name", ["panyu-2021", "wangcheng-2021", "yueyang-2022"])
def test_every_form_that_tells_of_the_work_prints_the_topics(
    name: str, sources: Callable[[str], Sources], forms: dict[str, Form]
) -> None:
    found = sources(name)
    topic = NarrativeTopic("petition", "信访和权益维护", ("公布接访日程。",), ())
    texts = tuple(item for item in found.year.texts if item.code != "achievements")
    year = with_narrative(replace(found.year, texts=texts), (), (topic,))
    report = build_report(replace(found, year=year), forms[name], forms, dated_on=date(2023, 3, 31))
    assert "公布接访日程。" in str(report.document)


def test_what_stands_in_an_optional_clause_is_not_needed() -> None:
    assert [str(key) for key in needed_figures("{{a.b:actual|万元 2}}[[{{c.d}}]]{{e.f#k:1}}")] == [
        "a.b:actual", "e.f#k:1",
    ]  # fmt: skip


def test_entries_follow_the_sentences_by_day_each_a_sentence(some_figures: FigureSet) -> None:
    late, early = entry("信访维权", 20, "带案下访两次。"), entry("信访维权", 2, "公布接访日程")
    other = entry("双拥", 1, "军地座谈")
    body = VISITS + "[[安置{{fact.placed|人}}。]]\n\n公布接访日程。带案下访两次。"
    assert told(TOPIC, some_figures, late, other, early) == [body]


def test_nothing_to_tell_is_no_text() -> None:
    assert told(TOPIC, FigureSet(()), entry("双拥", 1, "军地座谈")) == []
    assert told(NarrativeTopic("x", "x", (VISITS,), ("y",)), FigureSet(())) == []


def test_a_text_of_the_bureaus_own_wins(sources: Callable[[str], Sources]) -> None:
    year = sources("wangcheng-2021").year
    told_year = with_narrative(year, (entry("信访维权", 2, "公布接访日程"),), (TOPIC,))
    again = with_narrative(told_year, (entry("信访维权", 3, "又一条"),), (TOPIC,))
    assert [item.body for item in again.texts if item.code == TOPIC.code] == [
        item.body for item in told_year.texts if item.code == TOPIC.code
    ]


def test_the_shipped_topics_speak_only_of_what_the_catalogue_names() -> None:
    book, problems = lawbook(), Problems()
    check_narrative(Path(book.root), book.concepts, problems)
    assert problems.found == []
    assert len(narrative_topics()) > 5


def test_whoever_may_keep_a_register_is_named() -> None:
    from rongji.accounts.types import ROLE_LABELS
    from rongji.services.policies import KEEP_RECORDS

    _, roles = keeper_of("services.job_fairs.sessions")
    assert set(roles.split("、")) == {ROLE_LABELS[role].partition("（")[0] for role in KEEP_RECORDS.roles}


@pytest.mark.parametrize(
    ("concept", "place"),
    [
        ("casework.received", "办件"),
        ("payments.amount", "发放批次"),
        ("expenditure.total", "预算和账务"),
        ("staff.total", "年度数据"),
        ("services.no_such.x", "登记簿“no_such”"),
    ],
)
def test_every_figure_has_a_keeper(concept: str, place: str) -> None:
    kept, roles = keeper_of(concept)
    assert kept == place
    assert roles
