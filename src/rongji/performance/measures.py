"""The registry of measures: what lower rooms can derive for a bureau-year, asked when its facts are read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rongji.accounts import measures as organisations
from rongji.accounts.kept import kept, rows_in
from rongji.accounts.trail import RoomStamps, room_stamps
from rongji.accounts.types import Actor
from rongji.awards import measures as awards
from rongji.budget import measures as budget
from rongji.casework import measures as casework
from rongji.kernel.bureau_year import UnitFacts
from rongji.kernel.figure import Figure, RowRef
from rongji.payments import measures as payments
from rongji.people import measures as people
from rongji.people.policies import SEE_PEOPLE
from rongji.placement import measures as placement
from rongji.services import measures as services

Derivation = Callable[[str, int, Mapping[str, str]], Iterable[Figure]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A source of derived figures: its name, what it counts in words, and the function that derives them.

    rooms: those whose records it reads, or the part of them; what they yielded holds until something is written there.
    """

    name: str
    label: str
    derive: Derivation
    rooms: frozenset[str]


_REGISTRY: dict[str, Measure] = {}


def measure(name: str, label: str, *rooms: str) -> Callable[[Derivation], Derivation]:
    """Register a derivation: (bureau, year, unit → unit that keeps its books) → figures with their rows.

    rooms: whose records it reads beside those of accounts, as the trail names them (`people`, or only `people/merges`).
    """

    def register(derive: Derivation) -> Derivation:
        if name in _REGISTRY:
            raise ValueError(f"measure {name} is declared twice")
        _REGISTRY[name] = Measure(name, label, derive, frozenset({"accounts", *rooms}))
        return derive

    return register


def all_measures() -> tuple[Measure, ...]:
    """Every registered measure, by name."""
    return tuple(_REGISTRY[name] for name in sorted(_REGISTRY))


@measure("budget", "预算指标、调整和账务凭证", "budget", "approvals", "payments")
def from_budget(bureau: str, year: int, books: Mapping[str, str]) -> Iterable[Figure]:
    """What budget lines, approved adjustments and postings add up to."""
    return budget.derived_figures(bureau, year, books)


@measure("organisations", "机构、所属单位和服务站")
def from_organisations(bureau: str, year: int, books: Mapping[str, str]) -> Iterable[Figure]:
    """What the tree of organisations counts."""
    return organisations.derived_figures(bureau)


@measure("people", "人员登记、身份、档案和年度确认", "people")
def from_people(bureau: str, year: int, books: Mapping[str, str]) -> Iterable[Figure]:
    """What the register of people counts."""
    return people.derived_figures(bureau, year)


@measure("awards", "待遇登记、终止和一次性待遇", "awards", "approvals", "people")
def from_awards(bureau: str, year: int, books: Mapping[str, str]) -> Iterable[Figure]:
    """What benefits and grants count."""
    return awards.derived_figures(bureau, year)


@measure("payments", "待遇发放、退回和收回", "payments", "approvals", "awards", "budget", "people")
def from_payments(bureau: str, year: int, books: Mapping[str, str]) -> Iterable[Figure]:
    """What payments count."""
    return payments.derived_figures(bureau, year)


@measure("services", "业务登记簿", "services", "people/merges")
def from_services(bureau: str, year: int, books: Mapping[str, str]) -> Iterable[Figure]:
    """What the registers of the bureau's work count."""
    return services.derived_figures(bureau, year)


@measure("placement", "移交安置：接收、选岗、上岗、档案和满意度", "placement", "people", "awards")
def from_placement(bureau: str, year: int, books: Mapping[str, str]) -> Iterable[Figure]:
    """What placement counts."""
    return placement.derived_figures(bureau, year)


@measure("casework", "办件台账", "casework")
def from_casework(bureau: str, year: int, books: Mapping[str, str]) -> Iterable[Figure]:
    """What cases count."""
    return casework.derived_figures(bureau, year)


_OPENERS = {
    people.TABLE: people.rows_behind,
    awards.TABLE: awards.rows_behind,
    payments.TABLE: payments.rows_behind,
    services.TABLE: services.rows_behind,
    casework.TABLE: casework.rows_behind,
    placement.TABLE: placement.rows_behind,
}
OPENED = frozenset(_OPENERS)
"""Tables whose rows open into further rows, in the end into persons."""


def rows_behind(actor: Actor, bureau: str, year: int, row: RowRef) -> tuple[RowRef, ...]:
    """What one row behind a derived figure opens into: stations, then persons; the caller has checked the year.

    Who may not see a person's file is told its number only.
    """
    opener = _OPENERS.get(row.table)
    return opener(bureau, year, row.identifier, lambda scope: SEE_PEOPLE.permits(actor, scope)) if opener else ()


def books_of(units: Iterable[UnitFacts]) -> dict[str, str]:
    """Unit → unit that keeps its books: those without own accounts stand in the bureau proper's."""
    units = tuple(units)
    proper = next((unit.code for unit in units if unit.is_bureau_proper), "")
    return {unit.code: unit.code if unit.keeps_own_accounts else proper or unit.code for unit in units}


def derived_figures(bureau: str, year: int, units: Iterable[UnitFacts] = ()) -> tuple[Figure, ...]:
    """Every figure that records of the system yield for a bureau-year, each with the rows behind it.

    What a room yielded is kept until something is written in it: a page costs what changed, not what there is.
    """
    books = books_of(units)
    stamps = room_stamps(bureau)
    return tuple(figure for item in all_measures() for figure in _kept(item, bureau, year, books, stamps))


def _kept(item: Measure, bureau: str, year: int, books: Mapping[str, str], stamps: RoomStamps) -> tuple[Figure, ...]:
    """What a measure yields: as it was reckoned before, if nothing was written since in the rooms that it reads."""
    name = (item.name, bureau, year, tuple(sorted(books.items())))
    read_from = tuple(stamps.of(room) for room in sorted(item.rooms))
    return kept(name, read_from, lambda: tuple(item.derive(bureau, year, books)), rows_in)
