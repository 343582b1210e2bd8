"""Which row is part of which: by codes, 其中, list markers and blanks before the label, and under 合计 and 小计.

Where the print leaves it open which rows a whole has, the numbers decide: a reading under which they add up is the one
that was meant. Where none does, nothing is said, so that no total is held against rows that are none of its parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rongji.audit.tables.adding import Adding, Amounts, Witness
from rongji.audit.tables.stubs import Stub, sign_of_stub
from rongji.audit.tables.words import is_plain_sum
from rongji.checks.stated.model import Parts, RowKind
from rongji.law.recognition import headers

_SUMS = (RowKind.TOTAL, RowKind.SUBTOTAL)
_LOOK_AHEAD = 40


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
    adds = _Adds(nodes, Adding(amounts, columns))
    _set_groups(nodes)
    _by_codes(nodes)
    _by_markers(nodes)
    _by_part_word(nodes, adds)
    _by_indent(nodes, adds)
    _under_sums(nodes, adds)
    _set_depths(nodes)
    return nodes


@dataclass(frozen=True)
class _Adds:
    """The witness of the numbers, asked by positions in the list of nodes."""

    nodes: list[Node]
    adding: Adding

    def witness(self, whole: int, parts: Sequence[int]) -> Witness:
        """What the columns say."""
        rows = [(self.nodes[part].sign, self.nodes[part].stub.row) for part in parts]
        return self.adding.witness(self.nodes[whole].stub.row, rows)

    def __call__(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether they add up in every column, once with proof."""
        return self.witness(whole, parts).agrees


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


def _by_part_word(nodes: list[Node], adds: _Adds) -> None:
    """其中：the row above has this and the following rows as parts, as far as print or sum tell where they end."""
    for node in nodes:
        if node.kind is not RowKind.PART:
            continue
        whole = _whole_above(nodes, node.position)
        if whole is None:
            continue
        if node.parent is None:
            node.parent = whole.position
        following = [] if node.stub.bounded else _following(nodes, node, whole)
        sure = [item for item in following if _goes_on(whole, node, item)]
        count = _count_by_sum(whole, node, following, adds) if following else 0
        count = len(sure) if count is None and sure else count
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
    if whole.kind in _SUMS and any(word in item.stub.label for word in headers().outside_totals):
        return False
    if whole.kind in _SUMS or whole.stub.marker_level:
        return True
    return item.stub.indent > whole.stub.indent and item.stub.indent >= part.stub.indent


def _count_by_sum(whole: Node, part: Node, following: list[Node], adds: _Adds) -> int | None:
    """How many of the rows belong to the list so that it makes its whole; None when no count or several do."""
    positions = [item.position for item in following[:30]]
    fitting = [n for n in range(len(positions) + 1) if adds(whole.position, [part.position, *positions[:n]])]
    return fitting[0] if len(fitting) == 1 else None


def _by_indent(nodes: list[Node], adds: _Adds) -> None:
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


def _under_sums(nodes: list[Node], adds: _Adds) -> None:
    """Every 小计 and 合计 with the rows that it sums."""
    for node in nodes:
        if node.kind is RowKind.SUBTOTAL:
            _settle(nodes, node, _of_subtotal(nodes, node), adds)
    for node in nodes:
        if node.kind is RowKind.TOTAL:
            _settle(nodes, node, _of_total(nodes, node), adds)


def _settle(nodes: list[Node], whole: Node, candidates: Sequence[list[int]], adds: _Adds) -> None:
    """Give a sum its rows: the candidate that the numbers bear out, else the first if the print leaves no doubt."""
    sensible = [item for item in candidates if item]
    proven = next((item for item in sensible if adds(whole.position, item)), None)
    proven = proven or next((item for item in sensible if adds.witness(whole.position, item).proves), None)
    if proven:
        _give(nodes, whole, proven, Parts.ALL)
    elif sensible and not _nest(nodes, whole, sensible[0], adds):
        _give_unproven(nodes, whole, sensible[0], adds)


def _give_unproven(nodes: list[Node], whole: Node, parts: list[int], adds: _Adds) -> None:
    """No column bears it out: a plain 合计 is held against its rows all the same, unless they cannot be its parts."""
    witness = adds.witness(whole.position, parts)
    if witness.mixed or any(nodes[part].open for part in parts):
        return
    alone = sum(1 for node in nodes if node.kind is RowKind.TOTAL and node.stub.block == whole.stub.block) == 1
    if is_plain_sum(whole.stub.label):
        _give(nodes, whole, parts, Parts.UNKNOWN if witness.denies else Parts.ALL)
    elif alone and not witness.denies:
        _give(nodes, whole, parts, Parts.UNKNOWN)


def _give(nodes: list[Node], whole: Node, parts: Sequence[int], sure: Parts) -> None:
    above = _above(nodes, whole)
    for part in parts:
        if part not in above:
            nodes[part].parent, nodes[part].parts = whole.position, sure


def _above(nodes: list[Node], node: Node) -> set[int]:
    """The row itself and every whole over it."""
    found: set[int] = set()
    current: int | None = node.position
    while current is not None and current not in found:
        found.add(current)
        current = nodes[current].parent
    return found


def _nest(nodes: list[Node], whole: Node, parts: list[int], adds: _Adds) -> bool:
    """Rows that are sums of the rows right below them, without any sign of it but the numbers, under one total."""
    top: list[int] = []
    children: dict[int, list[int]] = {}
    at = 0
    while at < len(parts):
        end = next(
            (
                stop
                for stop in range(at + 3, min(at + _LOOK_AHEAD, len(parts)) + 1)
                if adds(parts[at], parts[at + 1 : stop])
            ),
            None,
        )
        top.append(parts[at])
        if end is not None:
            children[parts[at]] = parts[at + 1 : end]
        at = end or at + 1
    if not children or not adds(whole.position, top):
        return False
    _give(nodes, whole, top, Parts.ALL)
    for parent, below in children.items():
        _give(nodes, nodes[parent], below, Parts.ALL)
    return True


def _of_subtotal(nodes: list[Node], node: Node) -> list[list[int]]:
    """The rows of its own block; without blocks those since the last sum, or up to the next."""
    block = node.stub.block or node.group
    if block:
        same = [item for item in nodes if item is not node and _is_free(item) and item.kind is not RowKind.SUBTOTAL]
        within = [n.position for n in same if n.stub.block[: len(block)] == block or n.group == block]
        return [within, _run(nodes, node.position, -1)]
    return [_run(nodes, node.position, -1), _run(nodes, node.position, 1)]


def _of_total(nodes: list[Node], node: Node) -> list[list[int]]:
    """The rows that it may sum: those of its block, else all above or all below it, up to another total or not."""
    block = node.stub.block
    if block:
        within = [n for n in nodes if n is not node and _is_free(n) and n.stub.block[: len(block)] == block]
        return [[item.position for item in within]]
    before = [item.position for item in nodes[: node.position] if _is_free(item) or _is_sum(item)]
    after = [item.position for item in nodes[node.position + 1 :] if _is_free(item) or _is_sum(item)]
    last_sum = max((i for i in before if nodes[i].kind is RowKind.TOTAL), default=None)
    next_sum = min((i for i in after if nodes[i].kind is RowKind.TOTAL), default=None)
    since = [i for i in before if last_sum is None or i >= last_sum]
    until = [i for i in after if next_sum is None or i < next_sum]
    return [since, until, [i for i in since if i != last_sum], before, after]


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
