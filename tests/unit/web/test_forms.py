"""Forms in which facts are recorded: open to their roles, refused with what was typed kept, carried out once."""

import pytest
from django.test import Client
from payroll_county import BUREAU, County, account_number, day, on

from rongji.kernel import clock
from rongji.people.models import BankAccount, DisabilityGrade, Identity, LifeEvent, Person
from rongji.rules.answers import AnswerMissing, AnswerTooLong, AnswerUnreadable
from rongji.web.forms.catalogue import FILE_FORMS, FORMS
from rongji.web.forms.fields import Choice, Field, FieldKind, NotOffered

pytestmark = pytest.mark.django_db
OPEN, REFUSED, CLOSED, GONE_ON, OVERTAKEN = 200, 422, 403, 302, 409
EVERYBODY = (
    "clerk", "section_head", "finance", "director", "performance_officer", "reviewer", "administrator", "auditor",
)  # fmt: skip
HTMX = {"HX-Request": "true"}


@pytest.fixture
def county(organisation, actor):
    """A pensioner with one month paid."""
    made = County.founded(organisation, actor, first_month="2023-10")
    person, award = made.pensioner("2023-07-01")
    made.places = {"person": person, "award": award, "run": made.paid("2023-11-05", "2023-10").pk}
    return made


@pytest.fixture
def client_of(user):
    """A signed-in client of a role."""

    def make(role, organisation=None):
        person = user(role, organisation=organisation)
        person.password_changed_at = clock.now()
        person.save()
        client = Client(raise_request_exception=False)
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return make


@pytest.fixture
def clerk(county, client_of):
    """A clerk at a window."""
    return client_of("clerk")


def address(county, code):
    """A form on the page of the pensioner."""
    return f"/people/{county.places['person']}/record/{code}/"


@pytest.mark.parametrize("role", EVERYBODY)
def test_every_form_of_a_person_is_open_to_the_roles_of_its_policy_only(county, client_of, role):
    """As a page and as a window; whoever may not is refused in words, also when the form is sent."""
    client = client_of(role)
    for form in FILE_FORMS:
        where = form.address(person=county.places["person"])
        expected = OPEN if role in {str(one) for one in form.policy.roles} else CLOSED
        assert client.get(where).status_code == expected, form.code
        assert client.get(where, headers=HTMX).status_code == expected, form.code
        assert (client.post(where, {}).status_code == CLOSED) == (expected == CLOSED), form.code


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_no_form_is_open_outside_its_scope_or_for_what_does_not_exist(county, organisation, client_of, form):
    """A section head of elsewhere; numbers of nothing."""
    places = {"person": county.places["person"], "kept": county.places["person"], "absorbed": county.places["person"]}
    stranger = client_of("section_head", organisation("elsewhere", area_code="440100"))
    wanted = [part.partition(":")[2].partition(">")[0] for part in form.route.split("<")[1:]]
    if not wanted:
        return
    assert stranger.get(form.address(**{name: places.get(name, 1) for name in wanted})).status_code in (403, 404, 409)
    assert client_of("section_head").get(form.address(**dict.fromkeys(wanted, 99_999))).status_code in (403, 404, 409)


def test_an_empty_form_says_which_field_is_missing(county, clerk):
    """The sentence stands in the form, the field is marked, and nothing is written."""
    answer = clerk.post(address(county, "death"), {"died_on": "", "evidence": "死亡证明"}, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == REFUSED and answer["X-Rongji-Partial"] == "form"
    assert "请填写“死亡日期”" in text and 'value="死亡证明"' in text and "is-invalid" in text
    assert not LifeEvent.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("昨天", "不是日期"),
        ("2023-02-30", "不是日期"),
        ("2999-01-01", "在今天"),
        ("1900-01-01", "早于出生"),
    ],
)
def test_a_bad_day_is_refused_and_everything_typed_is_kept(county, clerk, typed, said):
    """Unreadable, impossible, in the future, before birth: the sentence, and the fields as they were."""
    text = clerk.post(address(county, "death"), {"died_on": typed, "evidence": "火化证 17 号"}).content.decode()
    assert f'value="{typed}"' in text and 'value="火化证 17 号"' in text
    assert "rj-form-refusal" in text and said in text
    assert not LifeEvent.objects.exists()


