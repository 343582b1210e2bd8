"""The words of rosters: headings, categories, rows that are no persons. Data of `legal/recognition/roster.yaml`."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property, lru_cache

from rongji.law.recognition import recognition

_IDLE = re.compile(r"[\s:;,.'\"“”‘’、，。：；*#·_/\\|【】\[\]<>《》\u200b-\u200f\ufeff-]+")
_BRACKETS = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Words without what carries no meaning in a heading: width, blanks, marks."""
    return _IDLE.sub("", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Squeezed words without what stands in brackets."""
    return squeezed(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is imported: its id, the heading that is printed, what a template says of it."""

    id: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """A heading understood: column id and how far down its list of names it stands (0 is the best)."""

    column: str
    rank: int


@dataclass(frozen=True)
class Words:
    """The words of rosters, or of another kind of table, in the form in which they are asked.

    least_columns: so many columns must be known for a row to be the headings; telling: one of these among them.
    kind: what the table is called; wanted: what a row of headings holds at least, in words.
    """

    columns: Mapping[str, Column]
    headings: Mapping[str, HeadingMatch]
    left_out: frozenset[str]
    notes_begin: tuple[str, ...]
    account_kinds: tuple[tuple[str, str], ...]
    totals: frozenset[str]
    signatures: tuple[str, ...]
    notes: frozenset[str]
    numbering: frozenset[str]
    sexes: Mapping[str, str]
    causes: Mapping[str, str]
    nothing: frozenset[str]
    least_columns: int = 3
    telling: frozenset[str] = frozenset({"name", "id_number", "number"})
    kind: str = "花名册"
    wanted: str = "“姓名”“身份证号”和另外一栏"

    @cached_property
    def where_else(self) -> str:
        """What to do with a column that is not known."""
        takes_remarks = any(column.label == "备注" for column in self.columns.values())
        return "确实需要的内容请写入“备注”栏" if takes_remarks else "不需要的可以不管；需要的请改用模板里的表头"

    def heading(self, text: str) -> HeadingMatch | None:
        """What a heading means, None when it is not known."""
        return self.headings.get(squeezed(text)) or self.headings.get(bare(text))

    def is_left_out(self, text: str) -> bool:
        """Whether a heading is known and left out on purpose."""
        return squeezed(text) in self.left_out or bare(text) in self.left_out or self.is_note(text)

    def is_note(self, text: str) -> bool:
        """Whether a heading stands over notes of the office or marks of an earlier import."""
        return squeezed(text).startswith(self.notes_begin)

    def near_heading(self, text: str) -> str:
        """The label of the column whose name is most like the text, empty when none is."""
        near = get_close_matches(bare(text), self.headings, n=1, cutoff=0.6)
        return self.columns[self.headings[near[0]].column].label if near else ""

    def account_kind(self, heading: str) -> str:
        """What kind of account a heading names, empty when it does not say."""
        return next((kind for word, kind in self.account_kinds if word in squeezed(heading)), "")


@lru_cache(maxsize=1)
def words() -> Words:
    """The words of rosters, read once."""
    content = recognition("roster")
    headings: dict[str, HeadingMatch] = {}
    for column, entry in content["columns"].items():
        for rank, name in enumerate((entry["label"], *entry["names"])):
            for key in (squeezed(name), bare(name)):
                headings.setdefault(key, HeadingMatch(column, rank))
    return Words(
        columns={key: Column(key, entry["label"], entry["note"]) for key, entry in content["columns"].items()},
        headings=headings,
        left_out=_squeezed_set(content["left_out"]),
        notes_begin=tuple(content["notes_begin"]),
        account_kinds=tuple((word, kind) for word, kind in content["account_kinds"]),
        totals=_squeezed_set(content["totals"]),
        signatures=tuple(content["signatures"]),
        notes=_squeezed_set(content["notes"]),
        numbering=_squeezed_set(content["numbering"]),
        sexes=_by_word(content["sexes"]),
        causes=_by_word(content["causes"]),
        nothing=frozenset(str(word).lower() for word in content["nothing"]),
    )


def _squeezed_set(names: Iterable[str]) -> frozenset[str]:
    return frozenset(squeezed(name) for name in names)


def _by_word(groups: Mapping[str, Iterable[object]]) -> dict[str, str]:
    return {squeezed(str(word)): key for key, group in groups.items() for word in group}


@dataclass(frozen=True, slots=True)
class Category:
    """A category of persons as a roster needs to know it.

    needs_grade: its benefit goes by cause and grade; needs_years: by years of service. closed_since: the day since
    which nobody new is taken into it.
    """

    code: str
    label: str
    needs_grade: bool = False
    needs_years: bool = False
    closed_since: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody new is still taken into it."""
        return self.closed_since is None


@dataclass(frozen=True)
class Categories:
    """The categories of the law in force and every word for them."""

    known: Mapping[str, Category]
    by_word: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, categories: Iterable[Category]) -> "Categories":
        """Categories with their labels and the further words of rosters."""
        known = {item.code: item for item in categories}
        further: Mapping[str, list[str]] = recognition("roster")["categories"]
        by_word: dict[str, str] = {}
        for code, item in known.items():
            for word in (code, item.label, *further.get(code, ())):
                by_word.setdefault(squeezed(word), code)
        return cls(known, by_word)

    def code(self, text: str) -> str:
        """The code of a category told by code, name or another word, empty when unknown."""
        return self.by_word.get(squeezed(text)) or self.by_word.get(bare(text), "")

    def near(self, text: str) -> str:
        """The name of the category most like the text, empty when none is."""
        found = get_close_matches(squeezed(text), self.by_word, n=1, cutoff=0.5)
        code = self.by_word[found[0]] if found else self.named_in(text)
        return self.known[code].label if code else ""

    def named_in(self, text: str) -> str:
        """The one category that a title names, empty when it names none or several."""
        found = self.all_named_in(text)
        return found.pop() if len(found) == 1 else ""

    def all_named_in(self, text: str) -> set[str]:
        """Every category that a text names."""
        left = squeezed(text)
        found = set()
        for word in self._long_words:
            if word in left:
                found.add(self.by_word[word])
                left = left.replace(word, "|")
        return found

    @cached_property
    def _long_words(self) -> list[str]:
        """Words that a title may hold; codes stand in no title."""
        chinese = (
            word for word in self.by_word if len(word) > 1 and any("\u4e00" <= char <= "\u9fff" for char in word)
        )
        return sorted(chinese, key=len, reverse=True)
