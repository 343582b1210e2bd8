"""The instant at which tests act, unless they say otherwise."""

from datetime import UTC, datetime

AT = datetime(2024, 3, 15, 1, 30, tzinfo=UTC)
