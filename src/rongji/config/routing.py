"""Which database a table lies in: those of the public window in its own, everything else in the bureau's."""

from typing import Any

from rongji.config.databases import PUBLIC

APP = "public"


class PublicWindowRouter:
    """Keeps the window's tables out of the bureau's database, and the bureau's out of the window's."""

    def db_for_read(self, model: Any, **_: Any) -> str | None:
        """The window's database for the window's tables."""
        return PUBLIC if model._meta.app_label == APP else None

    db_for_write = db_for_read

    def allow_relation(self, first: Any, second: Any, **_: Any) -> bool | None:
        """No row of one refers to a row of the other."""
        return (first._meta.app_label == APP) == (second._meta.app_label == APP)

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool:
        """Each table in one database only."""
        return (db == PUBLIC) == (app_label == APP)
