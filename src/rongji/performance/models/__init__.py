"""The tables of performance; other rooms use selectors and services, never these."""

from rongji.performance.models.figures import FigureChange, FigureRecord
from rongji.performance.models.records import (
    DeclaredConceptRow,
    EvidenceItem,
    Goal,
    Indicator,
    Problem,
    Project,
    Signatory,
    TextBlock,
    UnitRow,
)
from rongji.performance.models.year import ImportBatch, YearFile, YearStatus
from rongji.performance.monitoring.models import IndicatorReading, LightAnswer, MonthlyPlan
from rongji.performance.objectives.models import ObjectiveVersion

__all__ = [
    "DeclaredConceptRow",
    "EvidenceItem",
    "FigureChange",
    "FigureRecord",
    "Goal",
    "ImportBatch",
    "Indicator",
    "IndicatorReading",
    "LightAnswer",
    "MonthlyPlan",
    "ObjectiveVersion",
    "Problem",
    "Project",
    "Signatory",
    "TextBlock",
    "UnitRow",
    "YearFile",
    "YearStatus",
]
