"""The numbers of one paragraph with their phrases and figures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rongji.audit.context import Context
from rongji.audit.naming import fact_key, is_known_fact, own_key, unsaid_stage
from rongji.audit.prose.phrases import Around, phrase_of
from rongji.audit.prose.stretches import Stretch
from rongji.audit.prose.subjects import Subjects
from rongji.checks.stated.grammar.score_words import TOTAL_SCORE, is_block_score, is_total_score_name
from rongji.checks.stated.grammar.syntax import WIDE, Syntax, squeezed, syntax_of
from rongji.checks.stated.model import Mention, Passage, place_in
from rongji.checks.stated.phrase import Phrase, Role
from rongji.checks.stated.words import full_marks
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind, Stage
from rongji.kernel.place import Place
from rongji.kernel.reading import Reading, ReadingKind, read_numbers
from rongji.kernel.units import UnitKind

_YEARS = (ReadingKind.YEAR, ReadingKind.DATE)
_ROW = frozenset({"", "、", "和", "及", "与", "，"})
_ROW_MARKS = frozenset({"、", "和", "及", "与"})
_LONGEST_ROW = 20
_COMPARING = frozenset("较比与和")
_LONGEST_AFTER = 24
_SCORED = ("得分", "评分", "得", "总分")
_LONGEST_BEFORE = 400
_FUNDS = re.compile(r"政府性基金|国有资本经营|一般公共预算|财政拨款")
_OF_ALL_FUNDS = re.compile(r"三公|公务接待|公务用车|因公出国|机关运行经费|政府采购|编制|人数|人员|资产|车辆|得分")


def passage_of(stretch: Stretch, context: Context) -> Passage:
    """A paragraph with every number in it."""
    readings = read_numbers(stretch.text)
    if not readings:
        return Passage(stretch.text, (), stretch.places, stretch.heading, stretch.is_heading)
    syntax = syntax_of(stretch.text)
    mentions = tuple(_mentions(stretch, readings, syntax, context))
    kept: dict[str, object] = {"syntax": syntax}
    return Passage(stretch.text, mentions, stretch.places, stretch.heading, stretch.is_heading, kept)


def _mentions(stretch: Stretch, readings: Sequence[Reading], syntax: Syntax, context: Context) -> Iterator[Mention]:
    bounds = _Bounds(syntax)
    years: list[Reading] = []
    subjects = Subjects(stretch.heading, stretch.text, context.year)
    previous: Phrase | None = None
    ended = 0
    series = _Series()
    points = _Points()
    for index, reading in enumerate(readings):
        if reading.kind in _YEARS and not _is_compared(stretch.text, reading):
            years = [*_same_sentence(years, reading, syntax), reading]
        reading = _with_unit(reading, readings, index, syntax)
        if reading.quantity is None or reading.kind is not ReadingKind.QUANTITY:
            if reading.kind is ReadingKind.MARKER:
                bounds.note(reading)
            yield Mention(reading)
            continue
        following = readings[index + 1].start if index + 1 < len(readings) else len(stretch.text)
        around = bounds.around(reading, following)
        phrase = phrase_of(around, context, _same_sentence(years, reading, syntax))
        phrase = series.joined(phrase, reading, around, syntax)
        if previous and _goes_on(previous, phrase, (syntax.sentence_at(reading.start), syntax.sentence_at(ended))):
            phrase = replace(phrase, year=previous.year, is_past=previous.is_past)
        previous, ended = (phrase, reading.start) if phrase.role is Role.AMOUNT else (previous, ended)
        shown = subjects.shown(phrase, syntax.sentence_at(reading.start), inside=syntax.group[reading.start] > 0)
        phrase_key = points.named(phrase, reading, syntax.sentence_at(reading.start))
        yield Mention(reading, _figure(stretch, reading, phrase_key, shown, context), phrase)
        bounds.note(reading)


class _Bounds:
    """Where the words of each number begin: behind the number before it in its bracket, or behind a break."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax
        self._ends: dict[int, int] = {}
        self._next_break = 0
        self._last_break: dict[int, int] = {}

    def around(self, reading: Reading, following: int) -> Around:
        """The words around a number."""
        syntax, start = self._syntax, reading.start
        self._pass_breaks(start)
        group = syntax.group[start]
        opening = syntax.opens[group] + 1
        begin = max(self._ends.get(group, 0), self._last_break.get(group, -1) + 1, opening)
        after_end = min(following, reading.end + _LONGEST_AFTER, syntax.closes[group])
        return Around(
            reading,
            begin,
            syntax.outer(begin, start, group),
            squeezed(syntax.text[reading.end : after_end]).translate(WIDE),
            syntax.outer(self._sentence_start(start, group), begin, group),
            syntax.named(begin, start, group),
        )

    def note(self, reading: Reading) -> None:
        """The number has been dealt with."""
        self._ends[self._syntax.group[reading.start]] = reading.end

    def _pass_breaks(self, place: int) -> None:
        breaks = self._syntax.breaks
        while self._next_break < len(breaks) and breaks[self._next_break] < place:
            self._last_break[self._syntax.group[breaks[self._next_break]]] = breaks[self._next_break]
            self._next_break += 1

    def _sentence_start(self, place: int, group: int) -> int:
        number = self._syntax.sentence_at(place)
        return max(self._syntax.starts[number], self._syntax.opens[group] + 1, place - _LONGEST_BEFORE)


