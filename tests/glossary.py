"""The glossary of docs/glossary: one term per file with four fields, and the index page made from them.

`.venv/bin/python tests/glossary.py` writes the index anew.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "glossary"
INDEX = FOLDER / "README.md"
FIELDS = ("中文", "标识", "定义", "出处")
_FIELD = re.compile(r"^- \*\*(?P<name>[^*]+)\*\*：(?P<value>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its file and its fields as written."""

    path: Path
    title: str
    fields: dict[str, str]

    @property
    def identifier(self) -> str:
        """The name in the code or in the legal data."""
        return self.fields.get("标识", "").strip("`")


def terms() -> list[Term]:
    """Every term, by its Chinese name."""
    found = (_term(path) for path in FOLDER.glob("*.md") if path != INDEX)
    return sorted(found, key=lambda term: term.path.stem)


def index_page() -> str:
    """The index as it should stand in the folder."""
    lines = [
        "# 术语",
        "",
        "一个词一个文件：中文、标识（程序或法规数据里的名字）、定义、出处。",
        "",
        "| 中文 | 标识 | 定义 |",
        "|---|---|---|",
    ]
    for term in terms():
        lines.append(f"| [{term.title}]({term.path.name}) | {term.fields['标识']} | {term.fields['定义']} |")
    return "\n".join(lines) + "\n"


def _term(path: Path) -> Term:
    text = path.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ").strip()
    return Term(path, title, {match["name"]: match["value"].strip() for match in _FIELD.finditer(text)})


if __name__ == "__main__":
    INDEX.write_text(index_page(), encoding="utf-8")
    sys.stdout.write(f"{len(terms())} 个词：{INDEX}\n")
