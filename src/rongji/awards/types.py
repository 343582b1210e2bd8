"""Words of awards, and the rows that the engine reads."""

from enum import StrEnum


class StartKind(StrEnum):
    """Why the terms of an award began; the timing table says from which month each pays."""

    APPROVED = "approved"
    MOVED_IN = "moved_in"
    CHANGED = "changed"


class EndKind(StrEnum):
    """Why the terms of an award ended; the timing table says how long each still pays."""

    CHANGED = "changed"
    MOVED_OUT = "moved_out"
    DISQUALIFIED = "disqualified"
    PLACED = "placed"
    GAVE_UP = "gave_up"


class GrantState(StrEnum):
    """Where a one-off grant stands."""

    DRAFT = "draft"
    APPROVED = "approved"


START_LABELS = {
    StartKind.APPROVED: "批准",
    StartKind.MOVED_IN: "关系转入",
    StartKind.CHANGED: "条件变更",
}
END_LABELS = {
    EndKind.CHANGED: "条件变更",
    EndKind.MOVED_OUT: "关系转出",
    EndKind.DISQUALIFIED: "不再符合条件",
    EndKind.PLACED: "已安置上岗",
    EndKind.GAVE_UP: "本人放弃",
}
GRANT_STATE_LABELS = {GrantState.DRAFT: "待审", GrantState.APPROVED: "已批准"}
