"""A year's report from preview to approval: frozen by one person, approved by another, and what changes afterwards."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rongji.kernel.figure import FigureKey

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "qingshan-2024" / "year.yaml"
AT = datetime(2025, 4, 1, 2, 0, tzinfo=UTC)
BUREAU, YEAR, FORM = "qingshan", 2024, "yuelu-2021"


@pytest.fixture
def people(organisation, actor):
    """Finance, performance officer, director and a reviewer of one bureau; and a director elsewhere."""
    home = organisation(BUREAU, area_code="430999", name="青山县退役军人事务局（示例）")
    other = organisation("elsewhere", area_code="440100")
    make = {
        role: actor(role, organisation=home, at=AT)
        for role in ("finance", "performance_officer", "director", "reviewer")
    }
    return {**make, "director elsewhere": actor("director", organisation=other, at=AT)}


@pytest.fixture
def year(people):
    """The consistent made-up year, imported."""
    from rongji.performance.services import import_year

    import_year(actor=people["finance"], source=EXAMPLE)
    return BUREAU, YEAR


@pytest.fixture
def finalised(people, year):
    """A version frozen and proposed by the performance officer, as a Word file."""
    from rongji.reports.services import finalise_report

    return finalise_report(actor=people["performance_officer"], bureau=BUREAU, year=YEAR, form=FORM, formats=("docx",))


def change_a_text(people):
    """Somebody edits the year after the fact: the workbook is imported again with another text."""
    from rongji.performance.services import import_year

    head = "部门（单位）基本情况\n      body: |\n        "
    text = EXAMPLE.read_text(encoding="utf-8").replace(head, f"{head}（补正）", 1)
    assert "（补正）" in text
    import_year(actor=people["finance"], source=text.encode(), file_name="year.yaml")


def test_finalising_freezes_everything_and_names_its_files(people, finalised):
    """The version holds content, digest and files; nothing is approved yet."""
    from rongji.reports.freezing import content_digest
    from rongji.reports.models import ReportVersion
    from rongji.reports.selectors import version_file, versions

    found = versions(actor=people["reviewer"], bureau=BUREAU, year=YEAR)
    assert [(item.number, item.state_label) for item in found] == [(1, "待审批")]
    assert set(found[0].files) == {f"qingshan-2024-{FORM}.docx", "figures.csv"}
    row = ReportVersion.objects.get(pk=finalised)
    assert row.digest == content_digest(row.content)
    word = version_file(actor=people["director"], version_id=finalised, name=f"qingshan-2024-{FORM}.docx")
    parts = zipfile.ZipFile(io.BytesIO(word))
    assert not any("预览稿" in parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())


def test_the_maker_cannot_approve_and_another_bureau_neither(people, finalised):
    """Two persons; the right role; the right bureau."""
    from rongji.accounts.refusals import NotAllowed
    from rongji.reports.services import decide_report

    for who in ("performance_officer", "finance", "reviewer", "director elsewhere"):
        with pytest.raises(NotAllowed):
            decide_report(actor=people[who], version_id=finalised, approve=True)


def test_a_director_who_also_finalises_cannot_approve_his_own(organisation, user, people, year):
    """Holding both roles does not make one person two."""
    from rongji.accounts.models import Organisation, RoleAssignment
    from rongji.accounts.refusals import SamePerson
    from rongji.accounts.selectors import actor_for
    from rongji.accounts.types import Origin, OriginKind
    from rongji.reports.services import decide_report, finalise_report

    home = Organisation.objects.get(code=BUREAU)
    both = user("director", organisation=home)
    RoleAssignment.objects.create(user=both, role_id="performance_officer", organisation=home)
    one = actor_for(user=both, origin=Origin(OriginKind.CLI, "test"), at=AT)
    version = finalise_report(actor=one, bureau=BUREAU, year=YEAR, form=FORM, formats=("docx",))
    with pytest.raises(SamePerson):
        decide_report(actor=one, version_id=version, approve=True)


def test_what_changed_between_proposal_and_approval_stops_the_approval(people, finalised):
    """The director approves what was shown, or nothing."""
    from rongji.accounts.refusals import ChangedSinceProposed
    from rongji.reports.services import decide_report

    change_a_text(people)
    with pytest.raises(ChangedSinceProposed):
        decide_report(actor=people["director"], version_id=finalised, approve=True)


def test_after_approval_a_change_is_told_and_makes_a_new_version(people, finalised):
    """Approve, change, see what changed, finalise again: version 2 supersedes version 1 once it is approved."""
    from rongji.reports.refusals import SameAsApproved
    from rongji.reports.selectors import changes_since_approval, versions
    from rongji.reports.services import decide_report, finalise_report

    asked = {"bureau": BUREAU, "year": YEAR, "form": FORM}
    decide_report(actor=people["director"], version_id=finalised, approve=True)
    assert changes_since_approval(actor=people["director"], **asked) == ()
    with pytest.raises(SameAsApproved):
        finalise_report(actor=people["performance_officer"], **asked, formats=("docx",))
    change_a_text(people)
    changes = changes_since_approval(actor=people["director"], **asked)
    assert [item.kind for item in changes] == ["text"] and "（补正）" in changes[0].after
    second = finalise_report(actor=people["performance_officer"], **asked, formats=("docx",))
    decide_report(actor=people["director"], version_id=second, approve=True)
    found = versions(actor=people["director"], **asked)
    assert [(item.number, item.state) for item in found] == [(1, "superseded"), (2, "approved")]
    assert [item.kind for item in found[1].changes] == ["text"]


def test_a_version_sent_back_needs_a_reason_and_leaves_room_for_the_next(people, finalised):
    """退回 with a reason; then a new version may be proposed."""
    from rongji.accounts.refusals import ReasonNeeded
    from rongji.reports.refusals import NothingOpen
    from rongji.reports.services import decide_report, finalise_report

    with pytest.raises(ReasonNeeded):
        decide_report(actor=people["director"], version_id=finalised, approve=False)
    decide_report(actor=people["director"], version_id=finalised, approve=False, note="请补充说明")
    with pytest.raises(NothingOpen):
        decide_report(actor=people["director"], version_id=finalised, approve=True)
    assert finalise_report(actor=people["finance"], bureau=BUREAU, year=YEAR, form=FORM, formats=("docx",))


def test_the_evidence_pack_of_a_version_verifies(people, finalised, tmp_path):
    """Files, frozen content and manifest; the frozen content's digest is the one that was approved."""
    from rongji.kernel.digest import file_digest
    from rongji.reports.models import ReportVersion
    from rongji.reports.pack import verify
    from rongji.reports.services import evidence_pack

    path = tmp_path / "pack.zip"
    path.write_bytes(evidence_pack(actor=people["reviewer"], version_id=finalised))
    assert all(item.is_good for item in verify(path))
    content = zipfile.ZipFile(path).read("content.json")
    assert file_digest(content) == ReportVersion.objects.get(pk=finalised).digest


