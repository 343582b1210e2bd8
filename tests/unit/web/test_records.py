"""The pages of the registers: who gets which, what they narrow and add up, what they keep when something is refused."""

import json

import pytest
from django.test import Client
from payroll_county import County

from rongji.kernel import clock
from rongji.law.registers import register_ids

pytestmark = pytest.mark.django_db
OPEN, CLOSED = 200, 403
EVERYBODY = (
    "clerk", "section_head", "finance", "director", "performance_officer", "reviewer", "administrator", "auditor",
)  # fmt: skip
BUREAU_PEOPLE = {"clerk", "section_head", "finance", "director", "performance_officer"}
SEERS = BUREAU_PEOPLE | {"reviewer", "auditor"}
KEEPERS = {"clerk", "section_head", "performance_officer"}
PAGES = {
    "/records/": SEERS,
    "/records/yunhu/job_fairs/": SEERS,
    "/record/{record}/": SEERS,
    "/records/yunhu/job_fairs/new/": KEEPERS,
    "/records/yunhu/job_fairs/grid/": KEEPERS,
    "/records/yunhu/job_fairs/import/": KEEPERS,
    "/records/yunhu/job_fairs/import/template/": KEEPERS,
    "/records/yunhu/visits/phone/": KEEPERS,
    "/record/{record}/change/1/": KEEPERS,
    "/record/{record}/withdraw/": KEEPERS,
    "/records/yunhu/job_fairs/export/csv/": BUREAU_PEOPLE,
    "/network/": SEERS,
    "/network/t1/": SEERS,
    "/network/yunhu/table/xlsx/": BUREAU_PEOPLE,
    "/network/yunhu/shapes/": {"clerk", "section_head"},
}
FAIR = {
    "held_on": "2024-03-15", "title": "春季专场招聘会", "kind": "现场招聘会", "employers": "23", "posts": "333",
    "attendees": "221",
}  # fmt: skip


@pytest.fixture
def county(organisation, actor):
    """A county with a town, a village and one job fair on record."""
    from rongji.accounts.models import Organisation
    from rongji.services.services import add_record

    made = County.founded(organisation, actor, first_month="2023-10")
    made.bureau = Organisation.objects.get(code="yunhu")
    made.town = organisation(
        "t1", name="白石镇退役军人服务站", parent=made.bureau, area_code="990201002", kind="station"
    )
    organisation("v1", name="白石镇红星村退役军人服务站", parent=made.town, area_code="990201002001", kind="station")
    made.keeper = actor("clerk", organisation=made.bureau)
    made.places = {"record": add_record(actor=made.keeper, bureau="yunhu", register="job_fairs", answers=FAIR)}
    return made


@pytest.fixture
def client_of(user):
    """A signed-in client of a role."""

    def make(role, organisation=None):
        person = user(role, organisation=organisation)
        person.password_changed_at = clock.now()
        person.save()
        client = Client()
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return make


@pytest.fixture
def clerk(county, client_of):
    """A clerk of the county."""
    return client_of("clerk", county.bureau)


def words(answer):
    """What a page says."""
    return answer.content.decode()


def held(register="job_fairs"):
    """The records of a register that count."""
    from rongji.services.models import Record

    return Record.objects.filter(register=register, withdrawn_on__isnull=True)


# --- who ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_page_is_open_to_its_roles_only(county, client_of, role):
    """Open, or refused in words that name the roles."""
    client = client_of(role)
    for page, roles in PAGES.items():
        answer = client.get(page.format(**county.places))
        assert answer.status_code == (OPEN if role in roles else CLOSED), page


def test_a_clerk_of_another_bureau_gets_nothing(county, organisation, client_of):
    """Not the list, not the record, not the map."""
    stranger = client_of("clerk", organisation("elsewhere", area_code="440100"))
    for page in ("/records/yunhu/job_fairs/", "/record/{record}/", "/network/t1/", "/records/yunhu/job_fairs/grid/"):
        assert stranger.get(page.format(**county.places)).status_code == CLOSED, page


