"""Whatever is typed by whatever door, no table inside and no file of the window holds a personal number in clear."""

import json
import shutil

import pytest
from unit.public.visitor import JPEG
from whole_database import lies_open

pytestmark = [pytest.mark.database, pytest.mark.one_database]
OLD, NEW, IDENTITY, CARD = "13800001234", "13900004321", "110101195206150021", "6222020000000000000"
NUMBERS = (OLD, NEW, IDENTITY, CARD, "138 0000 1234", "139-0000-4321")
WORDS = f"旧号138 0000 1234，证号{IDENTITY}，卡{CARD}，请打12345转告"
KEPT = "旧号138****1234，证号110101********0021，卡622202*********0000，请打12345转告"
HELPERS = """
id: helpers
label: 联络员名册
area: 联系服务
unit: 人
fields:
  - {id: since, label: 起始日期, kind: day}
  - {id: name, label: 姓名, kind: text}
  - {id: phone, label: 手机号, kind: secret, number: phone}
  - {id: remark, label: 备注, kind: long, needed: false}
day: since
title: name
measures: [{id: number, label: 联络员, unit: 人, definition: 联络员人数}]
"""


@pytest.fixture(autouse=True)
def helpers(tmp_path, monkeypatch):
    """A register that asks for a telephone, beside the shipped ones."""
    from rongji.law.locate import find_legal

    for name in ("acts", "registers"):
        shutil.copytree(find_legal() / name, tmp_path / "legal" / name)
    (tmp_path / "legal/registers/helpers.yaml").write_text(HELPERS, encoding="utf-8")
    monkeypatch.setattr("rongji.law.registers.find_legal", lambda root=None: tmp_path / "legal")


@pytest.fixture
def clerk(someone):
    """A clerk at a browser."""
    return signed_in(someone, "clerk")


@pytest.fixture
def person(someone, bureau):
    """Somebody of the register, with an old telephone."""
    from rongji.people.services import register_person
    from rongji.people.types import NewPerson

    new = NewPerson(name="李示例", id_number=IDENTITY, phone=OLD)
    return register_person(actor=someone("clerk"), bureau=bureau.code, new=new)


@pytest.fixture
def named(person):
    """The person as the form finds them."""
    from rongji.people.selectors import briefs
    from rongji.web.forms.person_picking import picked

    return picked(briefs({person})[person])


def signed_in(someone, role):
    from django.test import Client

    from rongji.accounts.models import User
    from rongji.kernel import clock

    user = User.objects.get(pk=someone(role).user_id)
    user.password_changed_at = clock.now()
    user.save()
    client = Client()
    client.post("/accounts/login/", {"login": user.username, "password": "Demo-pass-2024"})
    return client


def correction(client, person, **over):
    """The form of a correction as a clerk fills it in at the counter."""
    from rongji.kernel import clock

    given = {
        "case_person": person, "case_contact": "138 0000 1234", "case_channel": "counter",
        "case_received_on": clock.today().isoformat(), "case_title": f"改电话，旧号{OLD}", "item": "联系电话",
        "right_phone": "139-0000-4321", "paper-identity": "on", "paper-proof": "on",
    }  # fmt: skip
    return client.post("/cases/new/correct_information/", {**given, **over}, follow=True)


def the_case(kind="correct_information"):
    from rongji.casework.models import Case

    return Case.objects.get(kind=kind)


def test_a_correction_at_the_counter_is_carried_out_and_never_told(clerk, person, named, someone):
    """Opened, acted on and approved through pages; wrong ones refused beside their field; shown for a reason."""
    from rongji.accounts.models import TrailEntry
    from rongji.people import services as people
    from rongji.people.types import SecretKind

    refused = correction(clerk, named, right_phone="1390").content.decode()
    assert "“正确的联系电话”有误" in refused
    assert "“联系电话”有误" in correction(clerk, named, case_contact="微信").content.decode()
    assert "请填写“正确的联系电话”" in correction(clerk, named, right_phone="").content.decode()
    page = correction(clerk, named).content.decode()
    assert "138****1234" in page and "139****4321" in page and NEW not in page and OLD not in page
    case = the_case()
    address, asked = f"/cases/{case.pk}/reveal/", {"field": "right_phone-1", "reason": "打电话核实更正"}
    assert NEW in clerk.post(address, asked).content.decode()
    assert "必须写明理由" in clerk.post(address, {**asked, "reason": ""}).content.decode()
    assert signed_in(someone, "director").post(address, asked).status_code == 403
    assert TrailEntry.objects.get(action="casework.reveal_number").summary.endswith("打电话核实更正")
    head = signed_in(someone, "section_head")
    for client, act in ((clerk, "accept"), (clerk, "review"), (head, "approve")):
        body = {
            "act": act,
            "on": str(case.received_on),
            "note": WORDS,
            "answers": {"review_opinion": WORDS} if act == "review" else {},
        }
        answer = client.post(f"/api/cases/{case.pk}/acts", json.dumps(body), content_type="application/json")
        assert answer.status_code < 300, answer.content.decode()
    told = json.dumps(clerk.get(f"/api/cases/{case.pk}").json(), ensure_ascii=False)
    assert KEPT in told and not any(number in told for number in NUMBERS)
    assert people.reveal(actor=someone("clerk"), person_id=person, what=SecretKind.PHONE, reason="核对更正") == NEW
    assert lies_open(*NUMBERS) == []