def test_a_death_is_recorded_and_leads_back_to_the_person(county, clerk):
    """By a plain form and from a window; a second time it is no longer offered, and refused."""
    where, facts = address(county, "death"), {"died_on": "2023年11月2日", "evidence": "死亡证明"}
    answer = clerk.post(where, facts, headers=HTMX)
    assert answer.status_code == 204 and answer["HX-Redirect"] == f"/people/{county.places['person']}/"
    assert str(Person.objects.get(pk=county.places["person"]).died_on) == "2023-11-02"
    page = clerk.get(answer["HX-Redirect"]).content.decode()
    assert "2023-11-02 去世" in page and where not in page and "record/death-withdrawal/" in page
    again = clerk.post(where, facts)
    assert again.status_code in (409, REFUSED) and LifeEvent.objects.count() == 1


def test_identity_grade_residence_and_phone(county, clerk):
    """Each by its own form, each visible on the page afterwards."""
    person = county.places["person"]
    identified = {"category": "11", "first_month": "2023-08", "evidence": "审批表"}
    assert clerk.post(address(county, "identity"), identified).status_code == GONE_ON
    graded = {"cause": "因公", "grade": "7", "decided_on": "2010-05-06", "evidence": "残疾证"}
    assert clerk.post(address(county, "grade"), graded).status_code == GONE_ON
    assert clerk.post(address(county, "residence"), {"village": "石桥镇红星村"}).status_code == GONE_ON
    assert clerk.post(address(county, "phone"), {"phone": "13800001234"}).status_code == GONE_ON
    assert Identity.objects.get(person=person).category == "11"
    assert DisabilityGrade.objects.get(person=person).grade == 7
    page = clerk.get(f"/people/{person}/").content.decode()
    assert "石桥镇红星村" in page and "13800001234" not in page
    ended = {"category": "11", "last_month": "2023-12", "reason": "注销"}
    assert clerk.post(address(county, "identity-end"), ended).status_code == GONE_ON
    assert Identity.objects.filter(person=person, superseded_on=None).get().last_month == 202312


def test_an_account_number_is_never_shown_again(county, clerk):
    """Neither after a refusal, which keeps the rest, nor on the page."""
    number = account_number(777)
    wrong = clerk.post(address(county, "account"), {"number": number, "holder": "别人", "bank": "示例银行",
                                                    "kind": "bank_card"}).content.decode()  # fmt: skip
    assert "rj-form-refusal" in wrong and number not in wrong and 'value="示例银行"' in wrong
    holder = Person.objects.get(pk=county.places["person"]).name
    facts = {"number": number, "holder": holder, "bank": "示例银行", "kind": "bank_card"}
    assert clerk.post(address(county, "account"), facts).status_code == GONE_ON
    assert BankAccount.objects.filter(tail=number[-4:], superseded_on=None).exists()
    assert number not in clerk.get(f"/people/{county.places['person']}/").content.decode()


def test_an_award_is_opened_changed_and_ended(county, clerk):
    """With the key words of the law; one that is not among them is not taken."""
    form = clerk.get(address(county, "award")).content.decode()
    assert 'value="disability_pension:因战|1"' in form and "因战 1 级" in form and "family_allowance" not in form
    facts = {"benefit": "ill_veteran_allowance:", "basis_on": "2023-08-01", "start": "approved", "units": "1",
             "evidence": "审批表"}  # fmt: skip
    assert clerk.post(address(county, "award"), facts).status_code == GONE_ON
    odd = clerk.post(address(county, "award"), {**facts, "benefit": "disability_pension:因战|99"})
    assert odd.status_code == REFUSED and "不在现在可选的范围内" in odd.content.decode()
    award = county.places["award"]
    changed = {"terms": f"{award}:因公|6", "changed_on": "2023-12-01", "evidence": "调整等级"}
    assert clerk.post(address(county, "award-change"), changed).status_code == GONE_ON
    ended = {"award": award, "ended_on": "2024-01-10", "end": "moved_out", "evidence": "迁移证"}
    assert clerk.post(address(county, "award-end"), ended).status_code == GONE_ON
    from rongji.awards.models import AwardTerm

    last = AwardTerm.objects.filter(award_id=award, superseded_on=None).order_by("basis_on").last()
    assert (last.standard_key, last.end_kind, str(last.ended_on)) == ("因公|6", "moved_out", "2024-01-10")


