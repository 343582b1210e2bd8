"""From people to the printed report: nobody types a number of persons, and each printed one opens down to persons."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from bank_round import replies_to, reply_file
from django.test import Client
from measured_rooms import unnamed_rooms
from payroll_county import BUREAU, County, day, on

from rongji.accounts.kept import forget_kept
from rongji.budget.models import Posting
from rongji.checks import check_year
from rongji.cli.invocation import note
from rongji.cli.main import app
from rongji.kernel import clock
from rongji.kernel.finding import Verdict
from rongji.kernel.month import Month
from rongji.payments.bank.services import import_return, make_batch
from rongji.payments.models import Payment, PaymentRun
from rongji.payments.posting import post_run
from rongji.people.types import NewIdentity
from rongji.performance.selectors import year_facts

YEAR = 2023
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "yunhu-2024" / "year.yaml"
PROSE = (
    "全年为{{payments.recipients|人}}发放定期抚恤补助{{payments.amount|万元 2}}，其中残疾抚恤金"
    "{{payments.recipients#benefit:disability_pension|人}}；年末建档{{people.files|份}}。[[去世{{people.deaths|人}}。]]"
    "[[迁出{{people.moved_out|人}}。]]"
)
RECIPIENTS = {
    "code": "I01", "level1": "产出指标", "level2": "数量指标", "name": "优抚对象补助发放人数", "direction": "≥",
    "target": "4", "unit_name": "人", "weight": "10", "formula": "benefit-recipients", "source": "绩效目标批复",
}  # fmt: skip


@pytest.fixture
def county(organisation: Any, actor: Any, options: Any, tmp_path: Path) -> County:
    """Four recipients and one other file; paid July to September; one dies in August. The year is imported."""
    from rongji.performance.services import import_year

    made = County.founded(organisation, actor)
    identity = (NewIdentity(category="11", first_month=Month.of(2020, 1)),)
    people = [made.pensioner("2023-06-01", identities=identity)[0] for _ in range(3)]
    veteran = made.person("2023-06-01")
    made.award("2023-06-01", veteran, "rural_veteran_allowance", units=4, category="81", basis="2015-05-06")
    made.person("2023-06-01")
    made.months_paid("2023-07", "2023-08")
    made.died("2023-09-04", people[0], "2023-08-20")
    made.months_paid("2023-09", "2023-09")
    _answered_and_booked(made, tmp_path)
    import_year(actor=on(actor("performance_officer"), day("2024-01-20")), source=_year_file(tmp_path))
    return made


def _answered_and_booked(county: County, folder: Path) -> None:
    """July has arrived and is in the books."""
    run = PaymentRun.objects.get(pay_month=202307)
    batch = make_batch(actor=on(county.finance, day("2023-07-12")), run_id=run.pk)
    path = reply_file(folder / "back.txt", batch.number, replies_to(batch.number))
    import_return(actor=on(county.finance, day("2023-07-14")), batch_number=batch.number, path=path)
    post_run(actor=on(county.finance, day("2023-07-20")), run_id=run.pk)


def _year_file(folder: Path) -> Path:
    year = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    year["profile"].update(year=str(YEAR), document_on="2024-03-18")
    year["sheets"]["texts"] = [{"code": "results_pension", "title": "抚恤补助按月足额", "body": PROSE}]
    year["sheets"]["indicators"] = [RECIPIENTS]
    path = folder / "year.yaml"
    path.write_text(yaml.safe_dump(year, allow_unicode=True), encoding="utf-8")
    return path


@pytest.fixture
def browse(user: Any) -> Any:
    """A browser signed in with a role."""

    def make(role: str, **fields: Any) -> Client:
        person = user(role, **fields)
        person.password_changed_at = clock.now()
        person.save()
        client = Client()
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return make


def words(path: Path) -> str:
    """The words of a Word file."""
    return re.sub(r"<[^>]+>", "", zipfile.ZipFile(path).read("word/document.xml").decode("utf-8"))


@pytest.mark.usefixtures("county")
def test_the_printed_numbers_are_those_of_the_records(tmp_path, capsys):
    """In the text; a sentence about what did not happen is left out; twice the same bytes."""
    for name in ("once", "again"):
        with pytest.raises(SystemExit) as left:
            app(["report", BUREAU, str(YEAR), "--formats", "docx", "--out", str(tmp_path / name)])
        note(as_user="", command="")
        assert left.value.code in (0, None), capsys.readouterr().err
    (once,), (again,) = (list((tmp_path / name).iterdir()) for name in ("once", "again"))
    assert once.read_bytes() == again.read_bytes()
    text = words(once)
    assert "全年为4人发放定期抚恤补助" in text and "其中残疾抚恤金3人" in text
    assert "年末建档5份" in text and "去世1人" in text
    assert "迁出" not in text


def test_the_indicator_is_the_same_number(county):
    """Bound to its formula, the actual is the payroll's figure; a typed one that differs is accused."""
    facts = year_facts(county.director, BUREAU, YEAR)
    (row,) = facts.indicators
    assert row.formula == "benefit-recipients"
    report = check_year(facts)
    assert not [item for item in report.findings if item.verdict is Verdict.CONTRADICTION]


