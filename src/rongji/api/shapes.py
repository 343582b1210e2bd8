"""The JSON shapes of the API. Numbers are decimal strings; nothing passes through a float."""

from datetime import datetime
from typing import Any

from ninja import Schema

from rongji.performance.types import YearSummary
from rongji.reports.types import Lineage


class RefusalOut(Schema):
    """A refusal: the same shape everywhere."""

    code: str
    message: str
    facts: dict[str, str] = {}


class YearOut(Schema):
    """A bureau-year in a list."""

    bureau: str
    name: str
    year: int
    scheme: str
    status: str
    status_label: str
    data_version: int
    updated_at: datetime

    @classmethod
    def from_summary(cls, item: YearSummary) -> "YearOut":
        """Out of the selector's summary."""
        return cls(**{name: getattr(item, name) for name in cls.model_fields})


class FigureOut(Schema):
    """One statement of one fact."""

    key: str
    label: str
    value: str | None
    unit: str
    places: int | None
    printed: str
    statement: str
    kind: str
    place: str
    evidence: list[str]


class LineageOut(Schema):
    """Everything a printed number opens into."""

    key: str
    label: str
    shown: str
    definition: str
    how: str
    act: str
    trust: str
    source: str
    evidence: list[list[str]]
    rows: list[list[str]]
    rows_sum: str
    statements: list[list[str]]
    explanation: list[str]
    troubles: list[str]

    @classmethod
    def from_lineage(cls, item: Lineage) -> "LineageOut":
        """Out of the selector's lineage."""
        return cls(**{name: _plain(getattr(item, name)) for name in cls.model_fields})


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return "" if value is None else value
