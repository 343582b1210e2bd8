"""The two-sided and the economic tables of a made document: 总表, 财政拨款总表, 基本支出表, 三公表."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from corpus.final_accounts import accounts as kinds
from corpus.final_accounts import catalogue, styles
from corpus.final_accounts.accounts import ThreePublic
from corpus.final_accounts.tables import FUNDS, INCOME_SOURCES, Print
from rongji.documents.build import cell, label
from rongji.documents.model import Align, Cell, Row

_TENS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Line:
    """One line of one side: label, then slots with amounts (None: no amount is stated)."""

    words: str
    amounts: tuple[tuple[str, int] | None, ...]
    total: bool = False


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 26 → 二十六."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_TENS[tens]}十")
    return head + (_TENS[ones] if ones else "")


def totals(page: Print) -> None:
    """收入支出决算总表."""
    accounts, style = page.accounts, page.style
    left = [
        *((f"{words}收入", f"fund-{fund}", accounts.sum(lambda i: i.income, fund)) for words, fund in FUNDS),
        *(
            (words, name, accounts.sum(lambda i, place=place: i.other[place]))  # type: ignore[misc]
            for place, (name, words) in enumerate(zip(kinds.SOURCES, INCOME_SOURCES, strict=True))
        ),
    ]
    sources = [
        Line(f"{numeral(n)}、{words}", ((f"totals.{name}", fen),)) for n, (words, name, fen) in enumerate(left, 1)
    ]
    classes = [
        Line(f"{numeral(n)}、{words}", ((f"totals.{code}", accounts.sum(lambda i: i.spending, None, code)),))
        for n, (code, words) in enumerate(catalogue.CLASSES.items(), 1)
    ]
    foot = (
        (
            _total("本年收入合计", "totals.income", accounts.receipts),
            _total("本年支出合计", "totals.spending", accounts.spending),
        ),
        (
            _line(style.surplus_word, "totals.used", accounts.used_surplus),
            _line("结余分配", "totals.allocated", accounts.allocated),
        ),
        (
            _line(style.opening_word, "totals.opening", accounts.opening),
            _line(style.closing_word, "totals.closing", accounts.closing),
        ),
        (
            _total(style.total_words[0], "totals.all-income", accounts.total),
            _total(style.total_words[1], "totals.all-spending", accounts.total),
        ),
    )
    note = "本表反映部门本年度的总收支和年末结转结余情况。本套报表金额单位转换时可能存在尾数误差。"
    _two_sided(page, styles.TOTALS, (sources, classes), foot, (style.amount_word,), note)
    page.relate("sides", "totals.income", *(line.amounts[0][0] for line in sources if line.amounts[0]))
    page.relate("sides", "totals.spending", *(line.amounts[0][0] for line in classes if line.amounts[0]))
    page.relate("balance", "totals.all-income", "totals.income", "totals.used", "totals.opening")
    page.relate("balance", "totals.all-spending", "totals.spending", "totals.allocated", "totals.closing")
    page.relate("balance", "totals.all-income", "totals.all-spending")


def fiscal_totals(page: Print) -> None:
    """财政拨款收入支出决算总表."""
    accounts, style = page.accounts, page.style
    sources = [
        Line(f"{numeral(n)}、{words}", ((f"fiscal-totals.in-{fund}", accounts.sum(lambda i: i.income, fund)),))
        for n, (words, fund) in enumerate(FUNDS, 1)
    ]
    classes = [
        Line(f"{numeral(n)}、{words}", _by_fund(page, code, code))
        for n, (code, words) in enumerate(catalogue.CLASSES.items(), 1)
    ]
    opening = [("年初财政拨款结转和结余", "fiscal-totals.opening", accounts.sum(lambda i: i.opening))]
    opening += [(words, f"fiscal-totals.open-{fund}", accounts.sum(lambda i: i.opening, fund)) for words, fund in FUNDS]
    closing = tuple(
        (f"fiscal-totals.closing.{name}", accounts.sum(lambda i: i.closing, fund)) for name, fund in _FUND_COLUMNS
    )
    everything = tuple(
        (f"fiscal-totals.all.{name}", accounts.sum(lambda i: i.fiscal + i.closing, fund))
        for name, fund in _FUND_COLUMNS
    )
    foot = [
        (
            _total("本年收入合计", "fiscal-totals.income", accounts.sum(lambda i: i.income)),
            Line("本年支出合计", _by_fund(page, "", "spending"), True),
        ),
        (_line(*opening[0]), Line("年末财政拨款结转和结余", closing)),
        *((_line(*item), Line("", (None,) * 4)) for item in opening[1:]),
        (
            _total(style.total_words[0], "fiscal-totals.all-income", accounts.fiscal_total),
            Line(style.total_words[1], everything, True),
        ),
    ]
    heads = ("合计", *(words for words, _ in FUNDS))
    _two_sided(
        page,
        styles.FISCAL,
        (sources, classes),
        foot,
        heads,
        "本表反映部门本年度一般公共预算财政拨款、政府性基金预算财政拨款和国有资本经营预算财政拨款的总收支和年末结转结余情况。",
    )
    _relate_fiscal(page, classes)


_FUND_COLUMNS = (("total", None), ("public", kinds.PUBLIC), ("fund", kinds.FUND), ("capital", kinds.CAPITAL))


def _by_fund(page: Print, prefix: str, row: str) -> tuple[tuple[str, int], ...]:
    total = page.accounts.sum
    return tuple(
        (f"fiscal-totals.{row}.{name}", total(lambda i: i.fiscal, fund, prefix)) for name, fund in _FUND_COLUMNS
    )


def _relate_fiscal(page: Print, classes: Sequence[Line]) -> None:
    page.relate("sides", "fiscal-totals.income", *(f"fiscal-totals.in-{fund}" for _, fund in FUNDS))
    page.relate("sides", "fiscal-totals.opening", *(f"fiscal-totals.open-{fund}" for _, fund in FUNDS))
    page.relate("balance", "fiscal-totals.all-income", "fiscal-totals.income", "fiscal-totals.opening")
    page.relate("balance", "fiscal-totals.all-income", "fiscal-totals.all.total")
    for row in [*(code for code in catalogue.CLASSES), "spending", "closing", "all"]:
        page.relate(
            "row", f"fiscal-totals.{row}.total", *(f"fiscal-totals.{row}.{name}" for name, _ in _FUND_COLUMNS[1:])
        )
    for name, _ in _FUND_COLUMNS:
        page.relate(
            "sides", f"fiscal-totals.spending.{name}", *(f"fiscal-totals.{code}.{name}" for code in catalogue.CLASSES)
        )
        page.relate(
            "balance", f"fiscal-totals.all.{name}", f"fiscal-totals.spending.{name}", f"fiscal-totals.closing.{name}"
        )


def _line(words: str, slot: str, fen: int) -> Line:
    return Line(words, ((slot, fen),))


def _total(words: str, slot: str, fen: int) -> Line:
    return Line(words, ((slot, fen),), total=True)


def _two_sided(
    page: Print,
    part: str,
    sides: tuple[Sequence[Line], Sequence[Line]],
    foot: Sequence[tuple[Line, Line]],
    heads: tuple[str, ...],
    note: str,
) -> None:
    """收入 on the left, 支出 on the right, the foot lines beside each other, 行次 running down each side."""
    numbered = page.style.lines
    pairs = [*zip_longest(sides[0], sides[1], fillvalue=None), *foot]
    one = 2 + numbered
    other = 1 + numbered + len(heads)
    head = [Row((label("收入", colspan=one), label("支出", colspan=other)))]
    left_head = [label("项目"), *([label("行次")] if numbered else []), label(page.style.amount_word)]
    right_head = [label("项目（按功能分类）"), *([label("行次")] if numbered else []), *(label(item) for item in heads)]
    head.append(Row((*left_head, *right_head)))
    if page.style.steps:
        numbers = [cell(str(number), align=Align.CENTER) for number in range(1, len(heads) + 2)]
        blank = [label("")] if numbered else []
        head.append(Row((label("栏次"), *blank, numbers[0], label("栏次"), *blank, *numbers[1:])))
    body = []
    for place, (left, right) in enumerate(pairs, 1):
        right_number = len(pairs) + place
        body.append(Row((*_side(page, left, place, 1), *_side(page, right, right_number, len(heads)))))
    widths = (9, *([2] * numbered), 5, 9, *([2] * numbered), *([5] * len(heads)))
    page.table(part, widths, head, body, note)


def _side(page: Print, line: Line | None, number: int, width: int) -> list[Cell]:
    numbers = [cell(str(number), align=Align.CENTER)] if page.style.lines else []
    if line is None:
        return [cell(""), *numbers, *(cell("") for _ in range(width))]
    words = cell(line.words, align=Align.CENTER if line.total else Align.LEFT)
    cells = [cell("") if item is None else page.amount(*item) for item in line.amounts]
    return [words, *numbers, *cells]


def basic(page: Print) -> None:
    """一般公共预算财政拨款基本支出决算 (明细) 表."""
    if page.style.basic == "pairs":
        _basic_pairs(page)
    else:
        _basic_list(page)
    for code in catalogue.ECONOMIC_CLASSES:
        page.relate(
            "levels", f"basic.{code}", *(f"basic.{item}" for item in catalogue.ECONOMIC_ITEMS if item[:3] == code)
        )
    page.relate("economic", "basic.personnel", "basic.301", "basic.303")
    page.relate("economic", "basic.operating", "basic.302", "basic.310")


_BASIC_NOTE = "本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"


def _basic_pairs(page: Print) -> None:
    """Three pairs of columns: 301 and 303, the first 302, the rest of 302 and 310."""
    operating = ["302", *catalogue.OPERATING_GOODS, "310", *catalogue.OPERATING_CAPITAL]
    first = ["301", *catalogue.PERSONNEL_PAY, "303", *catalogue.PERSONNEL_AID]
    middle = -(-len(operating) // 2)
    head = [Row((label("人员经费", colspan=3), label("公用经费", colspan=6)))]
    head.append(
        Row(tuple(label(words) for _ in range(3) for words in ("科目编码", "科目名称", page.style.amount_word)))
    )
    body = [
        Row(tuple(one for code in codes for one in _economic_cells(page, code)))
        for codes in zip_longest(first, operating[:middle], operating[middle:])
    ]
    accounts = page.accounts
    body.append(
        Row(
            (
                label("人员经费合计", colspan=2),
                page.amount("basic.personnel", accounts.personnel),
                label("公用经费合计", colspan=5),
                page.amount("basic.operating", accounts.operating),
            )
        )
    )
    page.table(styles.BASIC, (3, 7, 4, 3, 7, 4, 3, 7, 4), head, body, _BASIC_NOTE)


def _economic_cells(page: Print, code: str | None) -> list[Cell]:
    if code is None:
        return [cell(""), cell(""), cell("")]
    name = catalogue.ECONOMIC_CLASSES.get(code) or catalogue.ECONOMIC_ITEMS[code]
    return [cell(code), cell(name, align=Align.LEFT), page.amount(f"basic.{code}", page.accounts.economic_class(code))]


def _basic_list(page: Print) -> None:
    """One list by code with 合计, 人员经费, 公用经费 as columns."""
    accounts = page.accounts
    head = [Row(tuple(label(words) for words in ("经济分类科目编码", "科目名称", "合计", "人员经费", "公用经费")))]
    everything = accounts.personnel + accounts.operating
    top = [page.amount("basic.all", everything), page.amount("basic.personnel", accounts.personnel)]
    body = [Row((label("合计", colspan=2), *top, page.amount("basic.operating", accounts.operating)))]
    codes = [
        code
        for key in ("301", "302", "303", "310")
        for code in (key, *(c for c in catalogue.ECONOMIC_ITEMS if c[:3] == key))
    ]
    for code in codes:
        fen = accounts.economic_class(code)
        if fen == 0:
            continue
        code_cell, name, whole = _economic_cells(page, code)
        nothing, copy = page.amount(f"basic.none-{code}", 0), page.amount(f"basic.{code}.again", fen)
        split = (copy, nothing) if code[:3] in ("301", "303") else (nothing, copy)
        body.append(Row((code_cell, name, whole, *split)))
        page.relate("row", f"basic.{code}", f"basic.{code}.again")
    page.table(styles.BASIC, (4, 9, 5, 5, 5), head, body, _BASIC_NOTE)
    page.relate("row", "basic.all", "basic.personnel", "basic.operating")


def three_public(page: Print) -> None:
    """财政拨款“三公”经费支出决算表, wide or long."""
    build = _three_long if page.style.three == "long" else _three_wide
    build(page)
    for basis in ("budget", "actual"):
        slot = f"three.{basis}"
        page.relate("three", f"{slot}.total", f"{slot}.abroad", f"{slot}.vehicles", f"{slot}.reception")
        page.relate("three", f"{slot}.vehicles", f"{slot}.purchase", f"{slot}.running")


_THREE_NOTE = (
    "本表反映部门本年度财政拨款“三公”经费支出预决算情况。预算数为全年预算数，"
    "决算数包括当年财政拨款和以前年度结转资金安排的实际支出。"
)


def _three_amounts(page: Print, basis: str, three: ThreePublic) -> list[Cell]:
    pairs = [
        ("total", three.total),
        ("abroad", three.abroad),
        ("vehicles", three.vehicles),
        ("purchase", three.purchase),
        ("running", three.running),
        ("reception", three.reception),
    ]
    return [page.amount(f"three.{basis}.{name}", fen) for name, fen in pairs]


def _three_wide(page: Print) -> None:
    more = page.style.three == "meetings"
    one = (
        label("合计", rowspan=2),
        label("因公出国（境）费", rowspan=2),
        label("公务用车购置及运行维护费", colspan=3),
        label("公务接待费", rowspan=2),
    )
    parts = tuple(label(words) for words in ("小计", "公务用车购置费", "公务用车运行维护费"))
    extra = tuple(label(words, rowspan=3) for words in ("会议费", "培训费")) if more else ()
    head = [
        Row((label("预算数", colspan=6), label("决算数", colspan=6), *extra)),
        Row((*one, *one)),
        Row((*parts, *parts)),
    ]
    width = 14 if more else 12
    if page.style.steps and not more:
        head.append(Row(tuple(cell(str(number), align=Align.CENTER) for number in range(1, width + 1))))
    accounts = page.accounts
    amounts = [
        *_three_amounts(page, "budget", accounts.three_budget),
        *_three_amounts(page, "actual", accounts.three_actual),
    ]
    if more:
        amounts += [
            page.amount("three.meetings", accounts.economic["30215"]),
            page.amount("three.training", accounts.economic["30216"]),
        ]
    page.table(styles.THREE, (4,) * width, head, [Row(tuple(amounts))], _THREE_NOTE)


def _three_long(page: Print) -> None:
    accounts = page.accounts
    names = (
        "合计",
        "1．因公出国（境）费",
        "2．公务用车购置及运行维护费",
        "（1）公务用车购置费",
        "（2）公务用车运行维护费",
        "3．公务接待费",
    )
    head = [Row((label("项目"), label("预算数"), label("决算数")))]
    columns = (
        _three_amounts(page, "budget", accounts.three_budget),
        _three_amounts(page, "actual", accounts.three_actual),
    )
    body = [Row((cell(words, align=Align.LEFT), *cells)) for words, *cells in zip(names, *columns, strict=True)]
    body.append(
        Row((cell("机关运行经费", align=Align.LEFT), cell(""), page.amount("three.running-costs", accounts.operating)))
    )
    page.table(styles.THREE, (10, 5, 5), head, body, _THREE_NOTE)
