"""The nine tables of a made document, in the print of a style, with the relations that hold in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corpus.final_accounts import accounts as kinds
from corpus.final_accounts import catalogue, styles
from corpus.final_accounts.accounts import Accounts, Item
from corpus.final_accounts.styles import Style
from corpus.made import Relation
from rongji.documents.build import cell, label, paragraph
from rongji.documents.model import (
    Align,
    Block,
    Cell,
    FigureRef,
    Orientation,
    Paragraph,
    Row,
    Section,
    Table,
)
from rongji.documents.model import (
    Style as Face,
)
from rongji.kernel.quantity import Quantity

Amount = Callable[[Item], int]
NUMERALS = "一二三四五六七八九十"
INCOME_SOURCES = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
OUTLAY_NAMES = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
FUNDS = (
    ("一般公共预算财政拨款", kinds.PUBLIC),
    ("政府性基金预算财政拨款", kinds.FUND),
    ("国有资本经营预算财政拨款", kinds.CAPITAL),
)


@dataclass
class Print:
    """A document in the making: its figures, its print, its blocks and relations; a slot's name says what it is."""

    accounts: Accounts
    style: Style
    blocks: list[Block] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    slots: dict[str, str] = field(default_factory=dict)

    def amount(self, slot: str, fen: int) -> Cell:
        """A cell with an amount of money; an amount of nothing prints as the style has it."""
        if fen == 0 and not self.style.zero:
            return cell("", align=Align.RIGHT)
        quantity = Quantity.from_fen(fen, self.style.unit, 2)
        figure = self.figure(slot, quantity.shown(grouping=self.style.grouping))
        shown = Quantity.parse(figure.text.replace(",", ""), self.style.unit)
        return Cell((Paragraph((figure,), indent=False),), align=Align.RIGHT, quantity=shown)

    def figure(self, slot: str, text: str) -> FigureRef:
        """A slot with its text."""
        if self.slots.setdefault(slot, text) != text:
            raise ValueError(f"{slot} prints {self.slots[slot]} and {text}")
        return FigureRef(text, slot)

    def relate(self, family: str, whole: str, *parts: str) -> None:
        """Say that a slot is determined by others, of those that are printed."""
        printed = tuple(item for item in parts if item in self.slots)
        if whole in self.slots and printed:
            self.relations.append(Relation(family, (whole, *printed)))

    def table(self, part: str, widths: Sequence[int], head: Sequence[Row], body: Sequence[Row], note: str) -> None:
        """A table on a page of its own, with title, mark and unit where the style has them."""
        style, number = self.style, self.style.order.index(part) + 1
        title, mark = style.names[part], style.mark.format(number) if style.mark else ""
        unit = style.unit_words.format(style.unit)
        owner = f"部门：{self.accounts.organisation}"
        self.blocks.append(Section(Orientation.LANDSCAPE, f"{number}{title}"[:28]))
        rows, caption, unit_note = [*head, *body], "", ""
        lead: list[Row] = []
        if style.head == "rows":
            lead = _lead_rows(len(widths), title, mark, owner, unit)
        elif style.head == "caption":
            caption, unit_note = title, unit
        else:
            self.blocks += [
                paragraph(title, style=Face.CAPTION),
                *([paragraph(mark, align=Align.RIGHT, style=Face.NOTE)] if mark else []),
                paragraph(f"{owner}　　　　{unit}", style=Face.NOTE, indent=False),
            ]
        made = Table(tuple(widths), (*lead, *rows), len(lead) + len(head), caption, unit_note)
        self.blocks += [made, paragraph(f"注：{note}", style=Face.NOTE)]


def _lead_rows(width: int, title: str, mark: str, owner: str, unit: str) -> list[Row]:
    left = width // 2
    return [
        Row((label(title, colspan=width),)),
        Row((label("", colspan=left), label(mark, colspan=width - left, align=Align.RIGHT))),
        Row((label(owner, colspan=left, align=Align.LEFT), label(unit, colspan=width - left, align=Align.RIGHT))),
    ]


def functional(page: Print, part: str) -> None:
    """One of the five tables by functional code."""
    if part in (styles.INCOME, styles.EXPENDITURE):
        _all_money(page, part)
    else:
        _one_budget(page, part)


def _all_money(page: Print, part: str) -> None:
    """收入决算表, 支出决算表."""
    columns: list[tuple[str, str, Amount]] = [
        ("total", "本年收入合计", lambda item: item.receipts),
        ("fiscal", "财政拨款收入", lambda item: item.income),
        *(
            (name, words, _source(place))
            for place, (name, words) in enumerate(zip(kinds.SOURCES, INCOME_SOURCES, strict=True))
        ),
    ]
    note = "本表反映部门本年度取得的各项收入情况。"
    if part == styles.EXPENDITURE:
        columns = [("total", "本年支出合计", lambda item: item.spending)]
        columns += [(name, words, _outlay(name)) for name, words in zip(kinds.OUTLAYS, OUTLAY_NAMES, strict=True)]
        note = "本表反映部门本年度各项支出情况。"
    heads = [label(words, rowspan=2) for _, words, _ in columns]
    _functional(page, part, None, [(name, amount) for name, _, amount in columns], (heads, []), note)
    for row in _row_names(page, None):
        page.relate("row", f"{part}.{row}.total", *(f"{part}.{row}.{name}" for name, _, _ in columns[1:]))


