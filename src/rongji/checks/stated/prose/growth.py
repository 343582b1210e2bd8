"""The arithmetic of a change: its amount, its rate, its rate on a base that is not printed.

`thing` is what changed, as the findings call it.
"""

from dataclasses import replace

from rongji.checks import relations
from rongji.checks.stated.grammar.outline import Item
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding


def difference(amount: Item, now: Item, before: Item, thing: str) -> Finding:
    """The amount of a change as the difference of two numbers, the larger one first as the words have it."""
    sign = amount.phrase.sign
    terms = [(sign, now.figure), (-sign, before.figure)]
    return relations.sum_of_parts(_amount(amount, thing), sorted(terms, key=lambda term: -term[0]))


def growth(rate: Item, now: Item, before: Item, thing: str) -> Finding:
    """The rate of a change on the earlier of two numbers."""
    if rate.phrase.sign > 0:
        return relations.growth(_rate(rate, thing), now.figure, before.figure)
    fall = [(1, before.figure), (-1, now.figure)]
    return relations.ratio_of_sums(_rate(rate, thing), fall, [(1, before.figure)])


def growth_implied(rate: Item, amount: Item, now: Item, thing: str) -> Finding:
    """The rate of a change on a base that is not printed: this year less the increase, or plus the decrease."""
    change = _amount(amount, thing)
    base = [(1, now.figure), (-amount.phrase.sign, change)]
    return relations.ratio_of_sums(_rate(rate, thing), [(1, change)], base)


def _amount(amount: Item, thing: str) -> Figure:
    return replace(amount.figure, label=f"{thing}{'增加额' if amount.phrase.sign > 0 else '减少额'}")


def _rate(rate: Item, thing: str) -> Figure:
    return replace(rate.figure, label=f"{thing}{'增长率' if rate.phrase.sign > 0 else '下降率'}")
