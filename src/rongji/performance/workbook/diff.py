"""What a new statement of a bureau-year changes against the stored one, figure by figure, in lines people read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, SourceKind
from rongji.performance.workbook.layout import Layout, load_layout

_BLANK = "（空白）"
_LONGEST = 40
# Attribute of the bureau-year → sheet of the layout, for the words of its columns.
RECORD_SHEETS = {
    "units": "units",
    "projects": "projects",
    "goals": "goals",
    "indicators": "indicators",
    "declared_concepts": "facts",
    "texts": "texts",
    "problems": "problems",
    "signatories": "signatories",
    "evidence": "evidence",
}
_LABELS = {
    "evidence": "佐证",
    "file_digest": "附件摘要",
    "file_name": "文件名",
    "target_text": "年度指标值",
    "actual_text": "实际完成值",
}
_UNREMARKABLE = {"place"}


class ChangeKind(StrEnum):
    """What happened to it."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


CHANGE_LABELS = {ChangeKind.ADDED: "新增", ChangeKind.CHANGED: "修改", ChangeKind.REMOVED: "删除"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new, different or gone.

    subject: figures, indicators, texts … as the bureau-year names them; key: figure key or record code.
    """

    kind: ChangeKind
    subject: str
    key: str
    label: str
    before: str = ""
    after: str = ""

    @property
    def line(self) -> str:
        """The change as one line."""
        match self.kind:
            case ChangeKind.ADDED:
                return f"{self.label}：新增 {self.after}".rstrip()
            case ChangeKind.REMOVED:
                return f"{self.label}：删除 {self.before}".rstrip()
            case _:
                return f"{self.label}：{self.before} → {self.after}"


def compare(before: BureauYear | None, after: BureauYear, layout: Layout | None = None) -> tuple[Change, ...]:
    """Everything that differs, figures first. Derived figures are nobody's statement and are left out."""
    layout = layout or load_layout()
    old = before or BureauYear(after.bureau, "", after.year, "")
    changes = [*_profile_changes(old, after, layout), *_figure_changes(old.figures, after.figures)]
    for attribute, sheet_id in RECORD_SHEETS.items():
        changes += _record_changes(attribute, sheet_id, old, after, layout)
    return tuple(changes)


def count_changes(changes: Iterable[Change]) -> dict[str, int]:
    """How many of each kind."""
    found = Counter(change.kind.value for change in changes)
    return {kind.value: found[kind.value] for kind in ChangeKind}


def _profile_changes(old: BureauYear, new: BureauYear, layout: Layout) -> Iterator[Change]:
    sheet = layout.sheet("profile")
    titles = {column.id: column.title for column in sheet.columns}
    before = {"name": old.name, "scheme": old.scheme, **old.profile}
    after = {"name": new.name, "scheme": new.scheme, **new.profile}
    for name in dict.fromkeys((*before, *after)):
        label = f"{sheet.title}·{titles.get(name, name)}"
        yield from _change("profile", name, label, before.get(name, ""), after.get(name, ""))


def _change(subject: str, key: str, label: str, before: str, after: str) -> Iterator[Change]:
    if before == after:
        return
    if not before:
        yield Change(ChangeKind.ADDED, subject, key, label, "", _short(after))
    elif not after:
        yield Change(ChangeKind.REMOVED, subject, key, label, _short(before), "")
    else:
        yield Change(ChangeKind.CHANGED, subject, key, label, _short(before), _short(after))


def figure_identity(figures: Iterable[Figure]) -> dict[tuple[str, str, int], Figure]:
    """Figures by key, statement and how many of that statement came before: the same fact may stand on two sheets."""
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for figure in figures:
        if figure.source.kind is SourceKind.DERIVED:
            continue
        name = (str(figure.key), figure.statement)
        found[(*name, seen[name])] = figure
        seen[name] += 1
    return found


def states_the_same(one: Figure, other: Figure) -> bool:
    """Whether two statements say the same: number, places, text, nil, approximating word, source note, evidence."""
    return _statement_of(one) == _statement_of(other)


def _statement_of(figure: Figure) -> tuple[Any, ...]:
    return (
        figure.quantity,
        figure.printed,
        figure.nil,
        figure.vague,
        figure.label,
        figure.source.note,
        figure.source.evidence,
    )


def _figure_changes(old: Iterable[Figure], new: Iterable[Figure]) -> Iterator[Change]:
    before, after = figure_identity(old), figure_identity(new)
    for name in dict.fromkeys((*after, *before)):
        one, other = before.get(name), after.get(name)
        shown = other or one
        if shown is None or (one and other and states_the_same(one, other)):
            continue
        label = _figure_label(shown, one)
        if one is None or other is None or _value(one) != _value(other):
            yield from _value_change(one, other, name[0], label)
            continue
        evidence = ("、".join(one.source.evidence), "、".join(other.source.evidence))
        yield from _change("figures", name[0], f"{label}·来源", one.source.note, other.source.note)
        yield from _change("figures", name[0], f"{label}·佐证", *evidence)
        yield from _change("figures", name[0], f"{label}·名称", one.label, other.label)


def _value_change(one: Figure | None, other: Figure | None, key: str, label: str) -> Iterator[Change]:
    if one and other and one.quantity and other.quantity and one.quantity.unit_name == other.quantity.unit_name:
        unit = other.quantity.unit_name
        after = f"{_value(other).removesuffix(unit)} {unit}"
        yield Change(ChangeKind.CHANGED, "figures", key, label, _value(one).removesuffix(unit), after)
    else:
        yield from _change("figures", key, label, _value(one) if one else "", _value(other) if other else "")


def _figure_label(figure: Figure, before: Figure | None) -> str:
    """A figure typed on screen is called by the sheet it stood on before."""
    where = figure.source.sheet or (before.source.sheet if before else "") or "数据"
    place = f"（{figure.statement}）" if figure.statement != "form" else ""
    return f"{where}·{figure.full_label}{place}"


def _value(figure: Figure) -> str:
    number = str(figure.quantity) if figure.quantity else figure.printed
    return f"{figure.vague}{number}" if figure.vague else number


def _record_changes(
    attribute: str, sheet_id: str, old: BureauYear, new: BureauYear, layout: Layout
) -> Iterator[Change]:
    sheet = layout.sheet(sheet_id)
    titles = {column.id: column.title for column in sheet.columns}
    before, after = (_by_code(getattr(year, attribute)) for year in (old, new))
    for code in dict.fromkeys((*after, *before)):
        one, other = before.get(code), after.get(code)
        label = f"{sheet.title}·{_record_name(other or one)}"
        if one is None or other is None:
            kind = ChangeKind.ADDED if one is None else ChangeKind.REMOVED
            yield Change(kind, attribute, code, label)
            continue
        for name in (item.name for item in fields(other)):
            title = _LABELS.get(name) or titles.get(name, name)
            values = _text(getattr(one, name)), _text(getattr(other, name))
            if name not in _UNREMARKABLE:
                yield from _change(attribute, code, f"{label}·{title}", *values)


def _by_code(records: Iterable[Any]) -> dict[str, Any]:
    """Records by code; those without one by their content's order."""
    return {getattr(item, "code", "") or f"{number}": item for number, item in enumerate(records, 1)}


def _record_name(record: Any) -> str:
    words = (getattr(record, name, "") for name in ("code", "name", "title", "label", "expected", "text", "post"))
    return " ".join(_short(word, 20) for word in [item for item in words if item][:2])


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)


def _short(text: str, longest: int = _LONGEST) -> str:
    flat = " ".join(text.split()) or _BLANK
    return flat if len(flat) <= longest else f"{flat[: longest - 1]}…"
