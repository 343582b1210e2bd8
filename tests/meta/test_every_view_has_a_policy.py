"""No address of the web or of the API without a policy, or a stated reason to be public."""

import pytest

pytestmark = pytest.mark.django_db


def test_every_view_has_a_policy():
    """What the address table leads to is either guarded or says why it is open to everybody."""
    from rongji.accounts.policies import unguarded_views

    assert unguarded_views("rongji.config.urls") == []


def test_a_view_without_a_policy_would_be_found():
    """The search itself works: a bare view is reported with its address."""
    from django.http import HttpResponse
    from django.urls import path

    from rongji.accounts.policies import unguarded_views

    assert unguarded_views([path("open/", lambda request: HttpResponse())]) == ["open/"]
