"""A made-up county with tables of its own beside the national ones that are shipped."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from legal_folder import LegalFolder

from rongji.law.loader import load
from rongji.law.locate import find_legal
from rongji.law.model import Lawbook

COUNTY = "990101"

Place = Callable[..., Lawbook]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """`place(table_id, kind, rows, keys=…)`: the shipped tables and those of the county, one call a table."""
    folder = LegalFolder(tmp_path / "legal")
    shipped = find_legal()
    for name in ("acts", "standards"):
        shutil.copytree(shipped / name, folder.root / name, dirs_exist_ok=True)

    def add(table_id: str, kind: str, rows: str, *, keys: str = "", unit: str = "元") -> Lawbook:
        head = f"id: {table_id}\nlabel: 样例县标准\nkind: {kind}\nunit: {unit}\nkeys: [{keys}]\n"
        folder.table(rows, file=f"regions/{COUNTY}/standards/{table_id}.yaml", head=head)
        return load(folder.root)

    return add


def row(value: str, *, effective: str = "2020-01-01", known: str = "2020-01-01", **keys: str) -> str:
    """One row of a local table."""
    words = "".join(f"{name}: {word}, " for name, word in keys.items())
    return f"  - {{{words}effective: {effective}, known: {known}, act: notice-1, trust: official, value: {value}}}\n"
