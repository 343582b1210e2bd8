"""Whole disclosures of final accounts, true to the fen: every table is known and nothing accused, in every format."""

from collections import Counter
from pathlib import Path

import pytest
from corpus.final_accounts import STYLES, final_accounts
from corpus.flat import as_text

from rongji.audit.report import AuditedFile
from rongji.audit.run import audit_path, findings
from rongji.audit.stated import stated
from rongji.documents.model import Document
from rongji.documents.writers import write
from rongji.kernel.finding import Verdict

NINE = set(next(iter(STYLES.values())).names)


def recognised(file: AuditedFile) -> set[str]:
    """The parts that were read with certainty."""
    tables = file.stated.tables if file.stated else ()
    return {table.part for table in tables if table.form == "final-accounts" and table.certain}


def audited(document: Document, path: Path) -> AuditedFile:
    """The audit of the document written there."""
    return audit_path(write(document, path))


def accusations(document: Document) -> list[str]:
    """What the audit of the blocks themselves calls a contradiction."""
    return [item.explanation for item in findings(stated(document, "made")) if item.verdict is Verdict.CONTRADICTION]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_a_true_disclosure_is_accused_of_nothing(style, seed):
    """Rounding of each printed amount included; with funds, other money and state capital, or without."""
    made = final_accounts(seed, style, length=16, quiet=seed == 3)
    assert accusations(made.document) == []


@pytest.mark.parametrize("style", ["standard", "rows"])
def test_text_with_its_cells_on_lines_gives_the_same_claims(style, tmp_path):
    """Copied out as text the tables lose their spans; their form gives them back."""
    made = final_accounts(13, style, length=16)
    path = tmp_path / "year.txt"
    path.write_bytes(as_text(made.document))
    file, known = audit_path(path), findings(stated(made.document, "made"))
    assert recognised(file) == NINE
    assert Counter(claim.finding.check for claim in file.claims) == Counter(item.check for item in known)
    assert not file.contradicts


@pytest.mark.parametrize("style", ["standard", "rows", "yuan"])
def test_every_format_gives_the_same_claims(style, tmp_path):
    """Long tables over several pages: docx, xlsx, html and pdf are read alike, all nine tables in each."""
    made = final_accounts(11, style, length=30)
    files = [audited(made.document, tmp_path / f"year.{ending}") for ending in ("docx", "xlsx", "html", "pdf")]
    assert [recognised(file) for file in files] == [NINE] * 4
    counted = [Counter((claim.finding.check, claim.finding.verdict) for claim in file.claims) for file in files]
    assert all(item == counted[0] for item in counted)
    assert not any(file.contradicts for file in files)


@pytest.mark.documents
@pytest.mark.parametrize(("style", "ending"), [("rows", "docx"), ("standard", "xlsx")])
def test_pages_that_another_program_prints_are_read_as_well(style, ending, office, tmp_path):
    """The docx and the xlsx printed by LibreOffice: all nine tables, no accusation."""
    made = final_accounts(12, style, length=30)
    file = audit_path(office(write(made.document, tmp_path / f"year.{ending}"), "pdf"))
    assert recognised(file) == NINE
    assert not file.contradicts


def test_the_relations_between_the_tables_are_all_looked_at():
    """A disclosure with everything in it has a claim for every relation of the map that its print has both ends of."""
    said = stated(final_accounts(1, "rows", length=16).document, "made")
    found = findings(said)
    across = Counter(item.check for item in found if item.check.startswith("final-account"))
    assert across["final-account-tables-agree"] > 40
    assert across["final-account-tables-add-up"] == 2
    assert across["final-account-parts-stay-within"] > 10
    assert across["final-account-text-agrees"] > 30
    assert across["final-account-items-agree"] > 15
    assert across["final-account-statements-present"] == 9
