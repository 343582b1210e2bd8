"""Text of a foreign document as markup: everything escaped, nothing that changes the direction of reading."""

import re
from collections.abc import Iterable
from html import escape

from rongji.audit.marking import Piece, Stretch
from rongji.documents.layout import printable
from rongji.kernel.finding import Verdict

# Characters that make a reader see another order of characters than the file holds.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_GRAVE = (Verdict.CONTRADICTION, Verdict.QUESTION)


def words(text: str) -> str:
    """Plain words, escaped."""
    return escape(_TURNING.sub("", printable(text)))


def pieces(found: Iterable[Piece], prefix: str) -> str:
    """Words with their marks; a mark leads to the first of its findings."""
    return "".join(_piece(item, prefix) for item in found)


def _piece(piece: Piece, prefix: str) -> str:
    if not piece.stretches or not piece.text.strip():
        return words(piece.text)
    target = piece.stretches[0].claims[0]
    return f'<a href="#{prefix}-{target}"{attributes(piece.stretches, prefix, piece.anchor)}>{words(piece.text)}</a>'


def attributes(stretches: Iterable[Stretch], prefix: str, anchor: str = "", *extra: str) -> str:
    """Class, anchor and findings of a marked element; what is grave can be reached by keyboard."""
    here = tuple(stretches)
    claims = dict.fromkeys(claim for stretch in here for claim in stretch.claims)
    verdict = gravest(here)
    names = " ".join(("au-mark", f"is-{verdict.value}", *extra))
    told = " ".join(f"{prefix}-{claim}" for claim in claims)
    identity = f' id="{anchor}"' if anchor else ""
    reach = "" if verdict in _GRAVE else ' tabindex="-1"'
    return f' class="{names}"{identity} data-claims="{told}"{reach}'


def gravest(stretches: Iterable[Stretch]) -> Verdict:
    """The gravest verdict of some marks."""
    found = {stretch.verdict for stretch in stretches}
    return next(verdict for verdict in (*_GRAVE, Verdict.ROUNDING, Verdict.HOLDS) if verdict in found)