def test_a_stations_clerk_works_in_the_bureaus_registers_for_the_own_station(county, client_of):
    """The list of registers is there, the only station stands in the form, and another's is not offered."""
    client = client_of("clerk", county.town.children.get())
    assert "走访慰问" in words(client.get("/records/"))
    page = words(client.get("/records/yunhu/visits/new/"))
    assert 'value="v1" selected' in page
    assert 'value="t1"' not in page


# --- every register -----------------------------------------------------------------------------------


def test_every_register_has_its_pages(county, clerk):
    """List, form, cells and import come out of each declaration alone."""
    for name in register_ids():
        for page in ("", "new/", "grid/", "import/"):
            answer = clerk.get(f"/records/yunhu/{name}/{page}")
            assert answer.status_code == OPEN, (name, page)


def test_a_register_that_is_none_is_refused_in_words(county, clerk):
    """Not a crash."""
    answer = clerk.get("/records/yunhu/nothing/")
    assert 400 <= answer.status_code < 500
    assert "nothing" in words(answer)


# --- lists --------------------------------------------------------------------------------------------


def test_the_list_of_registers_counts_a_year(county, clerk):
    """Of the year that is asked for, and of all years beside it."""
    from rongji.services.selectors import registers_for

    entries = {
        entry.register.id: entry for area in registers_for(county.keeper, "yunhu", year=2024) for entry in area.entries
    }
    assert (entries["job_fairs"].in_year, entries["job_fairs"].counted) == ("1", "1")
    (other,) = {e.in_year for a in registers_for(county.keeper, "yunhu", year=2023) for e in a.entries}
    assert other == "0"


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("first=2024-03-01&last=2024-03-31", True),
        ("first=2024.3.1", True),
        ("first=2024-04-01", False),
        ("category=现场招聘会", True),
        ("category=网络招聘会", False),
        ("text=专场", True),
        ("text=没有这个", False),
        ("station=t1", False),
        ("withdrawn=1", False),
    ],
)
def test_a_list_is_narrowed(county, clerk, query, listed):
    """By day as people write it, by choice, by words, by station, to those taken back."""
    page = words(clerk.get(f"/records/yunhu/job_fairs/?{query}"))
    assert ("春季专场招聘会</a>" in page) == listed


@pytest.mark.parametrize("query", ["first=昨天", "station=火星", "after=abc", "nonsense=1"])
def test_a_filter_that_is_none_is_refused_with_what_to_do(county, clerk, query):
    """The page is there, with the sentence where the list would be."""
    answer = clerk.get(f"/records/yunhu/job_fairs/?{query}")
    assert answer.status_code == 422
    assert "不能按" in words(answer)


def test_pages_follow_one_another_without_gap_or_repetition(county, clerk):
    """Sixty more, newest first, the next page by its mark."""
    from rongji.services.services import add_records

    more = [{**FAIR, "held_on": f"2024-01-{n % 28 + 1:02d}", "title": f"第{n:02d}场"} for n in range(60)]
    add_records(actor=county.keeper, bureau="yunhu", register="job_fairs", many=more)
    found, address = [], "/records/yunhu/job_fairs/"
    while address:
        page = clerk.get(address)
        found += [row.title for row, _ in page.context["rows"]]
        address = f"/records/yunhu/job_fairs/?{page.context['next']}" if page.context["next"] else ""
    assert len(found) == len(set(found)) == 61


# --- writing ------------------------------------------------------------------------------------------


def test_a_form_tells_every_wrong_field_and_keeps_what_was_typed(county, clerk):
    """Each sentence at its field; nothing is written; the right answers stay."""
    typed = {**FAIR, "title": "秋季", "employers": "约20", "attendees": "10", "placed": "11", "held_on": ""}
    answer = clerk.post("/records/yunhu/job_fairs/new/", typed)
    page = words(answer)
    assert answer.status_code == 422
    assert 'id="wrong-employers"' in page
    assert 'id="wrong-held_on"' in page
    assert 'value="秋季"' in page
    assert held().count() == 1


