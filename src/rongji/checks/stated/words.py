"""The words by which checks on documents know what they look at: data of `legal/recognition`, loaded when asked."""

import re
from collections.abc import Mapping
from functools import lru_cache

from rongji.law.recognition import recognition

_NOISE = re.compile(r"[\s“”\"'：:、，,．.]+")
_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]{0,40}[)）\]】]")
_MARKER = re.compile(
    r"^\s*(?:其中[:：]?|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[、．.]|[一二三四五六七八九十]{1,3}[、．.]|[①-⑳]|[加减][:：])"
)


@lru_cache(maxsize=1)
def _complete_lists() -> tuple[Mapping[str, int], ...]:
    lists = recognition("check_words")["complete_lists"]
    return tuple({plain(name): number for number, names in enumerate(parts) for name in names} for parts in lists)


@lru_cache(maxsize=32)
def listed(name: str) -> tuple[str, ...]:
    """One list of words by its name in `check_words.yaml`."""
    return tuple(recognition("check_words")[name])


def full_marks() -> int:
    """The points of a whole form where it prints no total."""
    return int(recognition("check_words")["full_marks"])


def execution_marks() -> int:
    """The points of full marks that a form of targets leaves to the execution of the budget."""
    return int(recognition("check_words")["execution_marks"])


@lru_cache(maxsize=4096)
def plain(label: str) -> str:
    """A heading without list marker, 其中, remarks in brackets, white space and punctuation."""
    text = _BRACKETS.sub("", _MARKER.sub("", _MARKER.sub("", label)))
    return _NOISE.sub("", text)


def is_complete_list(labels: tuple[str, ...]) -> bool:
    """Whether these parts name everything by their nature (基本支出与项目支出、人员与公用、三公各项…)."""
    for names in _complete_lists():
        found = [names.get(plain(label)) for label in labels]
        if None not in found and len(set(found)) == len(found) == len(set(names.values())):
            return True
    return False


@lru_cache(maxsize=4096)
def adds_up(header: str) -> bool:
    """Whether amounts under that heading may be added at all (not 单价、人均、标准)."""
    return not any(word in header for word in listed("not_additive"))


@lru_cache(maxsize=8192)
def is_called(label: str, name: str) -> bool:
    """Whether a label is one of the words of that list."""
    return plain(label) in listed(name)


@lru_cache(maxsize=8192)
def speaks_of(label: str, name: str) -> bool:
    """Whether a label contains one of the words of that list."""
    return any(word in label for word in listed(name))
