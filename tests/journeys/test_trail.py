"""The operator's way through the command line: set up, open accounts, seal, and find out what was tampered with."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.journey


class Site:
    """An installation in a directory of its own, driven by the real command."""

    def __init__(self, home: Path) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("RONGJI_", "DJANGO_"))}
        self.environment = {**kept, "RONGJI_DATA_DIR": str(home / "var"), "RONGJI_LOG_LEVEL": "ERROR"}

    def run(self, *words: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `rongji WORDS`."""
        return subprocess.run(
            [sys.executable, "-m", "rongji", *words],
            cwd=self.home,
            env={**self.environment, **environment},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    def sql(self, *statements: str) -> None:
        """What somebody with the file in hand could do: take the triggers off and write."""
        with sqlite3.connect(self.home / "var" / "rongji.sqlite3") as connection:
            triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.execute(statement)
        connection.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    """A site with a few accounts and one seal, made once and copied for every test."""
    site = Site(tmp_path_factory.mktemp("site"))
    assert site.run("setup").returncode == 0
    for name, role in (("anna", "finance"), ("berta", "auditor"), ("carla", "administrator")):
        words = ("users", "add", name, "--name", f"示例{name}", "--role", role, "--password-stdin")
        assert site.run(*words, typed="Long-enough-2024\n").returncode == 0
    assert site.run("trail", "seal").stdout == "已封存至第 7 条（第 1 次封存）。\n"
    return site.home


@pytest.fixture
def site(template, tmp_path) -> Site:
    """A copy of it."""
    shutil.copytree(template / "var", tmp_path / "var")
    return Site(tmp_path)


def test_a_sound_trail_verifies(site):
    """In words, and in JSON for a machine."""
    assert site.run("trail", "verify").stdout == (
        "审计记录 8 条，前后相接，未见改动；与 1 次封存相符，已封存至第 7 条。\n"
    )
    done = site.run("trail", "verify", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"ok": True, "entries": 8, "seals": 1, "sealed_through": 7, "troubles": []}


TAMPERINGS = {
    "altered": ("UPDATE accounts_trailentry SET summary = 'x' WHERE sequence = 3", 3, "第 3 条审计记录的内容被改动。"),
    "removed": ("DELETE FROM accounts_trailentry WHERE sequence = 4", 4, "第 4 条审计记录被删除。"),
    "truncated": ("DELETE FROM accounts_trailentry WHERE sequence > 5", 6, "第 6 条起的审计记录被删除"),
}


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_tampering_is_named_with_exit_code_1(site, kind):
    """The first entry concerned, in words and as data."""
    statement, sequence, sentence = TAMPERINGS[kind]
    site.sql(statement)
    done = site.run("trail", "verify")
    assert (done.returncode, sentence in done.stdout) == (1, True)
    report = json.loads(site.run("trail", "verify", "--json").stdout)
    assert [(item["kind"], item["sequence"]) for item in report["troubles"]] == [(kind, sequence)]


def test_swapped_entries_are_named(site):
    """Three statements with a detour, as a unique number demands."""
    site.sql(*[f"UPDATE accounts_trailentry SET sequence = {b} WHERE sequence = {a}" for a, b in ((2, 99), (5, 2))])
    site.sql("UPDATE accounts_trailentry SET sequence = 5 WHERE sequence = 99")
    done = site.run("trail", "verify")
    assert done.stdout == "第 2 条审计记录被挪到了第 5 条的位置，顺序被调换。\n"
    assert done.returncode == 1


def test_an_account_may_do_on_the_command_line_what_its_roles_allow(site):
    """The auditor reads the trail; finance and the administrator do not; nobody unknown does anything."""
    assert site.run("--as", "berta", "trail", "list", "--last", "1").returncode == 0
    for name in ("anna", "carla"):
        done = site.run("--as", name, "trail", "list")
        assert (done.returncode, done.stdout) == (4, "")
        assert "不能“查看审计记录”：需要角色“审计员”" in done.stderr
    done = site.run("--as", "nobody", "trail", "list", "--json")
    assert (done.returncode, json.loads(done.stderr)["code"]) == (3, "user-unknown")


def test_one_person_does_not_both_run_and_use_the_system(site):
    """The refusal says what to do."""
    done = site.run("users", "roles", "anna", "--give", "administrator")
    assert done.returncode == 3
    assert "不能由同一人兼任" in done.stderr


def test_an_initial_password_is_printed_once_and_fits_the_rules(site):
    """Generated when none is given; a weak one from outside is refused in Chinese."""
    assert "初始密码：" in site.run("users", "add", "dora", "--name", "示例丁").stdout
    done = site.run("users", "password", "dora", "--password-stdin", typed="weak\n")
    assert done.returncode == 3
    assert "密码不能少于 10 个字符。" in done.stderr


def test_before_set_up_every_command_says_so(tmp_path):
    """Rather than a traceback about missing tables."""
    fresh = Site(tmp_path)
    for words in (("trail", "verify"), ("users", "list"), ("serve", "--port", "1")):
        done = fresh.run(*words)
        assert (done.returncode, "rongji setup" in done.stderr) == (2, True), done.stderr


def test_the_administrator_keeps_the_tree_of_organisations(site):
    """A bureau, a unit that is consolidated into it, a new area code; finance may not."""
    assert (
        site.run("--as", "carla", "organisations", "add", "yl", "--name", "示例局", "--area", "430104").returncode == 0
    )
    unit = (
        "organisations",
        "add",
        "yl-1",
        "--name",
        "示例中心",
        "--area",
        "430104",
        "--kind",
        "unit",
        "--consolidated",
    )
    assert "上级机构" in site.run("--as", "carla", *unit).stderr
    assert site.run("--as", "carla", *unit, "--parent", "yl").returncode == 0
    assert site.run("--as", "carla", "organisations", "area", "yl", "430105", "--on", "2024-07-01").returncode == 0
    listed = site.run("--as", "carla", "organisations", "list").stdout
    assert listed == "yl  示例局  430105\n  yl-1  示例中心  430104  不单独核算\n"
    assert site.run("--as", "anna", "organisations", "list").returncode == 4


def test_set_up_can_be_repeated(site):
    """It changes nothing the second time."""
    assert site.run("setup").returncode == 0
    assert json.loads(site.run("trail", "verify", "--json").stdout)["entries"] == 8


def test_help_starts_without_django():
    """The list of commands is read from the files beside it."""
    code = (
        "import sys, rongji.cli.main as m\n"
        "try:\n    m.app(['--help'])\nexcept SystemExit:\n    pass\n"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "trail" in done.stdout


def test_production_does_not_start_with_the_demo_secret(site):
    """Nor does it let the nameless operator touch business data."""
    done = site.run("serve", RONGJI_MODE="production")
    assert (done.returncode, "RONGJI_SECRET_KEY" in done.stderr) == (2, True)


def test_the_pages_are_served(site):
    """The sign-in page over HTTP, from the real server; the port is free again afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rongji", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=site.home, env=site.environment, stdout=subprocess.PIPE, text=True)
    try:
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        page = fetch(f"http://127.0.0.1:{port}/accounts/login/")
        assert page.status == 200
        assert "'none'" in page.headers["Content-Security-Policy"]
    finally:
        server.terminate()
        server.communicate(timeout=10)


def fetch(address: str):
    """GET, once somebody answers."""
    for _ in range(50):
        try:
            return urllib.request.urlopen(address, timeout=5)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at {address}")
