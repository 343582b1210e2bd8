"""Signing in through the pages: the trail of it, lock-out, second factor, session limits, duties that come first."""

import base64
import hashlib
import hmac
import re
import struct
import time
from datetime import timedelta

import pytest
from django.test import Client
from tests_clock import AT

from rongji.accounts.models import TrailEntry, User
from rongji.kernel import clock

pytestmark = pytest.mark.django_db
PASSWORD = "Demo-pass-2024"
LOGIN, PAGE = "/accounts/login/", "/accounts/2fa/"


@pytest.fixture(autouse=True)
def _own_counts(options):
    """Counts of wrong passwords are kept in the shared cache, and are no business of the next test."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def now(monkeypatch):
    """The clock of the interfaces, to be turned by the test: `now(minutes=31)`."""
    state = {"now": AT}

    def turn(**by: int) -> None:
        state["now"] += timedelta(**by)

    monkeypatch.setattr(clock, "now", lambda: state["now"])
    return turn


def sign_in(username: str, password: str = PASSWORD, client: Client | None = None) -> Client:
    """Fill in the sign-in form."""
    client = client or Client()
    client.response = client.post(LOGIN, {"login": username, "password": password})
    return client


def is_signed_in(client: Client) -> bool:
    """Whether a page of one's own account opens."""
    return client.get(PAGE).status_code == 200


def actions(username: str) -> list[str]:
    """What the trail tells of somebody's sign-ins."""
    rows = TrailEntry.objects.filter(subject_kind="sign_in", subject_id=username).order_by("sequence")
    return [row.action.removeprefix("accounts.") for row in rows]


def one_time_code(secret: str) -> str:
    """RFC 6238, written down a second time as the oracle."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = mac[-1] & 15
    number = struct.unpack(">I", mac[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def set_up_codes(client: Client) -> str:
    """Give the password once more, then set up one-time codes; returns their secret."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    client.post("/accounts/2fa/totp/activate/", {"code": one_time_code(secret)})
    return secret


# --- the trail --------------------------------------------------------------------------------------


def test_signing_in_and_out_is_in_the_trail(user, now):
    """Wrong password, right password, out: three entries with the network address."""
    user("finance", username="anna")
    client = sign_in("anna", "wrong")
    assert not is_signed_in(client)
    sign_in("ANNA", client=client)  # the case of a login name does not matter
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)
    assert actions("anna") == ["sign_in_failed", "sign_in", "sign_out"]
    entry = TrailEntry.objects.filter(action="accounts.sign_in").get()
    assert (entry.origin, entry.at) == ("web 127.0.0.1", AT)


def test_nobody_registers_by_himself(now):
    """The page is there, and says so."""
    client = Client()
    client.post(
        "/accounts/signup/", {"username": "stranger", "password1": "Long-enough-2024", "password2": "Long-enough-2024"}
    )
    assert not User.objects.filter(username="stranger").exists()


def test_a_closed_account_does_not_sign_in(user, now):
    """Its password is right and does not help."""
    user("finance", username="gone", is_active=False)
    assert not is_signed_in(sign_in("gone"))


# --- lock-out ---------------------------------------------------------------------------------------


def test_after_five_wrong_passwords_the_right_one_is_refused_too(user, now):
    """Five are tried, the sixth attempt is not even looked at, whoever makes it and under whatever host name."""
    user("finance", username="anna")
    user("finance", username="berta")
    for _ in range(5):
        sign_in("anna", "wrong")
    client = Client(headers={"host": "127.0.0.1"})
    assert not is_signed_in(sign_in("Anna", client=client))
    assert actions("anna") == ["sign_in_failed"] * 5 + ["sign_in_locked"]
    assert "锁定" in client.response.content.decode()
    assert is_signed_in(sign_in("berta"))


def test_a_right_password_in_between_is_not_counted(user, now):
    """Signing in properly many times locks nobody out."""
    user("finance", username="anna")
    for _ in range(7):
        assert is_signed_in(sign_in("anna"))


# --- second factor ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)  # the library tells of a new factor after the commit
def test_a_one_time_code_is_asked_for_once_it_is_set_up(user, now):
    """Set up with a code, sign out, sign in again: the password alone is no longer enough."""
    user("finance", username="anna")
    client = sign_in("anna")
    secret = set_up_codes(client)
    client.post("/accounts/logout/")

    sign_in("anna", client=client)
    assert client.response.url.startswith("/accounts/2fa/authenticate/")
    assert not is_signed_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_signed_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": one_time_code(secret)})
    assert is_signed_in(client)
    told = actions("anna")
    assert told[:3] == ["sign_in", "add_factor", "add_factor"]  # the code, and the recovery codes with it
    assert told[3:] == ["sign_out", "factor_failed", "sign_in"]


