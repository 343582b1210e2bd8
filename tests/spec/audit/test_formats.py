"""One content, five kinds of file: the audit says the same. And of our own reports it says nothing against them."""

from collections import Counter
from pathlib import Path

import pytest
from corpus.final_accounts import final_accounts
from corpus.flat import FORMATS
from corpus.shapes import shapes
from corpus.trial import audited
from tests_clock import AT

from rongji.audit.report import AuditedFile
from rongji.audit.run import audit_read
from rongji.cli.year_source import from_file
from rongji.documents.readers import read_document
from rongji.documents.writers import FORMATS as WRITTEN
from rongji.documents.writers import render
from rongji.kernel.finding import Verdict
from rongji.reports.build import build_report
from rongji.reports.form_reader import find_form, load_forms
from rongji.reports.gather import gather_sources

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
MADE = {item.name: item for item in shapes(1)}


def said(file: AuditedFile) -> Counter[tuple[object, ...]]:
    """What an audit says without where it stands."""
    return Counter(
        (
            item.finding.check,
            item.finding.verdict,
            item.finding.difference,
            tuple(sorted(str(figure.quantity) for figure in item.finding.figures)),
        )
        for item in file.claims
    )


@pytest.mark.parametrize("name", MADE)
def test_one_content_in_five_formats_gives_the_same_claims(name: str):
    first, *others = (said(audited(MADE[name].document, ending)) for ending in FORMATS)
    assert first
    for other in others:
        assert other == first


def test_final_accounts_in_four_formats_give_the_same_claims():
    made = final_accounts(2, "older", length=6)
    first, *others = (said(audited(made.document, ending)) for ending in WRITTEN)
    assert sum(first.values()) > 200
    for other in others:
        assert other == first


@pytest.mark.parametrize("form", sorted(item.id for item in load_forms().values() if not item.is_annex))
def test_our_own_reports_pass_in_every_format(form: str):
    forms = load_forms()
    year, before = (from_file(EXAMPLES / name / "year.yaml") for name in ("qingshan-2024", "qingshan-2023"))
    sources = gather_sources(year, on=AT.date(), known_on=AT.date(), prior=before)
    report = build_report(sources, find_form(form, forms), forms, final=False, dated_on=AT.date())
    for ending in WRITTEN:
        name = f"own.{ending}"
        file = audit_read(read_document(render(report.document, ending), name), name)
        against = [item.finding.explanation for item in file.claims if item.finding.verdict is Verdict.CONTRADICTION]
        assert against == [], ending
        assert file.counts[Verdict.HOLDS] > 50
