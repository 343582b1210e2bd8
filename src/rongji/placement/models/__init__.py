"""Tables of placement."""

from rongji.placement.models.candidate import Candidate, ExamResult, PublishedRows, ScoreSheet, ScoringFact
from rongji.placement.models.cohort import Cohort, Post, Quota, ReceivingUnit
from rongji.placement.models.placing import Placing
from rongji.placement.models.session import Choice, ChoosingSession, PostWithdrawal, Turn

__all__ = [
    "Candidate",
    "Choice",
    "ChoosingSession",
    "Cohort",
    "ExamResult",
    "Placing",
    "Post",
    "PostWithdrawal",
    "PublishedRows",
    "Quota",
    "ReceivingUnit",
    "ScoreSheet",
    "ScoringFact",
    "Turn",
]
