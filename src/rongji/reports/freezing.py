"""What is frozen when a report is finalised, its digest, and what changed since, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.digest import digest
from rongji.kernel.figure import Figure
from rongji.reports.build import Report
from rongji.reports.sources import Sources

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the approved version and the present state.

    kind: figure, text, indicator, goal, problem, score, form, law; subject: what it is about, in words.
    """

    kind: str
    key: str
    subject: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """The change as a person reads it."""
        if not self.before:
            return f"新增{self.subject}：{self.after}。"
        if not self.after:
            return f"删除{self.subject}（原为 {self.before}）。"
        return f"{self.subject}由 {self.before} 改为 {self.after}。"


def frozen_content(sources: Sources, report: Report) -> Content:
    """Everything the report rests on: figures with their sources, texts, records, evaluation, form and law rows."""
    year = sources.year
    return {
        "bureau": year.bureau,
        "name": year.name,
        "year": year.year,
        "form": {"id": report.form.id, "label": report.form.label, "digest": report.form.digest},
        "figures": {key: _figure(items) for key, items in _statements(year).items()},
        "profile": dict(year.profile),
        "texts": {item.code: {"title": item.title, "body": item.body} for item in year.texts},
        "goals": {item.code: _words(item, ("kind", "expected", "result", "completion")) for item in year.goals},
        "indicators": {item.code: _words(item, _INDICATOR_FIELDS) for item in year.indicators},
        "problems": {item.code: _words(item, ("kind", "text", "answers", "owner", "due")) for item in year.problems},
        "evidence": {item.code: _words(item, ("title", "kind", "file_digest")) for item in year.evidence},
        "evaluation": sources.evaluation.as_json() if sources.evaluation else None,
        "findings": [finding.explanation for finding in sources.findings if finding.is_trouble],
        "printed": {str(key): _shown(figure) for key, figure in report.printed.items()},
    }


_INDICATOR_FIELDS = (
    "level1",
    "level2",
    "name",
    "direction",
    "target",
    "target_upper",
    "target_text",
    "actual",
    "actual_text",
    "weight",
    "tier",
    "share",
    "reason",
    "project",
    "unit_name",
    "evidence",
)


def content_digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of frozen content: what is proposed and approved."""
    return digest(dict(content))


def _statements(year: BureauYear) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in year.figures:
        found.setdefault(str(figure.key), []).append(figure)
    return found


def _figure(items: list[Figure]) -> Content:
    lead = items[0]
    return {
        "label": lead.full_label,
        "shown": _shown(lead),
        "place": lead.source.place,
        "kind": lead.source.kind.value,
        "evidence": list(lead.source.evidence),
        "also": [{"statement": item.statement, "shown": _shown(item)} for item in items[1:]],
    }


def _shown(figure: Figure) -> str:
    shown = str(figure.quantity) if figure.quantity is not None else (figure.printed or "空白")
    return f"{figure.vague}{shown}" if figure.vague else shown


def _words(item: Any, names: tuple[str, ...]) -> Content:
    return {name: _word(getattr(item, name)) for name in names}


def _word(value: Any) -> str:
    if value is None:
        return ""
    return "、".join(value) if isinstance(value, tuple) else str(value)


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """What is different in `after`, figures first, each change once."""
    return tuple(_changes(before, after))


_RECORDS = {
    "goals": ("goal", "目标"),
    "indicators": ("indicator", "指标"),
    "problems": ("problem", "问题与措施"),
    "evidence": ("evidence", "佐证"),
}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    yield from _figure_changes(before["figures"], after["figures"])
    for code in dict.fromkeys([*before["texts"], *after["texts"]]):
        old, new = before["texts"].get(code, {}), after["texts"].get(code, {})
        if old.get("body") != new.get("body"):
            title = new.get("title") or old.get("title") or code
            yield Change("text", code, f"文字“{title}”", _short(old.get("body", "")), _short(new.get("body", "")))
    for name, (kind, label) in _RECORDS.items():
        yield from _record_changes(kind, label, before[name], after[name])
    yield from _score_changes(before.get("evaluation") or {}, after.get("evaluation") or {})
    if before["form"]["digest"] != after["form"]["digest"]:
        yield Change(
            "form", after["form"]["id"], "表式", before["form"]["label"], f"{after['form']['label']}（表式文件有更新）"
        )


def _figure_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        label = (new or old or {}).get("label", key)
        if (old or {}).get("shown") != (new or {}).get("shown"):
            yield Change("figure", key, f"“{label}”", (old or {}).get("shown", ""), (new or {}).get("shown", ""))
        elif old and new and old["place"] != new["place"]:
            yield Change("figure", key, f"“{label}”的来源", old["place"] or "（未填）", new["place"] or "（未填）")
        elif old and new and old["evidence"] != new["evidence"]:
            before_after = ("、".join(item["evidence"]) or "（未附）" for item in (old, new))
            yield Change("figure", key, f"“{label}”的佐证", *before_after)


def _record_changes(kind: str, label: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for code in dict.fromkeys([*before, *after]):
        old, new = before.get(code), after.get(code)
        if old != new:
            yield Change(kind, code, f"{label} {code}", _difference(old, new), _difference(new, old))


def _difference(item: Mapping[str, str] | None, other: Mapping[str, str] | None) -> str:
    if item is None:
        return ""
    changed = [value for name, value in item.items() if other is None or other.get(name) != value]
    return _short("；".join(value or "（空）" for value in changed if value or other is not None))


def _score_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name, label in (("total", "自评总分"), ("grade", "自评等次"), ("scheme_label", "评分方案")):
        if before.get(name) != after.get(name):
            yield Change("score", name, label, str(before.get(name) or "（未定）"), str(after.get(name) or "（未定）"))


_SHORT = 60


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORT else f"{flat[:_SHORT]}……"
