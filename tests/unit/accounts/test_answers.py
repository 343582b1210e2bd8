"""How the pages and the API answer to somebody who may not: sign-in page, refusal page, JSON; a bug stays a bug."""

import sys
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from rongji.accounts.policies import Policy, guarded, public
from rongji.accounts.types import Role

pytestmark = pytest.mark.django_db
BOOKS = Policy("test.see_books", "查看账目", frozenset({Role.FINANCE}), needs_scope=False)


@guarded(BOOKS)
def books(request):
    """A page for finance."""
    return HttpResponse(request.actor.name)


@public(reason="试")
def broken(request):
    """A page with a bug."""
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _pages():
    """The pages of this test beside the real ones."""
    module = ModuleType("pages_of_test_answers")
    module.urlpatterns = [
        path("books/", books),
        path("api/books", books),
        path("broken/", broken),
        path("", include("rongji.config.urls")),
    ]
    sys.modules[module.__name__] = module
    with override_settings(ROOT_URLCONF=module.__name__):
        yield
    del sys.modules[module.__name__]


def client_of(person) -> Client:
    """Signed in through the form."""
    client = Client()
    client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
    return client


def fresh_password(user, role: str):
    """An account whose password is not due for a change on the day the tests run."""
    from rongji.kernel import clock

    person = user(role)
    person.password_changed_at = clock.now()
    person.save()
    return person


def test_a_stranger_is_led_to_the_sign_in_page(options):
    """And back to where he wanted to go."""
    response = Client().get("/books/?year=2021")
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/books/%3Fyear%3D2021")


def test_a_machine_is_told_in_json(options):
    """401 for nobody, in the one shape of a refusal."""
    response = Client().get("/api/books")
    assert response.status_code == 401
    assert response.json() == {"code": "sign-in-needed", "message": "请先登录。", "facts": {}}


def test_the_wrong_role_is_told_why(options, user):
    """403 with the sentence, on a page and in JSON."""
    client = client_of(fresh_password(user, "administrator"))
    page = client.get("/books/")
    assert page.status_code == 403
    assert "需要角色“财务”" in page.content.decode()
    assert client.get("/api/books").json()["code"] == "not-allowed"


def test_the_right_role_gets_the_page(options, user):
    """With the actor made from the account."""
    person = fresh_password(user, "finance")
    assert client_of(person).get("/books/").content.decode() == person.display_name


def test_a_bug_is_not_dressed_up_as_a_refusal(options):
    """It keeps its traceback."""
    with pytest.raises(ZeroDivisionError):
        Client().get("/broken/")
