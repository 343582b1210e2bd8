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
    content: Mapping[str, Any] = yaml.load(text, Loader=_Loader)
    return content


@dataclass(frozen=True)
class Names:
    """What facts are called.

    kinds: kind of document → words of its title. unsaid_stage: kind → basis of an amount that names none.
    facts: every known name → the name that stands for the fact; facts_in: the same for one kind of document only.
    general: names that say nothing without what they are part of. stages: word at the end of a name → basis,
    longest first. by_nature: fact → the basis that it has in any column.
    funds: words that limit a table to one fund. of_all_funds: words of names that such a word does not limit.
    totals_by_caption: word of a caption → the fact that the 合计 of its table is.
    """

    kinds: Mapping[str, tuple[str, ...]]
    unsaid_stage: Mapping[str, str]
    facts: Mapping[str, str]
    facts_in: Mapping[str, Mapping[str, str]]
    general: frozenset[str]
    stages: tuple[tuple[str, str], ...]
    by_nature: Mapping[str, str]
    funds: tuple[str, ...]
    of_all_funds: tuple[str, ...]
    totals_by_caption: Mapping[str, str]


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
        funds=tuple(content["funds"]),
        of_all_funds=tuple(content["of_all_funds"]),
        totals_by_caption=content["totals_by_caption"],
        by_nature={fact: stage for stage, facts in content["by_nature"].items() for fact in facts},
    )


def _by_name(facts: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: fact for fact, others in facts.items() for name in (fact, *others)}


@dataclass(frozen=True, slots=True)
class HeaderWord:
    """What a heading says of its column.

    kind, stage: words of the column kinds and bases; stage `unsaid-budget`: a budget, not said whether the first or
    the adjusted one. unit: what its numbers count when nothing else says so. strong: shows by itself that its row is
    a row of headings.
    """

    kind: str
    stage: str = ""
    unit: str = ""
    strong: bool = True


@dataclass(frozen=True)
class Headers:
    """The words of headings and row labels.

    columns: exact heading → meaning; patterns: heading with `*` → meaning, first match counts.
    rows: kind of row → labels; row_patterns: the same with `*`. units: label → unit that it tells by itself.
    counted: word in a name → what it counts. outside_totals: words of columns that are no part of the 合计 beside them.
    """

    columns: Mapping[str, HeaderWord]
    patterns: tuple[tuple[str, HeaderWord], ...]
    rows: Mapping[str, frozenset[str]]
    row_patterns: tuple[tuple[str, str], ...]
    organisations: frozenset[str]
    organisations_whole: frozenset[str]
    units: Mapping[str, str]
    counted: tuple[tuple[str, str], ...]
    outside_totals: tuple[str, ...]


@lru_cache(maxsize=1)
def headers() -> Headers:
    """The words of headings and row labels, from `headers.yaml`."""
    content = recognition("headers")
    words = [(name, _header_word(group)) for group in content["columns"] for name in group["names"]]
    rows: Mapping[str, list[str]] = content["rows"]
    return Headers(
        columns={name: word for name, word in words if "*" not in name},
        patterns=tuple((name, word) for name, word in words if "*" in name),
        rows={kind: frozenset(labels) for kind, labels in rows.items() if not kind.endswith("_patterns")},
        row_patterns=tuple(
            (label, kind.removesuffix("_patterns"))
            for kind, labels in rows.items()
            if kind.endswith("_patterns")
            for label in labels
        ),
        organisations=frozenset(content["organisations"]),
        organisations_whole=frozenset(content["organisations_whole"]),
        units={label: unit for unit, labels in content["units"].items() for label in labels},
        counted=tuple((word, unit) for unit, words in content["counted"] for word in words),
        outside_totals=tuple(content["outside_totals"]),
    )


def _header_word(group: Mapping[str, Any]) -> HeaderWord:
    return HeaderWord(group["kind"], group.get("stage", ""), group.get("unit", ""), group.get("strong", True))


@dataclass(frozen=True, slots=True)
class FormWords:
    """By what a form is known: words of its title, names in its head, kinds of columns that it has and has not."""

    id: str
    title: tuple[str, ...]
    pairs: frozenset[str]
    kinds: frozenset[str]
    without: frozenset[str]


@dataclass(frozen=True)
class Forms:
    """The words of official forms.

    pairs: names that stand before a value; endings: what ends further ones; scores: those that give the score of the
    whole form. goals: the two headings of the goals block. indicators: headings of the names of indicators; funds:
    labels of rows in the funds block, fund_endings what ends further ones. forms: in the order in which they are tried.
    """

    pairs: frozenset[str]
    endings: tuple[str, ...]
    scores: frozenset[str]
    goals: tuple[frozenset[str], frozenset[str]]
    indicators: frozenset[str]
    funds: frozenset[str]
    fund_endings: tuple[str, ...]
    forms: tuple[FormWords, ...]


@lru_cache(maxsize=1)
def forms() -> Forms:
    """The words of official forms, from `forms.yaml`."""
    content = recognition("forms")
    parts = content["parts"]
    expected, reached = parts["goals"]["headings"]
    return Forms(
        pairs=frozenset(content["pairs"]),
        endings=tuple(content["pair_endings"]),
        scores=frozenset(content["scores"]),
        goals=(frozenset(expected), frozenset(reached)),
        indicators=frozenset(parts["indicators"]["labels"]),
        funds=frozenset(parts["funds"]["rows"]),
        fund_endings=tuple(parts["funds"]["endings"]),
        forms=tuple(_form_words(entry) for entry in content["forms"]),
    )


def _form_words(entry: Mapping[str, Any]) -> FormWords:
    sets = {name: frozenset(entry.get(name, ())) for name in ("pairs", "kinds", "without")}
    return FormWords(entry["id"], tuple(entry["title"]), **sets)
