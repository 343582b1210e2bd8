"""Live figure tokens in texts: `{{key|unit places|vague}}`, optional clauses `[[…]]`, and typed digits.

A text of a report never holds a number of its own. It holds tokens, and each token prints the figure with
that key: `{{expenditure.total:actual|万元 2}}`. The unit is printed behind the number unless the text already
writes it there; an approximating word belongs to the figure and is printed with it. `[[…]]` is a clause that
is left out when one of its figures is not stated. A digit that somebody typed and that is not a date, a
document number or a list marker is flagged, because nothing backs it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rongji.kernel.figure import Figure, FigureKey, FigureSet, Nil
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import NotANumber, Quantity
from rongji.kernel.reading import ReadingKind, read_numbers
from rongji.kernel.reading.vague import WRITTEN_BEFORE, WRITTEN_BETWEEN, sense_of
from rongji.kernel.refusal import Refusal
from rongji.kernel.units import UNITS, UnitKind, count_family

TOKEN = re.compile(r"\{\{(?P<inner>[^{}]*)\}\}")
_CLAUSE = re.compile(r"\[\[(?P<inner>.*?)\]\]", re.DOTALL)
_BARE = "-"
EXACT = "准"
_RATIO_SIGNS = ("%", "‰")
NIL_WORDS = {Nil.BLANK: "", Nil.DASH: "－", Nil.NONE: "无"}


class UnreadableToken(Refusal):
    """A figure token whose parts cannot be understood."""

    code = "unreadable-token"
    sentence = (
        "数据引用“{token}”无法识别，应写成 {{{{数据编号|单位 小数位}}}}，例如 {{{{expenditure.total:actual|万元 2}}}}。"
    )


@dataclass(frozen=True, slots=True)
class Token:
    """One reference to a figure in a text.

    unit_name: unit to print in, empty for the stated one; bare: the unit is not printed (`-`, `-万元`).
    places: decimals to print, None for the stated ones; vague: 约 / 余 / …, 准 to drop the figure's own word.
    """

    key: FigureKey
    unit_name: str = ""
    places: int | None = None
    vague: str = ""
    bare: bool = False

    def __str__(self) -> str:
        unit_name = (_BARE if self.bare else "") + self.unit_name
        form = " ".join(part for part in (unit_name, "" if self.places is None else str(self.places)) if part)
        return (
            "{{"
            + "|".join([str(self.key), *([form] if form or self.vague else []), *([self.vague] * bool(self.vague))])
            + "}}"
        )


@dataclass(frozen=True, slots=True)
class Plain:
    """Words that hold no unbacked number."""

    text: str


@dataclass(frozen=True, slots=True)
class Backed:
    """A printed number and the figure it shows. `text` is the number, a ratio sign included."""

    text: str
    figure: Figure
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Unbacked:
    """Digits that somebody typed and no figure backs; `suggestions`: tokens of figures with that amount."""

    text: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A token that cannot be printed: no such figure, or a unit that does not fit."""

    token: str
    reason: str


Piece = Plain | Backed | Unbacked | Missing


def read_token(inner: str) -> Token:
    """Read what stands between the braces.

    Raises: UnreadableToken, UnreadableKey.
    """
    parts = [part.strip() for part in inner.split("|")]
    if not 1 <= len(parts) <= 3 or not parts[0]:
        raise UnreadableToken(token=inner)
    unit_name, places, bare = _read_format(parts[1] if len(parts) > 1 else "", inner)
    vague = parts[2] if len(parts) > 2 else ""
    if vague and vague != EXACT and sense_of(vague) is None:
        raise UnreadableToken(token=inner)
    return Token(FigureKey.parse(parts[0]), unit_name, places, vague, bare)


def _read_format(text: str, inner: str) -> tuple[str, int | None, bool]:
    words = text.split()
    places = int(words.pop()) if words and words[-1].isascii() and words[-1].isdigit() else None
    word = words.pop() if words else ""
    unit_name = word.removeprefix(_BARE)
    if words or (unit_name and unit_name not in UNITS):
        raise UnreadableToken(token=inner)
    return unit_name, places, word.startswith(_BARE)


def tokens_in(text: str) -> Iterator[Token]:
    """Every readable token of a text, in order."""
    for match in TOKEN.finditer(text):
        yield read_token(match["inner"])


