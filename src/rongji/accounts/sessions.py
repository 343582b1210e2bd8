"""How long a sign-in lasts and how many there may be: idle limit, absolute limit, number per user."""

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession

STARTED, SEEN = "rongji_started_at", "rongji_seen_at"
# Writing the last-seen stamp on every request would make every read a write.
_STAMP_EVERY = timedelta(seconds=30)


def begin(session: Any, now: datetime) -> None:
    """Stamp a session at sign-in."""
    session[STARTED] = session[SEEN] = now.isoformat()


def has_expired(session: Any, now: datetime, *, idle: timedelta, absolute: timedelta) -> bool:
    """Whether the session has been idle for too long or has simply lasted too long; without stamps it has."""
    started, seen = _instant(session, STARTED), _instant(session, SEEN)
    if started is None or seen is None:
        return True
    return now - seen >= idle or now - started >= absolute


def touch(session: Any, now: datetime) -> None:
    """Note that the session is in use."""
    seen = _instant(session, SEEN)
    if seen is None or now - seen >= _STAMP_EVERY:
        session[SEEN] = now.isoformat()


def end_oldest_sessions(user: Any, keep: int, current_key: str) -> int:
    """Sign the user out of the oldest places until `keep` are left, the current one among them."""
    others = [
        row
        for row in UserSession.objects.filter(user=user).order_by("-created_at", "-pk")
        if row.session_key != current_key
    ]
    ended = others[max(keep - 1, 0) :]
    for row in ended:
        row.end()
    return len(ended)


def end_all_sessions(user_id: int, except_key: str = "") -> int:
    """Sign a user out everywhere, except in the session of that key."""
    rows = list(UserSession.objects.filter(user_id=user_id).exclude(session_key=except_key))
    for row in rows:
        row.end()
    return len(rows)


def _instant(session: Any, key: str) -> datetime | None:
    text = session.get(key)
    return datetime.fromisoformat(text) if text else None
