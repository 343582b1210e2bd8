"""分值与得分（正文）: points that running text gives block by block, against their weights, rates and the total.

`产出指标50分，得48分；…综合得分95分`. Which blocks are parts of which is seen from their weights: blocks that make full
marks are all of them, blocks that make the weight of the one before them are its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from rongji.checks import relations
from rongji.checks.excuses import asked, unless_cut_off
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.outline import Item, Outline, outline_of
from rongji.checks.stated.grammar.score_words import TOTAL_SCORE, is_block_score, is_total_score
from rongji.checks.stated.memo import once_per_passage
from rongji.checks.stated.model import Passage, StatedDocument
from rongji.checks.stated.words import full_marks
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_BASIS = "财预〔2020〕10号：各项分值合计为满分，总分为各项得分之和"
_NAMED_SCORE = re.compile(r"(?:得分|评分|自评分|实得|得)$")
_WEIGHT_WORDS = re.compile(r"(?:分值|满分|权重|标准分|总分值|应得分?)$")
_BRACKETS = re.compile(r"[（(][^（()）]{0,12}[)）]")
_TAKEN = re.compile(r"扣(?:减|除|掉|去)?分?$")
_BONUS = re.compile(r"加分|附加|奖励分")
_RATE = re.compile(r"得分率")
_TWO = 2
_MOST = 60
_ELSEWHERE = "总分写在别处，可能不是这几项的合计。"
_MAYBE_PARTS = "所列各项是不是该块的全部分项，不能断定。"


@dataclass
class Block:
    """One block of points: its weight, its score, what was taken off, the rate of its score."""

    passage: Passage
    weight: Item | None = None
    score: Item | None = None
    taken: Item | None = None
    rate: Item | None = None

    @property
    def points(self) -> Fraction:
        """Its weight as a number."""
        return Fraction(self.weight.quantity.value) if self.weight else Fraction(0)

    @property
    def is_whole(self) -> bool:
        """Whether weight and score are both printed."""
        return self.weight is not None and self.score is not None


@document_check(title="正文：各块得分", basis=_BASIS)
def prose_block_scores_fit(document: StatedDocument) -> Iterator[Finding]:
    """A block's score is at most its weight, its weight less what was taken off, its rate of the weight."""
    for passage in document.passages:
        for block in _blocks(passage):
            if block.weight and block.score:
                yield from _of_one(block, _weight(block), _score(block))


@document_check(title="正文：各块得分之和与总分", basis=_BASIS)
def prose_scores_add_up(document: StatedDocument) -> Iterator[Finding]:
    """Blocks whose weights make full marks are all of them: their scores make the total score.

    A total that stands elsewhere in the document is asked about, not accused.
    """
    blocks = [block for passage in document.passages for block in _blocks(passage)]
    for parts in _complete([item for item in blocks if item.is_whole]):
        yield relations.sum_of_parts(_full_marks(), relations.positive([_weight(item) for item in parts]))
        yield from _against_total(document, parts)


@document_check(title="正文：分块得分与其分项", basis=_BASIS)
def prose_block_scores_add_up(document: StatedDocument) -> Iterator[Finding]:
    """The scores of the items whose weights make the weight of the block before them make its score."""
    for passage in document.passages:
        for block, parts in _families([item for item in _blocks(passage) if item.is_whole]):
            scores = relations.positive([_score(item) for item in parts])
            finding = relations.sum_of_parts(_score(block), scores)
            yield asked(finding, _MAYBE_PARTS, "核对各项得分。") if _is_wrong(finding) else finding


def _of_one(block: Block, weight: Figure, score: Figure) -> Iterator[Finding]:
    if not _BONUS.search(weight.label + score.label):
        yield relations.at_most(score, weight, remedy="得分最高为该项分值，改正得分或分值。")
    if block.taken:
        yield relations.sum_of_parts(score, [(1, weight), (-1, block.taken.figure)])
    if block.rate and weight.quantity and weight.quantity.value:
        yield unless_cut_off(relations.ratio(block.rate.figure, score, weight))


def _against_total(document: StatedDocument, parts: Sequence[Block]) -> Iterator[Finding]:
    passages = {id(item.passage): item.passage for item in parts}
    near = [item.figure for passage in passages.values() for item in outline_of(passage).items if is_total_score(item)]
    found = _only(near) or _only([item for item in document.figures if item.key.concept == TOTAL_SCORE])
    if found is None:
        return
    finding = relations.sum_of_parts(found, relations.positive([_score(item) for item in parts]))
    if _is_wrong(finding) and not near:
        finding = asked(finding, _ELSEWHERE, "核对各块得分与总分。")
    yield finding


def _only(figures: Sequence[Figure]) -> Figure | None:
    """The one value that all of them state."""
    known = [item for item in figures if item.quantity]
    return known[0] if len({item.quantity.value for item in known if item.quantity}) == 1 else None


