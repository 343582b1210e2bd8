"""A small folder of legal data to write tables into."""

from pathlib import Path

ACT = """
id: notice-1
title: 关于样例的通知
kind: notice
issuer: 样例机关
published: 2020-01-01
effective: 2020-01-01
trust: official
"""


class LegalFolder:
    """A folder of legal data under construction."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("acts", "concepts", "identities", "forms"):
            (root / name).mkdir(parents=True)
        self.write("acts/notice-1.yaml", ACT)

    def write(self, file: str, text: str) -> None:
        """Put one file there."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def table(self, rows: str, *, file: str = "standards/sample.yaml", head: str = "") -> None:
        """Put one table of plain values there, its rows as given."""
        start = "id: standards.sample\nlabel: 样例标准\nkind: value\nunit: 元\nkeys: [grade]\n"
        self.write(file, f"{head or start}valid_until_checked: 2024-01-01\nrows:\n{rows}")
