"""Whether the weights close: every block at the scheme's weight, all blocks present, the total at its total."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.units import UnitKind
from rongji.law.schemes import ScoreScheme
from rongji.law.shapes.scheme import ScoreBlock, ScoredBy
from rongji.rules.scoring.gates import GateCode, gate
from rongji.rules.scoring.points import plain
from rongji.rules.scoring.settle import SettledRow, label
from rongji.rules.scoring.types import Gate

TABLE = "indicators"
"""Subject of a gate on the indicator table as a whole."""

STATED_WEIGHT = "execution.weight"
"""The weight of execution as the bureau printed it."""


def weight_of(row: SettledRow) -> Decimal:
    """The weight a row brings to its block: none for parts and for weights that cannot be used."""
    weight = row.facts.weight
    if row.part_of or weight is None or weight.unit.kind is not UnitKind.SCORE:
        return Decimal(0)
    return weight.value


def weight_gates(rows: Sequence[SettledRow], year: BureauYear | None, scheme: ScoreScheme) -> list[Gate]:
    """Everything that keeps the weights from closing. rows: without the execution row.
    year: None for a project, whose execution weight no form states.

    Without a single weight only that is said, and which blocks are missing.
    """
    scored = [row for row in rows if not row.part_of]
    found = [*_unknown_blocks(scored, scheme), *_missing_blocks(scored, scheme)]
    found.extend(_execution_weight(year, scheme) if year else [])
    if not any(row.facts.weight is not None for row in scored):
        return [*found, gate(GateCode.WEIGHTS_MISSING, TABLE, scheme=short_label(scheme))]
    without = [row.facts for row in scored if row.facts.weight is None]
    found.extend(gate(GateCode.WEIGHT_MISSING, item.code, name=label(item)) for item in without)
    if scheme.gates.weights_close:
        found.extend(_open_blocks(scored, scheme))
        found.extend(_open_total(scored, scheme))
    return found


def short_label(scheme: ScoreScheme) -> str:
    """The scheme's label without what it says in brackets."""
    return scheme.label.partition("（")[0]


def execution_weight(scheme: ScoreScheme) -> Decimal:
    """The points of the blocks scored by execution; nothing when the scheme scores it through indicators."""
    return sum((block.weight for block in scheme.blocks if block.scored_by is ScoredBy.EXECUTION), Decimal(0))


def _unknown_blocks(rows: Iterable[SettledRow], scheme: ScoreScheme) -> list[Gate]:
    names = dict.fromkeys(row.facts.level1 for row in rows if scheme.block_named(row.facts.level1) is None)
    blocks = "、".join(f"“{block.label}”" for block in scheme.blocks)
    facts = {"scheme": short_label(scheme), "blocks": blocks}
    return [gate(GateCode.BLOCK_UNKNOWN, name or TABLE, level1=name, **facts) for name in names]


def _missing_blocks(rows: Sequence[SettledRow], scheme: ScoreScheme) -> list[Gate]:
    present = {block.id for row in rows if (block := scheme.block_named(row.facts.level1))}
    name = short_label(scheme)
    return [
        gate(GateCode.BLOCK_MISSING, block.label, block=block.label, scheme=name, weight=plain(block.weight))
        for block in scheme.blocks
        if block.scored_by is ScoredBy.INDICATORS and block.id not in present
    ]


def _execution_weight(year: BureauYear, scheme: ScoreScheme) -> list[Gate]:
    stated, wanted = year.figure(STATED_WEIGHT), execution_weight(scheme)
    if stated is None or stated.quantity is None or stated.quantity.value == wanted:
        return []
    facts = {"found": stated.quantity.shown(), "scheme": short_label(scheme), "weight": plain(wanted)}
    return [gate(GateCode.EXECUTION_WEIGHT, "execution", **facts)]


def _open_blocks(rows: Sequence[SettledRow], scheme: ScoreScheme) -> list[Gate]:
    """Blocks and, where the scheme fixes them, level-2 headings whose weights miss the scheme's."""
    found = []
    for block in scheme.blocks:
        mine = [row for row in rows if scheme.block_named(row.facts.level1) is block]
        total = _sum(mine)
        if mine and total != block.weight:
            facts = {"found": plain(total), "weight": plain(block.weight), "gap": _gap(total, block.weight)}
            found.append(gate(GateCode.BLOCK_WEIGHT, block.label, block=block.label, **facts))
        found.extend(_open_level2(mine, block))
    return found


def _open_level2(rows: Sequence[SettledRow], block: ScoreBlock) -> list[Gate]:
    found = []
    for sub in block.level2:
        words = {_heading(word) for word in (sub.label, *sub.aliases)}
        total = _sum([row for row in rows if _heading(row.facts.level2) in words])
        if rows and sub.weight is not None and total != sub.weight:
            facts = {"found": plain(total), "weight": plain(sub.weight), "gap": _gap(total, sub.weight)}
            found.append(gate(GateCode.LEVEL2_WEIGHT, sub.label, block=block.label, level2=sub.label, **facts))
    return found


def _open_total(rows: Sequence[SettledRow], scheme: ScoreScheme) -> list[Gate]:
    execution = execution_weight(scheme)
    total = execution + _sum(rows)
    if total == scheme.total:
        return []
    said = f"（含预算执行率 {plain(execution)} 分）" if execution else ""
    facts = {"found": plain(total), "weight": plain(scheme.total), "gap": _gap(total, scheme.total)}
    return [gate(GateCode.TOTAL_WEIGHT, TABLE, with_execution=said, **facts)]


def _sum(rows: Iterable[SettledRow]) -> Decimal:
    return sum((weight_of(row) for row in rows), Decimal(0))


def _gap(found: Decimal, wanted: Decimal) -> str:
    return f"多 {plain(found - wanted)} 分" if found > wanted else f"少 {plain(wanted - found)} 分"


def _heading(text: str) -> str:
    return "".join(text.split()).removesuffix("指标")
