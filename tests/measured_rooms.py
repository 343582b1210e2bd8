"""From which rooms a measure really reads: the tables in its queries, against the rooms that it names."""

import re

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongji.performance.measures import all_measures


def unnamed_rooms(bureau: str, year: int) -> dict[str, set[str]]:
    """Measure → rooms whose tables it reads without naming them: what is written there would leave its number old."""
    rooms = {model._meta.db_table: model._meta.app_label for model in apps.get_models(include_auto_created=True)}
    found: dict[str, set[str]] = {}
    for item in all_measures():
        with CaptureQueriesContext(connection) as asked:
            tuple(item.derive(bureau, year, {}))
        words = {word for query in asked.captured_queries for word in re.findall(r"\w+", query["sql"])}
        found[item.name] = {rooms[word] for word in words & set(rooms)} - {
            room.partition("/")[0] for room in item.rooms
        }
    return {name: missing for name, missing in found.items() if missing}
