"""The words by which documents are recognised: data of `legal/recognition`, read when first asked and kept.

These are no dated legal values, so they are read without the lawbook; a missing or crooked file is a bug of the
installation and raises as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from rongji.law.locate import find_legal

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


@lru_cache(maxsize=16)
def recognition(name: str) -> Mapping[str, Any]:
    """The content of one file of words, by its name without ending."""
    text = (find_legal() / "recognition" / f"{name}.yaml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506
    return content


@dataclass(frozen=True)
class Names:
    """What facts are called.

    kinds: kind of document → words of its title. unsaid_stage: kind → basis of an amount that names none.
    facts: every known name → the name that stands for the fact; facts_in: the same for one kind of document only.
    general: names that say nothing without what they are part of. stages: word at the end of a name → basis,
    longest first.
    """

    kinds: Mapping[str, tuple[str, ...]]
    unsaid_stage: Mapping[str, str]
    facts: Mapping[str, str]
    facts_in: Mapping[str, Mapping[str, str]]
    general: frozenset[str]
    stages: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def names() -> Names:
    """The names of facts, from `names.yaml`."""
    content = recognition("names")
    stages = [(word, stage) for stage, words in content["stages"] for word in words]
    return Names(
        kinds={kind: tuple(words) for kind, words in content["kinds"].items()},
        unsaid_stage=content["unsaid_stage"],
        facts=_by_name(content["facts"]),
        facts_in={kind: _by_name(facts) for kind, facts in content["facts_in"].items()},
        general=frozenset(content["general"]),
        stages=tuple(sorted(stages, key=lambda pair: -len(pair[0]))),
    )


def _by_name(facts: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: fact for fact, others in facts.items() for name in (fact, *others)}
