"""笔误: the typing slip that turns one printed number into another, if it is one of the usual ones."""

from rongji.checks.wording import plain_places
from rongji.kernel.quantity import Quantity

_TOGETHER = 2


def slip_between(quantity: Quantity, due: Quantity) -> str:
    """A digit typed twice, one digit wrong, two neighbours swapped; empty for anything else."""
    wrong, right = plain_places(quantity), plain_places(due)
    for place in range(1, len(wrong)):
        if wrong[place] == wrong[place - 1] and wrong[:place] + wrong[place + 1 :] == right:
            return f"疑为多打了一个重复的“{wrong[place]}”"
    if len(wrong) != len(right):
        return ""
    differing = [place for place, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b]
    if len(differing) == 1:
        return "疑为有一位数字打错"
    neighbours = len(differing) == _TOGETHER and differing[1] - differing[0] == 1
    return "疑为相邻两位数字打颠倒" if neighbours and sorted(wrong) == sorted(right) else ""
