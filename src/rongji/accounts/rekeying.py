"""Changing the keys, room by room: rows that hold numbers, a portion at a time, each portion a transaction."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast

from rongji.accounts.sealed_numbers import CIPHER

CHUNK = 1000


def holding_numbers(rows: models.QuerySet[Any], *columns: str) -> models.QuerySet[Any]:
    """The rows with a sealed number in one of their columns of answers."""
    texts = {f"told_{name}": Cast(name, models.TextField()) for name in columns}
    holds = (Q(**{f"{name}__contains": f'"{CIPHER}"'}) for name in texts)
    found = Q()
    for one in holds:
        found |= one
    return rows.alias(**texts).filter(found)


def renew_rows(rows: models.QuerySet[Any], columns: Sequence[str], renew: Callable[[Any], None]) -> int:
    """Let `renew` change every row and write these columns; returns how many rows there were."""
    count, last = 0, 0
    while True:
        with transaction.atomic():
            found = list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK])
            if not found:
                return count
            for row in found:
                renew(row)
            rows.model._default_manager.bulk_update(found, columns)
        count, last = count + len(found), found[-1].pk
