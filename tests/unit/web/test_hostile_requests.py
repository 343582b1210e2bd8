"""Every address of the system, with what nobody should send: an answer in words, never a crash, never another's data.

The addresses are read from the address table, so a new page is swept without being named here.
"""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rongji.config import urls
from rongji.kernel import clock
from rongji.performance.services import import_year

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db

ODD = ("\x00", "'\"<script>&", "../../../etc/passwd", "甲" * 3000, "²", "9" * 5000, "-1", "%00", "a:b:c|d|e:f", "")
ODD_YEARS = ("0", "99999999999999999999999", "2147483648", "1")
PARAMETERS = (
    "key", "form", "concept", "purse", "version", "scheme", "page", "kind", "subject", "group", "month", "text",
    "note", "status", "reason", "decision", "statement", "evidence", "code", "indicator", "name", "upload",
    "on", "known_on", "words", "after", "town", "bureau", "cause", "pay_month", "batch", "sequence", "outcome", "field",
    "all", "year", "go", "station", "person", "method", "result", "died_on", "happened_on", "other_area",
    "category", "first_month", "last_month", "identity", "grade", "decided_on", "village",
    "station_code", "area_code", "from_on", "number", "holder", "bank", "phone", "fact", "benefit", "basis_on",
    "start", "units", "terms", "changed_on", "award", "ended_on", "end", "id_number", "born_on", "sex", "since",
    "amount", "repaid_on", "monthly", "last", "withdrawn", "parent", "by", "view", "town", "open", "why_of_it", "rows",
    "accepted", "authority", "body", "due_on", "figure", "handler", "known", "leaving", "letters", "off", "only",
    "post", "proxy", "reached", "report_to", "seal", "section", "show", "sixty", "skip", "state", "tab", "to", "turn",
    "vague", "verdict", "case", "act", "act_on", "step", "light",
)  # fmt: skip
USUAL = {
    "bureau": "wangcheng", "year": "2021", "code": "I01", "ending": "pdf", "name": "report.pdf", "upload": "0" * 64,
    "entry": "scoring.national-2020", "month": "2024-09", "register": "job_fairs", "kind": "xlsx", "act": "accept",
    "key": "a", "absorbed": "2", "second": "2",
}  # fmt: skip
"""What stands in the places of an address; the first of its sort where nothing is said."""
WORDS = re.compile(r"<(?:(?:str|int|path|slug|uuid):)?(\w+)>|\{(\w+)\}")


def routes():
    """Every address of our own pages and of the API."""

    def of(patterns, prefix):
        for item in patterns:
            route = prefix + str(item.pattern)
            if hasattr(item, "url_patterns"):
                yield from of(item.url_patterns, route)
            elif not route.startswith("accounts/"):
                yield route

    return sorted(set(of(urls.urlpatterns, "/")))


def filled(route, **odd):
    """The address with its places filled in."""
    return WORDS.sub(lambda found: quote({**USUAL, **odd}.get(found[1] or found[2], "1"), safe=""), route)


@pytest.fixture
def bureau(organisation, actor):
    """A bureau with one year on record."""
    made = organisation("wangcheng", area_code="430112", name="长沙市望城区退役军人事务局")
    import_year(actor=actor("finance", organisation=made), source=ROOT / "examples/wangcheng-2021/year.yaml")
    return made


@pytest.fixture
def client_of(user):
    """A signed-in client with every role that may touch data, whose failures are answers and not exceptions."""

    def make(organisation, *roles):
        from rongji.accounts.models import RoleAssignment

        person = user(roles[0], organisation=organisation)
        for role in roles[1:]:
            RoleAssignment.objects.create(user=person, role_id=role, organisation=organisation)
        person.password_changed_at = clock.now()
        person.save()
        client = Client(raise_request_exception=False)
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return make


@pytest.fixture
def desk(client_of, bureau):
    """Somebody of the bureau who may do nearly everything."""
    return client_of(bureau, "performance_officer", "finance", "director")


def answers(client, address, **sent):
    """What GET and POST on an address say."""
    return [client.get(address, sent), client.post(address, sent)]


def crashes(client, addresses):
    """The addresses that answer GET or POST with a crash."""
    return [
        f"{what.wsgi_request.method} {address[:80]} {str(sent)[:60]}"
        for address, sent in addresses
        for what in answers(client, address, **sent)
        if what.status_code >= 500
    ]


