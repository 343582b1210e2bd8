"""One question for a rate: which benefit, at which key words, in which area and month, under the law as known."""

from dataclasses import dataclass

from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.law.model import Row
from rongji.law.shapes.benefit import Benefit
from rongji.law.values import table_named
from rongji.rules.entitlement.as_known import LawAsKnown
from rongji.rules.entitlement.refusals import KeyDoesNotFit, StandardNotInForce, UnknownStandardKey

SEPARATOR = "|"


@dataclass(frozen=True)
class Request:
    """What a rate is asked for. words: the claim's key words, one per key of the benefit."""

    known: LawAsKnown
    benefit_id: str
    kind: Benefit
    words: tuple[str, ...]
    area: str
    month: Month

    def find(self, table: str, **keys: str) -> Row | None:
        """A row of any table in force on the first day of the month. Raises: ValueIsMissing."""
        return self.known.find(table, on=self.month.first_day, area=self.area, **keys)

    def needed(self, table: str, **keys: str) -> Row:
        """The same; refused where nothing is in force.

        Raises: StandardNotInForce, UnknownStandardKey, ValueIsMissing.
        """
        row = self.find(table, **keys)
        if row is None:
            raise self.refusal(table, tuple(keys.values()))
        return row

    def refusal(self, table: str, words: tuple[str, ...]) -> Refusal:
        """Why nothing was found: a word the table never had, or a month without a standard."""
        if self.known.has_table(table, self.area):
            known = table_named(table, region=self.area, law=self.known.book).by_key
            if words not in known:
                listed = "、".join(SEPARATOR.join(key) for key in known)
                return UnknownStandardKey(label=self.kind.label, given=SEPARATOR.join(words), known=listed)
        return StandardNotInForce(
            month=self.month.label,
            label=self.kind.label,
            key=f"（{'、'.join(words)}）" if words else "",
            known_on=self.known.known_on,
            area=self.area or "区划代码",
        )


def key_words(kind: Benefit, standard_key: str) -> tuple[str, ...]:
    """The words of a claim's key, one for each key of the standard.

    Raises: KeyDoesNotFit.
    """
    words = tuple(standard_key.split(SEPARATOR)) if standard_key else ()
    if len(words) != len(kind.keys) or not all(words):
        names = "、".join(KEY_LABELS.get(name, name) for name in kind.keys) or "空白（没有档次）"
        raise KeyDoesNotFit(label=kind.label, expected=names, given=standard_key)
    return words


KEY_LABELS = {
    "cause": "伤残性质",
    "grade": "伤残等级",
    "kind": "类别",
    "insurance": "险种",
    "base": "缴费基数",
    "level": "职级",
}