class _Series:
    """Numbers in a row without words of their own (分别为 8.1%和91.9%) stand as the first of them does."""

    def __init__(self) -> None:
        self._last: tuple[int, int, UnitKind, Phrase, int] | None = None

    def joined(self, phrase: Phrase, reading: Reading, around: Around, syntax: Syntax) -> Phrase:
        """The phrase, or that of the number before it when only 、 or 和 stands between."""
        place = syntax.sentence_at(reading.start), syntax.group[reading.start]
        kind = reading.quantity.unit.kind if reading.quantity else UnitKind.TEXT
        alone = self._last is not None and _between(syntax, self._last[4], reading.start) in _ROW
        if self._last and self._last[:3] == (*place, kind) and around.before in _ROW and alone:
            phrase = replace(self._last[3], label="")
        self._last = (*place, kind, phrase, reading.end)
        return phrase


def _between(syntax: Syntax, start: int, end: int) -> str:
    return squeezed(syntax.text[start:end]).translate(WIDE)


class _Points:
    """Points of one block (投入指标15分，自评得分14分) are told from the score of the whole."""

    def __init__(self) -> None:
        self._weight = -1

    def named(self, phrase: Phrase, reading: Reading, sentence: int) -> Phrase:
        """The phrase by which the number is known: without a name for the score of a block."""
        if reading.quantity is None or reading.quantity.unit.kind is not UnitKind.SCORE:
            return phrase
        if is_total_score_name(phrase.label):
            phrase = replace(phrase, label=TOTAL_SCORE)
        elif is_block_score(phrase.label) and self._weight == sentence:
            phrase = replace(phrase, label="")
        scored = phrase.label.endswith(_SCORED) or not phrase.label or reading.quantity.value == full_marks()
        self._weight = -1 if scored else sentence
        return phrase


def _goes_on(previous: Phrase, phrase: Phrase, sentences: tuple[int, int]) -> bool:
    """Whether spending that follows last year's income is last year's too (上年度总收入为…，支出数为…)."""
    mirrored = "收入" in previous.label and phrase.label.removesuffix("数") in (
        "支出",
        "总支出",
        "支出合计",
        "支出总计",
    )
    return mirrored and previous.is_past and phrase.year is None and sentences[0] == sentences[1]


