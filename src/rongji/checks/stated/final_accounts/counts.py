"""决算说明中的数量: lists of vehicles against their number, counts of 三公经费 beside its amounts."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from rongji.checks import relations
from rongji.checks.registry import document_check
from rongji.checks.stated.final_accounts.cells import FORM, NineTables, nine_tables
from rongji.checks.stated.final_accounts.names import plain, scope_of
from rongji.checks.stated.model import StatedDocument
from rongji.checks.wording import amount
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.law.recognition import recognition

_BASIS = "部门决算公开：文字说明与数字一致"


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
        yield relations.sum_of_parts(counts[start], relations.positive(parts))
    else:
        yield relations.parts_within(counts[start], parts)


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