def test_the_secret_of_the_second_factor_is_not_stored_in_clear(user, now):
    """A copy of the database is not enough to make codes."""
    from allauth.mfa.models import Authenticator

    anna = user("finance", username="anna")
    secret = set_up_codes(sign_in("anna"))
    stored = Authenticator.objects.get(user=anna, type="totp").data["secret"]
    assert secret not in stored


def test_where_a_second_factor_is_required_it_comes_first(user, now, options):
    """Every page leads to setting it up."""
    options(second_factor_required=True)
    user("finance", username="anna")
    response = sign_in("anna").get("/")
    assert (response.status_code, response.url) == (302, "/accounts/2fa/totp/activate/")


# --- sessions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "expected"), [(29, True), (30, False)])
def test_an_idle_session_ends(user, now, minutes, expected):
    """29 minutes of coffee are fine, 30 are not."""
    user("finance", username="anna")
    client = sign_in("anna")
    now(minutes=minutes)
    assert is_signed_in(client) is expected


@pytest.mark.parametrize(("steps", "expected"), [(31, True), (32, False)])
def test_a_session_ends_after_eight_hours_of_work(user, now, steps, expected):
    """Somebody who clicks every quarter of an hour is asked again after eight hours."""
    user("finance", username="anna")
    client = sign_in("anna")
    for _ in range(steps):
        now(minutes=15)
        signed_in = is_signed_in(client)
    assert signed_in is expected


def test_the_oldest_place_is_signed_out_when_there_are_too_many(user, now, options):
    """With three places allowed, the fourth sign-in ends the first."""
    user("finance", username="anna")
    clients = []
    for _ in range(4):
        now(minutes=1)
        clients.append(sign_in("anna"))
    assert [is_signed_in(client) for client in clients] == [False, True, True, True]


def test_changing_the_password_signs_out_everywhere_else(user, now):
    """The other place has to sign in with the new one; the trail tells of it."""
    user("finance", username="anna")
    here, there = sign_in("anna"), sign_in("anna")
    change_password(here, PASSWORD, "Another-pass-2024")
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert actions("anna")[-1] == "change_password"


# --- duties that come first ---------------------------------------------------------------------------


def change_password(client: Client, old: str, new: str):
    """Fill in the form."""
    return client.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new})


def test_an_initial_password_must_be_changed_first(user, now):
    """Every page leads to the form, until it is done."""
    user("finance", username="anna", must_change_password=True)
    client = sign_in("anna")
    assert client.get("/").url == "/accounts/password/change/"
    change_password(client, PASSWORD, "Another-pass-2024")
    assert not User.objects.get(username="anna").must_change_password
    assert client.get("/").headers.get("Location") != "/accounts/password/change/"


@pytest.mark.parametrize(("days", "must"), [(89, False), (90, True)])
def test_an_old_password_must_be_changed(user, now, days, must):
    """Ninety days by default."""
    user("finance", username="anna")
    now(days=days)
    assert (sign_in("anna").get("/").headers.get("Location") == "/accounts/password/change/") is must


UNFIT = {
    "Short-1a": "不能少于 10 个字符",
    "onlylowercase": "至少三类",
    "1234567890123": "至少三类",
    "Anna-anna-1": "相似",
    "Password123": "常见",
    PASSWORD: "不能与现在的密码相同",
}


@pytest.mark.parametrize("password", UNFIT)
def test_an_unfit_password_is_refused_in_chinese(user, now, password):
    """With the reason in the page."""
    user("finance", username="anna-anna")
    form = change_password(sign_in("anna-anna"), PASSWORD, password).context["form"]
    assert any(UNFIT[password] in reason for reason in form.errors["password1"])
    assert not re.search("[A-Za-z]{2}", "".join(form.errors["password1"]))
    assert User.objects.get(username="anna-anna").check_password(PASSWORD)


# --- what every page carries ----------------------------------------------------------------------------


def test_every_page_has_the_strict_content_policy(now):
    """Nothing from elsewhere, nothing inline."""
    policy = Client().get(LOGIN).headers["Content-Security-Policy"]
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["script-src"] == parts["style-src"] == parts["connect-src"] == "'self'"
    assert parts["style-src-attr"] == parts["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_sign_in_page_is_chinese_whatever_the_browser_wants(now):
    """No LocaleMiddleware: the language is fixed."""
    page = Client(headers={"accept-language": "en"}).get(LOGIN).content.decode()
    assert re.search("登录", page)
