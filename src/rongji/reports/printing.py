"""From a template to printed runs: tokens resolved, every number an inline figure with its standing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rongji.documents.model import FigureRef, Run, Status, Text
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Nil
from rongji.kernel.finding import VERDICT_LABELS, Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.kernel.units import UnitKind, unit
from rongji.reports import tokens
from rongji.reports.tokens import Backed, Missing, Piece, Plain, Unbacked

MISSING = "〔缺数据〕"


@dataclass(frozen=True, slots=True)
class Style:
    """How numbers are printed at one spot: in a table money goes in one unit that the caption names.

    nil: word per kind of empty cell (blank, dash, none, zero).
    """

    in_table: bool = False
    unit: str = ""
    places: int | None = None
    nil: Mapping[str, str] = field(default_factory=dict)


NARRATIVE = Style()


@dataclass(frozen=True, slots=True)
class Printed:
    """What one template came to. sole: the only figure when nothing but its unit stands beside it."""

    runs: tuple[Run, ...]
    sole: Backed | None = None

    @property
    def text(self) -> str:
        """The words as a reader sees them."""
        return "".join(run.text for run in self.runs)


@dataclass
class Printer:
    """Prints texts from one set of figures and remembers what is wrong with them.

    troubles: findings by figure key. trust_marks: whether unconfirmed bases are noted beside the figure.
    """

    figures: FigureSet
    troubles: Mapping[FigureKey, str] = field(default_factory=dict)
    checked: bool = False
    defects: list[Finding] = field(default_factory=list)
    printed: dict[FigureKey, Figure] = field(default_factory=dict)

    def print(self, text: str, style: Style = NARRATIVE, subject: str = "") -> Printed:
        """The runs of one filled-in template."""
        source = _with_defaults(text, style, self.figures) if style.in_table else text
        pieces = tokens.resolve(source, self.figures)
        runs = tuple(self._run(piece, style, subject) for piece in self._nils(source, pieces, style))
        return Printed(tuple(run for run in runs if run.text), _sole(pieces))

    def _nils(self, source: str, pieces: tuple[Piece, ...], style: Style) -> tuple[Piece, ...]:
        """A cell that is one token without a number follows the form's convention for empty cells."""
        found = list(tokens.tokens_in(source)) if style.in_table and _is_one_token(source) else []
        if len(found) != 1:
            return pieces
        figure = self.figures.get(found[0].key)
        if figure is None:
            return (Plain(style.nil.get("blank", "")),)
        if figure.quantity is None and figure.nil in (Nil.BLANK, Nil.DASH, Nil.NONE):
            return (Plain(style.nil.get(figure.nil.value, tokens.nil_text(figure))),)
        if figure.quantity is not None and figure.quantity.value == 0 and "zero" in style.nil:
            return (replace_text(pieces[0], style.nil["zero"]),)
        return pieces

    def _run(self, piece: Piece, style: Style, subject: str) -> Run:
        match piece:
            case Plain(text):
                return Text(text)
            case Backed(text, figure):
                self.printed.setdefault(figure.key, figure)
                return FigureRef(text, str(figure.key), self._status(figure.key), self._note(figure))
            case Unbacked(text, suggestions):
                self._defect(
                    "typed-number-has-a-figure", subject, f"“{text}”是手打数字，没有数据支撑。", _advice(suggestions)
                )
                return FigureRef(text, "", Status.UNBACKED, "手打数字，没有数据支撑")
            case Missing(token, reason):
                self._defect(
                    "text-token-is-a-figure", subject, f"{token}：{reason}。", "改用已有的数据编号，或补录这项数据。"
                )
                return FigureRef(MISSING, "", Status.UNBACKED, reason)

    def _status(self, key: FigureKey) -> Status:
        if key in self.troubles:
            return Status.TROUBLE
        return Status.OK if self.checked else Status.PLAIN

    def _note(self, figure: Figure) -> str:
        return self.troubles.get(figure.key, "")

    def _defect(self, check: str, subject: str, explanation: str, remedy: str) -> None:
        finding = Finding(check, Verdict.DEFECT, explanation, subject=subject, remedy=remedy)
        if finding not in self.defects:
            self.defects.append(finding)


def troubles_by_key(findings: tuple[Finding, ...]) -> dict[FigureKey, str]:
    """The first trouble that stands against each figure, in one line."""
    found: dict[FigureKey, str] = {}
    for finding in findings:
        if finding.verdict is Verdict.CONTRADICTION:
            for figure in finding.figures:
                found.setdefault(figure.key, f"{VERDICT_LABELS[finding.verdict]}：{finding.explanation}")
    return found


def replace_text(piece: Piece, text: str) -> Piece:
    """The same number printed as the form's word for it."""
    return replace(piece, text=text) if isinstance(piece, Backed) else piece


def _advice(suggestions: tuple[str, ...]) -> str:
    return f"改成 {suggestions[0]}。" if suggestions else "补录这项数据后改为引用，或改用文字表述。"


def _is_one_token(text: str) -> bool:
    return text.startswith("{{") and text.endswith("}}") and text.count("{{") == 1


def _with_defaults(text: str, style: Style, figures: FigureSet) -> str:
    """Tokens without a format get the table's: money in its unit, nothing but ratio signs behind the number."""

    def formatted(inner: str) -> str:
        try:
            token = tokens.read_token(inner)
        except Refusal:
            return "{{" + inner + "}}"
        figure = figures.get(token.key)
        if figure is None or figure.quantity is None or token.unit_name or token.bare:
            return str(token)
        return str(_formatted(token, figure.quantity, style))

    return tokens.TOKEN.sub(lambda match: formatted(match["inner"]), text)


def _formatted(token: tokens.Token, quantity: Quantity, style: Style) -> tokens.Token:
    kind = unit(quantity.unit_name).kind
    if kind is UnitKind.MONEY and style.unit:
        return replace(
            token, unit_name=style.unit, places=token.places if token.places is not None else style.places, bare=True
        )
    return token if kind is UnitKind.RATIO else replace(token, bare=True)


def _sole(pieces: tuple[Piece, ...]) -> Backed | None:
    """The one number of a cell, if at most its own unit stands behind it."""
    backed = [piece for piece in pieces if isinstance(piece, Backed)]
    words = "".join(piece.text for piece in pieces if isinstance(piece, Plain))
    if len(backed) != 1 or backed[0].quantity is None or any(isinstance(piece, Missing | Unbacked) for piece in pieces):
        return None
    return backed[0] if words in ("", backed[0].quantity.unit_name) else None
