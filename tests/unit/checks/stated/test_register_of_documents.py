"""No check on documents is forgotten: every one written is imported, registered and says what it is."""

import ast
from pathlib import Path

import rongji.checks.stated
from rongji.checks.reference import families_of_documents
from rongji.checks.registry import document_checks, registered

ROOM = Path(rongji.checks.stated.__file__).parent


def written():
    """Every decorated generator in the folder, by file."""
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(
                "document_check" in ast.unparse(item) for item in node.decorator_list
            ):
                yield ".".join(path.relative_to(ROOM).with_suffix("").parts), node.name.replace("_", "-")


def test_every_written_check_is_registered():
    assert set(written()) == {(item.family, item.id) for item in document_checks()}


def test_every_check_says_what_it_is():
    for item in document_checks():
        assert item.title and item.basis and item.explanation.rstrip("）)").endswith("."), item.id


def test_no_name_or_title_stands_for_two_checks():
    names = [item.id for item in (*registered(), *document_checks())]
    families = {item.family for item in registered()} & {item.family for item in document_checks()}
    titles = [item.title for item in document_checks()]
    assert len(set(names)) == len(names)
    assert len(set(titles)) == len(titles)
    assert not families


def test_every_family_has_a_name_in_the_reference():
    names = families_of_documents()
    assert set(names) == {item.family for item in document_checks()}
    assert all("一" <= name[:1] <= "龥" for name in names.values())
    assert len(set(names.values())) == len(names)
