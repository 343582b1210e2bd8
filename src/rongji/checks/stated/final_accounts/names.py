"""What an amount in the text of final accounts is called, and which cell of the nine tables that is."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rongji.checks.stated.final_accounts.cells import FORM, NineTables
from rongji.law.recognition import recognition

ACTUAL, INITIAL = "actual", "initial"
_SILENT = re.compile(r"[\s“”\"‘’'、,，:：]+")
_MARKER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.](?!\d)|\([一二三四五六七八九十\d]{1,2}\)|其中)")
_YEAR = re.compile(r"^(?:20\d\d)?年度?")
_LEVEL = re.compile(r"[（(](?:类|款|项|\d{3,7})[)）]")


@dataclass(frozen=True)
class TextWords:
    """The words of the text, from plain name to meaning."""

    bases: tuple[tuple[str, str], ...]
    own: tuple[str, ...]
    scopes: tuple[tuple[str, tuple[str, ...]], ...]
    some_money: tuple[str, ...]
    all_money: frozenset[str]
    names: Mapping[str, Mapping[str, tuple[str, ...]]]
    scope_words: Mapping[str, tuple[str, ...]]
    three_items: Mapping[str, str]


@lru_cache(maxsize=1)
def text_words() -> TextWords:
    """The words, read once."""
    data: Mapping[str, Any] = recognition(FORM)
    text = data["text"]
    bases = [(plain(word), basis) for basis, words in text["bases"].items() for word in words]
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    for scope, cells in text["names"].items():
        for cell, words in cells.items():
            for word in words:
                found = names.setdefault(scope, {})
                found[plain(word)] = (*found.get(plain(word), ()), cell)
    return TextWords(
        bases=tuple(sorted(bases, key=lambda item: -len(item[0]))),
        own=tuple(sorted(text["own_words"], key=len, reverse=True)),
        scopes=tuple((scope, tuple(words)) for scope, words in text["scopes"].items()),
        some_money=tuple(text["some_money"]),
        all_money=frozenset(text["all_money"]),
        names=names,
        scope_words={scope: tuple(plain(word) for word in words) for scope, words in text["scope_words"].items()},
        three_items={plain(w): item for item, words in data["three_public"]["items"].items() for w in words},
    )


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A name as it is compared: half-width, without white space, quotation marks, commas and list markers."""
    words = unicodedata.normalize("NFKC", text)
    return _SILENT.sub("", _MARKER.sub("", "".join(words.split())))


def scope_of(heading: tuple[str, ...]) -> str:
    """Of which table the amounts under these headings are; the deepest heading that says so counts."""
    known = text_words()
    for text in reversed(heading):
        name = plain(text)
        scope = next((scope for scope, words in known.scopes if any(word in name for word in words)), "")
        if scope in known.all_money and any(word in name for word in known.some_money):
            return ""
        if scope:
            return scope
    return ""


def cells_called(label: str, scope: str, tables: NineTables) -> tuple[str, str]:
    """The cell that an amount of that name states and the basis of the name; an empty cell when it is not certain."""
    name, basis = name_and_basis(label)
    if scope == "three-public":
        item = _three_item(name)
        return (f"three-public/{item}/{'actual' if basis == ACTUAL else 'budget'}" if item else "", basis)
    if basis != ACTUAL:
        return "", basis
    places = text_words().names.get(scope, {})
    for form in _forms(name, scope):
        found = next((place for place in places.get(form, ()) if tables.is_printed(place)), "")
        if found:
            return found, basis
    return "", basis


def name_and_basis(label: str) -> tuple[str, str]:
    """A label's plain name without whose and which year it is, and its basis (outturn when it names none)."""
    return _without_basis(_bare(label))


def basis_behind(label: str, item: str = "") -> str:
    """The basis that a label names behind the item it speaks of; empty when it names something else besides."""
    rest = plain(label[_last_level(label) :])
    rest = rest.rpartition(item)[2] if item else rest
    if rest in ("", "支出"):
        return ACTUAL
    return next((basis for word, basis in text_words().bases if word == rest), "")


def _last_level(label: str) -> int:
    return max((found.end() for found in _LEVEL.finditer(label)), default=0)


def _three_item(name: str) -> str:
    items = text_words().three_items
    for form in _forms(name, "three-public"):
        found = items.get(form) or items.get(form.removesuffix("支出"))
        if found and (found != "total" or "三公" in form):
            return found
    return ""


def _forms(name: str, scope: str) -> tuple[str, ...]:
    """The name, and the name without what its scope says already."""
    words = text_words().scope_words.get(scope, ())
    if scope == "three-public":  # “三公”经费财政拨款支出, 财政拨款“三公”经费
        shorter = name
        for word in words:
            shorter = shorter.replace(word, "")
        return (name, shorter)
    return (name, *(name.removeprefix(word) for word in words if name.startswith(word)))


def _bare(label: str) -> str:
    """A label without whose it is and of which year: 我局2021年度收入总计 → 收入总计."""
    name = plain(label)
    for _ in range(3):
        shorter = _YEAR.sub("", name)
        shorter = next((shorter.removeprefix(word) for word in text_words().own if shorter.startswith(word)), shorter)
        if shorter == name or not shorter:
            break
        name = shorter
    return name


def _without_basis(name: str) -> tuple[str, str]:
    for word, basis in text_words().bases:
        if name.endswith(word) and name != word:
            return name.removesuffix(word), basis
    return name, ACTUAL