def test_a_record_is_changed_with_a_reason_and_its_history_kept(county, clerk):
    """What it said before stays readable; a second change from the old version is refused."""
    record = county.places["record"]
    changed = {**FAIR, "employers": "24", "why_of_it": "漏登一家"}
    assert clerk.post(f"/record/{record}/change/1/", changed).status_code == 302
    page = words(clerk.get(f"/record/{record}/"))
    assert "<del>23</del>" in page
    assert "漏登一家" in page
    late = clerk.post(f"/record/{record}/change/1/", {**changed, "employers": "25"})
    assert late.status_code == 409
    assert "改过" in words(late)
    assert held().get().values["employers"] == 24


def test_a_record_that_is_withdrawn_no_longer_counts_and_stays_readable(county, clerk):
    """Only with a reason; it is found among those taken back."""
    record = county.places["record"]
    assert clerk.post(f"/record/{record}/withdraw/", {"why_of_it": ""}).status_code == 422
    clerk.post(f"/record/{record}/withdraw/", {"why_of_it": "重复登记"})
    assert not held().exists()
    assert "不再计数" in words(clerk.get(f"/record/{record}/"))
    assert "春季专场招聘会</a>" in words(clerk.get("/records/yunhu/job_fairs/?withdrawn=1"))


def test_a_file_is_attached_read_and_taken_off(county, clerk):
    """The same bytes come back; another kind of file is refused."""
    from django.core.files.uploadedfile import SimpleUploadedFile as File

    record = county.places["record"]
    refused = clerk.post(f"/record/{record}/attach/", {"file": File("a.exe", b"MZ"), "file_title": ""})
    assert refused.status_code == 422
    clerk.post(f"/record/{record}/attach/", {"file": File("现场.txt", "到场名单".encode()), "file_title": "名单"})
    file = held().get().files.get()
    assert clerk.get(f"/record/files/{file.pk}/").content.decode() == "到场名单"
    clerk.post(f"/record/{record}/files/{file.pk}/remove/", {"why_of_it": "传错了"})
    assert not held().get().files.exists()


# --- cells --------------------------------------------------------------------------------------------


def cells(client, act, rows):
    """Rows sent as the script sends them."""
    address = f"/records/yunhu/job_fairs/grid/{act}/"
    return client.post(address, json.dumps({"rows": rows}), content_type="application/json")


def test_cells_are_saved_all_or_none(county, clerk):
    """One wrong cell stops the right row beside it; the answer says which cell and why."""
    rows = [{**FAIR, "title": "夏季"}, {**FAIR, "title": "秋季", "attendees": "很多"}]
    answer = cells(clerk, "save", rows)
    assert answer.status_code == 422
    told = answer.json()
    assert [(one["row"], one["field"], one["error"]) for one in told["findings"]] == [(1, "attendees", True)]
    assert "很多" in told["findings"][0]["sentence"]
    assert held().count() == 1
    rows[1]["attendees"] = "90"
    assert cells(clerk, "check", rows).json()["words"] == "检查通过：新增 2 条。"
    assert held().count() == 1
    assert cells(clerk, "save", rows).json()["address"] == "/records/yunhu/job_fairs/"
    assert held().count() == 3


def test_cells_that_stand_already_are_told_and_not_doubled(county, clerk):
    """The same row again changes nothing; with another number it corrects the record, and says so."""
    assert "1 条与已登记的相同" in cells(clerk, "check", [FAIR]).json()["words"]
    assert "更正已有的 1 条" in cells(clerk, "save", [{**FAIR, "employers": "30"}]).json()["words"]
    assert held().get().values["employers"] == 30


