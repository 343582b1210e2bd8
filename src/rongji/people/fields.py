"""Text kept in the order of its code points in both databases, so that a prefix is a range of an index."""

from typing import Any

from django.db import models
from django.db.models.lookups import StartsWith

# The last code point there is: no name goes on with it.
_LAST = "\U0010ffff"


class CodePointText(models.CharField):
    """Short text that is searched by its beginning.

    PostgreSQL would order it by the language of the database, and SQLite's LIKE ignores case and with it the index;
    both compare by code point here.
    """

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        """As of any text, with the collation of code points; SQLite's own default is that already."""
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}


@CodePointText.register_lookup
class Begins(StartsWith):
    """`startswith` as a range: at or after the prefix, and before whatever follows everything that begins with it."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The two comparisons; a prefix that is itself an expression is left to LIKE."""
        if not isinstance(self.rhs, str):
            return super().as_sql(compiler, connection)
        left, params = self.process_lhs(compiler, connection)
        return f"({left} >= %s AND {left} < %s)", [*params, self.rhs, *params, self.rhs + _LAST]
