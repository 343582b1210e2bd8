"""The identity of a fact: one place that turns what a number is called into the key by which its printings meet.

Tables and running text both ask here. Conservative by design: a name that does not say by itself what the number is
of (合计、其他、财政拨款…) gets what it is part of into its key, or its own place; two numbers never share a key by
accident.
"""

import re
import unicodedata
from functools import lru_cache

from rongji.audit.context import Context
from rongji.kernel.figure import FigureKey, Stage
from rongji.kernel.place import Place
from rongji.law.recognition import names

_MARKER = re.compile(
    r"^(?:其中[:：]?|[加减][:：]|[一二三四五六七八九十]{1,3}[、.．:：]|\d{1,2}[、.．)](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|[①-⑳⑴-⒇⒈-⒛]|(?:指标|目标|任务)\d{0,2}[:：]|[*·•●■▪—－-])"
)
_CODE = re.compile(r"^[235](?:\d{2}|\d{4}|\d{6})(?=[^\d.,万亿千百十元年月日人个台套件名户位次级类号%])")
_UNIT_BRACKETS = re.compile(r"\((?:单位:?)?(?:元|千元|万元|亿元|人|名|户|件|次|个|辆|台|套|分|%|平方米|人次|批次)\)")
_SILENT = str.maketrans("", "", "“”\"'‘’「」『』*☆★△▲:：,，;；。、")


@lru_cache(maxsize=8192)
def plain(label: str) -> str:
    """A name without white space, list markers, 其中, classification code, units in brackets and quotation marks."""
    text = unicodedata.normalize("NFKC", "".join(label.split()))
    text = _without_markers(text)
    return _UNIT_BRACKETS.sub("", text).translate(_SILENT)


def _without_markers(text: str) -> str:
    for _ in range(3):
        shorter = _CODE.sub("", _MARKER.sub("", text))
        if shorter in ("", text):
            return text
        text = shorter
    return text


def document_kind(context: Context) -> str:
    """`evaluation`, `final-accounts`, `budget`, or empty: what kind of document its title says it is."""
    for kind, words in names().kinds.items():
        if any(word in context.title for word in words):
            return kind
    return ""


def unsaid_stage(context: Context) -> Stage:
    """The basis of an amount of money that names none, in a document of this kind."""
    return Stage(names().unsaid_stage[document_kind(context) or "other"])


@lru_cache(maxsize=8192)
def split_stage(label: str) -> tuple[str, Stage]:
    """A name and the basis that its last word states: 三公经费决算数 → 三公经费, actual."""
    name = plain(label)
    for word, stage in names().stages:
        if name.endswith(word):
            return name.removesuffix(word), Stage(stage)
    return name, Stage.NONE


def of_fund(name: str, above: str) -> str:
    """A name with the fund that the heading above limits it to: 基本支出 under 财政拨款支出表 is 财政拨款基本支出."""
    known = names()
    bare = plain(name)
    if any(word in bare for word in (*known.funds, *known.of_all_funds)):
        return name
    found = next((fund for fund in known.funds if fund in above), "")
    return f"{found}{bare}" if found else name


def total_of(caption: str) -> str:
    """The fact that the 合计 of a table is, by its caption; empty when it tells none."""
    found = {fact for word, fact in names().totals_by_caption.items() if word in caption}
    return found.pop() if len(found) == 1 else ""


def is_general(label: str) -> bool:
    """Whether a name says what a number is of only together with what it is part of."""
    name = split_stage(label)[0]
    return len(name) < 2 or name in names().general


def is_known_fact(label: str, context: Context) -> bool:
    """Whether a name stands for one fact of the whole department wherever it is printed."""
    return _fact(split_stage(label)[0], document_kind(context)) is not None


def fact_key(
    label: str,
    *,
    stage: Stage,
    at: Place,
    scope: str = "",
    year: int | None = None,
    of: str = "",
    context: Context,
) -> FigureKey:
    """The key of a fact.

    label: the name as printed. stage: its basis (money that names none: `unsaid_stage`); a basis in the name itself
    counts when none is given. scope: whose it is, empty for the whole department. year: the year it is about, None
    for the year the document reports on. of: the name of the whole that it is part of; it counts for general names
    only. at: where it stands; a general name that is part of nothing known is a fact of its own.
    """
    name, said = split_stage(label)
    fact = _fact(name, document_kind(context))
    stage, year = _settled(_natural(fact, stage or said), year, context)
    member = f"year:{year}" if year else ""
    if fact is None and is_general(label):
        whole = canonical(of, context) if of and not is_general(of) else ""
        if not whole:
            return own_key(label, stage=stage, at=at)
        fact = f"{whole}/{name or '合计'}"
    return FigureKey(fact or name, stage, plain(scope), member)


def own_key(label: str, *, stage: Stage = Stage.NONE, at: Place) -> FigureKey:
    """The key of a number that is compared with no other: its place is part of it."""
    return FigureKey(plain(label) or "数", stage, "", f"at:{address(at)}")


def canonical(label: str, context: Context) -> str:
    """The name that stands for a fact in every key."""
    name = split_stage(label)[0]
    return _fact(name, document_kind(context)) or name


def address(place: Place) -> str:
    """A place as one word, exact to the characters."""
    parts = (
        place.sheet,
        place.cell,
        *(_counted(letter, number) for letter, number in zip("lptdrc", _numbers(place), strict=True)),
        "x".join(map(str, place.box)) if place.box else "",
        f"s{place.span[0]}-{place.span[1]}" if place.span else "",
    )
    return ".".join(part for part in parts if part)


def _numbers(place: Place) -> tuple[int | None, ...]:
    return place.line, place.page, place.table, place.paragraph, place.row, place.column


def _counted(letter: str, number: int | None) -> str:
    return "" if number is None else f"{letter}{number}"


def _natural(fact: str | None, stage: Stage) -> Stage:
    """The basis that a fact has by its nature; a target stays a target."""
    found = names().by_nature.get(fact or "")
    if found is None or stage in (Stage.TARGET, Stage.INITIAL, Stage.PRIOR):
        return stage
    return Stage.NONE if found == "none" else Stage(found)


def _settled(stage: Stage, year: int | None, context: Context) -> tuple[Stage, int | None]:
    """Basis and year so that 2021 年上年决算数 and 2020 年决算数 are one."""
    now = context.year
    if now is None:
        return stage, year
    if stage is Stage.PRIOR and year in (None, now - 1):
        return stage, now - 1
    if stage is Stage.PRIOR:
        return Stage.ACTUAL, year
    if stage is Stage.ACTUAL and year == now - 1:
        return Stage.PRIOR, year
    return stage, year or now


def _fact(name: str, kind: str) -> str | None:
    known = names()
    found = known.facts_in.get(kind, {}).get(name) or known.facts.get(name)
    if found is None and name.endswith("合计") and len(name) > 4:
        rest = name.removesuffix("合计")
        found = known.facts_in.get(kind, {}).get(rest) or known.facts.get(rest)
    return found
