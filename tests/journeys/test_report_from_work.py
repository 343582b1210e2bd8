"""From cases and registers to the printed report: the year's work is told from records, each number opens to rows."""

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from measured_rooms import unnamed_rooms
from payroll_county import BUREAU, County, day, on

from rongji.casework.services import act_on_case, add_contact, add_paper, open_case
from rongji.casework.types import NewAct, NewCase
from rongji.cli.invocation import note
from rongji.cli.main import app
from rongji.kernel import clock
from rongji.kernel.figure import SourceKind
from rongji.performance.services import import_year
from rongji.reports.readiness import Topic, readiness_of
from rongji.reports.selectors import preview
from rongji.services.services import add_record, add_records, withdraw_record

YEAR = 2024
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "yunhu-2024" / "year.yaml"
LAST = "2024-12-30"
FAIRS = [
    {"held_on": "2024-03-16", "title": "春季招聘会", "kind": "现场招聘会", "employers": "20", "posts": "300",
     "attendees": "260"},
    {"held_on": "2024-07-20", "title": "夏季招聘会", "kind": "直播带岗", "employers": "11", "posts": "150",
     "attendees": "900"},
]  # fmt: skip
STAFF = [
    {"since": "2020-03-01", "staff_number": f"YT{number:03d}", "name": f"示例{number}", "unit_name": "局机关",
     "kind": kind, "leadership": "非领导职务"}
    for number, kind in enumerate(["行政在编"] * 3 + ["事业在编"] * 2 + ["离退休"], 1)
]  # fmt: skip


@pytest.fixture
def county(organisation: Any, actor: Any, options: Any, tmp_path: Path) -> County:
    """A county with a petition that came twice and was closed, two fairs, its staff, and an entry of its work log."""
    made = County.founded(organisation, actor, first_month="2024-01")
    _petition(made)
    for register, rows in (("job_fairs", FAIRS), ("staff", STAFF)):
        add_records(actor=made.clerk_on(LAST), bureau=BUREAU, register=register, many=rows)
    written = {"month": "2024-03", "topic": "就业创业", "heading": "春季", "is_highlight": "否",
               "text": "返乡第一面就发岗位清单"}  # fmt: skip
    add_record(actor=made.clerk_on(LAST), bureau=BUREAU, register="work_entries", answers=written)
    import_year(actor=on(actor("performance_officer"), day("2025-01-20")), source=_year_file(tmp_path))
    made.director = on(made.director, day("2025-02-10"))
    return made


def _petition(county: County) -> None:
    new = NewCase(
        kind="petition", channel="visit", received_on=date(2024, 5, 6), title="请求说明补助标准", applicant="示例甲",
        people=3, answers={"topic": "抚恤优待", "request": "请求说明标准。"},
    )  # fmt: skip
    case = open_case(actor=county.clerk_on("2024-05-06"), bureau=BUREAU, new=new)
    add_contact(actor=county.clerk_on("2024-05-20"), case_id=case, on=date(2024, 5, 20), channel="visit", people=2)
    act_on_case(actor=county.clerk_on("2024-05-20"), case_id=case, new=NewAct(act="accept", on=date(2024, 5, 20)))
    add_paper(actor=county.clerk_on("2024-06-01"), case_id=case, kind="close_evidence", received_on=date(2024, 6, 1))
    said = {"facts": "情况属实。", "opinion": "已说明。", "result": "解释说明", "solved": "是"}
    closing = NewAct(act="close", on=date(2024, 6, 3), answers=said)
    act_on_case(actor=on(county.head, day("2024-06-03")), case_id=case, new=closing)


def _year_file(folder: Path) -> Path:
    year = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    year["sheets"]["texts"], year["sheets"]["indicators"] = [], []
    path = folder / "year.yaml"
    path.write_text(yaml.safe_dump(year, allow_unicode=True), encoding="utf-8")
    return path


def told(county: County, form: str = "panyu-2021") -> dict[str, str]:
    """Code of each text that is put together from records → its template."""
    sources, _ = preview(actor=county.director, bureau=BUREAU, year=YEAR, form=form)
    return {item.code: item.body for item in sources.year.texts if item.code.startswith("topic_")}


def work(county: County) -> Topic:
    """What the readiness says of the year's work."""
    sources, report = preview(actor=county.director, bureau=BUREAU, year=YEAR, form="panyu-2021")
    return next(topic for topic in readiness_of(sources, report).topics if topic.id == "work")