def resolve(text: str, figures: FigureSet) -> tuple[Piece, ...]:
    """The pieces of a text with every token replaced by its printed figure.

    Optional clauses whose figures are not all stated are left out. Raises: nothing; unreadable or
    unknown tokens come back as `Missing`.
    """
    return tuple(_pieces(_without_empty_clauses(text, figures), figures))


def _without_empty_clauses(text: str, figures: FigureSet) -> str:
    def keep(match: re.Match[str]) -> str:
        inner = match["inner"]
        return inner if all(_is_stated(found["inner"], figures) for found in TOKEN.finditer(inner)) else ""

    return _CLAUSE.sub(keep, text)


def _is_stated(inner: str, figures: FigureSet) -> bool:
    try:
        figure = figures.get(read_token(inner).key)
    except Refusal:
        return True
    return figure is not None and figure.quantity is not None


def _pieces(text: str, figures: FigureSet) -> Iterator[Piece]:
    position = 0
    for match in TOKEN.finditer(text):
        before, after = text[position : match.start()], text[match.end() :]
        yield from split_digits(before, figures)
        yield from _printed(match["inner"], before, after, figures)
        position = match.end()
    yield from split_digits(text[position:], figures)


def _printed(inner: str, before: str, after: str, figures: FigureSet) -> Iterator[Piece]:
    try:
        token = read_token(inner)
    except Refusal as refusal:
        yield Missing("{{" + inner + "}}", str(refusal))
        return
    figure = figures.get(token.key)
    if figure is None:
        yield Missing(str(token), f"没有编号为“{token.key}”的数据")
        return
    yield from _with_words(figure, token, before, after)


def _with_words(figure: Figure, token: Token, before: str, after: str) -> Iterator[Piece]:
    if figure.quantity is None:
        yield Plain(nil_text(figure))
        return
    try:
        quantity = in_format(figure.quantity, token)
    except Refusal as refusal:
        yield Missing(str(token), str(refusal))
        return
    vague = "" if token.vague == EXACT else (token.vague or figure.vague)
    clash = "" if token.bare else _clashing_unit(after, quantity, vague)
    if clash:
        yield Missing(str(token), f"数据单位是“{quantity.unit_name}”，后面却写了“{clash}”，请改成一致")
        return
    if vague in WRITTEN_BEFORE and not before.endswith(vague):
        yield Plain(vague)
    unit_name = "" if token.bare else quantity.unit_name
    glued = unit_name if unit_name in _RATIO_SIGNS and not after.startswith(unit_name) else ""
    yield Backed(quantity.shown() + glued, figure, quantity)
    tail = _tail(after, "" if unit_name in _RATIO_SIGNS else unit_name, "" if vague in WRITTEN_BEFORE else vague)
    if tail:
        yield Plain(tail)


def nil_text(figure: Figure) -> str:
    """What a figure without a number says: blank, －, 无, or the word that was printed."""
    return NIL_WORDS.get(figure.nil, figure.printed) if figure.nil else figure.printed


def in_format(quantity: Quantity, token: Token) -> Quantity:
    """The quantity in the unit and with the places a token asks for.

    Raises: UnitsDiffer when the unit measures something else.
    """
    shown = quantity if token.unit_name in ("", quantity.unit_name) else quantity.to(token.unit_name)
    return shown if token.places is None else Quantity(shown.value, shown.unit_name, token.places)


def _tail(after: str, unit_name: str, vague: str) -> str:
    """Approximating word and unit to print behind the number, less what the text itself writes there."""
    if vague and after.startswith((vague, f"{unit_name}{vague}", f"{unit_name[:-1]}{vague}{unit_name[-1:]}")):
        return ""
    if _writes_unit(after, unit_name):
        return vague
    return f"{vague}{unit_name}" if vague in WRITTEN_BETWEEN else f"{unit_name}{vague}"


def _writes_unit(after: str, unit_name: str) -> bool:
    written = leading_unit(after)
    return bool(unit_name) and (after.startswith(unit_name) or count_family(written) == count_family(unit_name))


def leading_unit(text: str) -> str:
    """The unit of measure that a text begins with, the longest that fits; empty when there is none."""
    return max((name for name in UNITS if text.startswith(name)), key=len, default="")


def _clashing_unit(after: str, quantity: Quantity, vague: str) -> str:
    written = leading_unit(after.removeprefix(vague) if vague else after)
    kinds = (UnitKind.MONEY, UnitKind.RATIO)
    if written and UNITS[written].kind in kinds and written != quantity.unit_name:
        return written
    return ""


