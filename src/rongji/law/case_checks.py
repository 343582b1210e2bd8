"""What must be true within one case kind: everything that a part names is there, and a case can end."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from string import Formatter

from rongji.law.asked import Asked, AskedKind
from rongji.law.case_parts import Act, CaseKind
from rongji.law.fields import Fields

FIELD, LITERAL = "field:", "="
CASE_WORDS = frozenset({"person", "received_on", "acted_on", "decision", "area", "number"})
LETTER_WORDS = frozenset(
    {"applicant", "title", "number", "kind", "received_on", "acted_on", "due_on", "decision", "bureau", "note"}
)
"""What every letter may name beside the fields of its kind."""
NUMBER_WORDS = frozenset({"short", "year", "serial"})
"""What the number of a letter is made of."""
OWN_ACTS = frozenset({"received", "handed_over"})
"""Acts that every case knows: registered, and handed over."""
PARENT, PARENT_DAYS = "parent", frozenset({"parent:closed_on"})
RECEIVED_ON, ACTED_ON = "received_on", "acted_on"
_DATED = (AskedKind.DAY, AskedKind.MONTH)


def check_case_kind(found: CaseKind, fields: Fields) -> None:
    """Everything that a part names is there, every step can be reached, and a case can end."""
    parts = (_words_used_twice, _steps_and_clocks, _sources, _application, _measures, _letters)
    for sentence in (sentence for part in parts for sentence in part(found)):
        fields.wrong(sentence)


def asked_of(kind: CaseKind) -> dict[str, Asked]:
    """Every field of a kind by id: those of the application, and those of its acts."""
    return {item.id: item for item in (*kind.fields, *(item for act in kind.acts for item in act.fields))}


def _words_used_twice(found: CaseKind) -> Iterator[str]:
    """Every part has an id of its own, and no act one of those that every case knows."""
    for what in ("channels", "papers", "steps", "clocks", "acts", "letters", "measures"):
        ids = [item.id for item in getattr(found, what)]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield f"{what} 里的“{name}”写了两次"
    for name in sorted(OWN_ACTS & set(found.acts_by_id)):
        yield f"办理不能叫“{name}”，这是每件办件都有的，请换一个编号"


def _steps_and_clocks(found: CaseKind) -> Iterator[str]:
    clocks, steps = found.clocks_by_id, found.steps_by_id
    for name in set(found.open_starts) - set(clocks):
        yield f"没有时限“{name}”"
    for act in found.acts:
        yield from _of_act(found, act)
    reached = {found.steps[0].id if found.steps else "", *(act.to for act in found.acts)}
    for name in set(steps) - reached:
        yield f"环节“{name}”没有办法走到"
    if not any(step.is_final for step in found.steps):
        yield "没有终结环节（final: true），办件无法办结"
    started = {*found.open_starts, *(name for act in found.acts for name in act.starts)}
    for name in set(clocks) - started:
        yield f"时限“{name}”从不起算"
    for clock in clocks.values():
        yield from _unfit_words(clock.when, asked_of(found), f"时限“{clock.id}”")


def _of_act(found: CaseKind, act: Act) -> Iterator[str]:
    clocks, steps = found.clocks_by_id, found.steps_by_id
    for name in {*act.starts, *act.stops, *act.waits_for} - set(clocks):
        yield f"办理“{act.id}”所指的时限“{name}”不存在"
    for name in {*act.from_steps, *([act.to] if act.to else [])} - set(steps):
        yield f"办理“{act.id}”所指的环节“{name}”不存在"
    if act.letter and act.letter not in {item.id for item in found.letters}:
        yield f"办理“{act.id}”所指的文书“{act.letter}”不存在"
    if bool(act.outcome) != bool(act.to and act.to in steps and steps[act.to].is_final):
        yield f"办理“{act.id}”：走到终结环节的要写 outcome，其余不写"
    for name in act.waits_for:
        if name in clocks and not clocks[name].waiting:
            yield f"办理“{act.id}”等待的“{name}”不是等待期（waiting: true）"


def _sources(found: CaseKind) -> Iterator[str]:
    """Where effects take their arguments from."""
    asked = asked_of(found)
    for act in found.acts:
        for effect in act.effects:
            for source in (*effect.given.values(), *effect.when):
                if not _is_source(source, asked):
                    yield f"办理“{act.id}”的效果“{effect.do}”引用的“{source}”不存在"
            yield from _unfit_words(effect.when, asked, f"办理“{act.id}”的效果“{effect.do}”")


def _is_source(source: str, asked: Iterable[str]) -> bool:
    if source.startswith(LITERAL):
        return True
    kind, _, name = source.partition(":")
    return name in asked if kind == "field" else kind == "case" and name in CASE_WORDS


def _application(found: CaseKind) -> Iterator[str]:
    """Limits of application, exclusive cases, and the order of days."""
    asked = {item.id: item for item in found.fields}
    days = {name for name, item in asked.items() if item.kind in _DATED}
    for limit in found.limits:
        if limit.since not in PARENT_DAYS and limit.since.removeprefix(FIELD) not in days:
            yield f"申请期限起算的“{limit.since}”应是申请时填写的日期"
        yield from _unfit_words(limit.when, asked, "申请期限")
    for rule in found.exclusive:
        yield from _unfit_words(rule.when, asked, "唯一性")
        for name in rule.by:
            if name not in ("person", PARENT) and name.removeprefix(FIELD) not in asked:
                yield f"唯一性所指的“{name}”不是申请时填写的字段"
    told = {name for name, item in asked_of(found).items() if item.kind in _DATED}
    for line in found.order:
        for name in set(line) - told - {RECEIVED_ON, ACTED_ON}:
            yield f"先后次序里的“{name}”不是填写的日期"


def _unfit_words(when: Mapping[str, tuple[str, ...]], asked: Mapping[str, Asked], where: str) -> Iterator[str]:
    for source, words in when.items():
        item = asked.get(source.removeprefix(FIELD))
        offered = ("是", "否") if item and item.kind is AskedKind.FLAG else item.choices if item else ()
        for word in set(words) - set(offered):
            yield f"{where}的条件“{source}”没有可选词“{word}”"


def _measures(found: CaseKind) -> Iterator[str]:
    asked = asked_of(found)
    for measure in found.measures:
        if measure.act and measure.act not in found.acts_by_id:
            yield f"指标“{measure.id}”所指的办理“{measure.act}”不存在"
        if measure.of and measure.of not in asked:
            yield f"指标“{measure.id}”加总的字段“{measure.of}”不存在"
        elif measure.of and asked[measure.of].kind not in (AskedKind.COUNT, AskedKind.MONEY):
            yield f"指标“{measure.id}”加总的“{measure.of}”既不是数量也不是金额，不能相加"
        for axis in (*measure.where, *measure.by):
            if axis not in ("channel", "outcome", "step") and axis.removeprefix(FIELD) not in asked:
                yield f"指标“{measure.id}”所指的“{axis}”不存在"
        for name in (measure.of, *measure.where, *measure.by):
            item = asked.get(name.removeprefix(FIELD))
            if item is not None and item.kind is AskedKind.SECRET:
                yield f"指标“{measure.id}”不能数“{item.id}”：它是加密保存的号码"


def _letters(found: CaseKind) -> Iterator[str]:
    known = LETTER_WORDS | set(asked_of(found))
    for letter in found.letters:
        yield from _placeholders(letter.id, (letter.title, *letter.paragraphs), known)
        yield from _placeholders(letter.id, (letter.number,), NUMBER_WORDS)
        if not {"year", "serial"} <= _named(letter.number):
            yield f"文书“{letter.id}”的字号要有 {{year}} 和 {{serial}}，否则会重号"
        if not any(act.letter == letter.id for act in found.acts):
            yield f"文书“{letter.id}”没有办理用到"


def _placeholders(letter: str, texts: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for text in texts:
        try:
            named = _named(text)
            text.format_map(dict.fromkeys(known, ""))
        except (ValueError, KeyError, IndexError, AttributeError):
            named = {name for name in _braced(text) if name not in known} or {text}
        for name in sorted(named - set(known)):
            yield f"文书“{letter}”里的“{{{name}}}”不是本办件的字段，也不是通用的词"


def _named(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def _braced(text: str) -> list[str]:
    """What stands in braces, of a text whose braces do not match, too."""
    return re.findall(r"\{([^{}]*)", text)
