"""Facts dated twice: from when they are true, and from when they are known. Nothing is edited: what proves wrong is
superseded by another row, so that what was known on any day can be read again."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


def known_q(known_on: date, prefix: str = "") -> Q:
    """The rows as they were known at the end of that day. prefix: a lookup path to them (`terms__`)."""
    known = Q(**{f"{prefix}known_on__lte": known_on})
    standing = Q(**{f"{prefix}superseded_on__isnull": True}) | Q(**{f"{prefix}superseded_on__gt": known_on})
    return known & standing


class DatedQuerySet(models.QuerySet):
    """Reads by the day on which something was known."""

    def known(self, on: date) -> Self:
        """The rows as they were known at the end of that day."""
        return self.filter(known_q(on))


class DatedFact(models.Model):
    """A fact with the day it became known, the day a later row took its place, and what it rests on.

    superseded_on: first day on which it no longer counts; the same day as known_on for a slip mended at once.
    """

    known_on = models.DateField("获知日期")
    superseded_on = models.DateField("更正日期", null=True, blank=True)
    decision = models.CharField("批准文号", max_length=120, blank=True)
    evidence = models.CharField("依据", max_length=255, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @staticmethod
    def dating(name: str) -> models.CheckConstraint:
        """The constraint every table of such facts carries; name: of the table, constraint names are global."""
        return models.CheckConstraint(
            condition=Q(superseded_on__isnull=True) | Q(superseded_on__gte=F("known_on")),
            name=f"{name}_known_before_superseded",
        )


def period_constraint(name: str, first: str, last: str) -> models.CheckConstraint:
    """No period ends before it starts; an open end is null."""
    return models.CheckConstraint(
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        name=f"{name}_ends_after_it_starts",
    )