def test_a_needed_cell_is_asked_for_once(county, clerk):
    """Not “请填写…请填写”."""
    told = cells(clerk, "check", [{**FAIR, "title": "秋季", "posts": ""}]).json()
    assert [one["sentence"] for one in told["findings"]] == ["请填写“提供岗位”。"]


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"rows": 7}', '{"rows": [7]}', "[" * 5000, '{"rows": [{"title": {"a": 1}}]}']
)
def test_hostile_bodies_are_refused_or_read_as_text(county, clerk, body):
    """Never a crash, nothing written."""
    answer = clerk.post("/records/yunhu/job_fairs/grid/save/", body, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert held().count() == 1


def test_more_rows_than_a_page_takes_are_sent_to_the_import(county, clerk):
    """With the number that is too many."""
    answer = cells(clerk, "check", [FAIR] * 501)
    assert answer.status_code == 422
    assert "501" in answer.json()["words"]


def test_a_row_cannot_name_the_record_that_it_would_change(county, clerk):
    """The number of a record comes from exports, not from a script."""
    cells(clerk, "save", [{**FAIR, "title": "冬季", "#": str(county.places["record"])}])
    assert set(held().values_list("title", flat=True)) == {"春季专场招聘会", "冬季"}


# --- the phone ----------------------------------------------------------------------------------------


def test_a_round_of_visits_keeps_place_and_occasion_but_nobody(county, clerk):
    """After one is saved the next has day, station and occasion; a month later the phone still knows the station."""
    person = county.person("2023-10-12", born="1955-03-04")
    visit = {
        "visited_on": "2024-03-01", "person": f"#{person}", "station": "v1", "occasion": "日常", "target": "残疾军人",
        "method": "上门", "money": "500",
    }  # fmt: skip
    assert clerk.post("/records/yunhu/visits/phone/", visit).status_code == 302
    fields = shown_on_phone(clerk)
    kept = {name: fields[name] for name in ("station", "occasion", "person", "money")}
    assert kept == {"station": "v1", "occasion": "日常", "person": "", "money": ""}
    session = clerk.session
    session.pop("phone:visits")
    session.save()
    assert shown_on_phone(clerk)["station"] == "v1"
    assert held("visits").get().values["money"] == 50_000


def shown_on_phone(client):
    """The fields of the form and what stands in them."""
    page = client.get("/records/yunhu/visits/phone/")
    return {item.field.name: item.value for item in [*page.context["first"], *page.context["more"]]}


def test_a_bad_photograph_does_not_lose_the_record(county, clerk):
    """The record stands, the page says why the picture does not."""
    from django.core.files.uploadedfile import SimpleUploadedFile as File

    answers = {"checked_on": "2024-03-01", "station": "t1", "standard": "五有", "item": "有机构", "met": "是"}
    bad = File("a.jpg", b"no picture")
    answer = clerk.post("/records/yunhu/station_checklist/phone/", {**answers, "photo": bad}, follow=True)
    assert "照片没有保存" in words(answer)
    assert held("station_checklist").count() == 1


def test_only_registers_for_the_phone_have_its_form(county, clerk):
    """Job fairs are entered at a desk."""
    assert clerk.get("/records/yunhu/job_fairs/phone/").status_code == 404


# --- the picker ---------------------------------------------------------------------------------------


def test_a_record_is_looked_up_by_some_of_its_title(county, clerk):
    """As a field of another register names it."""
    found = words(clerk.post("/pick/record/job_fairs/", {"field": "fair", "fair": "专场"}))
    assert f'data-picked="#{county.places["record"]} 春季专场招聘会"' in found
    assert "data-picked" not in words(clerk.post("/pick/record/job_fairs/", {"field": "fair", "fair": "不存在"}))


def test_an_export_comes_back_unchanged(county, clerk):
    """What goes out by the list can be imported again and says the same."""
    from django.core.files.uploadedfile import SimpleUploadedFile as File

    content = clerk.get("/records/yunhu/job_fairs/export/xlsx/").content
    page = words(clerk.post("/records/yunhu/job_fairs/import/", {"table": File("导出.xlsx", content)}))
    assert "1 条没有变化" in page
