"""Numbers inside a goal's own wording (满意度不低于90%): the goal declares them and is their source."""

from rongji.kernel.bureau_year import GoalFacts
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UNITS
from rongji.reports.tokens import typed_quantities

CONCEPT = "goal.number"


def with_own_numbers(goal: GoalFacts) -> tuple[str, tuple[Figure, ...]]:
    """The goal's wording with its numbers as tokens, and the figures behind them.

    A number without a known unit stays typed, and is flagged like any other.
    """
    parts: list[str] = []
    figures: list[Figure] = []
    position = 0
    text = goal.expected
    for start, end, unit_name in _outside_tokens(text):
        if unit_name in UNITS:
            figure = _declared(goal, len(figures) + 1, text[start:end], unit_name)
            figures.append(figure)
            parts += [text[position:start], f"{{{{{figure.key}|-}}}}"]
            position = end
    return "".join([*parts, text[position:]]), tuple(figures)


def _outside_tokens(text: str) -> list[tuple[int, int, str]]:
    return [item for item in typed_quantities(text) if text.count("{{", 0, item[0]) == text.count("}}", 0, item[0])]


def _declared(goal: GoalFacts, n: int, text: str, unit_name: str) -> Figure:
    quantity = Quantity.parse(text, unit_name)
    key = FigureKey(CONCEPT, member=f"goal:{goal.code}-{n}")
    source = Source(SourceKind.DECLARED, note=goal.place)
    return Figure(key, f"目标 {goal.code} 所列数值", source, quantity, text, how=f"目标原文：{goal.expected}")
