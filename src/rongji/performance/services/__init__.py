"""Writes of the year's file: import, entry on screen, evidence, status. Each one transaction, permission first."""

from rongji.performance.services.entering import set_figure, set_indicator, set_text
from rongji.performance.services.evidence import attach_evidence
from rongji.performance.services.importing import import_year, preview_import
from rongji.performance.services.status import change_status

__all__ = [
    "attach_evidence",
    "change_status",
    "import_year",
    "preview_import",
    "set_figure",
    "set_indicator",
    "set_text",
]
