"""Reports outside: approved versions only, each by a decision of its own, with the figures as they were approved."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from unit.public.visitor import Visitor

from rongji.accounts.selectors import actor_for
from rongji.accounts.types import Origin, OriginKind
from rongji.intake.keys import make_keys
from rongji.intake.publishing import choose, publish, standing
from rongji.performance.services import import_year
from rongji.reports.models import ReportVersion
from rongji.reports.services import decide_report, finalise_report

pytestmark = pytest.mark.database
EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "qingshan-2024" / "year.yaml"
AT = datetime(2025, 4, 1, 2, 0, tzinfo=UTC)
KEY = "2024-yuelu-2021"


@pytest.fixture
def acting(inside, organisation, user):
    """Somebody of each role of the made-up bureau, whose window it is."""
    home = organisation("qingshan", area_code="990101", name="青山县退役军人事务局（示例）")
    known = {}

    def make(role):
        known[role] = known.get(role) or user(role, organisation=None if role == "administrator" else home)
        return actor_for(user=known[role], origin=Origin(OriginKind.CLI, "test"), at=AT)

    return make


@pytest.fixture
def proposed(acting):
    """A report that was finalised and waits for the director."""
    import_year(actor=acting("finance"), source=EXAMPLE)
    make_keys(actor=acting("administrator"))
    officer = acting("performance_officer")
    return finalise_report(actor=officer, bureau="qingshan", year=2024, form="yuelu-2021", formats=("html", "pdf"))


def reports(acting):
    return [item for item in standing(acting("director")) if item.item.kind == "report"]


def test_a_report_that_nobody_approved_cannot_go_out(acting, proposed):
    assert reports(acting) == []


def test_an_approved_report_goes_out_only_when_somebody_says_so(acting, proposed, window_address):
    decide_report(actor=acting("director"), version_id=proposed, approve=True)
    publish(actor=acting("director"))
    assert [(item.item.key, item.is_shown, item.is_out) for item in reports(acting)] == [(KEY, False, False)]
    assert Visitor(window_address).get(f"/reports/{KEY}/").status == 404
    choose(actor=acting("director"), kind="report", key=KEY, show=True)
    publish(actor=acting("director"))
    assert Visitor(window_address).get(f"/reports/{KEY}/").status == 200


def test_its_figures_and_words_are_those_that_were_approved(acting, proposed, window_address):
    """Every printed figure stands in the table, the text is the approved one, and it can be taken home as a file."""
    decide_report(actor=acting("director"), version_id=proposed, approve=True)
    choose(actor=acting("director"), kind="report", key=KEY, show=True)
    publish(actor=acting("director"))
    visitor = Visitor(window_address)
    page = visitor.get(f"/reports/{KEY}/")
    content = ReportVersion.objects.get(pk=proposed).content
    stated = {key: shown for key, shown in content["printed"].items() if key in content["figures"]}
    assert len(stated) > 20
    for key, shown in stated.items():
        assert content["figures"][key]["label"] in page.main and shown in page.main
    assert "青山县" in page.main and "预览稿" not in page.main
    assert "<button" not in page.text and "<script" not in page.text and "style=" not in page.text
    link = re.search(r'href="(/reports/[^"]+\.pdf/)"', page.text)[1]
    import urllib.request

    with urllib.request.urlopen(window_address + link) as file:
        assert file.read().startswith(b"%PDF-")
        assert file.headers["Content-Disposition"].startswith("attachment")


def test_a_file_of_another_kind_has_no_address(acting, proposed, window_address):
    """Neither figures nor evidence nor anything that a browser would run."""
    visitor = Visitor(window_address)
    publish(actor=acting("director"))
    for name in ("figures.csv", "qingshan-2024-yuelu-2021.html", "..%2F..%2Fetc%2Fpasswd"):
        assert visitor.get(f"/reports/{KEY}/file/{name}/").status == 404