def test_a_wrong_fact_is_taken_back_with_a_reason(county, clerk):
    """Chosen from the list of what stands; without a reason it stays."""
    where = address(county, "withdrawal")
    account = BankAccount.objects.get(person=county.places["person"], superseded_on=None)
    assert clerk.post(where, {"fact": f"account:{account.pk}", "reason": ""}).status_code == REFUSED
    assert clerk.post(where, {"fact": f"account:{account.pk}", "reason": "录错了人"}).status_code == GONE_ON
    account.refresh_from_db()
    assert account.superseded_on is not None
    assert clerk.post(where, {"fact": "attribute:1", "reason": "没有这种"}).status_code == REFUSED


def test_the_past_is_filled_in_by_a_section_head_only(county, client_of):
    """The field is not there for a clerk, and what is sent all the same is not read."""
    facts = {"died_on": "2023-11-02", "evidence": "死亡证明", "known_on": "2023-11-20"}
    clerk, head = client_of("clerk"), client_of("section_head")
    assert "何时获知" not in clerk.get(address(county, "death")).content.decode()
    assert "何时获知" in head.get(address(county, "death")).content.decode()
    assert head.post(address(county, "death"), facts).status_code == GONE_ON
    assert str(LifeEvent.objects.get().known_on) == "2023-11-20"


def test_a_new_person_is_registered_by_form(county, client_of):
    """By birth and sex, with village and identity; without either the sentence says what is missing."""
    head = client_of("section_head")
    facts = {"name": "示例新人", "bureau": BUREAU, "village": "石桥镇", "category": "81", "since": "2023-08"}
    refused = head.post("/people/new/", facts)
    assert refused.status_code == REFUSED and 'value="示例新人"' in refused.content.decode()
    answer = head.post("/people/new/", {**facts, "born_on": "1950-02-03", "sex": "male"})
    made = Person.objects.get(name="示例新人")
    assert answer.status_code == GONE_ON and answer["Location"] == f"/people/{made.pk}/"
    assert made.village == "石桥镇" and Identity.objects.get(person=made).first_month == 202308
    assert (
        head.post("/people/new/", {**facts, "since": "", "born_on": "1950-02-03", "sex": "male"}).status_code == REFUSED
    )


def test_two_files_are_compared_merged_and_taken_apart(county, client_of):
    """By the section head; the list shows the merge and offers its undoing, once."""
    first, second = (county.person("2023-07-03", account=False) for _ in range(2))
    Person.objects.filter(pk=second).update(name=Person.objects.get(pk=first).name)
    head, clerk = client_of("section_head"), client_of("clerk")
    page = head.get("/people/duplicates/").content.decode()
    assert f"/people/duplicates/{first}/{second}/" in page
    assert f"/people/{first}/merge/{second}/" in head.get(f"/people/duplicates/{first}/{second}/").content.decode()
    assert "/merge/" not in clerk.get(f"/people/duplicates/{first}/{second}/").content.decode()
    assert head.post(f"/people/{first}/merge/{second}/", {"reason": ""}).status_code == REFUSED
    assert head.post(f"/people/{first}/merge/{second}/", {"reason": "同一人"}).status_code == GONE_ON
    assert Person.objects.get(pk=second).merged_into_id == first
    from rongji.people.models import Merge

    undo = f"/people/merges/{Merge.objects.get().pk}/undo/"
    assert undo in head.get("/people/duplicates/").content.decode()
    assert clerk.post(undo, {"reason": "弄错了"}).status_code == CLOSED
    assert head.post(undo, {"reason": "弄错了"}).status_code == GONE_ON
    assert undo not in head.get("/people/duplicates/").content.decode()
    assert head.post(undo, {"reason": "再来一次"}).status_code == OVERTAKEN