def test_money_that_bank_and_books_tell_differently_is_accused(county):
    """One fen less on a payment than on its bank item, one fen more in the ledger: contradictions, each to the fen."""
    assert _accused(county) == []
    payment = Payment.objects.filter(run__pay_month=202307).first()
    Payment.objects.filter(pk=payment.pk).update(paid_fen=payment.paid_fen - 1)
    assert [text.rpartition("，")[2] for text in _accused(county)] == ["相差 -0.01元。"]
    Payment.objects.filter(pk=payment.pk).update(paid_fen=payment.paid_fen)
    row = Posting.objects.filter(batch__file_name__contains="发放批次", functional="2080802").first()
    Posting.objects.filter(pk=row.pk).update(amount_fen=row.amount_fen + 1)
    assert [text.rpartition("，")[2] for text in _accused(county)] == ["相差 -0.01元。"] * 2  # in all, and of its item


def _accused(county: County) -> list[str]:
    forget_kept()  # the tables were altered past the services
    report = check_year(year_facts(county.director, BUREAU, YEAR))
    return [item.explanation for item in report.findings if item.verdict is Verdict.CONTRADICTION]


def test_every_number_of_people_opens_down_to_persons(county, browse):
    """The panel of each figure, each of its rows, and from there the page of a person."""
    from rongji.accounts.models import Organisation

    client = browse("clerk", organisation=Organisation.objects.get(code=BUREAU))
    facts = year_facts(county.director, BUREAU, YEAR)
    keys = [str(item.key) for item in facts.figures if item.key.concept.startswith(("people.", "payments."))]
    assert len(keys) > 25
    persons: set[str] = set()
    for key in keys:
        panel = client.get(f"/years/{BUREAU}/{YEAR}/figure/", {"key": key})
        assert panel.status_code == 200, key
        for address in re.findall(r'hx-get="([^"]+)"', panel.content.decode()):
            opened = client.get(address.replace("&amp;", "&"))
            assert opened.status_code == 200 and "没有可列出" not in opened.content.decode(), (key, address)
            persons |= set(re.findall(r'href="(/people/\d+/)"', opened.content.decode()))
    assert len(persons) == 5
    assert client.get(sorted(persons)[0]).status_code == 200


def test_who_sees_the_year_but_no_people_is_told_file_numbers(county, browse):
    """The finance bureau's reviewer opens the same rows and reads no name, no village, no link."""
    client = browse("reviewer")
    rows = client.get(
        f"/years/{BUREAU}/{YEAR}/figure/rows/", {"purse": "payments:payments.recipients|disability_pension"}
    )
    page = rows.content.decode()
    assert rows.status_code == 200 and page.count("档案 ") == 3
    assert "示例" not in page and "href" not in page


@pytest.mark.usefixtures("county")
def test_every_measure_names_the_rooms_that_it_reads():
    """Payroll, bank, budget, awards and people: nothing is read from a room whose writes would leave the number old."""
    assert unnamed_rooms(BUREAU, YEAR) == {}