def test_odd_places_in_an_address_are_answered(desk):
    """Text that is no code, years that no calendar has."""
    swept = [
        (filled(route, **{place: odd}), {})
        for route in routes()
        for place in sorted({found[1] or found[2] for found in WORDS.finditer(route)})
        for odd in (ODD_YEARS if place in ("year", "version") else ODD)
        if odd
    ]
    assert crashes(desk, swept) == []


def test_odd_parameters_are_answered(desk):
    """Each value in every parameter at once: what is not asked for does not matter."""
    swept = [(filled(route), dict.fromkeys(PARAMETERS, odd)) for route in routes() for odd in ODD]
    assert crashes(desk, swept) == []


def test_no_address_tells_a_stranger_anything_of_another_bureau(desk, bureau, client_of, organisation):
    """All data roles elsewhere: refused or unknown, no word of the bureau's in the answer, nothing changed."""
    elsewhere = organisation("elsewhere", area_code="440100", name="别处事务局")
    roles = ("performance_officer", "finance", "director", "clerk", "section_head", "reviewer", "auditor")
    stranger = client_of(elsewhere, *roles)
    figures = "/api/years/wangcheng/2021/figures"
    before = desk.get(figures).json()
    assert before
    told = [
        f"{what.status_code} {what.wsgi_request.method} {route}"
        for route in routes()
        if "bureau" in route
        for what in answers(stranger, filled(route), key="expenditure.total:actual", text="1.00", status="submitted")
        if what.status_code not in (302, 403, 404, 405, 422) or "望城" in what.content.decode(errors="replace")
    ]
    assert not told, "\n".join(told)
    assert desk.get(figures).json() == before


def test_every_write_needs_the_token_of_the_page(bureau, client_of):
    """A form on another site cannot write in our name."""
    client = client_of(bureau, "performance_officer", "finance", "director")
    client.handler.enforce_csrf_checks = True
    taken = [route for route in routes() if client.post(filled(route), {"text": "1"}).status_code not in (403, 405)]
    assert taken == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.xlsx", b""),
        ("x.xlsx", b"PK\x03\x04 not really"),
        ("x.xlsx", bytes(range(256)) * 40),
        ("x.yaml", b"a: &a [1,2]\n" + b"b: [*a, *a]\n" * 5),
        ("x.yaml", b"!!python/object/apply:os.system ['true']"),
        ("x.yaml", b"\xff\xfe\x00"),
        ("x.yaml", b"[" * 3000),
        ("x.yaml", b"bureau: {code: x}\nyear: 99999999999999999999\n"),
        ("x.ods", b"PK"),
        ("../../x.xlsx", b"PK"),
        ("x\x00.xlsx", b"PK"),
        ("甲" * 300 + ".xlsx", b"PK"),
    ],
)
def test_an_odd_file_is_answered(desk, name, content):
    """As a workbook and as evidence."""
    for address in ("/years/import/", "/years/wangcheng/2021/import/"):
        answer = desk.post(address, {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code < 500, answer.status_code
    answer = desk.post(
        "/years/wangcheng/2021/indicators/I01/evidence/", {"file": SimpleUploadedFile(name, content), "code": "E1"}
    )
    assert answer.status_code < 500


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_no_text_of_a_workbook_becomes_part_of_a_page(organisation, actor, client_of, tmp_path):
    """Names, reasons, sources, evidence and notes that carry markup are shown as they were written."""
    text = (ROOT / "examples/qingshan-2024/year.yaml").read_text(encoding="utf-8")
    for word in ("source", "title", "reason", "note", "measure", "problem", "goal_actual", "profile_source"):
        text = re.sub(rf'\b{word}: (")?(?=[^\s"])', rf"{word}: \1{SCRIPT}", text)
    (tmp_path / "year.yaml").write_text(text, encoding="utf-8")
    made = organisation("qingshan", area_code="990101", name=f"{SCRIPT}局")
    import_year(actor=actor("performance_officer", organisation=made), source=tmp_path / "year.yaml")
    client = client_of(made, "performance_officer", "finance", "director", "auditor")
    seen = 0
    for route in routes():
        if route.startswith("/api/"):
            continue
        address = filled(route, bureau="qingshan", year="2024", code="E01", ending="html")
        for sent in ({"key": "expenditure.total:actual"}, {"key": SCRIPT, "form": SCRIPT, "kind": SCRIPT}):
            page = client.get(address, sent)
            if page.headers.get("Content-Type", "").startswith("text/html"):
                text = page.content.decode()
                assert "<script>alert" not in text and "<img src=x" not in text, address
                seen += "&lt;script&gt;alert" in text
    assert seen > 8
