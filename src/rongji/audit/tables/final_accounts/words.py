"""The words by which the nine tables are known, looked up by plain text."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rongji.law.recognition import recognition

_SILENT = re.compile(r"[\s“”\"‘’'「」]+")
_MARKER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.](?!\d)|\([一二三四五六七八九十\d]{1,2}\)|[①-⑳]|其中[:,]?|[加减]:)"
)
_CUT_OFF = 6  # 字以上的开头才认得出被截断的名称
_YEAR = re.compile(r"^20\d\d年度?")
_UNIT = re.compile(r"\((?:单位:)?(?:万元|元|千元|亿元)\)$")
_MARK = re.compile(
    r"^(?:财决)?公开(?:表)?\d{1,2}(?:-\d)?表?|^附?表[\d一二三四五六七八九十]{1,3}(?:-\d)?[:、.]?|^附件\d{1,2}[:、.]?"
)
_AFTER_TITLE = re.compile(
    r"\(?(?:(?:财决)?公开(?:表)?\d{1,2}(?:-\d)?表|(?:编制|公开|填报|预算)?(?:部门|单位)(?:名称)?(?:\(公开\))?:|金额单位|单位:).*$"
)
_AGAIN = re.compile(r"\((?:续|续表|公开|空表|万元|元|明细|按?[^()]{0,8}分类[^()]{0,4})\d?\)$|续表?$")


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """A text as names are compared: half-width, without white space, quotation marks, markers, year and unit."""
    words = _SILENT.sub("", unicodedata.normalize("NFKC", text))
    for _ in range(2):
        words = _MARKER.sub("", words)
    return _UNIT.sub("", _YEAR.sub("", words)).rstrip(":;,。")


def is_numbered(text: str) -> bool:
    """Whether a label begins with 一、 or 1., as the main lines of a 总表 do."""
    words = _SILENT.sub("", unicodedata.normalize("NFKC", text))
    return bool(re.match(r"[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.](?!\d)", words))


def is_some_of(text: str) -> bool:
    """Whether a label says that it is one part among others (其中)."""
    return _SILENT.sub("", unicodedata.normalize("NFKC", text)).startswith("其中")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the nine tables. layout: how it is built; group: what its amounts are when no header says."""

    id: str
    title: str
    layout: str
    group: str


@dataclass(frozen=True)
class Words:
    """All of `final-accounts.yaml` that reading needs; every mapping goes from plain text to meaning."""

    titles: tuple[tuple[str, Part], ...]
    parts: Mapping[str, Part]
    foreign: tuple[str, ...]
    organisation_ends: tuple[str, ...]
    fingerprints: Mapping[str, frozenset[str]]
    header: frozenset[str]
    codes: frozenset[str]
    names: frozenset[str]
    lines: frozenset[str]
    steps: frozenset[str]
    total_rows: frozenset[str]
    all_rows: frozenset[str]
    columns: Mapping[str, str]
    groups: frozenset[str]
    income_rows: Mapping[str, str]
    spending_rows: Mapping[str, str]
    classes: frozenset[str]
    economic: Mapping[str, str]
    economic_totals: Mapping[str, str]
    three_items: Mapping[str, str]
    three_bases: Mapping[str, str]
    three_parts: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def words() -> Words:
    """The words, read once."""
    data = recognition("final-accounts")
    parts = {
        name: Part(name, entry["title"], entry["layout"], entry.get("group", ""))
        for name, entry in data["parts"].items()
    }
    titles = [(plain(alias), parts[name]) for name, entry in data["parts"].items() for alias in entry["names"]]
    three = data["three_public"]
    return Words(
        titles=tuple(sorted(titles, key=lambda item: -len(item[0]))),
        parts=parts,
        foreign=tuple(data["foreign_before"]),
        organisation_ends=tuple(data["organisation_ends"]),
        fingerprints={part: _plain_set(texts) for part, texts in data["fingerprints"].items()},
        header=_plain_set(data["header_words"]),
        codes=_plain_set(data["code_columns"]),
        names=_plain_set(data["name_columns"]),
        lines=_plain_set(data["line_columns"]),
        steps=_plain_set(data["step_words"]),
        total_rows=_plain_set(data["total_rows"]),
        all_rows=_plain_set([*data["rows"]["income-side"]["all"], *data["rows"]["spending-side"]["all"]]),
        columns=_turned(data["columns"]),
        groups=frozenset(data["groups"]),
        income_rows=_turned(data["rows"]["income-side"]),
        spending_rows=_turned(data["rows"]["spending-side"]),
        classes=_plain_set(data["classes"]),
        economic={code: name for name, codes in data["economic"].items() for code in codes},
        economic_totals=_turned(data["economic_totals"]),
        three_items=_turned(three["items"]),
        three_bases=_turned(three["bases"]),
        three_parts={whole: tuple(items) for whole, items in three["parts"].items()},
    )


def row_called(known: Mapping[str, str], text: str) -> str:
    """What a row label means; a label that a narrow column has cut off means what it alone can have begun."""
    if text in known or len(text) < _CUT_OFF:
        return known.get(text, "")
    begun = {meaning for name, meaning in known.items() if name.startswith(text)}
    return begun.pop() if len(begun) == 1 else ""


def part_titled(line: str) -> Part | None:
    """Which of the tables a line is the title of, if of any."""
    text = _SILENT.sub("", unicodedata.normalize("NFKC", line))
    for pattern in (_MARK, _AFTER_TITLE, _AGAIN):
        text = pattern.sub("", text)
    text = plain(text)
    for name, part in words().titles:
        if text.endswith(name):
            before = _behind_owner(text.removesuffix(name))
            return None if any(word in before for word in words().foreign) else part
    return None


def _behind_owner(text: str) -> str:
    """What stands before a table's name behind whose it is: 社会保险基金管理中心财政拨款 → 财政拨款."""
    ends = (text.rfind(end) + len(end) for end in words().organisation_ends if end in text)
    return text[max(ends, default=0) :]


def part_marked(texts: Collection[str]) -> Part | None:
    """Which of the tables the texts of a table give away."""
    return next((words().parts[part] for part, marks in words().fingerprints.items() if marks <= set(texts)), None)


def _plain_set(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(text) for text in texts)


def _turned(aliases: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    return {plain(text): name for name, texts in aliases.items() for text in texts}
