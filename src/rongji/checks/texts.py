"""文字: digits that no figure backs, left-over placeholders, names of other bureaux, tokens that lead nowhere."""

import re
from collections.abc import Iterator

from rongji.checks.computed import may_be_quoted
from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.checks.tokens import keys_in, optional_clauses, without_clauses, without_tokens, written_places
from rongji.kernel.figure import FigureKey, UnreadableKey
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.reading import Reading, ReadingKind, read_numbers
from rongji.law.concepts import DECLARED_PREFIX

# Spans of time, ages and ranks set a rule rather than report a fact; so do thresholds (100 万元以上).
_OF_RULES = frozenset({"年", "月", "日", "个月", "岁", "级"})
_THRESHOLDS = frozenset({"以上", "以下", "及以上", "及以下"})
_COUNTED = (ReadingKind.QUANTITY, ReadingKind.RANGE)
_PLACEHOLDER = re.compile(
    r"指标\s*\d+\s*[:：]\s*(?=$|\n|指标|……|\s)|^\s*…{1,2}\s*$|\.{6}|待填写?|待补充|[:：]\s*待定|_{3,}|\{[^{}〓]{1,12}\}|此处填写|请填写",
    re.MULTILINE,
)
_MASKED = re.compile(r"[XＸ×*]{2,}")
_BUREAU = re.compile(r"([\u4e00-\u9fa5]{1,8}?(?:自治县|县|区|市|旗))退役军人(?:事务)?局")
_GENERAL = ("本", "全", "各", "我", "上级", "该", "同", "外", "辖", "原")


@check(title="文字中的数字都有数据支撑", level=Verdict.QUESTION)
def typed_digits_are_backed(situation: Situation) -> Iterator[Finding]:
    """A number with a unit typed into a narrative section, instead of quoted from a figure, is pointed out."""
    for section in situation.year.texts:
        typed = _typed_numbers(section.body)
        if typed:
            title = section.title or section.code
            text = (
                f"“{title}”中 {len(typed)} 处数字是手工键入的：{'、'.join(typed[:5])}{'等' if len(typed) > 5 else ''}。"
            )
            remedy = "改为引用数据（{{数据编号|单位 小数位}}），数据变动时文字随之变动。"
            yield Finding("", Verdict.QUESTION, text, remedy=remedy, subject=section.code)


@check(title="引用的数据存在", level=Verdict.DEFECT)
def tokens_lead_somewhere(situation: Situation) -> Iterator[Finding]:
    """Every figure token in a text names a figure that the year states, or one that follows from what it states.

    In an optional clause it is enough that the figure could be stated: without it the clause is left out.
    """
    for place, text in written_places(situation.year):
        missing = [key for key in keys_in(without_clauses(text)) if not _exists(situation, key)]
        optional = (key for clause in optional_clauses(text) for key in keys_in(clause))
        missing += [key for key in optional if not (_exists(situation, key) or _is_known(situation, key))]
        for key in missing:
            sentence = f"{place}引用的数据“{key}”不存在。"
            yield Finding("", Verdict.DEFECT, sentence, remedy="补填该数据，或改正引用的编号。", subject=place)


@check(title="没有遗留的模板文字", level=Verdict.DEFECT)
def no_placeholder_is_left(situation: Situation) -> Iterator[Finding]:
    """No template text is left (指标2：、……、{单位}、待填写). XX is a question: it may stand for a person's name."""
    for place, text in written_places(situation.year):
        clean = without_tokens(text)
        found, masked = _PLACEHOLDER.search(clean), _MASKED.search(clean)
        if found:
            shown = " ".join(found.group(0).split()) or "……"
            sentence = f"{place}留有没有填写的模板文字“{shown}”。"
            yield Finding("", Verdict.DEFECT, sentence, remedy="填写内容；不适用的整行删去。", subject=place)
        elif masked:
            sentence = f"{place}有“{masked.group(0)}”，是没有填写还是有意隐去姓名？"
            yield Finding("", Verdict.QUESTION, sentence, remedy="没有填写的补上；隐去姓名的保留。", subject=place)


@check(title="没有别的单位名称", level=Verdict.QUESTION)
def no_other_bureau_is_named(situation: Situation) -> Iterator[Finding]:
    """A veterans affairs bureau of another place in the text is asked about: it may be copied."""
    for place, text in written_places(situation.year):
        for found in _BUREAU.finditer(without_tokens(text)):
            other = found.group(1)
            own = other in situation.year.name or any(other.startswith(word) for word in _GENERAL) or len(other) < 2
            if not own and not _ends_in_own(other, situation.year.name):
                sentence = f"{place}写有“{found.group(0)}”，本单位是{situation.year.name}，可能沿用了别处的文字。"
                yield Finding(
                    "", Verdict.QUESTION, sentence, remedy="核对单位名称；确指上级或外地单位的保留。", subject=place
                )


def _typed_numbers(body: str) -> list[str]:
    """The quantities that a text types in digits, as they are printed."""
    return [
        item.printed.strip()
        for item in read_numbers(without_tokens(body))
        if item.kind in _COUNTED and item.quantity and _reports_a_fact(item, item.quantity.unit_name)
    ]


def _reports_a_fact(item: Reading, unit_name: str) -> bool:
    in_digits = any(char.isdigit() for char in item.printed)
    return in_digits and item.unit_given and unit_name not in _OF_RULES and item.vague not in _THRESHOLDS


def _exists(situation: Situation, key: str) -> bool:
    try:
        return may_be_quoted(FigureKey.parse(key), situation.year, situation.book)
    except UnreadableKey:
        return False


def _is_known(situation: Situation, key: str) -> bool:
    """Whether the catalogue, or the bureau itself, knows what the key is of."""
    try:
        concept = FigureKey.parse(key).concept
    except UnreadableKey:
        return False
    own = {f"{DECLARED_PREFIX}{item.code}" for item in situation.year.declared_concepts}
    return concept in situation.book.concepts or concept in own


def _ends_in_own(other: str, name: str) -> bool:
    """`由岳麓区` read with a word too much in front still ends in the bureau's own place."""
    return any(other[start:] in name for start in range(1, len(other) - 1))
