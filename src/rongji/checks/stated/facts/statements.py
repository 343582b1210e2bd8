"""同一事实: what a document states of one fact in several places — tables, text, cover — is one number."""

from collections.abc import Iterator
from decimal import Decimal

from rongji.checks import relations
from rongji.checks.excuses import asked, unless_shortened
from rongji.checks.registry import document_check
from rongji.checks.stated.facts.printings import Pair, is_known_fact, pairs, statements
from rongji.checks.stated.grammar.listings import listings_of
from rongji.checks.stated.model import StatedDocument
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind

Owners = dict[tuple[str, Decimal], set[FigureKey]]
_MANY = 3
_STAFF, _SERVING, _RETIRED = "实有人数", "在职人员", "离退休人员"


@document_check(title="同一事实各处数值一致")
def printings_agree(document: StatedDocument) -> Iterator[Finding]:
    """Every further printing of a fact says what the leading one says; fewer places are its rounding.

    A name that may be shared by several things is asked about where the numbers are akin, and left alone where they
    are far apart. A number that equals the same fact on another basis or of another year is a question of basis. A
    name with three numbers or more is hardly of one thing: asked about, once. Slips between 元 and 万元 are left to
    the check of units.
    """
    stated = statements(document)
    owners, wholes = _owners(stated), _wholes(document)
    many = {key for key, figures in stated.items() if len(figures) >= _MANY and _numbers_of(figures) >= _MANY}
    of_lists = {key for key in many if not is_known_fact(key) and any(id(item) in wholes for item in stated[key])}
    told: set[FigureKey] = set()
    for pair in pairs(document):
        key = pair.other.key
        if pair.is_unit_slip or (key in many and key in told and pair.differs):
            continue
        if key in of_lists and pair.differs:
            continue
        if key in many and pair.differs:
            told.add(key)
            note = f"文中该名称共有 {_numbers_of(stated[key])} 个不同的数，可能说的不是同一件事。"
            yield asked(pair.finding, note, "写明各指什么，或改正写错的各处。")
        elif not pair.finding.agrees:
            yield from _doubted(pair, owners, wholes)
        else:
            yield pair.finding


@document_check(title="实有人数与在职人数衔接", level=Verdict.QUESTION)
def headcounts_agree(document: StatedDocument) -> Iterator[Finding]:
    """A headcount is the number of people in post, with or without those who retired; alone it may hold others too."""
    stated = statements(document)
    of = {key.concept: figures[0] for key, figures in stated.items() if not key.unit and _is_count(figures[0])}
    staff, serving, retired = of.get(_STAFF), of.get(_SERVING), of.get(_RETIRED)
    if staff is None or serving is None:
        return
    found = relations.same_amount(staff, serving)
    if found.verdict is Verdict.CONTRADICTION and retired is not None:
        found = relations.sum_of_parts(staff, relations.positive([serving, retired]))
    elif found.verdict is Verdict.CONTRADICTION and (found.difference or 0) > 0:
        return
    if found.verdict is Verdict.CONTRADICTION:
        found = asked(found, "统计口径可能不同。", "注明人数的统计口径（是否含离退休、临聘人员）。")
    yield found


def _doubted(pair: Pair, owners: Owners, wholes: dict[int, Figure]) -> Iterator[Finding]:
    finding = pair.finding
    if pair.other.quantity and pair.other.quantity.unit.kind is UnitKind.SCORE:
        finding = unless_shortened(finding, pair.leading.quantity, pair.other.quantity)
    key = pair.other.key
    others = {item for figure in (pair.leading, pair.other) for item in owners.get(_mark(figure), ())} - {key}
    if others:
        note = "其中一个数等于同一事实另一口径或另一年度的数，可能口径不同。"
        yield asked(finding, note, "写明口径和年度，或改正写错的一处。")
    elif is_known_fact(key):
        far = asked(finding, "两处相差悬殊，可能说的不是同一件事。", "写明各指什么，或改正写错的一处。")
        yield finding if pair.is_akin else far
    elif pair.is_akin and pair.may_be_one_fact and not _are_of_two(pair, wholes):
        yield asked(finding, "名称相同，可能说的不是同一件事。", "确为同一事实的，查明哪一处正确，另一处照改。")


def _wholes(document: StatedDocument) -> dict[int, Figure]:
    """Of every part of a list in running text the total that it is a part of."""
    lists = (listing for passage in document.passages for listing in listings_of(passage))
    return {id(part.figure): listing.whole.figure for listing in lists for part in listing.parts}


def _are_of_two(pair: Pair, wholes: dict[int, Figure]) -> bool:
    """Whether two numbers of one name are parts of different totals."""
    one, other = wholes.get(id(pair.leading)), wholes.get(id(pair.other))
    if one is None or other is None or one.quantity is None or other.quantity is None:
        return False
    return one.quantity.base != other.quantity.base


def _owners(stated: dict[FigureKey, list[Figure]]) -> Owners:
    """Every name with every number that is printed under it, and the keys that state that number."""
    found: Owners = {}
    for key, figures in stated.items():
        for figure in figures:
            if figure.quantity and figure.quantity.value:
                found.setdefault(_mark(figure), set()).add(key)
    return found


def _mark(figure: Figure) -> tuple[str, Decimal]:
    return figure.key.concept, figure.quantity.base if figure.quantity else Decimal(0)


def _numbers_of(figures: list[Figure]) -> int:
    """How many different exact numbers a fact is printed with, its own roundings apart."""
    exact = sorted({item.quantity.base for item in figures if item.quantity and not item.vague})
    places = max((item.quantity.half_unit for item in figures if item.quantity), default=Decimal(0))
    return sum(1 for number, value in enumerate(exact) if number == 0 or value - exact[number - 1] > 2 * places)


def _is_count(figure: Figure) -> bool:
    return figure.quantity is not None and figure.quantity.unit.kind is UnitKind.COUNT