def test_an_overpayment_is_planned_repaid_and_written_off(county, client_of):
    """Plan and repayment by clerk or finance, the write-off by the director; too much is refused in words."""
    from rongji.payments.models import Recovery

    county.died("2023-12-01", county.places["person"], "2023-09-20")
    other, _ = county.pensioner("2023-11-20")
    assert other
    county.paid("2023-12-05", "2023-11")
    row = Recovery.objects.get()
    where = f"/payments/recoveries/{row.pk}/"
    clerk, director = client_of("clerk"), client_of("director")
    assert "登记退回" in clerk.get("/payments/recoveries/").content.decode()
    much = clerk.post(f"{where}repayment/", {"amount": "99999999", "repaid_on": "2023-12-06", "evidence": "收据 1"})
    assert much.status_code == REFUSED and 'value="99999999"' in much.content.decode()
    assert clerk.post(f"{where}plan/", {"monthly": "0"}).status_code == GONE_ON
    paid = clerk.post(f"{where}repayment/", {"amount": "100.50", "repaid_on": "2023-12-06", "evidence": "收据 1"})
    row.refresh_from_db()
    assert paid.status_code == GONE_ON and row.recovered_fen == 10_050
    assert "收据 1" in clerk.get("/payments/recoveries/").content.decode()
    assert clerk.post(f"{where}write-off/", {"reason": "无遗产"}).status_code == CLOSED
    assert director.post(f"{where}write-off/", {"reason": "无遗产，批复 3 号"}).status_code == GONE_ON
    row.refresh_from_db()
    assert row.state == "written_off"
    assert where not in director.get("/payments/recoveries/?all=1").content.decode()


def test_a_year_is_confirmed_from_its_opening_to_its_close(county, client_of, organisation):
    """Many at once, one deceased with day and evidence, the round closed; afterwards nothing more is written."""
    from rongji.people.models import Confirmation, ConfirmationRound
    from rongji.people.services import record_identity
    from rongji.people.types import NewIdentity

    people = [county.places["person"], *(county.person("2023-07-03") for _ in range(3))]
    for person in people:
        new = NewIdentity(category="81", first_month=_month("2023-07"), evidence="审批表")
        record_identity(actor=on(county.clerk, day("2023-07-04")), person_id=person, new=new)
    clerk = client_of("clerk")
    assert "还没有开始年度确认" in clerk.get("/people/confirmation/").content.decode()
    assert clerk.post("/people/confirmation/open/", {"bureau": BUREAU, "year": "1066"}).status_code == REFUSED
    year = clock.now().year
    assert clerk.post("/people/confirmation/open/", {"bureau": BUREAU, "year": year}).status_code == GONE_ON
    found = ConfirmationRound.objects.get()
    stranger = client_of("clerk", organisation("elsewhere", area_code="440100"))
    for place in (f"{found.pk}/close/", f"{found.pk}/{people[0]}/", f"{found.pk}/unchanged/"):
        assert stranger.post(f"/people/confirmation/{place}", {"method": "名单"}).status_code == CLOSED
    assert "没有结果 4 人" in clerk.get("/people/confirmation/").content.decode()
    ticked = {"person": people[:2], "method": "服务站名单"}
    assert clerk.post(f"/people/confirmation/{found.pk}/unchanged/", ticked).status_code == GONE_ON
    assert Confirmation.objects.filter(result="unchanged", method="服务站名单").count() == 2
    one = f"/people/confirmation/{found.pk}/{people[2]}/"
    refused = clerk.post(one, {"result": "deceased", "method": "上门"})
    assert refused.status_code == REFUSED and "请填写“死亡日期”" in refused.content.decode()
    dead = {"result": "deceased", "method": "上门", "died_on": "2023-10-09", "evidence": "死亡证明"}
    assert clerk.post(one, dead).status_code == GONE_ON
    assert str(Person.objects.get(pk=people[2]).died_on) == "2023-10-09"
    assert clerk.post(f"/people/confirmation/{found.pk}/close/", {}).status_code == GONE_ON
    assert clerk.post(f"/people/confirmation/{found.pk}/close/", {}).status_code == OVERTAKEN
    clerk.post(f"/people/confirmation/{found.pk}/unchanged/", {"person": people[3:], "method": "名单"})
    assert Confirmation.objects.get(person_id=people[3]).result == ""


