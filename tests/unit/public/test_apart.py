"""The window's process is apart: other settings, another database, no app, no key and no table of the inside."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from unit.public.window import outside_environment

INSIDE = (
    "accounts", "people", "budget", "awards", "casework", "services", "placement", "payments", "performance",
    "reports", "intake", "web", "api", "audit", "compute",
)  # fmt: skip
LONG_SECRET = "0123456789abcdef" * 4
ASK = """
import json, sys
from rongji.config.public_wsgi import application
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver
list(get_resolver().url_patterns)
refused = []
for room in {rooms!r}:
    try:
        __import__(f"rongji.{{room}}.models")
        refused.append([room, "imported"])
    except (RuntimeError, ImportError, AttributeError) as error:
        refused.append([room, type(error).__name__])
print(json.dumps({{
    "apps": [item.name for item in apps.get_app_configs()],
    "tables": sorted(model._meta.db_table for model in apps.get_models()),
    "databases": {{name: str(entry["NAME"]) for name, entry in settings.DATABASES.items()}},
    "middleware": settings.MIDDLEWARE,
    "has_inside_options": hasattr(settings, "RONGJI"),
    "options": sorted(type(settings.RONGJI_PUBLIC).model_fields),
}}))
"""
LOADED = """
import json, sys
from rongji.config.public_wsgi import application
from django.urls import get_resolver
list(get_resolver().url_patterns)
print(json.dumps(sorted(name for name in sys.modules if name.startswith("rongji."))))
"""


def ask(script: str, home: Path, **settings: str) -> object:
    """Run a script in a process with the window's environment."""
    done = subprocess.run(
        [sys.executable, "-c", script], env=outside_environment(home, **settings), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    return ask(ASK.format(rooms=INSIDE), tmp_path_factory.mktemp("apart"))


def test_it_has_one_app_and_its_tables_alone(facts):
    assert facts["apps"] == ["django.contrib.staticfiles", "rongji.public", "csp"]
    assert {table.partition("_")[0] for table in facts["tables"]} == {"public"}


def test_it_has_one_database_of_its_own(facts):
    assert list(facts["databases"]) == ["default"]
    assert facts["databases"]["default"].endswith("window.sqlite3")


def test_nobody_signs_in_and_there_are_no_sessions(facts):
    assert [name for name in facts["middleware"] if "auth" in name or "session" in name.lower()] == []


def test_it_has_no_setting_that_could_hold_a_key_of_the_inside(facts):
    assert not facts["has_inside_options"]
    assert [name for name in facts["options"] if "key" in name and name != "secret_key"] == []


def test_none_of_the_rooms_inside_is_ever_loaded(tmp_path):
    loaded = ask(LOADED, tmp_path)
    assert [name for name in loaded if name.split(".")[1] in INSIDE] == []
    assert "rongji.public.models" in loaded


def start(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Try to start a window where real people write."""
    extra = {name: settings.pop(name) for name in list(settings) if name.startswith("RONGJI_")}
    environment = outside_environment(home, MODE="production", **settings) | extra
    command = [sys.executable, "-m", "rongji", "public", "serve", "--port", "1"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("held", ["RONGJI_DATA_KEYS", "RONGJI_DATABASE_URL", "RONGJI_INDEX_KEY", "RONGJI_SECRET_KEY"])
def test_it_does_not_start_where_a_key_of_the_inside_is_within_reach(tmp_path, held):
    done = start(tmp_path, SECRET_KEY=LONG_SECRET, **{held: "a secret of the inside"})
    assert done.returncode == 2
    assert held in done.stderr and "请用另一个账号、另一份设置启动" in done.stderr


def test_it_does_not_start_with_the_secret_of_the_demo(tmp_path):
    done = start(tmp_path)
    assert done.returncode == 2
    assert "RONGJI_PUBLIC_SECRET_KEY" in done.stderr


def test_what_the_demo_hands_to_the_window_holds_nothing_of_the_inside(monkeypatch, tmp_path):
    """The environment in which its process is started."""
    from rongji.config.options import Options, environment_of_window

    monkeypatch.setenv("RONGJI_DATA_KEYS", '["a:secret"]')
    monkeypatch.setenv("RONGJI_DATABASE_URL", "postgresql://inside@/rongji")
    monkeypatch.setenv("RONGJI_PUBLIC_PORT", "9001")
    found = environment_of_window(Options(data_dir=tmp_path, mode="demo", data_keys=("a:b",), database_url=""))
    own = {name: text for name, text in found.items() if name.startswith(("RONGJI_", "DJANGO_"))}
    assert own == {
        "RONGJI_PUBLIC_PORT": "9001", "RONGJI_PUBLIC_MODE": "demo", "RONGJI_PUBLIC_DATA_DIR": str(tmp_path / "public")
    }  # fmt: skip


def test_the_inside_keeps_its_tables_out_of_the_window(inside):
    """And the window's out of the inside: each table lies in one database only."""
    from django.db import connection, connections

    outside = set(connections["public"].introspection.table_names())
    here = set(connection.introspection.table_names())
    assert {name for name in outside if name.startswith(("accounts_", "people_", "intake_", "casework_"))} == set()
    assert {name for name in here if name.startswith("public_")} == set()
    assert "public_submission" in outside and "intake_intake" in here


def test_a_file_that_the_window_may_read_holds_no_private_key(opened, window_home):
    """The private half is nowhere in the window's folder, the public half is."""
    from rongji.accounts.secrets import Purpose, decrypt
    from rongji.intake.models import IntakeKey
    from rongji.public.models import SealingKey

    private = bytes.fromhex(decrypt(IntakeKey.objects.get().cipher, Purpose.INTAKE_KEY))
    public = bytes(SealingKey.objects.get().public)
    kept = b"".join(Path(folder, name).read_bytes() for folder, _, names in os.walk(window_home) for name in names)
    assert private not in kept and private.hex().encode() not in kept
    assert public in kept
