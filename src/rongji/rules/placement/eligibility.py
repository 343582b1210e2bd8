"""Who is given work by the state: the grounds of the regulation in force on the day of discharge."""

from dataclasses import dataclass
from datetime import date

from rongji.kernel.month import MONTHS_A_YEAR
from rongji.law.model import Lawbook, Row
from rongji.law.shapes.placement import PlacementGround
from rongji.law.values import tables_named
from rongji.rules.entitlement.one_off import Reading
from rongji.rules.placement.facts import Soldier
from rongji.rules.placement.reading import ELIGIBILITY
from rongji.rules.placement.service_years import service_time
from rongji.rules.rule import rule


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of the regulation in force, whether it is met, and by what."""

    name: str
    row: Row
    met: bool
    words: str


@rule(id="placement.eligibility", cites=("placement-rules-2011", "placement-regulation-2024"))
def grounds(soldier: Soldier, *, known_on: date, region: str = "", law: Lawbook | None = None) -> tuple[Ground, ...]:
    """由政府安排工作的条件: every ground in force on the day of discharge; one that is met is enough.

    Unit: none. Rounding: none; years of service are full years. As of: the day of discharge.
    Does not cover: giving up the placement, 逐月领取退役金, who is retired or cared for instead.
    Raises: EndsBeforeStart, ServiceOverlaps, BreakUnsettled, ValueIsMissing.
    """
    reading = Reading(soldier.discharged_on, known_on, region, law)
    tables = tables_named(ELIGIBILITY, region=region, law=law)
    names = dict.fromkeys(key[0] for table in tables for key in table.by_key)
    rows = [(name, reading.maybe(ELIGIBILITY, ground=name)) for name in names]
    return tuple(_judge(name, row, soldier, reading) for name, row in rows if row is not None)


def is_eligible(found: tuple[Ground, ...]) -> bool:
    """Whether any ground is met."""
    return any(ground.met for ground in found)


def _judge(name: str, row: Row, soldier: Soldier, reading: Reading) -> Ground:
    law: PlacementGround = row.value
    if law.least_years:
        years = service_time(soldier, reading)[0].months // MONTHS_A_YEAR
        met = years >= law.least_years and law.soldier in ("", soldier.soldier)
        return Ground(name, row, met, f"{soldier.soldier}服役满 {years} 年，条件是{law.said}")
    wanted = set(law.honours) or {f"{law.item}·{degree}" for degree in law.degrees}
    held = [fact for fact in soldier.facts if wanted & {fact.name, *(fact.honours if law.honours else ())}]
    said = "、".join(fact.name for fact in held)
    return Ground(name, row, bool(held), f"有{said}" if held else f"没有{law.said}")
