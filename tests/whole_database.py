"""Every table of the database, read as whoever has stolen the file would read it."""

from typing import Any

from django.db import connection


def lies_open(*numbers: str) -> list[tuple[str, str]]:
    """In which tables which of the numbers can be read, in any column, sessions unpacked."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = "\n".join(_words(value) for row in cursor.fetchall() for value in row)
            found += [(table, number) for number in numbers if number in rows]
    return found + [("sessions", number) for number in numbers if number in _sessions()]


def _words(value: Any) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def _sessions() -> str:
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    return "\n".join(str(SessionStore().decode(row.session_data)) for row in Session.objects.all())