def test_a_form_from_the_window_lands_sealed_in_its_case(visitor, clerk, person, someone, window_home):
    """Sealed outside and inside; accepted as it is shown, masked; the case holds what its sender wrote."""
    from rongji.casework.services import reveal_number
    from rongji.intake.selectors import intake_page
    from rongji.web.forms.person_picking import picked

    given = {
        "applicant": "李示例", "contact": "138 0000 1234", "id_number": IDENTITY, "title": f"改电话{OLD}",
        "f-item": "联系电话", "f-right_phone": "139-0000-4321", "consent": "yes",
    }  # fmt: skip
    papers = [("paper-identity", "证.jpg", JPEG), ("paper-proof", f"{OLD}.jpg", JPEG)]
    number = visitor.send("correct_information", given, papers).codes[0]
    clerk.post("/intake/collect/")
    for page in ("/intake/", f"/intake/{number}/", f"/intake/{number}/accept/"):
        text = clerk.get(page).content.decode()
        assert not any(one in text for one in NUMBERS), page
    form = intake_page(someone("clerk"), number)
    accepted = {
        "case_person": picked(form.person), "case_applicant": "李示例", "case_contact": form.form.contact,
        "case_title": form.form.title, "item": "联系电话", "right_phone": form.form.answers["right_phone"],
    }  # fmt: skip
    assert clerk.post(f"/intake/{number}/accept/", accepted).status_code == 302
    case = the_case()
    shown = [
        reveal_number(actor=someone("clerk"), case_id=case.pk, name=name, reason="打电话核实更正")
        for name in ("contact", "right_phone")
    ]
    assert shown == [OLD, NEW] and lies_open(*NUMBERS) == []
    outside = b"".join(path.read_bytes() for path in window_home.rglob("*") if path.is_file())
    assert not [one for one in NUMBERS if one.encode() in outside]


def test_a_table_and_the_cells_of_a_page_land_sealed_in_the_register(clerk, bureau, tmp_path):
    """Upload, dry run and confirmation of a table; cells of the grid; the form; the API; and the list and its file."""
    from unit.services.tables import table

    from rongji.services.models import Record

    base = f"/records/{bureau.code}/helpers/"
    rows = table(("起始日期", "姓名", "手机号", "备注"), ("2024-03-01", "赵六", 13800001234, WORDS))
    upload = tmp_path / f"名册{NEW}.xlsx"
    upload.write_bytes(rows)
    with upload.open("rb") as file:
        dry = clerk.post(f"{base}import/", {"table": file})
    kept = dry.context["upload"]
    assert not any(number in dry.content.decode() for number in (OLD, IDENTITY, CARD))
    assert clerk.post(f"{base}import/confirm/", {"upload": kept.id}).status_code == 302
    cells = {"rows": [{"since": "2024-03-02", "name": f"孙七{OLD}", "phone": NEW}]}
    assert clerk.post(f"{base}grid/save/", json.dumps(cells), content_type="application/json").json()["ok"]
    clerk.post(f"{base}new/", {"since": "2024-03-03", "name": "周八", "phone": "139-0000-4321", "remark": WORDS})
    body = json.dumps({"answers": {"since": "2024-03-04", "name": "吴九", "phone": OLD, "remark": WORDS}})
    answer = clerk.post(f"/api/registers/{bureau.code}/helpers", body, content_type="application/json")
    assert answer.status_code < 300, answer.content.decode()
    assert Record.objects.filter(register="helpers").count() == 4
    assert Record.objects.get(title="吴九").values["remark"] == KEPT
    record = Record.objects.get(title="周八").pk
    for page in (
        base,
        f"/record/{record}/",
        f"/record/{record}/change/1/",
        f"{base}export/csv/",
        f"/api/records/{record}",
    ):
        text = clerk.get(page).content.decode()
        assert "139****4321" in text and not any(number in text for number in NUMBERS), page
    shown = clerk.post(f"/record/{record}/reveal/", {"field": "phone", "reason": "打电话核对名册"}).content.decode()
    assert NEW in shown and lies_open(*NUMBERS) == []
