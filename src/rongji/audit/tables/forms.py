"""Official forms and their parts, known by their words wherever they stand: funds, goals, indicators, head, total."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rongji.audit.naming import plain
from rongji.audit.tables.frame import Frame
from rongji.audit.tables.stubs import Stub
from rongji.audit.tables.words import bare_heading, row_kind_of, unit_free
from rongji.checks.stated.model import ColumnKind, RowKind
from rongji.law.recognition import FormWords, forms

PAIRS, FUNDS, GOALS, INDICATORS, TOTAL = "pairs", "funds", "goals", "indicators", "total"
_POINTS = (ColumnKind.WEIGHT, ColumnKind.SCORE)
_RESULTS = (*_POINTS, ColumnKind.TARGET, ColumnKind.ACTUAL)


@dataclass(frozen=True)
class Sheet:
    """What the blocks of one table say together. head: names and values of its first lines."""

    form: str = ""
    head: Mapping[str, str] = field(default_factory=dict)

    @property
    def project(self) -> str:
        """The name of the project that a project's form is about."""
        named = (self.head.get(name, "") for name in ("项目名称", "专项名称", "转移支付名称", "转移支付(项目)名称"))
        return next((text for text in named if text), "") if self.form.startswith("project") else ""


def part_of(frame: Frame, stubs: Sequence[Stub]) -> str:
    """Which part of a form a block is, empty when it is none. stubs: of the rows that state amounts."""
    known = forms()
    titles = [bare_heading(text) for column in frame.columns for text in column.path]
    if any(text in known.goals[0] for text in titles) and any(text in known.goals[1] for text in titles):
        return GOALS
    if frame.of_kind(*_RESULTS) and any(text in known.indicators for text in titles):
        return INDICATORS
    if _is_funds(frame, stubs):
        return FUNDS
    if frame.of_kind(*_POINTS) and stubs and all(stub.kind is RowKind.TOTAL for stub in stubs):
        return TOTAL
    return ""


def _is_funds(frame: Frame, stubs: Sequence[Stub]) -> bool:
    staged = [column for column in frame.of_kind(ColumnKind.VALUE) if column.stage]
    beside = frame.of_kind(ColumnKind.RATE, *_POINTS)
    known = [stub for stub in stubs if _is_fund(stub.label)]
    return len(staged) >= 2 and bool(beside) and len(known) * 3 >= len(stubs)


def _is_fund(label: str) -> bool:
    bare = unit_free(label)
    return bare in forms().funds or bare.endswith(forms().fund_endings) or row_kind_of(label) is RowKind.TOTAL


def form_of(titles: Iterable[str], head: Iterable[str], kinds: Mapping[str, set[ColumnKind]]) -> str:
    """Which form a table is. titles: names above it; head: names of its pairs; kinds: columns of each of its parts."""
    if INDICATORS not in kinds and FUNDS not in kinds:
        return ""
    found = {kind.value for columns in kinds.values() for kind in columns}
    above = ["".join(title.split()) for title in titles if title]
    names = {plain(name) for name in head}
    return next((words.id for words in forms().forms if _is_form(words, above, names, found)), "")


def _is_form(words: FormWords, titles: Sequence[str], names: set[str], kinds: set[str]) -> bool:
    by_title = any(_reads(pattern, title) for pattern in words.title for title in titles)
    by_head = bool(words.pairs & names)
    has = not words.kinds or bool(words.kinds & kinds)
    return (by_title or by_head) and has and not words.without & kinds


def _reads(pattern: str, title: str) -> bool:
    """Whether a title has the words of a pattern in their order."""
    start = 0
    for word in pattern.split("*"):
        at = title.find(word, start)
        if at < 0:
            return False
        start = at + len(word)
    return True
