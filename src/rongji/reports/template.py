"""Templates of a form: `<field>` is replaced by what the record in hand says; figure tokens stay for later.

A clause `[[…]]` in which a field is empty falls away with it. Numbers that the system itself counts out (序号, 目标1)
come in as fields, so a form never types them.
"""

import re
from collections.abc import Mapping

from rongji.kernel.refusal import Refusal

_FIELD = re.compile(r"<(?P<name>[a-z_][a-z0-9_.]*)>")
_CLAUSE = re.compile(r"\[\[(?P<inner>.*?)\]\]", re.DOTALL)
_ORDINALS = "零一二三四五六七八九十"
_CIRCLED_FIRST = ord("①")
_MOST_CIRCLED = 20

Scope = Mapping[str, str]


class UnknownField(Refusal):
    """A form that asks for a field which records of that kind do not have."""

    code = "unknown-field"
    sentence = "表式里的“<{field}>”不认识，这里可用的有：{known}。"


def fill(template: str, scope: Scope) -> str:
    """The template with every field replaced; values are taken as they are and not looked into again.

    Raises: UnknownField.
    """
    kept = _CLAUSE.sub(lambda match: match[0] if _all_stated(match["inner"], scope) else "", template)
    return _FIELD.sub(lambda match: _value(match["name"], scope), kept)


def _all_stated(clause: str, scope: Scope) -> bool:
    return all(_value(match["name"], scope) for match in _FIELD.finditer(clause))


def _value(name: str, scope: Scope) -> str:
    if name in scope:
        return scope[name]
    # every profile field may be left unanswered; anything else that is missing is a mistake in the form
    if name.startswith("profile."):
        return ""
    raise UnknownField(field=name, known="、".join(sorted(scope)))


def chinese_number(n: int) -> str:
    """1 to 99 in Chinese, as headings count."""
    if n <= 10:
        return _ORDINALS[n]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else _ORDINALS[tens]) + "十" + (_ORDINALS[ones] if ones else "")


def mark(style: str, n: int) -> str:
    """The mark of the n-th item (from 1) of a list: `1.`, `（1）`, `（一）`, `①`, `一是`; nothing for `none`."""
    match style:
        case "1.":
            return f"{n}."
        case "（1）":
            return f"（{n}）"
        case "（一）":
            return f"（{chinese_number(n)}）"
        case "①":
            return chr(_CIRCLED_FIRST + n - 1) if n <= _MOST_CIRCLED else f"（{n}）"
        case "一是":
            return f"{chinese_number(n)}是"
        case _:
            return ""


def heading_number(level: int, n: int) -> str:
    """The number of a heading: 一、 （一） 1. （1） by level."""
    return {1: f"{chinese_number(n)}、", 2: f"（{chinese_number(n)}）", 3: f"{n}.", 4: f"（{n}）"}[level]
