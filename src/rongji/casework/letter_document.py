"""A letter of a case as an official document: unit, title, number, addressee, body, signature, place of the seal.

The paper is that of GB/T 9704 and comes with the writers; what is printed is exactly what was issued.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rongji.casework.selectors.facts import LetterFacts
from rongji.documents.build import paragraph
from rongji.documents.model import Align, Block, Document, PageBreak, SignatureBlock, Text, Title

_ADDRESSEE_END = ("：", ":")
_LONGEST_ADDRESSEE = 60
_ITEM = re.compile(r"[一二三四五六七八九十]+、")
SEAL = "（印章）"
_EMPTY_LINE = "\u3000"  # GB/T 9704: one line stays empty above the addressee


def letter_document(
    *, unit: str, title: str, number: str, issued_on: date, paragraphs: Sequence[str], copies: str = ""
) -> Document:
    """The letter as a document. unit: who signs; number: as issued; copies: to whom else it goes (抄送)."""
    blocks = tuple(_blocks(unit, title, number, issued_on, paragraphs, copies))
    properties = {"unit": unit, "number": number}
    return Document(f"{unit}{title}", blocks, properties=properties, dated_on=issued_on)


def letters_document(letters: Sequence[LetterFacts], *, title: str) -> Document:
    """Letters one after the other for printing: each begins on a page of its own, numbered from 1 again."""
    blocks: list[Block] = []
    for letter in letters:
        blocks += [PageBreak(numbers_anew=True)] if blocks else []
        blocks += _blocks(letter.unit, letter.title, letter.number, letter.issued_on, letter.paragraphs, "")
    last = max((letter.issued_on for letter in letters), default=None)
    return Document(title, tuple(blocks), properties={"letters": str(len(letters))}, dated_on=last)


def letter_file_name(*, title: str, number: str, ending: str) -> str:
    """Under which name the file is saved: the title and the number, nothing that a file system minds."""
    plain = re.sub(r"[\\/:*?\"<>|\s]+", "-", f"{title} {number}".strip())
    return f"{plain}.{ending}"


def _blocks(
    unit: str, title: str, number: str, issued_on: date, paragraphs: Sequence[str], copies: str
) -> Iterator[Block]:
    yield Title((unit, title))
    yield paragraph(number, align=Align.CENTER, indent=False)
    yield paragraph(_EMPTY_LINE, indent=False)
    for place, words in enumerate(paragraphs):
        yield paragraph(words, indent=not (place == 0 and _is_addressee(words)), align=_alignment(words))
    yield SignatureBlock(((Text(unit),), (Text(SEAL),), (Text(_day(issued_on)),)))
    if copies:
        yield paragraph(f"抄送：{copies}", indent=True)


def _is_addressee(words: str) -> bool:
    """Whether a first paragraph names whom the letter is to: short and ending in a colon, flush left."""
    return words.endswith(_ADDRESSEE_END) and len(words) <= _LONGEST_ADDRESSEE


def _alignment(words: str) -> Align:
    """Short items stand left, so that they are not spread over the line."""
    return Align.LEFT if _ITEM.match(words) and len(words) < 20 else Align.AUTO


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
