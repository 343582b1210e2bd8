"""Texts with figure tokens `{{数据编号|单位 小数位}}`: where texts stand and what in them is typed by hand."""

import re
from collections.abc import Iterator

from rongji.kernel.bureau_year import BureauYear

TOKEN = re.compile(r"\{\{\s*([^{}|]+?)\s*(?:\|[^{}]*)?\}\}")


_CLAUSE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def optional_clauses(text: str) -> tuple[str, ...]:
    """The clauses `[[…]]` of a text, which are left out where one of their figures is not stated."""
    return tuple(_CLAUSE.findall(text))


def without_clauses(text: str) -> str:
    """The text without its optional clauses."""
    return _CLAUSE.sub("", text)


def keys_in(text: str) -> tuple[str, ...]:
    """The figure keys that a text quotes."""
    return tuple(TOKEN.findall(text))


def without_tokens(text: str) -> str:
    """The text with every token replaced by a neutral mark of the same meaning."""
    return TOKEN.sub("〓", text)


def written_places(year: BureauYear) -> Iterator[tuple[str, str]]:
    """Every text that somebody wrote, with the place to name in a finding."""
    for section in year.texts:
        yield f"“{section.title or section.code}”", section.body
    for goal in year.goals:
        yield f"目标 {goal.code}", f"{goal.expected}\n{goal.result}"
    for item in year.problems:
        yield f"问题与措施 {item.code}", item.text
    for name in ("goal_expected", "goal_actual"):
        if year.profile.get(name):
            yield "年度目标", year.profile[name]
    for row in year.indicators:
        yield f"指标 {row.code}", "\n".join((row.name, row.target_text, row.actual_text, row.reason))