def _with_unit(reading: Reading, readings: Sequence[Reading], index: int, syntax: Syntax) -> Reading:
    """A number that lost its unit (271.57；其他4.39万元) with the money unit of its neighbours in the sentence."""
    if reading.kind is not ReadingKind.BARE or reading.quantity is None:
        return reading
    shared = _unit_of_row(readings, index, syntax)
    if shared:
        quantity = replace(reading.quantity, unit_name=shared)
        return replace(reading, kind=ReadingKind.QUANTITY, quantity=quantity, unit_given=False)
    if not reading.quantity.places:
        return reading
    beside = [*readings[max(0, index - 1) : index], *readings[index + 1 : index + 2]]
    near = [
        item for item in beside if item.quantity and syntax.sentence_at(item.start) == syntax.sentence_at(reading.start)
    ]
    units = {item.quantity.unit_name for item in near if item.quantity and item.kind is ReadingKind.QUANTITY}
    if len(units) != 1 or not next(iter(units)).endswith("元"):
        return reading
    quantity = replace(reading.quantity, unit_name=units.pop())
    return replace(reading, kind=ReadingKind.QUANTITY, quantity=quantity, unit_given=False)


def _unit_of_row(readings: Sequence[Reading], index: int, syntax: Syntax) -> str:
    """The unit that the last number of a row gives for all of it (分别为 12.5、8.3 和 6.1 万元)."""
    for left, right in pairwise(readings[index : index + _LONGEST_ROW]):
        if _between(syntax, left.end, right.start) not in _ROW_MARKS:
            return ""
        if right.kind is ReadingKind.QUANTITY and right.quantity:
            return right.quantity.unit_name
        if right.kind is not ReadingKind.BARE:
            return ""
    return ""


def _same_sentence(years: Sequence[Reading], reading: Reading, syntax: Syntax) -> list[Reading]:
    number = syntax.sentence_at(reading.start)
    return [item for item in years if syntax.sentence_at(item.start) == number]


def _is_compared(text: str, reading: Reading) -> bool:
    return text[: reading.start].rstrip()[-1:] in _COMPARING


def _figure(stretch: Stretch, reading: Reading, phrase: Phrase, shown: str, context: Context) -> Figure:
    at = place_in(stretch.places, reading.start, reading.end)
    return Figure(
        key=_key(stretch, phrase, at, context, reading),
        label=shown or "该数",
        source=Source(SourceKind.IMPORTED, file=at.file, at=at),
        quantity=reading.quantity,
        printed=reading.printed,
        vague=reading.vague,
        statement="text",
    )


def _key(stretch: Stretch, phrase: Phrase, at: Place, context: Context, reading: Reading) -> FigureKey:
    """A fact of its own unless the words name it without doubt."""
    name = phrase.label
    if phrase.role not in (Role.AMOUNT, Role.RATE, Role.AFTER) or not name:
        return own_key(name, at=at)
    is_money = reading.quantity is not None and reading.quantity.unit_name.endswith("元")
    fund = _fund(stretch, name)
    if fund:
        name = f"{fund}{name}"
    if not is_known_fact(name, context) and not (is_money and _is_name(name)):
        return own_key(name, at=at)
    stage = phrase.stage or (unsaid_stage(context) if is_money and "预算" not in name else Stage.NONE)
    return fact_key(name, stage=stage, at=at, year=phrase.year, context=context)


def _fund(stretch: Stretch, name: str) -> str:
    """The fund that a heading speaks of, where the name itself does not."""
    if _FUNDS.search(name) or _OF_ALL_FUNDS.search(name):
        return ""
    found = _FUNDS.search(" ".join(stretch.heading))
    return found.group(0) if found else ""


_VERBS = re.compile(
    r"发放|投入|安排|使用|下拨|拨付|办理|解决|完成|举办|开展|组织|召开|接待|处置|化解|走访|救助|补助了|新增|购买|为|对|向|将|把|按|累计|共|其|^(?:超|短|差|欠)"
)


def _is_name(name: str) -> bool:
    """Whether words are a noun phrase that could name one fact, not the end of a sentence."""
    return 4 <= len(name) <= 24 and not _VERBS.search(name)