def words(path: Path) -> str:
    """The words of a Word file."""
    return re.sub(r"<[^>]+>", "", zipfile.ZipFile(path).read("word/document.xml").decode("utf-8"))


@pytest.mark.usefixtures("county")
def test_the_report_tells_what_was_done_and_nothing_else(tmp_path, capsys, options):
    """Pieces, times and people of the petition apart; two fairs with their posts; the entry; nothing of tombs."""
    with pytest.raises(SystemExit) as left:
        app(["report", BUREAU, str(YEAR), "--form", "panyu-2021", "--formats", "docx", "--out", str(tmp_path / "out")])
    note(as_user="", command="")
    assert left.value.code in (0, None), capsys.readouterr().err
    text = "".join(words(path) for path in (tmp_path / "out").iterdir())
    assert "收到信访事项1件，接待和受理2批次、5人次。" in text
    assert "举办专场招聘会2场次，参会企业31家次，提供岗位450个" in text
    assert "返乡第一面就发岗位清单。" in text
    assert "烈士墓" not in text and "志愿者" not in text


def test_nobody_types_how_many_people_work_there(county):
    """Posts and staff of the form come out of the register, and open to it."""
    _, report = preview(actor=county.director, bureau=BUREAU, year=YEAR, form="panyu-2021")
    figure = next(item for item in report.figures if str(item.key) == "staff.total:actual")
    assert figure.source.kind is SourceKind.DERIVED and figure.printed == "6"
    assert sum(row.quantity.value for row in figure.rows) == 6


def test_every_number_of_the_work_opens_to_its_rows(county, user):
    """The panel of each figure of cases and registers, and each of its rows."""
    from rongji.accounts.models import Organisation

    person = user("clerk", organisation=Organisation.objects.get(code=BUREAU))
    person.password_changed_at = clock.now()
    person.save()
    client = Client()
    client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
    _, report = preview(actor=county.director, bureau=BUREAU, year=YEAR, form="panyu-2021")
    keys = [str(key) for key in report.printed if key.concept.startswith(("services.", "casework."))]
    assert len(keys) >= 6
    for key in keys:
        panel = client.get(f"/years/{BUREAU}/{YEAR}/figure/", {"key": key})
        assert panel.status_code == 200, key
        addresses = re.findall(r'hx-get="([^"]+)"', panel.content.decode())
        assert addresses, key
        for address in addresses:
            opened = client.get(address.replace("&amp;", "&"))
            assert opened.status_code == 200 and "没有可列出" not in opened.content.decode(), (key, address)


def test_what_nothing_tells_yet_is_missing_with_who_can_enter_it(county):
    """Volunteers are missing and named with their register; a home for the old is not every county's."""
    missing = {item.subject: item for item in work(county).missing}
    assert "topic_employment" not in missing and "topic_home" not in missing
    assert "志愿者" in missing["topic_volunteers"].message
    assert "经办人" in missing["topic_volunteers"].who


def test_a_record_taken_back_is_no_longer_told(county):
    """The next page tells one fair, although the numbers are kept between pages."""
    from rongji.services.selectors import list_records

    assert "topic_employment" in told(county)
    _, before = preview(actor=county.director, bureau=BUREAU, year=YEAR, form="panyu-2021")
    rows = list_records(county.clerk_on(LAST), bureau=BUREAU, register="job_fairs").rows
    withdraw_record(actor=county.clerk_on(LAST), record_id=rows[0].id, reason="重复登记")
    _, after = preview(actor=county.director, bureau=BUREAU, year=YEAR, form="panyu-2021")
    sessions = "services.job_fairs.sessions"
    assert [
        next(item.printed for item in report.figures if str(item.key) == sessions) for report in (before, after)
    ] == ["2", "1"]


def test_the_bureaus_own_text_stands_in_its_place(county):
    """Written by hand under the same code, it is what the report prints."""
    from rongji.performance.services import set_text

    officer = on(county.clerk, day("2025-02-10"))
    set_text(actor=officer, bureau=BUREAU, year=YEAR, code="topic_employment", title="就业创业", body="另行报告。")
    assert told(county)["topic_employment"] == "另行报告。"


@pytest.mark.usefixtures("county")
def test_every_measure_names_the_rooms_that_it_reads():
    """Cases and registers likewise."""
    assert unnamed_rooms(BUREAU, YEAR) == {}