def attach(people, data: bytes) -> None:
    """The finance officer attaches a bank statement to the total expenditure."""
    from rongji.performance.services import attach_evidence

    attach_evidence(
        actor=people["finance"], bureau=BUREAU, year=YEAR, code="E90", title="全年支出对账单", kind="票据",
        file_name="对账单.pdf", data=data, figures=["expenditure.total:actual"],
    )  # fmt: skip


def pack_of(people, version) -> dict[str, bytes]:
    """The parts of a version's evidence pack, by name."""
    from rongji.reports.services import evidence_pack

    archive = zipfile.ZipFile(io.BytesIO(evidence_pack(actor=people["reviewer"], version_id=version)))
    return {name: archive.read(name) for name in archive.namelist()}


def test_the_pack_holds_the_evidence_as_it_was_frozen(people, year, options):
    """Attached, finalised, replaced: the pack of the version still holds the first file; the index leads to it."""
    from rongji.reports.services import finalise_report

    first, second = b"%PDF-1.7 first", b"%PDF-1.7 second"
    attach(people, first)
    version = finalise_report(
        actor=people["performance_officer"], bureau=BUREAU, year=YEAR, form=FORM, formats=("docx",)
    )
    parts = pack_of(people, version)
    assert parts["evidence/E90-对账单.pdf"] == first
    assert "全年支出对账单" in parts["index.html"].decode() and "E90" in parts["index.html"].decode()
    attach(people, second)
    later = pack_of(people, version)
    assert [data for name, data in later.items() if name.startswith("evidence/E90")] == [first]


def test_a_lost_evidence_file_stops_the_pack(people, year, options):
    """A pack that could not be verified is not handed out: the refusal names the file and what to do."""
    from django.conf import settings

    from rongji.documents.stored_files import FileRefused, path_of
    from rongji.kernel.digest import file_digest
    from rongji.reports.services import evidence_pack, finalise_report

    attach(people, b"%PDF-1.7 first")
    version = finalise_report(
        actor=people["performance_officer"], bureau=BUREAU, year=YEAR, form=FORM, formats=("docx",)
    )
    path_of(settings.RONGJI.evidence, file_digest(b"%PDF-1.7 first")).unlink()
    with pytest.raises(FileRefused, match=r"对账单.*备份"):
        evidence_pack(actor=people["reviewer"], version_id=version)


def test_a_number_opens_into_its_history(people, finalised):
    """Lineage from the records: definition, source, the entered figure's events, its value in each version."""
    from rongji.reports.selectors import figure_lineage

    found = figure_lineage(
        actor=people["director"], bureau=BUREAU, year=YEAR, key="expenditure.total:actual", form=FORM
    )
    assert found.shown == "11415.260182万元" and found.definition and found.events
    assert [(item.version, item.shown) for item in found.history] == [(1, found.shown)]
    assert found.printed_at


def test_every_write_is_in_the_trail(people, finalised):
    """Finalising and proposing are entries of their own."""
    from rongji.accounts.selectors import history_of

    actions = [entry.action for entry in history_of("report", f"{BUREAU}/{YEAR}/{FORM}/1")]
    assert actions == ["approvals.propose", "reports.finalise"]


def test_a_year_with_contradictions_is_not_finalised(people, year, monkeypatch):
    """One figure changed by a fen: the refusal lists what does not fit, nothing is stored."""
    from rongji.kernel.quantity import Quantity
    from rongji.performance import selectors as performance
    from rongji.reports import selectors
    from rongji.reports.models import ReportVersion
    from rongji.reports.refusals import ReportNotReady
    from rongji.reports.services import finalise_report

    def altered(actor, bureau, year):
        facts = performance.year_facts(actor=actor, bureau=bureau, year=year)
        figure = facts.figures.get(FigureKey.parse("expenditure.basic:actual"))
        return replace(facts, figures=facts.figures.replacing(figure, Quantity.parse("705.265072", "万元")))

    monkeypatch.setattr(selectors, "year_facts", altered)
    monkeypatch.setattr(selectors, "prior_year", lambda **_: None)
    with pytest.raises(ReportNotReady, match="705"):
        finalise_report(actor=people["finance"], bureau=BUREAU, year=YEAR, form=FORM)
    assert not ReportVersion.objects.exists()
