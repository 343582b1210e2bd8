"""Legal data made for one test: the shipped ones with local tables of a region that does not exist."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rongji.law.loader import load
from rongji.law.locate import find_legal
from rongji.law.model import Lawbook

REGION = "990100"
ACT = """id: made-up
title: 样例县通知
kind: local
issuer: 样例县
published: null
effective: null
trust: official
"""


@pytest.fixture
def local_law(tmp_path: Path) -> Callable[..., Lawbook]:
    """Load the shipped data with local tables: name → (kind, keys, rows); rows cite the act `made-up`."""

    def make(**tables: tuple[str, str, str]) -> Lawbook:
        root = tmp_path / "legal"
        shutil.copytree(find_legal(), root, dirs_exist_ok=True)
        (root / "acts" / "made-up.yaml").write_text(ACT, encoding="utf-8")
        for name, (kind, keys, rows) in tables.items():
            folder, _, table = name.partition("__")
            path = root / "regions" / REGION / folder / f"{table}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            head = f"id: {folder}.{table}\nlabel: 样例县标准\nkind: {kind}\nunit: 元\nkeys: [{keys}]\n"
            path.write_text(f"{head}valid_until_checked: 2025-01-01\nrows:\n{rows}", encoding="utf-8")
        return load(root)

    return make
