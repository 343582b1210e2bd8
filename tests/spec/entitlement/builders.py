"""Claims and answers of the specification tables, written as a clerk would say them."""

from datetime import date

from rongji.kernel.month import Month
from rongji.rules.entitlement.account import Owed, owed
from rongji.rules.entitlement.claim import Claim, End, Start

AREA = "430621"
LATER = "2026-11-01"
D = date.fromisoformat


def month(text: str) -> Month:
    """2022-08."""
    return Month.parse(text)


def claim(
    benefit: str,
    key: str = "",
    *,
    units: int = 1,
    award: int = 1,
    area: str = AREA,
    start: Start = Start.APPROVED,
    basis: str = "2005-03-10",
    born: str = "1945-05-20",
    died: str | None = None,
    ended: str | None = None,
    end: End = End.NONE,
) -> Claim:
    """A claim of one person, long approved and old enough unless told otherwise."""
    return Claim(
        person_id=1,
        award_id=award,
        term_id=award,
        benefit=benefit,
        standard_key=key,
        area=area,
        units=units,
        start=start,
        basis_on=D(basis),
        born_on=D(born),
        died_on=D(died) if died else None,
        ended_on=D(ended) if ended else None,
        end=end,
    )


def owed_for(claims: Claim | list[Claim], text: str, known_on: str = LATER, law=None) -> list[int]:
    """Fen owed for each claim in one month, as known on a day."""
    return [item.fen for item in judged(claims, text, known_on, law)]


def judged(claims: Claim | list[Claim], text: str, known_on: str = LATER, law=None) -> tuple[Owed, ...]:
    """The whole answer of the judge."""
    found = claims if isinstance(claims, list) else [claims]
    return owed(found, month(text), D(known_on), law)


def arrears(one: Claim, first: str, last: str, before: str, after: str, law=None) -> int:
    """What the months from first to last come to as known on the second day, less what they came to on the first."""
    return total_owed(one, first, last, after, law) - total_owed(one, first, last, before, law)


def total_owed(one: Claim, first: str, last: str, known_on: str, law=None) -> int:
    """Fen owed for all the months from first to last as known on a day."""
    return sum(item.fen for m in month(first).until(month(last)) for item in owed([one], m, D(known_on), law))


def local_row(effective: str, known: str, value: str, keys: str = "", trust: str = "official") -> str:
    """One row of a local table."""
    return f"  - {{{keys}effective: {effective}, known: {known}, act: made-up, trust: {trust}, value: {value}}}\n"