def _month(text):
    from rongji.kernel.month import Month

    return Month.parse(text)


@pytest.mark.parametrize(
    "text",
    ["2024-10-01", "2024/10/1", "2024.10.1", "2024年10月1日", "20241001", "2024。10。1", "２０２４．１０．１"],
)
def test_a_day_is_read_as_offices_write_it(text):
    """Five ways, one day."""
    assert Field("on", "日期", FieldKind.DAY).read(f" {text} ") == day("2024-10-01")


@pytest.mark.parametrize(
    ("kind", "text", "refusal"),
    [
        (FieldKind.DAY, "2024-1001", AnswerUnreadable),
        (FieldKind.DAY, "20241", AnswerUnreadable),
        (FieldKind.MONTH, "2024-13", AnswerUnreadable),
        (FieldKind.MONTH, "0001-01", AnswerUnreadable),
        (FieldKind.COUNT, "²", AnswerUnreadable),
        (FieldKind.COUNT, "-1", AnswerUnreadable),
        (FieldKind.MONEY, "12.345", AnswerUnreadable),
        (FieldKind.MONEY, "一百", AnswerUnreadable),
        (FieldKind.TEXT, "甲" * 121, AnswerTooLong),
        (FieldKind.TEXT, "\x00 ", AnswerMissing),
        (FieldKind.CHOICE, "c", NotOffered),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field(kind, text, refusal):
    """The refusal names the field."""
    with pytest.raises(refusal) as refused:
        Field("which", "某项", kind, choices=(Choice("a", "甲"),)).read(text)
    assert refused.value.facts["name"] == "which" and "某项" in str(refused.value)


ODD = ("\x00", "'\"<script>alert(1)</script>", "甲" * 3000, "²", "9" * 400, "0001-01-01")
ASKED = (
    "name", "died_on", "evidence", "reason", "kind", "happened_on", "other_area", "category", "units", "first_month",
    "last_month", "identity", "cause", "grade", "decided_on", "village", "address", "station_code", "area_code",
    "from_on", "number", "holder", "bank", "phone", "fact", "benefit", "basis_on", "start", "terms", "award",
    "ended_on", "end", "known_on", "amount", "year", "result", "bureau", "id_number", "born_on", "sex", "since",
)  # fmt: skip


def test_odd_text_in_every_field_of_every_form_is_answered(county, client_of):
    """Refused in words or carried out, never a crash, and no markup becomes part of the page."""
    clients = {role: client_of(role) for role in ("section_head", "director")}
    there = county.places["person"]
    places = {"person": there, "kept": there, "absorbed": county.person("2023-07-03")}
    for form in FORMS:
        wanted = [part.partition(":")[2].partition(">")[0] for part in form.route.split("<")[1:]]
        where = form.address(**{name: places.get(name, 1) for name in wanted})
        client = clients["section_head" if "section_head" in {str(role) for role in form.policy.roles} else "director"]
        for odd in ODD:
            answer = client.post(where, dict.fromkeys(ASKED, odd))
            assert answer.status_code < 500, (form.code, odd[:20])
            assert "<script>alert" not in answer.content.decode(), form.code
