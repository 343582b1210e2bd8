"""Ratios over registers, cases and placement: counted numbers above and below the line, both shown."""

from datetime import date
from decimal import Decimal

import pytest

from rongji.kernel.figure import Figure, FigureKey, FigureSet, Source, SourceKind
from rongji.kernel.quantity import Quantity
from rongji.law.concepts import concept
from rongji.law.formulas import formulas
from rongji.law.loader import lawbook
from rongji.rules.scoring.formulas import CannotCompute, computed_actual

DAY = date(2025, 1, 31)
ROOMS = ("services.", "casework.", "placement.")
RATIOS = [
    item for item in formulas(on=DAY, known_on=DAY) if any(name.startswith(ROOMS) for name in item.definition.concepts)
]
SHOWN = {item.id: item for item in RATIOS}


def counted(numbers: dict[str, int]) -> FigureSet:
    """Figures as records yield them, by key."""
    return FigureSet(
        tuple(
            Figure(
                FigureKey.parse(key),
                concept(lawbook(), FigureKey.parse(key).concept).label,
                Source(SourceKind.DERIVED),
                Quantity.parse(str(number), concept(lawbook(), FigureKey.parse(key).concept).unit),
            )
            for key, number in numbers.items()
        )
    )


@pytest.mark.parametrize("item", RATIOS, ids=lambda item: item.id)
def test_a_ratio_can_be_computed_from_what_records_yield(item):
    """Units fit, and each number behind it is an input."""
    terms = (*item.definition.numerator, *item.definition.denominator)
    found = computed_actual(item, counted({str(term.key): 3 for term in terms}))
    assert found.quantity is not None and found.quantity.unit_name == "%"
    assert {figure.key for figure in found.inputs} == {term.key for term in terms}
    assert "÷" in found.how


@pytest.mark.parametrize(
    ("formula_id", "numbers", "value"),
    [
        ("fair-placement", {"services.job_fairs.placed": 73, "services.job_fairs.attendees": 1460}, "5"),
        (
            "five-haves",
            {"services.station_checklist.five_haves_met": 71, "services.station_checklist.five_haves_checked": 80},
            "88.75",
        ),
        ("model-stations", {"services.station_gradings.model": 14, "services.stations_profile.stations": 157}, "8.92"),
        (
            "volunteer-coverage",
            {"services.volunteer_teams.village_stations": 142, "services.stations_profile.villages": 142},
            "100",
        ),
        ("contact-resolution", {"services.contact_log.solved": 48, "services.contact_log.found": 50}, "96"),
        ("station-turnover", {"services.station_staff.left": 5, "services.station_staff.staff": 20}, "20"),
        ("placement-satisfaction", {"placement.satisfied": 17, "placement.asked": 18}, "94.44"),
        (
            "petition-satisfaction",
            {"casework.satisfied#kind:petition": 36, "casework.rated#kind:petition": 37},
            "97.3",
        ),
        (
            "legacy-resolution",
            {"casework.legacy_closed": 22, "casework.legacy_opening": 20, "casework.legacy_taken_up": 5},
            "88",
        ),
    ],
)
def test_worked_ratios(formula_id: str, numbers: dict[str, int], value: str):
    """What a bureau prints, with the numbers that it follows from."""
    found = computed_actual(SHOWN[formula_id], counted(numbers)).quantity
    assert found is not None and round(found.value, 2) == Decimal(value)


def test_a_ratio_without_its_base_is_not_computed():
    """Nobody was asked: there is no satisfaction, not even 100 %."""
    with pytest.raises(CannotCompute, match=r"placement\.asked"):
        computed_actual(SHOWN["placement-satisfaction"], counted({"placement.satisfied": 0}))
    with pytest.raises(CannotCompute, match="不大于 0"):
        computed_actual(SHOWN["placement-satisfaction"], counted({"placement.satisfied": 0, "placement.asked": 0}))
