"""Blocks of a form → blocks of the document, headings numbered without a gap."""

import re
from collections.abc import Iterator, Mapping

from rongji.documents.model import (
    Block,
    FigureRef,
    Heading,
    Paragraph,
    Run,
    Section,
    SignatureBlock,
    Status,
    Table,
    Text,
    Title,
)
from rongji.kernel.figure import FigureKey
from rongji.reports import form as spec
from rongji.reports.records import scope_of
from rongji.reports.rows import TableRows
from rongji.reports.template import fill, heading_number
from rongji.reports.writing import Writing, filled_each

Scope = Mapping[str, str]
# A line of a bureau's own text that is a heading of its own: number, few words, no stop.
_OWN_HEADING = re.compile(
    r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、)\s*(?P<words>[^。；：:{}]{2,30})$"
)
TO_BE_WRITTEN = "〔待填写〕"


class BlockWriter:
    """Writes the blocks of forms one after the other."""

    def __init__(self, writing: Writing, forms: Mapping[str, spec.Form]) -> None:
        self.writing = writing
        self.forms = forms
        self.counters = [0, 0, 0, 0]
        self.last_heading = ""

    def form(self, form: spec.Form) -> Iterator[Block]:
        """The blocks of one form, its own lists at hand."""
        for name, item in form.lists.items():
            self.writing.fields[f"list.{name}"] = "\n".join(self.writing.list_lines(item, {}))
        yield from self._blocks(form.blocks, {})

    def _blocks(self, blocks: tuple[spec.BlockSpec, ...], scope: Scope) -> Iterator[Block]:
        for block in blocks:
            yield from self._block(block, scope)

    def _block(self, block: spec.BlockSpec, scope: Scope) -> Iterator[Block]:
        match block:
            case spec.TitleBlock(lines):
                self.counters = [0, 0, 0, 0]
                yield Title(tuple(fill(line, self.writing.scope(scope)) for line in lines))
            case spec.HeadingBlock():
                yield self._heading(block, scope)
            case spec.TextBlock():
                yield from self._text(block, scope)
            case spec.ParagraphBlock():
                yield from self._paragraph(block, scope)
            case spec.ListBlock(item):
                text = "\n".join(self.writing.list_lines(item, scope))
                yield from self.writing.paragraphs(text, look=item.style, subject=self.last_heading)
            case spec.TableBlock():
                yield from self._table(block, scope)
            case spec.SignatureLines(lines):
                yield from self._signature(lines, scope)
            case spec.SectionBlock(orientation, name):
                yield Section(orientation, fill(name, self.writing.scope(scope)))
            case spec.EachBlock(each, blocks):
                yield from self._each(each, blocks, scope)
            case spec.IncludeBlock(form):
                yield from self._blocks(self.forms[form].blocks, scope)

    def _heading(self, block: spec.HeadingBlock, scope: Scope) -> Heading:
        words = fill(block.text, self.writing.scope(scope))
        self.last_heading = words
        number = self._number(block.level) if block.numbered else ""
        return Heading(block.level, (Text(number + words),))

    def _number(self, level: int) -> str:
        self.counters[level - 1] += 1
        self.counters[level:] = [0] * (4 - level)
        return heading_number(level, self.counters[level - 1])

    def _text(self, block: spec.TextBlock, scope: Scope) -> Iterator[Block]:
        code = fill(block.code, self.writing.scope(scope))
        own = self.writing.section(code)
        text = own.body if own else fill(block.default, self.writing.scope(scope)).strip()
        if text:
            yield from self._lines(text, code)
        elif not block.optional:
            self.writing.missing_text(code, self.last_heading or code)
            yield Paragraph((FigureRef(TO_BE_WRITTEN, "", Status.UNBACKED, f"段落编码 {code}"),))

    def _lines(self, text: str, code: str) -> Iterator[Block]:
        """The lines of a section; one that is a heading of its own gets its number from the report's count."""
        for line in text.split("\n"):
            found = _OWN_HEADING.match(line.strip())
            if found:
                level = min(4, max(n for n, count in enumerate(self.counters, 1) if count or n == 1) + 1)
                yield self._heading(spec.HeadingBlock(found["words"], self._level_of(line, level)), {})
            else:
                yield from self.writing.paragraphs(line, subject=self.last_heading or code)

    def _level_of(self, line: str, deepest: int) -> int:
        return 2 if line.strip().startswith("（") and self.counters[1] else min(deepest, 2)

    def _paragraph(self, block: spec.ParagraphBlock, scope: Scope) -> Iterator[Block]:
        printed = self.writing.print(block.text, self.writing.scope(scope), subject=self.last_heading)
        if printed.runs or not block.optional:
            yield Paragraph(printed.runs, align=block.align, indent=block.indent, style=block.style)

    def _table(self, block: spec.TableBlock, scope: Scope) -> Iterator[Block]:
        if block.when and FigureKey.parse(block.when) not in self.writing.printer.figures:
            return
        rows = TableRows(self.writing, block).rows(self.writing.scope(scope))
        yield Table(block.columns, rows, block.header_rows, block.caption, block.unit_note)

    def _signature(self, lines: tuple[str, ...], scope: Scope) -> Iterator[Block]:
        printed: list[tuple[Run, ...]] = []
        for line in lines:
            runs = self.writing.print(line, self.writing.scope(scope), subject="落款").runs
            if runs:
                printed.append(runs)
        if printed:
            yield SignatureBlock(tuple(printed))

    def _each(self, each: spec.Each, blocks: tuple[spec.BlockSpec, ...], scope: Scope) -> Iterator[Block]:
        filled = filled_each(each, self.writing.scope(scope))
        for n, record in enumerate(self.writing.records.of(filled), 1):
            yield from self._blocks(blocks, {**scope, **scope_of(each, record, n)})
