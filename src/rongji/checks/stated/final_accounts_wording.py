"""决算说明的措辞: 大于、小于、持平 against the figures, counts of 三公经费 beside its amounts, lists of vehicles."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from rongji.checks import relations
from rongji.checks.intervals import stated as interval
from rongji.checks.registry import document_check
from rongji.checks.stated.final_accounts_cells import FORM, NineTables, nine_tables
from rongji.checks.stated.final_accounts_names import ACTUAL, basis_behind, name_and_basis, plain, scope_of
from rongji.checks.stated.model import Mention, Passage, StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.checks.wording import amount
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Spot
from rongji.law.recognition import recognition

_BASIS = "部门决算公开：文字说明与数字一致"
_SIGNS = {"above": 1, "below": -1, "equal": 0}
_SAID = {1: "大于", -1: "小于", 0: "等于"}


@document_check(title="决算说明：大于、小于、持平与数字一致", basis=_BASIS)
def final_account_comparisons(document: StatedDocument) -> Iterator[Finding]:
    """决算数大于（小于、等于）预算数 fits the budget and the outturn that the sentence states before it."""
    if not any(table.form == FORM for table in document.tables):
        return
    for passage in document.passages:
        for found in _comparison().finditer(passage.text):
            pair = _pair_before(passage, found.start())
            if pair and not passage.text[: found.start("word")].endswith("基本"):
                yield _compared(passage, found, *pair)


@document_check(title="决算说明：车辆分类与总数一致", basis=_BASIS)
def final_account_vehicles_add_up(document: StatedDocument) -> Iterator[Finding]:
    """The kinds of vehicles add up to their number where the list closes with 其他用车, else they stay within it."""
    if not any(table.form == FORM for table in document.tables):
        return
    for passage in document.passages:
        counts = [item.figure for item in passage.mentions if item.figure and _counts(item.figure, ("辆", "台"))]
        yield from _vehicles(counts)


@document_check(title="三公经费的数量与金额相称", basis=_BASIS, level=Verdict.QUESTION)
def final_account_counts_fit_amounts(document: StatedDocument) -> Iterator[Finding]:
    """Vehicles bought, receptions and groups sent abroad go with an amount, and an amount with them."""
    found = list(nine_tables(document))
    for passage in document.passages if len(found) == 1 else ():
        if scope_of(passage.heading) == "three-public":
            for item in passage.mentions:
                if item.figure is not None and item.phrase is not None and not item.phrase.is_past:
                    yield from _unfit(found[0], item.figure)


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    return recognition(FORM)


@lru_cache(maxsize=1)
def _comparison() -> re.Pattern[str]:
    """决算数大于年初预算数, 决算数与预算数持平."""
    words = _data()["text"]["comparisons"]
    unequal = "|".join((*words["above"], *words["below"], "等于"))
    equal = "|".join(words["equal"])
    outturn, budget = "(?:支出)?决算数?", "(?:年初|全年|调整)?预算数?"
    return re.compile(f"{outturn}(?P<word>{unequal}){budget}|{outturn}[与和同]{budget}(?:基本)?(?P<same>{equal})")


def _pair_before(passage: Passage, end: int) -> tuple[Figure, Figure] | None:
    """Outturn and budget: the last two amounts before the words, one on each basis, in the same sentence."""
    amounts = [
        item
        for item in passage.mentions
        if item.end <= end and item.figure and item.figure.is_money and item.phrase and item.phrase.role is Role.AMOUNT
    ]
    if len(amounts) < 2 or "。" in passage.text[amounts[-1].end : end]:
        return None
    by_basis = {(_basis(item) == ACTUAL): item.figure for item in amounts[-2:]}
    outturn, budget = by_basis.get(True), by_basis.get(False)
    if outturn is None or budget is None or not _basis(amounts[-2]) or not _basis(amounts[-1]):
        return None
    return outturn, budget


def _basis(item: Mention) -> str:
    """The basis that a mention's own words name; empty when they name none."""
    if item.figure is None:
        return ""
    label = item.figure.label
    name, basis = name_and_basis(label)
    if name == plain(label):
        return basis_behind(label) if plain(label) else ""
    return basis


def _compared(passage: Passage, found: re.Match[str], outturn: Figure, budget: Figure) -> Finding:
    word = found["word"] or found["same"]
    said = next(sign for name, sign in _SIGNS.items() if word in _data()["text"]["comparisons"][name])
    left, right = interval(outturn), interval(budget)
    printed = (outturn.quantity.base if outturn.quantity else 0) - (budget.quantity.base if budget.quantity else 0)
    true = 1 if printed > 0 else -1 if printed < 0 else 0
    spot = Spot(passage.place_of(found.start(), found.end()), found.group())
    told = f"正文写“{found.group()}”，而{_told(outturn)}，{_told(budget)}，决算数{_SAID[true]}预算数"
    base = Finding("", Verdict.HOLDS, f"{told}，相符。", (outturn, budget), spots=(spot,))
    if said == true:
        return base
    verdict = Verdict.QUESTION if left.meets(right) else Verdict.CONTRADICTION
    note = "，在进位允许之内，请核对" if verdict is Verdict.QUESTION else ""
    remedy = "按数字改写大于、小于、持平，或改正写错的数。"
    return replace(base, verdict=verdict, explanation=f"{told}{note}。", remedy=remedy)


def _told(figure: Figure) -> str:
    return f"{figure.label} {amount(figure.quantity) if figure.quantity else figure.printed}"


def _counts(figure: Figure, units: Sequence[str]) -> bool:
    return figure.quantity is not None and figure.quantity.unit_name in units and not figure.vague


def _vehicles(counts: Sequence[Figure]) -> Iterator[Finding]:
    """The first total of the passage with the kinds listed behind it."""
    words = _data()["vehicles"]
    names = [plain(item.label) for item in counts]
    start = next((place for place, name in enumerate(names) if name.endswith(tuple(words["total"]))), None)
    if start is None or names[start].endswith(tuple(words["rest"])):
        return
    end = start + 1
    while end < len(names) and names[end].endswith(tuple(words["kind"])):
        end += 1
    parts = counts[start + 1 : end]
    if len(parts) < 2 or len({names[place] for place in range(start + 1, end)}) < len(parts):
        return
    if names[end - 1].endswith(tuple(words["rest"])):
        yield relations.sum_of_parts("", counts[start], relations.positive(parts))
    else:
        yield relations.parts_within("", counts[start], parts)


def _unfit(tables: NineTables, count: Figure) -> Iterator[Finding]:
    """A count without its amount, or an amount without its count."""
    name = plain(count.label)
    for rule in _data()["counted"]:
        if not _counts(count, rule["units"]) or not any(word in name for word in rule["names"]):
            continue
        money = tables.figure(rule["cell"])
        if money is None or money.quantity is None or count.quantity is None:
            continue
        if bool(money.quantity.value) == bool(count.quantity.value):
            text = f"{count.label} {amount(count.quantity)}，{money.label} {amount(money.quantity)}，相称。"
            yield Finding("", Verdict.HOLDS, text, (count, money))
        else:
            text = f"{count.label} {amount(count.quantity)}，而{money.label} {amount(money.quantity)}，请核对。"
            remedy = "数量与金额只有一个为零的，改正写错的一个，或说明原因（如上年购置本年付款）。"
            yield Finding("", Verdict.QUESTION, text, (count, money), remedy=remedy)
        return
