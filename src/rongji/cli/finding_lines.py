"""Findings as the terminal prints them, the same for a bureau's own year and for somebody else's document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rongji.checks.registry import check_named
from rongji.kernel.finding import VERDICT_LABELS, Finding, Verdict

PLACES = 4
_PRINTED = 24  # characters of a printed text that tell it from others
_NUMERALS = "一二三四五"
_PLACED = (Verdict.CONTRADICTION, Verdict.DEFECT)


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in words: title of its check, explanation, where its figures stand, what to do."""

    title: str
    verdict: Verdict
    explanation: str
    places: tuple[str, ...] = ()
    remedy: str = ""
    group: str = ""
    proposal: str = ""


def of_finding(finding: Finding) -> Told:
    """A finding on a bureau's own year; places only where something cannot be true."""
    check = check_named(finding.check)
    places = (figure.source.note or figure.source.place for figure in finding.figures)
    return Told(
        check.title if check else finding.check,
        finding.verdict,
        finding.explanation,
        tuple(places) if finding.verdict in _PLACED else (),
        finding.remedy,
        finding.group,
        finding.proposal,
    )


def of_claim(claim: dict[str, Any]) -> Told:
    """A claim on a document, as the audit writes it; what holds needs no place."""
    verdict = Verdict(claim["verdict"])
    named = (_placed(where) for where in claim["where"])
    return Told(
        claim["title"],
        verdict,
        claim["explanation"],
        tuple(named) if verdict is not Verdict.HOLDS else (),
        claim["remedy"] or "",
        claim["group"] or "",
        claim["proposal"] or "",
    )


def _placed(where: dict[str, Any]) -> str:
    """A place with the beginning of what is printed there; of a PDF the page is enough."""
    place = f"第 {where['page']} 页" if where["page"] else where["place"]
    text = where["text"] or "（空白）"
    return f"{place} {text if len(text) <= _PRINTED else text[:_PRINTED] + '…'}".strip()


def counted(counts: Iterable[tuple[Verdict, int]]) -> str:
    """How many of each verdict, on one line."""
    return "　".join(f"{VERDICT_LABELS[verdict]} {count}" for verdict, count in counts)


def by_verdict(found: Sequence[Told], order: Iterable[Verdict]) -> Iterator[str]:
    """The findings of these verdicts under numbered headings, then the causes they have in common."""
    groups = tuple(dict.fromkeys(item.group for item in found if item.group))
    wanted = [verdict for verdict in order if any(item.verdict is verdict for item in found)]
    for number, verdict in zip(_NUMERALS, wanted, strict=False):
        items = [item for item in found if item.verdict is verdict]
        yield ""
        yield f"{number}、{VERDICT_LABELS[verdict]}（{len(items)}）"
        for position, item in enumerate(items, 1):
            yield from _lines(position, item, groups)
    yield from _causes(found, groups)


def _lines(position: int, item: Told, groups: tuple[str, ...]) -> Iterator[str]:
    yield f"{position:>3}. 【{item.title}】{item.explanation}"
    known = list(dict.fromkeys(place for place in item.places if place))
    if known:
        yield f"     位置：{'；'.join(known[:PLACES])}{'等' if len(known) > PLACES else ''}"
    if item.remedy:
        yield f"     办法：{item.remedy}"
    if item.group:
        yield f"     根源：见末尾第 {groups.index(item.group) + 1} 条"


def _causes(found: Sequence[Told], groups: tuple[str, ...]) -> Iterator[str]:
    proposals = {item.group: item.proposal for item in found if item.group}
    if groups:
        yield ""
        yield "可能的根源（推算，供核对）"
    for position, group in enumerate(groups, 1):
        yield f"{position:>3}. {proposals[group].removeprefix('建议核对：')}"
