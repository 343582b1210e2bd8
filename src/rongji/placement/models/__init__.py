"""Tables of placement."""

from rongji.placement.models.candidate import Candidate, ScoreSheet, ScoringFact
from rongji.placement.models.cohort import Cohort, Post, Quota, ReceivingUnit
from rongji.placement.models.placing import Placing
from rongji.placement.models.session import Choice, ChoosingSession, Turn

__all__ = [
    "Candidate",
    "Choice",
    "ChoosingSession",
    "Cohort",
    "Placing",
    "Post",
    "Quota",
    "ReceivingUnit",
    "ScoreSheet",
    "ScoringFact",
    "Turn",
]
