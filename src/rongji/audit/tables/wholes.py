"""Which row is part of which: by codes, 其中, list markers and blanks before the label, and under 合计 and 小计.

Where the print leaves it open which rows a whole has, the numbers decide: a reading under which they add up is the one
that was meant. Where none does, nothing is said, so that no total is held against rows that are none of its parts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from rongji.audit.tables.stubs import Stub, sign_of_stub
from rongji.checks.stated.model import Parts, RowKind
from rongji.kernel.quantity import Quantity

Amounts = Mapping[tuple[int, int], Quantity]
_SUMS = (RowKind.TOTAL, RowKind.SUBTOTAL)


@dataclass
class Node:
    """A row on its way to its place. parent: position of its whole in the list of nodes; open: the print leaves it."""

    stub: Stub
    kind: RowKind
    position: int
    sign: int = 1
    parent: int | None = None
    parts: Parts = Parts.UNKNOWN
    open: bool = False
    depth: int = 0
    group: tuple[str, ...] = field(default=())


def placed(stubs: Sequence[Stub], amounts: Amounts, columns: Sequence[int]) -> list[Node]:
    """Every row with its whole. amounts: what rows state; columns: those whose numbers can be added."""
    nodes = [Node(stub, stub.kind, position, sign_of_stub(stub)) for position, stub in enumerate(stubs)]
    _set_groups(nodes)
    adds = _Adding(nodes, amounts, columns)
    _by_codes(nodes)
    _by_markers(nodes)
    _by_part_word(nodes, adds)
    _by_indent(nodes, adds)
    _under_sums(nodes, adds)
    _set_depths(nodes)
    return nodes


@dataclass
class _Adding:
    """Whether rows add up to another, within what printing may hide."""

    nodes: list[Node]
    amounts: Amounts
    columns: Sequence[int]

    def __call__(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether they do in every column where both are stated, and at least once with two parts that are not 0."""
        proof = False
        for column in self.columns:
            total = self._at(whole, column)
            terms = [(self.nodes[part].sign, self._at(part, column)) for part in parts]
            stated = [(sign, item) for sign, item in terms if item is not None]
            if total is None or not stated:
                continue
            if not _close(total, stated):
                return False
            proof = proof or sum(1 for _, item in stated if item.value) > 1
        return proof

    def contradicted(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether the parts are stated beside the whole and do not make it, in some column."""
        for column in self.columns:
            total = self._at(whole, column)
            stated = [(self.nodes[part].sign, item) for part in parts if (item := self._at(part, column)) is not None]
            if total is not None and stated and not _close(total, stated):
                return True
        return False

    def _at(self, position: int, column: int) -> Quantity | None:
        return self.amounts.get((self.nodes[position].stub.row, column))


def _close(total: Quantity, parts: Sequence[tuple[int, Quantity]]) -> bool:
    gap = Fraction(total.value) - sum((sign * Fraction(item.value) for sign, item in parts), Fraction(0))
    room = sum((Fraction(Decimal(1).scaleb(-item.places)) / 2 for _, item in (*parts, (1, total))), Fraction(0))
    return abs(gap) <= room


def _set_groups(nodes: list[Node]) -> None:
    """Rows under a heading inside the table stand under its name."""
    group: tuple[str, ...] = ()
    for node in nodes:
        if node.kind is RowKind.GROUP:
            group = (node.stub.label,) if node.stub.label else ()
        elif node.kind is RowKind.TOTAL:
            group = ()
        else:
            node.group = group


def _by_codes(nodes: list[Node]) -> None:
    """20801 is part of 208: the nearest row above whose code begins it."""
    last: dict[str, int] = {}
    for node in nodes:
        code = node.stub.code
        if not code or node.kind in _SUMS:
            continue
        for size in range(len(code) - 1, 1, -1):
            if code[:size] in last:
                node.parent, node.parts = last[code[:size]], Parts.ALL
                break
        last[code] = node.position


def _by_markers(nodes: list[Node]) -> None:
    """（一） is part of the 一、 above it, within one block."""
    above: list[Node] = []
    block: tuple[str, ...] | None = None
    for node in nodes:
        if node.stub.block != block:
            above, block = [], node.stub.block
        level = node.stub.marker_level
        if not level or node.kind in _SUMS or node.kind is RowKind.NOTE:
            continue
        while above and above[-1].stub.marker_level >= level:
            above.pop()
        if above and node.parent is None and node.kind is not RowKind.GROUP and above[-1].kind is not RowKind.GROUP:
            node.parent = above[-1].position
            node.parts = Parts.UNKNOWN if node.kind is RowKind.PART else Parts.ALL
        above.append(node)


def _by_part_word(nodes: list[Node], adds: Callable[[int, Sequence[int]], bool]) -> None:
    """其中：the row above has this and the following rows as parts, as far as print or sum tell where they end."""
    for node in nodes:
        if node.kind is not RowKind.PART:
            continue
        whole = _whole_above(nodes, node.position)
        if whole is None:
            continue
        if node.parent is None:
            node.parent = whole.position
        following = _following(nodes, node, whole)
        sure = [item for item in following if _goes_on(whole, node, item)]
        count = len(sure) if sure or not following else _count_by_sum(whole, node, following, adds)
        for item in following[: count or 0]:
            item.parent, item.parts = node.parent, Parts.UNKNOWN
        if count is None:
            for item in following:
                item.open = True


def _whole_above(nodes: list[Node], position: int) -> Node | None:
    for node in reversed(nodes[:position]):
        if node.kind in (RowKind.GROUP, RowKind.NOTE):
            return None
        if node.kind is not RowKind.PART and (node.parent is None or node.parts is not Parts.UNKNOWN):
            return node
    return None


def _following(nodes: list[Node], part: Node, whole: Node) -> list[Node]:
    """The rows after 其中 that could go on with its list: unmarked items of the same block."""
    found: list[Node] = []
    for node in nodes[part.position + 1 :]:
        if node.kind is not RowKind.ITEM or node.stub.block != part.stub.block or node.parent is not None:
            break
        if node.stub.marker_level and node.stub.marker_level <= max(whole.stub.marker_level, 1):
            break
        found.append(node)
    return found


def _goes_on(whole: Node, part: Node, item: Node) -> bool:
    """Whether the print shows that a row goes on with the list of a 其中."""
    if whole.kind in _SUMS or whole.stub.marker_level:
        return True
    return item.stub.indent > whole.stub.indent and item.stub.indent >= part.stub.indent


def _count_by_sum(
    whole: Node, part: Node, following: list[Node], adds: Callable[[int, Sequence[int]], bool]
) -> int | None:
    """How many of the rows belong to the list so that it makes its whole; None when no count or several do."""
    positions = [item.position for item in following[:30]]
    fitting = [n for n in range(len(positions) + 1) if adds(whole.position, [part.position, *positions[:n]])]
    return fitting[0] if len(fitting) == 1 else None


def _by_indent(nodes: list[Node], adds: Callable[[int, Sequence[int]], bool]) -> None:
    """A label further in is part of the nearest one above that is further out, where nothing else orders the rows."""
    items = [node for node in nodes if node.kind is RowKind.ITEM]
    if any(node.stub.marker_level or node.stub.code for node in items) or len({n.stub.indent for n in items}) < 2:
        return
    stack: list[Node] = []
    for node in items:
        while stack and (stack[-1].stub.indent >= node.stub.indent or stack[-1].stub.block != node.stub.block):
            stack.pop()
        if stack and node.parent is None:
            node.parent = stack[-1].position
        stack.append(node)
    for node in items:
        children = [item.position for item in items if item.parent == node.position]
        if children and adds(node.position, children):
            for child in children:
                nodes[child].parts = Parts.ALL


def _under_sums(nodes: list[Node], adds: _Adding) -> None:
    """Every 小计 and 合计 with the rows that it sums."""
    for node in nodes:
        if node.kind is RowKind.SUBTOTAL:
            _give(nodes, node, _of_subtotal(nodes, node, adds), adds)
    for node in nodes:
        if node.kind is RowKind.TOTAL:
            _give(nodes, node, _of_total(nodes, node, adds), adds)


def _give(nodes: list[Node], whole: Node, parts: list[int], adds: _Adding) -> None:
    if any(nodes[part].open for part in parts) and not adds(whole.position, parts):
        return
    for part in parts:
        nodes[part].parent, nodes[part].parts = whole.position, Parts.ALL


def _of_subtotal(nodes: list[Node], node: Node, adds: _Adding) -> list[int]:
    """The rows of its own block; without blocks those since the last sum, or up to the next."""
    block = node.stub.block or node.group
    if block:
        return [
            item.position
            for item in nodes
            if item is not node and _is_free(item) and (item.stub.block[: len(block)] == block or item.group == block)
        ]
    before = _run(nodes, node.position, -1)
    after = _run(nodes, node.position, 1)
    if before and adds(node.position, before):
        return before
    return after if after and (not before or adds(node.position, after)) else before


def _of_total(nodes: list[Node], node: Node, adds: _Adding) -> list[int]:
    """The rows that it sums: those of its block, else all above or all below it, whichever there are."""
    block = node.stub.block
    if block:
        within = [n for n in nodes if n is not node and _is_free(n) and n.stub.block[: len(block)] == block]
        return [item.position for item in within]
    before = [item.position for item in nodes[: node.position] if _is_free(item) or _is_sum(item)]
    after = [item.position for item in nodes[node.position + 1 :] if _is_free(item) or _is_sum(item)]
    last_sum = max((i for i in before if nodes[i].kind is RowKind.TOTAL), default=None)
    next_sum = min((i for i in after if nodes[i].kind is RowKind.TOTAL), default=None)
    since = [i for i in before if last_sum is None or i >= last_sum]
    until = [i for i in after if next_sum is None or i < next_sum]
    candidates = [since, until, [i for i in since if i != last_sum], before, after]
    sensible = [item for item in candidates if item]
    found = next((item for item in sensible if adds(node.position, item)), None)
    return found or (sensible[0] if sensible else [])


def _is_free(node: Node) -> bool:
    return node.parent is None and node.kind in (RowKind.ITEM, RowKind.PART, RowKind.SUBTOTAL)


def _is_sum(node: Node) -> bool:
    return node.kind is RowKind.TOTAL and node.parent is None and not node.stub.block


def _run(nodes: list[Node], position: int, step: int) -> list[int]:
    found: list[int] = []
    current = position + step
    while 0 <= current < len(nodes) and nodes[current].kind not in (*_SUMS, RowKind.GROUP):
        if _is_free(nodes[current]):
            found.append(current)
        current += step
    return sorted(found)


def _set_depths(nodes: list[Node]) -> None:
    """How deep each row stands under wholes that are no sums."""
    for node in nodes:
        depth, current, seen = 0, node, 0
        while current.parent is not None and seen < 12:
            current = nodes[current.parent]
            depth += current.kind not in _SUMS
            seen += 1
        node.depth = depth
