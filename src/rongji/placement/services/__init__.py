"""Writes of placement, by what they are about."""

from rongji.placement.services.candidates import (
    add_candidate,
    give_up,
    move_elsewhere,
    record_scoring_fact,
    settle_candidate,
    withdraw_scoring_fact,
)
from rongji.placement.services.choosing import (
    choose_post,
    finish_session,
    open_session,
    skip_turn,
    undo_last,
    withdraw_post,
)
from rongji.placement.services.cohorts import add_post, add_unit, drop_post, open_cohort, set_quota
from rongji.placement.services.examining import record_lot, record_result
from rongji.placement.services.placing import (
    hand_over_file,
    issue_letter,
    place_directly,
    record_file_receipt,
    record_satisfaction,
    record_start,
)
from rongji.placement.services.publishing import publish_points, withdraw_publication
from rongji.placement.services.scoring import compute_points, confirm_points
from rongji.placement.services.waiting import open_waiting

__all__ = [
    "add_candidate",
    "add_post",
    "add_unit",
    "choose_post",
    "compute_points",
    "confirm_points",
    "drop_post",
    "finish_session",
    "give_up",
    "hand_over_file",
    "issue_letter",
    "move_elsewhere",
    "open_cohort",
    "open_session",
    "open_waiting",
    "place_directly",
    "publish_points",
    "record_file_receipt",
    "record_lot",
    "record_result",
    "record_satisfaction",
    "record_scoring_fact",
    "record_start",
    "set_quota",
    "settle_candidate",
    "skip_turn",
    "undo_last",
    "withdraw_post",
    "withdraw_publication",
    "withdraw_scoring_fact",
]
