"""Every shape of small document, many times with other numbers and words."""

from __future__ import annotations

import random
from collections.abc import Iterator

from corpus import prose, tables
from corpus.made import OFFICES, Made, Maker, generators_of

ROOMS = (prose, tables)
_KINDS = ("部门整体支出绩效自评报告", "部门决算情况说明", "工作情况报告")


def shapes(copies: int, seed: int = 20211231) -> Iterator[Made]:
    """Every shape, `copies` times."""
    for function in (item for room in ROOMS for item in generators_of(room.__name__)):
        for copy in range(copies):
            dice = random.Random(f"{seed}-{function.__name__}-{copy}")
            maker = Maker(f"{function.__name__}-{copy}", dice)
            function(maker)
            yield maker.made(f"{dice.choice(OFFICES)}2023年度{dice.choice(_KINDS)}")
