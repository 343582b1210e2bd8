"""The settings object: where values come from, what is refused, and that every entry explains itself."""

import re

import pytest

from rongji.config import options as options_module
from rongji.config.databases import DatabaseAddressUnreadable, database_entry
from rongji.config.options import Mode, Options, OptionsUnreadable, load_options, option_entries


@pytest.fixture
def load(monkeypatch, tmp_path):
    """Read the options anew from an environment and, if given, a TOML file."""

    def read(toml: str = "", **environment: str) -> Options:
        for name in list(options_module.os.environ):
            if name.startswith("RONGJI_"):
                monkeypatch.delenv(name)
        for name, value in environment.items():
            monkeypatch.setenv(f"RONGJI_{name.upper()}", value)
        if toml:
            (tmp_path / "site.toml").write_text(toml, encoding="utf-8")
            monkeypatch.setenv("RONGJI_CONFIG", str(tmp_path / "site.toml"))
        monkeypatch.chdir(tmp_path)
        load_options.cache_clear()
        return load_options()

    yield read
    load_options.cache_clear()


def test_nothing_has_to_be_set_for_the_demo(load):
    """Out of the box: demo, SQLite in ./var, local addresses only."""
    found = load()
    assert (found.mode, found.database_url, found.host) == (Mode.DEMO, "", "127.0.0.1")
    assert found.home.name == "var"
    assert found.seals == found.home / "seals"


def test_the_environment_wins_over_the_file(load):
    """A file for the site, a variable for the moment."""
    found = load("port = 9000\nthreads = 3\n", port="9001")
    assert (found.port, found.threads) == (9001, 3)


def test_a_file_named_rongji_toml_is_found_by_itself(load, tmp_path):
    """In the working directory."""
    (tmp_path / "rongji.toml").write_text("port = 9100\n")
    assert load().port == 9100


WRONG = [
    ({"port": "99999"}, "port"),
    ({"mode": "staging"}, "mode"),
    ({"session_idle_minutes": "soon"}, "session_idle_minutes"),
]


@pytest.mark.parametrize(("environment", "named"), WRONG, ids=[row[1] for row in WRONG])
def test_a_wrong_value_is_named_with_what_belongs_there(load, environment, named):
    """The entry, and its own description."""
    with pytest.raises(OptionsUnreadable, match=named) as caught:
        load(**environment)
    assert Options.model_fields[named].description.rstrip("。") in str(caught.value)


def test_an_unknown_entry_in_the_file_is_refused(load):
    """A typing error must not be a silent default."""
    with pytest.raises(OptionsUnreadable, match=r"sesion_idle_minutes（.*没有这一项设置"):
        load("sesion_idle_minutes = 5\n")


def test_every_entry_explains_itself_in_chinese():
    """Each has a line that feeds the reference; a number has a unit."""
    for entry in option_entries():
        assert re.search(r"[\u4e00-\u9fff]", entry.description), entry.name
        assert entry.description.endswith("。"), entry.name
        if Options.model_fields[entry.name].annotation is int:
            assert entry.unit, entry.name


def test_the_reference_prints_no_secret():
    """Neither the demo's nor anybody's."""
    assert all("secret-that" not in entry.default for entry in option_entries())


ADDRESSES = [
    ("postgresql://u:p%40ss@db.example:5433/rongji?sslmode=require", ("db.example", "5433", "rongji", "u", "p@ss")),
    ("postgres://u@/rongji?host=%2Frun%2Fpg", ("/run/pg", "", "rongji", "u", "")),
]


@pytest.mark.parametrize(("address", "expected"), ADDRESSES)
def test_a_database_address_is_taken_apart(load, address, expected):
    """Host or socket directory, port, name, user, password; the rest goes to the driver."""
    entry = database_entry(load(database_url=address))
    assert tuple(entry[key] for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD")) == expected
    assert entry["ATOMIC_REQUESTS"] is False


def test_another_kind_of_database_is_refused(load):
    """With the shape that is understood."""
    with pytest.raises(DatabaseAddressUnreadable, match="mysql"):
        database_entry(load(database_url="mysql://u@h/x"))
