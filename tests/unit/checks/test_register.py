"""No check is forgotten: every check file is imported, every check registered, all named in the reference."""

import ast
from pathlib import Path

import rongji.checks
from rongji.checks.reference import FAMILIES, page
from rongji.checks.registry import registered

ROOM = Path(rongji.checks.__file__).parent
REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "checks.md"


def generators_of_findings():
    """Public functions that take a situation and yield findings, by file."""
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.returns:
                takes = [ast.unparse(item.annotation) for item in node.args.args if item.annotation]
                if takes == ["Situation"] and ast.unparse(node.returns) == "Iterator[Finding]":
                    yield path.stem, node


def test_every_generator_of_findings_is_registered():
    written = {(family, node.name.replace("_", "-")) for family, node in generators_of_findings() if family != "report"}
    assert written == {(item.family, item.id) for item in registered()}
    assert len(written) > 50


def test_every_check_says_what_it_is():
    for item in registered():
        assert item.title and item.basis and item.explanation.endswith("."), item.id


def test_every_family_has_a_name():
    assert {item.family for item in registered()} == set(FAMILIES)


def test_the_reference_is_the_register():
    assert REFERENCE.read_text(encoding="utf-8") == page()