# --- typed digits ---------------------------------------------------------------------------------

_COUNTED = (ReadingKind.QUANTITY, ReadingKind.RANGE, ReadingKind.BARE)
_DIGITS = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?")


def split_digits(text: str, figures: FigureSet) -> Iterator[Piece]:
    """A stretch of typed text: plain words, and every number in it that is a quantity nothing backs."""
    position = 0
    for start, end, unit_name in typed_quantities(text):
        if start > position:
            yield Plain(text[position:start])
        yield Unbacked(text[start:end], suggestions(text[start:end], unit_name, figures))
        position = end
    if position < len(text):
        yield Plain(text[position:])


def typed_quantities(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text types a quantity in digits: start, end and unit of every number that is no date, marker or code.

    The unit is empty where the text gives none; both ends of a range are numbers of their own.
    """
    for reading in read_numbers(text):
        if reading.kind not in _COUNTED or reading.quantity is None:
            continue
        unit_name = reading.quantity.unit_name if reading.unit_given else ""
        found = [match.span() for match in _DIGITS.finditer(text, reading.start, reading.number_end)]
        if reading.joined:
            found = [(found[0][0], found[-1][1])]
        yield from ((start, end, unit_name) for start, end in found)


def unbacked_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every number that `typed_quantities` finds."""
    return ((start, end) for start, end, _ in typed_quantities(text))


def suggestions(text: str, unit_name: str, figures: FigureSet) -> tuple[str, ...]:
    """Tokens of the figures that state this very amount, for a typed number followed by `unit_name`."""
    if unit_name not in UNITS:
        return ()
    try:
        typed = Quantity.parse(text, unit_name)
    except (NotANumber, Refusal):
        return ()
    return tuple(str(Token(item.key, typed.unit_name, typed.places)) for item in _with_amount(typed, figures))


def _with_amount(typed: Quantity, figures: FigureSet) -> Iterator[Figure]:
    for key in tuple(figures.keys()):
        figure = figures.get(key)
        if figure and figure.quantity and _same_amount(figure.quantity, typed):
            yield figure


def _same_amount(stated: Quantity, typed: Quantity) -> bool:
    if not stated.unit.is_comparable_with(typed.unit):
        return False
    in_unit: Decimal = stated.base / typed.unit.factor
    return abs(in_unit - typed.value) * 2 <= Decimal(1).scaleb(-typed.places) and stated.value != 0


def with_tokens(text: str, figures: FigureSet) -> str:
    """The text with every typed number that exactly one figure states replaced by that figure's token."""
    parts: list[str] = []
    position = 0
    for start, end, unit_name in typed_quantities(text):
        found = suggestions(text[start:end], unit_name, figures)
        parts += [text[position:start], found[0] if len(found) == 1 else text[start:end]]
        position = end
    return "".join([*parts, text[position:]])


def text_findings(subject: str, text: str, figures: FigureSet) -> Iterator[Finding]:
    """What is wrong with the numbers of one text: tokens that print nothing, digits that nothing backs."""
    for piece in resolve(text, figures):
        if isinstance(piece, Missing):
            yield Finding(
                "text_token_is_a_figure",
                Verdict.DEFECT,
                f"{piece.token}：{piece.reason}。",
                subject=subject,
                remedy="改用已有的数据编号，或先在工作簿中补录这项数据。",
            )
        elif isinstance(piece, Unbacked):
            advice = (
                f"改成 {piece.suggestions[0]}。" if piece.suggestions else "补录这项数据后改为引用，或改用文字表述。"
            )
            yield Finding(
                "typed_number_has_a_figure",
                Verdict.DEFECT,
                f"“{piece.text}”是手打数字，没有数据支撑。",
                subject=subject,
                remedy=advice,
            )


def shown_text(text: str, figures: FigureSet) -> str:
    """The text as a reader sees it."""
    return "".join(piece.token if isinstance(piece, Missing) else piece.text for piece in resolve(text, figures))


__all__ = [
    "TOKEN",
    "Backed",
    "Missing",
    "Piece",
    "Plain",
    "Token",
    "Unbacked",
    "UnreadableToken",
    "in_format",
    "nil_text",
    "read_token",
    "resolve",
    "shown_text",
    "split_digits",
    "suggestions",
    "text_findings",
    "tokens_in",
    "typed_quantities",
    "unbacked_spans",
    "with_tokens",
]
