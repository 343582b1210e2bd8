"""The year in OpenFisca, run by a Python of its own: `tuned` with look-up tables, `idiomatic` as its manual shows.

Imports nothing of ours: it reads claims, rates and steps from Parquet.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

YEAR = 2026
JANUARY = YEAR * 12
RURAL, SUPPLEMENT = 5, 7
AGED = (5, 6)
MOST_UNITS = 16
# As in population.py, which this Python cannot read: keys of each benefit, divisor, districts.
KEYS = {1: 26, 2: 3, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1}
DIVISORS = {1: 12, 2: 12, 3: 1, 4: 1, 5: 12, 6: 12, 7: 1}
DISTRICTS = 16

Award = Entity("award", "awards", "", "")
Person = GroupEntity("person", "persons", "", "", roles=[{"key": "holder"}])


def eternal(kind: type) -> dict[str, Any]:
    """What a variable that never changes says of itself."""
    return {"entity": Award, "value_type": kind, "definition_period": DateUnit.ETERNITY}


def inputs() -> list[type[Variable]]:
    """Variables that are given."""
    names = {"price_row": int, "benefit": int, "units": int, "first_month": int, "last_month": int}
    names |= {"district": str, "key": str}
    return [type(name, (Variable,), eternal(kind)) for name, kind in names.items()]


def live(award: Any, month: Any) -> Any:
    """Awards that are paid in the month."""
    index = month.start.year * 12 + month.start.month - 1
    return (award("first_month", "ETERNITY") <= index) * (index <= award("last_month", "ETERNITY"))


def choice(award: Any, month: Any, vintage: int) -> Any:
    """A number in whose order the award that is paid comes first; only periodic benefits are compared."""
    fen, benefit = award(f"alone_{vintage}", month), award("benefit", "ETERNITY")
    order = np.where(benefit == RURAL, 1, fen * 8 + 7 - benefit)
    return np.where((fen > 0) * (benefit != SUPPLEMENT), order, 0)


def chosen(award: Any, month: Any, vintage: int) -> Any:
    """What is paid: nothing for an award that another of its person stands before."""
    fen, mine = award(f"alone_{vintage}", month), award(f"choice_{vintage}", month)
    highest = award.person(f"highest_{vintage}", month)
    return np.where((award("benefit", "ETERNITY") == SUPPLEMENT) + (mine == highest), fen, 0)


def tuned(table: np.ndarray) -> Any:
    """Alone, by a table of month and row of prices."""

    def formula(award: Any, month: Any) -> Any:
        index = month.start.month - 1
        return table[index][award("price_row", "ETERNITY")] * live(award, month)

    return formula


def of_benefit(benefit: int, vintage: int) -> Any:
    """One benefit, by parameters that are indexed with vectors, as the manual of OpenFisca shows."""

    def formula(award: Any, month: Any, parameters: Any) -> Any:
        holds = award("benefit", "ETERNITY") == benefit
        standard = getattr(getattr(parameters(month), f"known_{vintage}"), f"benefit_{benefit}")
        district, key = award("district", "ETERNITY"), award("key", "ETERNITY")
        amounts = standard[np.where(holds, key, "k0")][district]
        divisor = DIVISORS[benefit]
        product = amounts.astype(np.int64) * award("units", "ETERNITY")
        return (2 * product + divisor) // (2 * divisor) * holds * live(award, month)

    return formula


def idiomatic(vintage: int) -> Any:
    """Alone: the sum of the benefits, each a variable of its own."""

    def formula(award: Any, month: Any) -> Any:
        return sum(award(f"benefit_{benefit}_{vintage}", month) for benefit in KEYS)

    return formula


def monthly(name: str, entity: Any, formula: Any) -> type[Variable]:
    """A whole number for each month."""
    body = {"entity": entity, "value_type": int, "definition_period": DateUnit.MONTH, "formula": formula}
    return type(name, (Variable,), body)


def variables(vintage: int, alone: Any) -> list[type[Variable]]:
    """The variables of one vintage of knowledge."""
    return [
        monthly(f"alone_{vintage}", Award, alone),
        monthly(f"choice_{vintage}", Award, lambda award, month: choice(award, month, vintage)),
        monthly(
            f"highest_{vintage}", Person, lambda person, month: person.max(person.members(f"choice_{vintage}", month))
        ),
        monthly(f"paid_{vintage}", Award, lambda award, month: chosen(award, month, vintage)),
    ]


def index(days: np.ndarray) -> np.ndarray:
    """Months since year 0; a missing day lies in no month and gives a very small number."""
    return days.astype("datetime64[M]").astype(np.int64) + 1970 * 12


class Way:
    """OpenFisca in one of its two ways."""

    def __init__(self, claims: Path, kind: str) -> None:
        self.claims, self.kind = claims, kind
        folder = claims.parent
        self.rates = parquet.read_table(folder / "rates.parquet").to_pylist()
        self.steps = parquet.read_table(folder / "steps.parquet").to_pylist()

    def _tables(self) -> np.ndarray:
        """Prices by vintage, month and rate × units."""
        most = max(row["rate_id"] for row in self.rates) + 1
        prices = np.zeros((2, 12, most * MOST_UNITS), dtype=np.int64)
        units = np.arange(MOST_UNITS)
        for row in self.rates:
            rate, divisor = row["rate_id"], row["divisor"]
            fen = (2 * row["amount_fen"] * units + divisor) // (2 * divisor)
            prices[row["vintage"], row["month"] - JANUARY, rate * MOST_UNITS : (rate + 1) * MOST_UNITS] = fen
        return prices

    def _system(self, prices: np.ndarray) -> TaxBenefitSystem:
        system = TaxBenefitSystem([Award, Person])
        if self.kind == "idiomatic":
            system.parameters = self._parameters()
        for variable in inputs():
            system.add_variable(variable)
        for vintage in (0, 1):
            alone = tuned(prices[vintage]) if self.kind == "tuned" else idiomatic(vintage)
            for variable in variables(vintage, alone):
                system.add_variable(variable)
            for benefit in KEYS if self.kind == "idiomatic" else ():
                system.add_variable(monthly(f"benefit_{benefit}_{vintage}", Award, of_benefit(benefit, vintage)))
        return system

    def _parameters(self) -> ParameterNode:
        names = {}
        for benefit, keys in KEYS.items():
            for key in range(keys):
                for district in range(DISTRICTS):
                    names[len(names)] = (f"benefit_{benefit}", f"k{key}", f"d{district}")
        data: dict[str, Any] = {"known_0": {}, "known_1": {}}
        for row in self.rates:
            day = f"{YEAR}-{row['month'] - JANUARY + 1:02d}-01"
            benefit, key, district = names[row["rate_id"]]
            of_key = data[f"known_{row['vintage']}"].setdefault(benefit, {}).setdefault(key, {})
            of_key.setdefault(district, {"values": {}})["values"][day] = {"value": row["amount_fen"]}
        return ParameterNode("", data=data)

    def _simulation(self, columns: dict[str, np.ndarray], prices: np.ndarray) -> Simulation:
        system = self._system(prices)
        populations = system.instantiate_entities()
        awards, persons = populations["award"], populations["person"]
        _, members = np.unique(columns["person_id"], return_inverse=True)
        awards.count = len(members)
        persons.count = int(members.max()) + 1
        persons.members_entity_id = members
        simulation = Simulation(system, populations)
        given = {name: columns[name] for name in ("first_month", "last_month", "benefit", "price_row")}
        if self.kind == "idiomatic":
            given = {name: value for name, value in given.items() if name != "price_row"}
            before = np.concatenate([[0, 0], np.cumsum(list(KEYS.values()))])[columns["benefit"]]
            key, district = columns["rate_id"] // DISTRICTS - before, columns["rate_id"] % DISTRICTS
            given |= {"units": columns["units"]}
            given |= {"key": np.array([f"k{n}" for n in range(max(KEYS.values()))])[key]}
            given |= {"district": np.array([f"d{n}" for n in range(DISTRICTS)])[district]}
        for name, value in given.items():
            simulation.get_holder(name)._set(period("ETERNITY"), value)
        return simulation

    def _columns(self) -> dict[str, np.ndarray]:
        """Claims as vectors, with first and last month by the timing rules."""
        names = [
            "person_id",
            "benefit_id",
            "rate_id",
            "units",
            "start",
            "end",
            "basis_on",
            "born_on",
            "died_on",
            "ended_on",
        ]
        table = parquet.read_table(self.claims, columns=names)
        get = {name: table[name].to_numpy() for name in names}
        basis, born, died, ended = (index(get[name]) for name in ("basis_on", "born_on", "died_on", "ended_on"))
        first = np.where(get["start"] == 2, basis // 12 * 12 + 12, basis + 1)
        first = np.maximum(first, np.where(np.isin(get["benefit_id"], AGED), born + 720, 0))
        end = np.where(get["end"] == 2, ended // 12 * 12 + 11, ended)
        last = np.minimum(np.where(get["end"] > 0, end, 10**6), np.where(died > 0, died, 10**6))
        return {
            "person_id": get["person_id"],
            "rate_id": get["rate_id"],
            "benefit": get["benefit_id"].astype(np.int64),
            "units": get["units"].astype(np.int64),
            "price_row": get["rate_id"] * MOST_UNITS + get["units"],
            "first_month": first,
            "last_month": last,
        }

    def totals(self) -> Any:
        """Totals by run, month and rate."""
        prices = self._tables()
        columns = self._columns()
        simulation = self._simulation(columns, prices)
        found = [self._step(simulation, step, columns, prices.shape[2] // MOST_UNITS) for step in self.steps]
        return pa.concat_tables(found)

    def _step(self, simulation: Simulation, step: dict[str, int], columns: dict[str, np.ndarray], most: int) -> Any:
        month = f"{YEAR}-{step['for_month'] - JANUARY + 1:02d}"
        fen = simulation.calculate(f"paid_{step['vintage']}", month).astype(np.int64)
        if step["before"] >= 0:
            fen = fen - simulation.calculate(f"paid_{step['before']}", month)
        rate, weight = columns["rate_id"], columns["person_id"] % 1009
        lines = np.bincount(rate, weights=fen != 0, minlength=most)
        sums = np.bincount(rate, weights=fen, minlength=most)
        weighted = np.bincount(rate, weights=fen * weight, minlength=most)
        some = np.flatnonzero(lines)
        months = {name: np.full(len(some), step[name]) for name in ("pay_month", "for_month")}
        for vintage in (0, 1):
            benefits = [f"benefit_{benefit}" for benefit in KEYS] if self.kind == "idiomatic" else []
            for name in ("alone", "choice", "highest", "paid", *benefits):
                if step["pay_month"] == step["for_month"] and step["for_month"] - JANUARY not in (7, 8):
                    simulation.delete_arrays(f"{name}_{vintage}", month)
        values = {"lines": lines[some], "fen": sums[some], "weighted": weighted[some]}
        return pa.table({**months, "rate_id": some, **{name: v.astype(np.int64) for name, v in values.items()}})
