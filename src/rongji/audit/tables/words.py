"""What the words of a heading or of a row's label say, by the data of `headers.yaml`."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rongji.audit.naming import plain
from rongji.checks.stated.model import ColumnKind, RowKind
from rongji.kernel.figure import Stage
from rongji.kernel.units import UNITS
from rongji.law.recognition import HeaderWord, headers

_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_BRACKETS = re.compile(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]|【[^【】]{0,40}】")
_QUOTES = str.maketrans("", "", "“”\"'‘’「」『』*:：·")
_UNIT_OPENING = re.compile(r"(?:单位|金额单位|计量单位)[:：]?")
_UNIT_LINE = re.compile(r"(?:单位|计量单位|货币单位)[:：]?(?:人民币)?([一-鿿%、,/]{1,20}?)(?=[)）;；。]|$)")
_LONGEST_HEADING = 24
UNSAID_BUDGET = "unsaid-budget"
_ROW_KINDS = {"total": RowKind.TOTAL, "named": RowKind.TOTAL, "subtotal": RowKind.SUBTOTAL}
_PART = re.compile(r"^其中[:：]?")
_SIGN = re.compile(r"^(减|加|扣除)[:：]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says. budget_unsaid: a budget, not said whether the first or the adjusted one."""

    kind: ColumnKind
    stage: Stage = Stage.NONE
    unit: str = ""
    year: int | None = None
    strong: bool = True
    budget_unsaid: bool = False


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """A text without white space, full-width letters as plain ones."""
    return unicodedata.normalize("NFKC", "".join(text.split()))


@lru_cache(maxsize=8192)
def meaning_of(heading: str) -> Meaning | None:
    """What a heading says of the cells below it, None when its words are not known."""
    text = folded(heading)
    unit = unit_in(text)
    bare = _BRACKETS.sub("", text).translate(_QUOTES)
    year_found = _YEAR.search(bare)
    year = int(year_found.group()[:4]) if year_found else None
    bare = _YEAR.sub("", bare)
    if not bare:
        return Meaning(ColumnKind.VALUE, unit=unit, year=year) if year else None
    word = _word_of(bare)
    if word is None:
        return None
    return _with_unit(_meaning(word, year), unit)


@lru_cache(maxsize=8192)
def bare_heading(heading: str) -> str:
    """A heading as it is compared: without white space, brackets, quotation marks and year."""
    return _YEAR.sub("", _BRACKETS.sub("", folded(heading)).translate(_QUOTES))


@lru_cache(maxsize=8192)
def unit_free(label: str) -> str:
    """A row's label as it is compared: without list marker, 其中, brackets and white space."""
    return _BRACKETS.sub("", plain(label))


def _word_of(bare: str) -> HeaderWord | None:
    found = headers().columns.get(bare)
    if found or len(bare) > _LONGEST_HEADING:
        return found
    near = (*_patterns_by_end().get(bare[-1:], ()), *_patterns_by_end().get("*", ()))
    return next((word for _, pattern, word in sorted(near, key=_order) if fits(pattern, bare)), None)


def _order(entry: tuple[int, str, HeaderWord]) -> int:
    return entry[0]


@lru_cache(maxsize=1)
def _patterns_by_end() -> Mapping[str, tuple[tuple[int, str, HeaderWord], ...]]:
    """The patterns by their last character, those that end with `*` under it."""
    found: dict[str, tuple[tuple[int, str, HeaderWord], ...]] = {}
    for number, (pattern, word) in enumerate(headers().patterns):
        found[pattern[-1]] = (*found.get(pattern[-1], ()), (number, pattern, word))
    return found


def fits(pattern: str, text: str) -> bool:
    """Whether a text is a pattern with `*` for any words at its beginning, its end or both."""
    core = pattern.strip("*")
    if pattern.startswith("*") and pattern.endswith("*"):
        return core in text
    return text.endswith(core) if pattern.startswith("*") else text.startswith(core)


def _meaning(word: HeaderWord, year: int | None) -> Meaning:
    unsaid = word.stage == UNSAID_BUDGET
    stage = Stage.ADJUSTED if unsaid else Stage(word.stage)
    return Meaning(ColumnKind(word.kind), stage, word.unit, year, word.strong, unsaid)


def _with_unit(meaning: Meaning, unit: str) -> Meaning:
    """The unit in brackets goes before the one that the name tells; 增减（%） is a rate."""
    if not unit:
        return meaning
    if unit in ("%", "‰") and meaning.kind is ColumnKind.VALUE:
        return replace(meaning, kind=ColumnKind.RATE, stage=Stage.NONE, unit=unit)
    return replace(meaning, unit=unit)


@lru_cache(maxsize=8192)
def unit_in(text: str) -> str:
    """The unit that a heading, caption or label names in brackets: 金额（万元）, 单位：万元."""
    squeezed = folded(text)
    for found in _BRACKETS.findall(squeezed):
        inner = _UNIT_OPENING.sub("", found[1:-1])
        if inner in UNITS and inner not in ("年", "月", "日", "项", "类", "文字", "段", "节", "级", "次"):
            return inner
    return ""


@lru_cache(maxsize=2048)
def units_of_line(text: str) -> tuple[str, ...]:
    """The units that a unit line names, money first: 单位：万元、人; empty when it is no unit line."""
    found = _UNIT_LINE.search(folded(text))
    named = [name for name in re.split("[、,/和]", found[1]) if name in UNITS] if found else []
    return tuple(sorted(named, key=lambda name: not name.endswith("元")))


@lru_cache(maxsize=8192)
def unit_told(label: str) -> str | None:
    """The unit that a name tells by itself (人员编制 is counted in 人).

    Empty when it counts something that is not told, None when it tells nothing and the unit line holds.
    """
    bare = unit_free(label)
    named = unit_in(label) or headers().units.get(bare, "")
    return named or next((unit for word, unit in headers().counted if bare.endswith(word)), None)


@lru_cache(maxsize=8192)
def row_kind_of(label: str) -> RowKind:
    """Which kind of row a label begins: total, subtotal, part, note, or an ordinary item."""
    text = folded(label)
    if _PART.match(text):
        return RowKind.PART
    bare = unit_free(text)
    known = headers()
    for kind in ("total", "subtotal", "named"):
        if bare in known.rows[kind]:
            return _ROW_KINDS[kind]
    if text.startswith(tuple(f"{word}:" for word in known.rows["note"])):
        return RowKind.NOTE
    found = next((kind for pattern, kind in known.row_patterns if fits(pattern, bare) and len(bare) < 14), None)
    return _ROW_KINDS[found] if found else RowKind.ITEM


@lru_cache(maxsize=4096)
def is_plain_sum(label: str) -> bool:
    """Whether a row is a sum by its very name (合计、小计), and not one fact among others (收入合计)."""
    bare, known = unit_free(label), headers()
    plain_patterns = (pattern for pattern, kind in known.row_patterns if kind != "named")
    return bare in known.rows["total"] | known.rows["subtotal"] or any(fits(item, bare) for item in plain_patterns)


def sign_of(label: str) -> int:
    """−1 for a row or column that its whole is lessened by (减：…)."""
    found = _SIGN.match(folded(label))
    return -1 if found and found.group(1) != "加" else 1


def is_organisation_heading(words: Iterable[str]) -> bool:
    """Whether a label column lists organisations."""
    return any(folded(word) in headers().organisations for word in words)


def is_whole_organisation(label: str) -> bool:
    """Whether a row of such a column stands for all of them (汇总)."""
    return plain(label) in headers().organisations_whole or row_kind_of(label) is RowKind.TOTAL
