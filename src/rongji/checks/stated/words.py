"""The words by which checks on documents know what they look at: data of `legal/recognition`, loaded when asked."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from rongji.law.locate import find_legal

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_NOISE = re.compile(r"[\s“”\"'：:、，,．.]+")
_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]{0,40}[)）\]】]")
_MARKER = re.compile(
    r"^\s*(?:其中[:：]?|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[、．.]|[一二三四五六七八九十]{1,3}[、．.]|[①-⑳]|[加减][:：])"
)


@lru_cache(maxsize=4)
def recognition(name: str) -> Mapping[str, Any]:
    """One file of words."""
    path = find_legal() / "recognition" / f"{name}.yaml"
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    return content if isinstance(content, dict) else {}


@lru_cache(maxsize=1)
def _complete_lists() -> tuple[Mapping[str, int], ...]:
    lists = recognition("check_words")["complete_lists"]
    return tuple({plain(name): number for number, names in enumerate(parts) for name in names} for parts in lists)


@lru_cache(maxsize=1)
def _not_additive() -> tuple[str, ...]:
    return tuple(recognition("check_words")["not_additive"])


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


def adds_up(header: str) -> bool:
    """Whether amounts under that heading may be added at all (not 单价、人均、标准)."""
    return not any(word in header for word in _not_additive())
