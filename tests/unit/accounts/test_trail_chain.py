"""The chain of the audit trail."""

import pytest
from django.db import transaction

from rongji.accounts import trail

pytestmark = pytest.mark.django_db


def test_first(actor):
    who = actor("finance")
    with transaction.atomic():
        n = trail.record(actor=who, action="x.y", subject_kind="x", subject_id=1, summary="说明", detail={"a": 1})
    assert n == trail.read_head().sequence