def _complete(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Runs of blocks that make full marks, each by itself or with details below them."""
    place = 0
    while place < len(blocks):
        run = _run(blocks, place, full_marks()) or _nested_run(blocks, place)
        if run:
            yield [blocks[number] for number in run]
            place = run[-1]
        place += 1


def _run(blocks: Sequence[Block], start: int, due: int | Fraction) -> list[int]:
    """The blocks from a place on that make a number of points, one after the other."""
    found, total = list[int](), Fraction(0)
    for number in range(start, min(len(blocks), start + _MOST)):
        total += blocks[number].points
        found.append(number)
        if total >= due:
            return found if total == due and len(found) >= _TWO else []
    return []


def _nested_run(blocks: Sequence[Block], start: int) -> list[int]:
    """As `_run`, leaving out those that make the weight of the block before them."""
    found, total, number = list[int](), Fraction(0), start
    while number < min(len(blocks), start + _MOST) and total < full_marks():
        found.append(number)
        total += blocks[number].points
        inner = _run(blocks, number + 1, blocks[number].points)
        number = (inner[-1] if inner else number) + 1
    return found if total == full_marks() and len(found) >= _TWO else []


def _families(blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Block]]]:
    """Blocks with the items behind them that make their weight, where these are not full marks by themselves."""
    if _run(blocks, 0, full_marks()):
        return
    for number, block in enumerate(blocks):
        inner = _run(blocks, number + 1, block.points)
        if inner:
            yield block, [blocks[place] for place in inner]


@once_per_passage
def _blocks(passage: Passage) -> list[Block]:
    """The blocks of a passage in order."""
    outline = outline_of(passage)
    return list(_read(outline)) if any(item.kind is UnitKind.SCORE for item in outline.items) else []


def _read(outline: Outline) -> Iterator[Block]:
    current: Block | None = None
    items = [item for item in outline.items if item.kind is UnitKind.SCORE or _RATE.search(item.phrase.label)]
    for item, following in pairwise([*items, None]):
        if item is None:
            break
        if item.kind is not UnitKind.SCORE:
            _rated(current, item)
        elif current and _TAKEN.search(item.phrase.label) and item.sentence == _last(current).sentence:
            current.taken = item
        elif current and _scores(outline, current, item):
            current.score = item
        elif current and _weighs(outline, current, item):
            current.weight = item
        elif not is_total_score(item):
            if current:
                yield current
            current = _opened(outline, item, following)
    if current:
        yield current


def _opened(outline: Outline, item: Item, following: Item | None) -> Block | None:
    if _NAMED_SCORE.search(item.phrase.label):
        named = _NAMED_SCORE.sub("", item.phrase.label)
        return Block(outline.passage, score=item) if len(named) >= _TWO else None
    near = following is not None and following.kind is UnitKind.SCORE and following.sentence == item.sentence
    return Block(outline.passage, weight=item) if near else None


def _scores(outline: Outline, block: Block, item: Item) -> bool:
    """Whether a number is the score of the block whose weight was just printed."""
    if block.score or block.weight is None or item.sentence != block.weight.sentence:
        return False
    if is_block_score(item.phrase.label):
        return True
    behind_bracket = outline.syntax.text[block.weight.mention.end : item.mention.start].lstrip()[:1] in "）)"
    return block.weight.group != item.group and behind_bracket and bool(_NAMED_SCORE.search(item.phrase.label))


def _weighs(outline: Outline, block: Block, item: Item) -> bool:
    """Whether a number is the weight of the block whose score was just printed (得 18 分（满分 20 分）)."""
    if block.weight or block.score is None:
        return False
    opening = outline.syntax.bracket_after(block.score.mention.end)
    return opening is not None and opening == item.group and not is_block_score(item.phrase.label)


def _rated(block: Block | None, item: Item) -> None:
    if block and block.is_whole and item.sentence == _last(block).sentence:
        block.rate = item


def _last(block: Block) -> Item:
    item = block.score or block.weight
    assert item
    return item


def _weight(block: Block) -> Figure:
    assert block.weight
    return replace(block.weight.figure, label=f"{_name(block)}分值")


def _score(block: Block) -> Figure:
    assert block.score
    return replace(block.score.figure, label=f"{_name(block)}得分")


def _name(block: Block) -> str:
    """What the block is called, by the words before its first number."""
    labels = [item.phrase.label for item in (block.weight, block.score) if item]
    names = (_BRACKETS.sub("", _NAMED_SCORE.sub("", _WEIGHT_WORDS.sub("", label))) for label in labels)
    return next((name for name in names if name), "该块")


def _is_wrong(finding: Finding) -> bool:
    return finding.verdict is Verdict.CONTRADICTION


def _full_marks() -> Figure:
    quantity = Quantity(Decimal(full_marks()), "分", 0)
    return Figure(FigureKey("满分"), "满分", Source(SourceKind.DECLARED), quantity, quantity.shown(), statement="text")
