"""Start-up checks: promised settings are really in force, and production carries nothing of the demo."""

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.db import connection
from pydantic import SecretStr

from rongji.config.checks import SettingsRefused, refuse_wrong_settings
from rongji.config.options import DEMO_DATA_KEY, DEMO_INDEX_KEY, DEMO_SECRET, Mode

pytestmark = pytest.mark.django_db
LONG_SECRET = "0123456789abcdef" * 4


def keys(*written: str) -> tuple[SecretStr, ...]:
    """Data keys as the options hold them."""
    return tuple(SecretStr(key) for key in written)


def found() -> list[str]:
    """The identifiers of what the checks report, the database asked too."""
    return [message.id for message in run_checks(databases=["default"])]


def production(settings, **changes) -> None:
    """Production as it should be, then changed."""
    options = {name: changes.pop(name) for name in tuple(changes) if name in ("data_keys", "index_key")}
    own = {"data_keys": keys(f"2024:{LONG_SECRET}"), "index_key": SecretStr(LONG_SECRET), **options}
    settings.RONGJI = settings.RONGJI.model_copy(update={"mode": Mode.PRODUCTION, **own})
    settings.SECRET_KEY, settings.ALLOWED_HOSTS, settings.DEBUG = LONG_SECRET, ["rongji.example"], False
    for name, value in changes.items():
        setattr(settings, name, value)


def test_the_settings_as_shipped_pass():
    """Nothing to report."""
    assert found() == []


def test_sqlite_really_runs_with_the_settings_that_keep_it_exact():
    """Asked of the open connection, not of the settings file."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with connection.cursor() as cursor:
        asked = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "busy_timeout")}
    assert asked == {"journal_mode": "wal", "busy_timeout": 20_000}
    assert connection.transaction_mode == "IMMEDIATE"


def test_a_short_wait_for_the_write_lock_is_reported(monkeypatch):
    """As happens when the options are written one level too high and Django ignores them."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 5000")
        try:
            assert found() == ["rongji.E002"]
        finally:
            cursor.execute("PRAGMA busy_timeout = 20000")


def test_one_transaction_per_request_is_reported(monkeypatch):
    """It would let every page that only reads wait for the write lock."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    assert found() == ["rongji.E003"]


def test_a_cache_of_one_process_is_reported(settings):
    """Every process would count wrong passwords for itself."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert found() == ["rongji.E005"]


WRONG = [
    ({"SECRET_KEY": DEMO_SECRET}, "rongji.E006"),
    ({"SECRET_KEY": "short"}, "rongji.E006"),
    ({"DEBUG": True}, "rongji.E007"),
    ({"ALLOWED_HOSTS": ["*"]}, "rongji.E008"),
    ({"data_keys": keys(DEMO_DATA_KEY)}, "rongji.E012"),
    ({"data_keys": keys(f"2024:{LONG_SECRET}", DEMO_DATA_KEY)}, "rongji.E012"),
    ({"data_keys": keys("2024:short")}, "rongji.E012"),
    ({"index_key": SecretStr(DEMO_INDEX_KEY)}, "rongji.E013"),
    ({"index_key": SecretStr("")}, "rongji.E013"),
]


@pytest.mark.parametrize(("changes", "expected"), WRONG)
def test_production_refuses_to_start_with_anything_of_the_demo(settings, changes, expected):
    """Each by its own message; the demo itself is free to."""
    production(settings, **changes)
    with pytest.raises(SettingsRefused, match=expected):
        refuse_wrong_settings()
    settings.RONGJI = settings.RONGJI.model_copy(update={"mode": Mode.DEMO})
    assert expected not in found()


@pytest.mark.parametrize("written", [(), ("no-colon-before" * 3,), ("a:1", "a:2"), (":secret",), ("密钥:secret",)])
def test_data_keys_that_are_not_numbered_are_reported_in_every_mode(settings, written):
    """Without its number no key could be told from another when it is replaced."""
    settings.RONGJI = settings.RONGJI.model_copy(update={"data_keys": keys(*written)})
    assert "rongji.E011" in found()


def test_production_as_it_should_be_starts(settings):
    """Own secret, own host names."""
    production(settings)
    refuse_wrong_settings()


def test_the_fixed_language_and_its_formats():
    """Dates as 2024-03-05 and thousands by three, whatever Django's own Chinese formats say."""
    from datetime import date

    from django.utils import formats, translation

    assert translation.get_language() == django_settings.LANGUAGE_CODE == "zh-hans"
    assert formats.date_format(date(2024, 3, 5)) == "2024-03-05"
    assert formats.number_format(1234567, force_grouping=True) == "1,234,567"
    assert "LocaleMiddleware" not in "".join(django_settings.MIDDLEWARE)
