"""What every kind of test shares: the database of the run, a data directory of its own, actors of every role.

The databases: SQLite in a file, or a private PostgreSQL server when RONGJI_TEST_DATABASE=postgres.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase
from hypothesis import settings as property_settings

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import postgres  # noqa: E402
from tests_clock import AT as NOW  # noqa: E402

_started: dict[str, Any] = {}

# A run that others judge is the same run every time, tells how to repeat a failure, and does not spend minutes on
# finding the smallest one.
property_settings.register_profile("rongji", deadline=None, print_blob=True)
property_settings.register_profile(
    "ci",
    property_settings.get_profile("rongji"),
    derandomize=True,
    database=None,
    phases=tuple(phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)),
)
property_settings.load_profile("ci" if os.environ.get("CI") == "true" else "rongji")


def pytest_configure(config: pytest.Config) -> None:
    """Settle the environment before Django reads it; workers of a parallel run inherit the server."""
    home = tempfile.mkdtemp(prefix="rongji-tests-")
    _started["home"] = home
    os.environ.update({"RONGJI_MODE": "test", "RONGJI_DATA_DIR": home, "RONGJI_LOG_LEVEL": "ERROR"})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongji.config.settings")
    if os.environ.get("RONGJI_TEST_DATABASE", "sqlite") != "postgres":
        os.environ.pop("RONGJI_DATABASE_URL", None)
    elif not hasattr(config, "workerinput"):
        needs("postgres")
        _started["server"] = server = postgres.start()
        os.environ["RONGJI_DATABASE_URL"] = server.address
    from django.conf import settings

    # pytest-django sets Django up right after this, if somebody has read the settings by then.
    settings._setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if "server" in _started:
        _started.pop("server").stop()
    shutil.rmtree(_started.pop("home", ""), ignore_errors=True)


PAGES = Path(__file__).parent / "unit" / "web"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a database fixture is a database test, marked or not."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if {"db", "transactional_db", "live_server"} & set(names) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(transaction="db" not in names))
        if PAGES in item.path.parents:
            item.add_marker(pytest.mark.one_database)


# --- programs that may be missing ------------------------------------------------------------------

_PROGRAMS: dict[str, Callable[[], Any]] = {
    "chromium": lambda: shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"),
    "postgres": postgres.binaries,
    "soffice": lambda: shutil.which("soffice"),
    "java": lambda: shutil.which("java"),
    "pdftoppm": lambda: shutil.which("pdftoppm"),
}


def needs(program: str) -> str:
    """The path of a program; without it the test is skipped with the reason, and fails where CI=true."""
    found = _PROGRAMS[program]()
    if found:
        return str(found)
    reason = f"{program} is not on this machine"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}, and CI=true demands it", pytrace=False)
    pytest.skip(reason, allow_module_level=True)


@pytest.fixture(name="needs", scope="session")
def needs_fixture() -> Callable[[str], str]:
    """`needs("chromium")` inside a test."""
    return needs


# --- the database -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Add what `rongji setup` adds to a migrated database: the shared cache table."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


@pytest.fixture(autouse=True)
def _nothing_kept_from_another_test(request: pytest.FixtureRequest) -> None:
    """Derived figures are kept by the trail's stamps; what one test rolled back must not answer for another."""
    if request.node.get_closest_marker("django_db"):
        from rongji.accounts.kept import forget_kept

        forget_kept()


@pytest.fixture(autouse=True, scope="session")
def _flush_around_the_append_only_guards() -> Iterator[None]:
    """Transactional tests empty every table at their end, which the triggers rightly refuse: off and on around it."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import TransactionTestCase

    from rongji.accounts.append_only import removal_statements, trigger_statements
    from rongji.accounts.trail_guards import GUARDED_TABLES

    original = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        vendor = connection.vendor
        with connection.cursor() as cursor:
            for table in GUARDED_TABLES:
                for statement in removal_statements(vendor, table):
                    cursor.execute(statement)
            original(case)
            for table, key in GUARDED_TABLES.items():
                for statement in trigger_statements(vendor, table, key):
                    cursor.execute(statement)
        cache.clear()

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[method-assign]


@pytest.fixture
def options(settings: Any, tmp_path: Path) -> Callable[..., Any]:
    """Change entries of the settings object for one test: `options(session_idle_minutes=5)`."""

    def change(**entries: Any) -> Any:
        settings.RONGJI = settings.RONGJI.model_copy(update=entries)
        return settings.RONGJI

    change(data_dir=tmp_path / "var")
    return change


# --- people -----------------------------------------------------------------------------------------


@pytest.fixture
def roles(db: None) -> None:
    """The table of roles, as `rongji setup` fills it."""
    from rongji.accounts.services import ensure_roles
    from rongji.accounts.types import system_actor

    ensure_roles(actor=system_actor(at=NOW, place="test"))


@pytest.fixture
def organisation(db: None) -> Callable[..., Any]:
    """Make organisations: `organisation("yl")` a bureau, `organisation("yl-1", parent=bureau)` a unit below it."""
    from rongji.accounts.models import Organisation

    def make(code: str = "bureau", *, parent: Any = None, area_code: str = "430104", **fields: Any) -> Any:
        kind = fields.pop("kind", "unit" if parent else "bureau")
        name = fields.pop("name", f"机构{code}")
        return Organisation.objects.create(
            code=code, name=name, kind=kind, parent=parent, area_code=area_code, **fields
        )

    return make


@pytest.fixture
def user(roles: None) -> Callable[..., Any]:
    """Make accounts with roles: `user("clerk", organisation=bureau)`; the password is `Demo-pass-2024`."""
    from rongji.accounts.models import RoleAssignment, User

    def make(role: str = "", *, username: str = "", organisation: Any = None, area: str = "", **fields: Any) -> Any:
        name = username or f"{role or 'user'}{User.objects.count() + 1}".replace("_", "-")
        made = User.objects.create_user(
            name, "Demo-pass-2024", display_name=f"示例{name}", password_changed_at=NOW, **fields
        )
        if role:
            RoleAssignment.objects.create(user=made, role_id=role, organisation=organisation, area_prefix=area)
        return made

    return make


@pytest.fixture
def actor(user: Callable[..., Any]) -> Callable[..., Any]:
    """Actors with an account behind them: `actor("finance", organisation=bureau)`."""
    from rongji.accounts.selectors import actor_for
    from rongji.accounts.types import Origin, OriginKind

    def make(role: str = "", *, at: datetime = NOW, origin: Any = None, **fields: Any) -> Any:
        made = user(role, **fields)
        return actor_for(user=made, origin=origin or Origin(OriginKind.CLI, "test"), at=at)

    return make
