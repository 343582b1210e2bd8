"""What is at hand while a report is written: the year, its records, the printer, the fields every template may use."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rongji.documents.model import Paragraph
from rongji.documents.model import Style as ParagraphStyle
from rongji.kernel.bureau_year import BureauYear, TextFacts
from rongji.kernel.finding import Finding, Verdict
from rongji.reports.form import Each, Form, ListSpec
from rongji.reports.printing import NARRATIVE, Printed, Printer, Style
from rongji.reports.records import Records, scope_of
from rongji.reports.template import fill, mark

_ENDINGS = "。；;."


@dataclass
class Writing:
    """The state of one report in the making.

    fields: what every template may use (`<name>`, `<year>`, `<profile.…>`, `<evaluation.grade>`, `<list.…>`).
    used_texts: codes of the sections printed so far.
    """

    year: BureauYear
    form: Form
    records: Records
    printer: Printer
    fields: dict[str, str] = field(default_factory=dict)
    used_texts: set[str] = field(default_factory=set)

    def scope(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Fields of the report and of the record in hand."""
        return {**self.fields, **(more or {})}

    def print(self, template: str, scope: Mapping[str, str], style: Style = NARRATIVE, subject: str = "") -> Printed:
        """A template with its fields filled in and its figures printed."""
        return self.printer.print(fill(template, scope), style, subject)

    def section(self, code: str) -> TextFacts | None:
        """The bureau's own text of that code."""
        self.used_texts.add(code)
        return next((item for item in self.year.texts if item.code == code), None)

    def missing_text(self, code: str, title: str) -> None:
        """Note that a section has no text yet."""
        self.printer.defects.append(
            Finding(
                "section-has-a-text",
                Verdict.DEFECT,
                f"“{title}”一节还没有文字。",
                subject=code,
                remedy=f"在“文字段落”中补写编码为 {code} 的段落。",
            )
        )

    def list_items(self, spec: ListSpec, scope: Mapping[str, str]) -> list[str]:
        """The filled-in items of a list, not yet marked; figure tokens are still in them."""
        each = filled_each(spec.each, scope)
        items = []
        for n, record in enumerate(self.records.of(each), 1):
            text = fill(spec.item, {**self.fields, **scope, **scope_of(each, record, n)}).strip()
            if text or not spec.skip_empty:
                items.append(text)
        return items

    def list_lines(self, spec: ListSpec, scope: Mapping[str, str]) -> list[str]:
        """A list as lines of text: one per item, or one line of all when its items are run together."""
        items = self.list_items(spec, scope)
        if not items:
            empty = fill(spec.empty, {**self.fields, **scope}).strip()
            return [empty] if empty else []
        items = [item.replace("。。", "。") for item in items]
        alone = len(items) == 1 and bool(spec.lead)
        marked = items if alone else [f"{_mark_before(spec.marks, n, item)}{item}" for n, item in enumerate(items, 1)]
        if not spec.join:
            lines = [f"{item.rstrip(_ENDINGS)}{spec.end}" for item in marked] if spec.end else marked
            return [f"{spec.lead}{lines[0]}", *lines[1:]]
        bare = [item.rstrip(_ENDINGS) for item in (items if len(items) == 1 and spec.marks == "一是" else marked)]
        return [f"{spec.lead}{spec.join.join(bare)}{spec.end}"]

    def paragraphs(
        self,
        text: str,
        *,
        style: Style = NARRATIVE,
        look: ParagraphStyle = ParagraphStyle.BODY,
        indent: bool = True,
        subject: str = "",
    ) -> Iterator[Paragraph]:
        """A filled-in text as paragraphs, one per line that says anything."""
        for line in text.split("\n"):
            runs = self.printer.print(line.strip(), style, subject).runs
            if runs:
                yield Paragraph(runs, indent=indent, style=look)


def filled_each(each: Each, scope: Mapping[str, str]) -> Each:
    """The same repetition with fields of the outer record filled into its conditions."""
    return replace(each, where=_filled(each.where, scope), excluding=_filled(each.excluding, scope))


def _filled(conditions: Mapping[str, tuple[str, ...]], scope: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(fill(value, scope) for value in values) for key, values in conditions.items()}


def _mark_before(style: str, n: int, item: str) -> str:
    """The mark of an item; `2.` before a digit would read as 2.8, so it becomes `2、` there."""
    shown = mark(style, n)
    return f"{n}、" if shown.endswith(".") and (item[:1].isdigit() or item.startswith("{{")) else shown
