"""Legal data made for one test: the shipped ones with local tables of a region that does not exist."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rongji.law.loader import lawbook
from rongji.law.model import Act, ActKind, Lawbook, Trust
from rongji.law.reading import Problems
from rongji.law.tables import read_tables

REGION = "990100"
MADE_UP = Act("made-up", "样例县通知", ActKind.LOCAL, Trust.OFFICIAL, issuer="样例县")


@pytest.fixture
def local_law(tmp_path: Path) -> Callable[..., Lawbook]:
    """The shipped data with local tables: name → (kind, keys, rows); rows cite the act `made-up`."""

    def make(**tables: tuple[str, str, str]) -> Lawbook:
        for name, (kind, keys, rows) in tables.items():
            folder, _, table = name.partition("__")
            path = tmp_path / "regions" / REGION / folder / f"{table}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            head = f"id: {folder}.{table}\nlabel: 样例县标准\nkind: {kind}\nunit: 元\nkeys: [{keys}]\n"
            path.write_text(f"{head}valid_until_checked: 2025-01-01\nrows:\n{rows}", encoding="utf-8")
        book, problems = lawbook(), Problems()
        acts = {**book.acts, MADE_UP.id: MADE_UP}
        local = read_tables(tmp_path, acts, problems, production=False)
        assert problems.found == []
        return replace(book, acts=acts, tables={**book.tables, **local})

    return make