def _source(place: int) -> Amount:
    return lambda item: item.other[place]


def _outlay(name: str) -> Amount:
    return lambda item: item.outlay(name)


_SPENT: tuple[tuple[str, Amount], ...] = (
    ("spent", lambda item: item.fiscal),
    ("basic", lambda item: item.basic),
    ("project", lambda item: item.project),
)


def _one_budget(page: Print, part: str) -> None:
    """一般公共预算、政府性基金、国有资本经营预算财政拨款 (收入) 支出决算表."""
    place = (styles.PUBLIC, styles.FUND, styles.CAPITAL).index(part)
    words, fund = FUNDS[place]
    flow = (page.style.public == "flow", True, page.style.capital == "flow")[place]
    note = f"本表反映部门本年度{words}{'收入、支出及结转结余' if flow else '支出'}情况。"
    if not page.accounts.of(fund):
        note = f"本部门没有{words}收入，也没有使用{words}安排的支出，故本表无数据。"
    columns = list(_SPENT)
    top, second = [label("本年支出", colspan=3)], [label("小计"), label("基本支出"), label("项目支出")]
    if flow:
        columns = [("opening", lambda i: i.opening), ("income", lambda i: i.income), *columns]
        columns.append(("closing", lambda i: i.closing))
        top = [label(page.style.opening_word, rowspan=2), label("本年收入", rowspan=2), *top]
        top.append(label(page.style.closing_word, rowspan=2))
    _functional(page, part, fund, columns, (top, second), note)
    for row in _row_names(page, fund):
        page.relate("row", f"{part}.{row}.spent", f"{part}.{row}.basic", f"{part}.{row}.project")
        if flow:
            terms = (f"{part}.{row}.{name}" for name in ("opening", "income", "spent"))
            page.relate("flow", f"{part}.{row}.closing", *terms)


def _row_names(page: Print, fund: str | None) -> list[str]:
    return ["all", *_codes(page.accounts, fund)]


def _codes(accounts: Accounts, fund: str | None) -> list[str]:
    codes = {item.code[:length] for item in accounts.of(fund) for length in (3, 5, 7)}
    return sorted(codes)


def _functional(
    page: Print,
    part: str,
    fund: str | None,
    columns: Sequence[tuple[str, Amount]],
    heads: tuple[list[Cell], list[Cell]],
    note: str,
) -> None:
    """A table by functional codes of three levels under 合计."""
    split = page.style.codes != "one"
    codes = 3 if split else 1
    head = [Row((label("项目", colspan=codes + 1), *heads[0])), Row((*_code_heads(page), *heads[1]))]
    if page.style.steps:
        numbers = [cell(str(number), align=Align.CENTER) for number in range(1, len(columns) + 1)]
        head.append(Row((label("栏次", colspan=codes + 1), *numbers)))
    body = []
    for row in _row_names(page, fund):
        prefix = "" if row == "all" else row
        amounts = [page.accounts.sum(amount, fund, prefix) for _, amount in columns]
        cells = [page.amount(f"{part}.{row}.{name}", fen) for (name, _), fen in zip(columns, amounts, strict=True)]
        names = [label("合计", colspan=codes + 1)] if row == "all" else _code_cells(page, row)
        body.append(Row((*names, *cells)))
    page.table(part, (*([3] * codes), 8, *([5] * len(columns))), head, body, note)
    for name, _ in columns:
        _relate_levels(page, part, name, _codes(page.accounts, fund))


def _relate_levels(page: Print, part: str, column: str, codes: Sequence[str]) -> None:
    """合计 = 类, 类 = 款, 款 = 项, in one column."""
    by_parent: dict[str, list[str]] = {}
    for code in codes:
        parent = {3: "all", 5: code[:3], 7: code[:5]}[len(code)]
        by_parent.setdefault(parent, []).append(f"{part}.{code}.{column}")
    for parent, parts in by_parent.items():
        page.relate("levels", f"{part}.{parent}.{column}", *parts)


def _code_heads(page: Print) -> list[Cell]:
    if page.style.codes == "one":
        return [label("科目编码"), label("科目名称")]
    if page.style.codes == "merged":
        return [label("支出功能分类科目编码", colspan=3), label("科目名称")]
    return [label("类"), label("款"), label("项"), label("科目名称")]


def _code_cells(page: Print, code: str) -> list[Cell]:
    name = cell(catalogue.name_of(code), align=Align.LEFT)
    if page.style.codes == "one":
        return [cell(code, align=Align.LEFT), name]
    if page.style.codes == "merged":
        return [cell(code, align=Align.LEFT, colspan=3), name]
    levels = (code[:3], code[3:5], code[5:7])
    return [*(cell(item, align=Align.CENTER) for item in levels), name]
