"""决算九表之间: the same amount in two tables, an amount made of those of another table, a part within its whole.

Which cell is to equal which is data (`legal/recognition/final-accounts.yaml`); tables that were read with doubt are
left alone.
"""

from collections.abc import Iterator

from rongji.checks import relations
from rongji.checks.registry import document_check
from rongji.checks.stated.final_accounts.cells import NineTables, nine_tables, table_relations
from rongji.checks.stated.model import StatedDocument
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Spot

_BASIS = "部门决算公开报表之间的勾稽关系"
_EVERY = "class:*"


@document_check(title="决算各表同一数一致", basis=_BASIS)
def final_account_tables_agree(document: StatedDocument) -> Iterator[Finding]:
    """An amount that several of the nine tables print is the same in all of them (本年收入合计、财政拨款各合计…)."""
    for tables in nine_tables(document):
        for relation in table_relations():
            for places in _spread(tables, tuple(relation.get("same", ()))):
                yield from _same(tables, places)


@document_check(title="决算各表分项与总数衔接", basis=_BASIS)
def final_account_tables_add_up(document: StatedDocument) -> Iterator[Finding]:
    """An amount of one table is the sum of amounts of another (基本支出 = 人员经费 + 公用经费)."""
    for tables in nine_tables(document):
        for relation in table_relations():
            whole = tables.figure(relation["sum"]) if "sum" in relation else None
            parts = [figure for place in relation.get("of", ()) if (figure := tables.figure(place))]
            known = all(tables.is_printed(place) for place in relation.get("of", ()))
            if whole is not None and parts and known:
                yield relations.sum_of_parts(whole, relations.positive(parts))


@document_check(title="决算各表部分不大于整体", basis=_BASIS)
def final_account_parts_stay_within(document: StatedDocument) -> Iterator[Finding]:
    """What is some of an amount in another table does not exceed it (财政拨款支出、基本支出中的“三公”经费)."""
    for tables in nine_tables(document):
        for relation in table_relations():
            places = (relation["within"], *relation["parts"]) if "within" in relation else ()
            for whole_place, *part_places in _spread(tables, places):
                yield from _within(tables, whole_place, part_places)


def _spread(tables: NineTables, places: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The places as they are, or once for every 类 where they stand for all of them."""
    if not places:
        return
    if not any(_EVERY in place for place in places):
        yield tuple(places)
        return
    for name in tables.classes:
        yield tuple(place.replace(_EVERY, name) for place in places)


def _same(tables: NineTables, places: tuple[str, ...]) -> Iterator[Finding]:
    """The first that is printed against every later one."""
    found = [figure for place in places if (figure := tables.figure(place))]
    if not found:
        return
    for other in found[1:]:
        yield relations.same_amount(found[0], other)
    for place in places:
        blank = tables.blank(place)
        if blank is not None and found[0].quantity and found[0].quantity.value:
            yield _left_blank(found[0], *blank)


def _left_blank(figure: Figure, name: str, spot: Spot) -> Finding:
    text = f"{figure.label} {figure.quantity}，{name}应为同一数，却没有填数，不能断定。"
    return Finding(
        "",
        Verdict.QUESTION,
        text,
        (figure,),
        stated=figure.quantity,
        spots=(spot,),
        remedy="补填空白处，或查明哪一处有误。",
    )


def _within(tables: NineTables, whole_place: str, part_places: list[str]) -> Iterator[Finding]:
    whole = tables.figure(whole_place)
    parts = [figure for place in part_places if (figure := tables.figure(place))]
    if whole is None or not parts:
        return
    yield relations.parts_within(whole, parts)
