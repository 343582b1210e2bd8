"""What payments count for a year: against a hand count, with bank and books as second witnesses."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from bank_round import replies_to, reply_file
from payroll_county import BUREAU, County, account_number, day, on, payment_of

from rongji.awards.services import approve_grant, record_grant
from rongji.awards.types import NewGrant
from rongji.budget.models import Posting
from rongji.kernel.figure import Figure
from rongji.kernel.month import Month
from rongji.law.bank_profiles import Outcome
from rongji.payments import measures
from rongji.payments.bank.services import import_return, make_batch, retry_failed
from rongji.payments.models import Payment, PaymentRun, RunLine
from rongji.payments.posting import post_run
from rongji.payments.types import PaymentState
from rongji.people.services import record_bank_account
from rongji.people.types import NewAccount

YEAR = 2023
MERIT = 150_000


def everybody(scope: object) -> bool:
    """A reader who may see every person."""
    return True


def figures(year: int = YEAR) -> dict[str, list[Figure]]:
    """Every statement by key."""
    found: dict[str, list[Figure]] = {}
    for item in measures.derived_figures(BUREAU, year):
        found.setdefault(str(item.key), []).append(item)
    return found


def value(key: str, year: int = YEAR) -> Decimal | None:
    """A count, or money in fen; None when nothing is stated."""
    stated = figures(year).get(key)
    if not stated:
        return None
    return stated[0].quantity.fen if stated[0].is_money else stated[0].quantity.value


@pytest.fixture
def paid(organisation: Any, actor: Any, options: Any, tmp_path: Any) -> dict[str, Any]:
    """July to October 2023 of five persons.

    steady, second: pensions. veteran: old-age allowance of category 81. late: died in August, told after September was
    paid. soldier: a merit award of August, due in September. July arrived; in August second's came back and went
    through anew; September was answered late; October was not sent. The raise of August is paid with October's run.
    """
    county = County.founded(organisation, actor)
    county.budget(2023, purses=(("2080805", "30309"),))
    people = {
        "steady": county.pensioner("2023-06-01"),
        "second": county.pensioner("2023-06-01", "因战|5"),
        "late": county.pensioner("2023-06-01"),
    }
    persons = {name: person for name, (person, _) in people.items()}
    persons["veteran"] = county.person("2023-06-01")
    county.award(
        "2023-06-01", persons["veteran"], "rural_veteran_allowance", units=4, category="81", basis="2015-05-06"
    )
    persons["soldier"] = county.person("2023-06-01", born="2001-02-03")
    runs = {"07": county.paid("2023-07-10", "2023-07"), "08": county.paid("2023-08-10", "2023-08")}
    grant = NewGrant(
        person_id=persons["soldier"], benefit="merit_award", key="merit:2023", event_on=day("2023-08-01"),
        due_month=Month.parse("2023-09"), amount_fen=MERIT, rule="entitlement.merit_award", inputs={"grade": "三等功"},
    )  # fmt: skip
    number = record_grant(actor=county.clerk_on("2023-08-20"), new=grant)
    approve_grant(actor=on(county.head, day("2023-08-21")), grant_id=number)
    runs["09"] = county.paid("2023-09-11", "2023-09")
    county.died("2023-10-08", persons["late"], "2023-08-20")
    runs["10"] = county.paid("2023-10-12", "2023-10")
    answer(county, runs["07"], "2023-07-14", tmp_path)
    second = payment_of(runs["08"], persons["second"]).sequence
    answer(county, runs["08"], "2023-08-15", tmp_path, **{f"s{second}": Outcome.RETURNED})
    new_card(county, "2023-08-16", payment_of(runs["08"], persons["second"]))
    again = retry_failed(actor=on(county.finance, day("2023-08-17")), run_id=runs["08"].pk)
    reply(county, again.number, "2023-08-18", tmp_path)
    answer(county, runs["09"], "2023-09-25", tmp_path)
    for month in ("07", "08", "09"):
        post_run(actor=on(county.finance, day(f"2023-{month}-28")), run_id=runs[month].pk)
    return {"county": county, "runs": runs, **persons}


def new_card(county: County, known: str, payment: Payment) -> None:
    """Another account of the payee, recorded on a day."""
    account = NewAccount(number=account_number(9000 + payment.pk), holder=payment.payee)
    record_bank_account(actor=on(county.head, day(known)), person_id=payment.person_id, new=account)


def answer(county: County, run: PaymentRun, at: str, folder: Any, **outcomes: Any) -> str:
    """A run sent on the 12th and answered on a day."""
    batch = make_batch(actor=on(county.finance, day(f"{at[:8]}12")), run_id=run.pk)
    reply(county, batch.number, at, folder, **outcomes)
    return batch.number


def reply(county: County, number: str, at: str, folder: Any, **outcomes: Any) -> None:
    """The bank's answer to a batch, imported on a day."""
    path = reply_file(folder / f"{number}.txt", number, replies_to(number, **outcomes))
    import_return(actor=on(county.finance, day(at)), batch_number=number, path=path)


def by_hand(**chosen: Any) -> tuple[int, int]:
    """Distinct persons and fen of lines, counted in plain Python."""
    rows = [row for row in RunLine.objects.select_related("payment") if _counts(row)]
    rows = [row for row in rows if all(getattr(row, field) == wanted for field, wanted in chosen.items())]
    return len({row.person_id for row in rows}), sum(row.due_fen for row in rows)


def _counts(row: RunLine) -> bool:
    return row.payment is None or row.payment.state != PaymentState.CANCELLED


def test_persons_and_money_are_those_of_a_hand_count(paid):
    """Periodic and one-off apart and together; by benefit and by category."""
    persons, fen = by_hand(grant_id=None)
    assert (value("payments.recipients"), value("payments.amount")) == (persons, fen) == (4, fen)
    assert (value("payments.one_off_recipients"), value("payments.one_off_amount")) == (1, MERIT)
    assert (value("payments.persons"), value("payments.total")) == by_hand()
    for benefit in ("disability_pension", "rural_veteran_allowance"):
        own = (value(f"payments.recipients#benefit:{benefit}"), value(f"payments.amount#benefit:{benefit}"))
        assert own == by_hand(benefit=benefit)
    veteran = by_hand(person_id=paid["veteran"])
    assert (value("payments.recipients#category:81"), value("payments.amount#category:81")) == veteran
    assert value("payments.amount#group:老年补助") == veteran[1]
    assert value("payments.one_off_amount#event_year:2023") == MERIT
    assert value("payments.one_off_recipients_to_date#benefit:merit_award") == 1
    assert value("payments.one_off_recipients_to_date#benefit:merit_award", 2024) == 1
    assert value("payments.one_off_recipients", 2024) is None


def test_arrears_of_a_raise_are_the_lines_of_that_cause(paid):
    """August and September lack the raise of each who lives; September's of the dead is not raised."""
    _, fen = by_hand(cause="arrears")
    assert value("payments.raised") == fen > 0


def test_what_is_overpaid_stands_apart_and_closes_the_account(paid):
    """Money to the bank + what was taken off = lines + what was found overpaid."""
    overpaid = value("payments.overpaid")
    assert overpaid == 257_000  # September of a pension of 3084 yuan a year for twelve months, at the old standard
    sent, deducted = value("payments.to_bank"), value("payments.deducted") or 0
    assert sent + deducted == value("payments.total") + overpaid


def test_the_bank_is_counted_by_payment(paid):
    """Three months were sent; one payment came back and went through, October waits."""
    sizes = {month: Payment.objects.filter(run=run, amount_fen__gt=0).count() for month, run in paid["runs"].items()}
    assert value("payments.items") == sum(sizes.values())
    assert value("payments.items_paid") == sizes["07"] + sizes["08"] + sizes["09"]
    assert value("payments.items_returned") == 1
    assert value("payments.batches") == 4
    assert value("payments.paid") == sum(Payment.objects.values_list("paid_fen", flat=True))


def test_on_time_is_what_the_bank_had_confirmed_by_the_day(paid):
    """The 20th counts; September's answer came on the 25th, October's not at all."""
    july, august = (Payment.objects.filter(run=paid["runs"][month]).count() for month in ("07", "08"))
    assert value("payments.items_due") == value("payments.items")
    assert value("payments.items_on_time") == july + august


def test_a_partial_answer_completed_late_is_not_on_time(paid, tmp_path):
    """Nor what somebody settled by hand, for which no answer of the bank stands."""
    county, run = paid["county"], paid["runs"]["10"]
    before = value("payments.items_on_time")
    first = payment_of(run, paid["steady"])
    batch = answer(county, run, "2023-10-16", tmp_path, **{f"s{first.sequence}": (Outcome.PARTIAL, 100)})
    count = Payment.objects.filter(run=run, amount_fen__gt=0).count()
    assert value("payments.items_on_time") == before + count - 1
    new_card(county, "2023-10-17", first)
    rest = retry_failed(actor=on(county.finance, day("2023-10-20")), run_id=run.pk)
    reply(county, rest.number, "2023-10-21", tmp_path)
    first.refresh_from_db()
    assert first.state == PaymentState.PAID and batch != rest.number
    assert value("payments.items_on_time") == before + count - 1


def test_days_of_each_step(paid):
    """Computed and approved on one day; sent on the 12th; answered on the 14th, 18th, 25th."""
    assert value("payments.stage_days#stage:approved") == 0
    assert value("payments.stage_days#stage:sent") == 2 + 2 + 1
    assert value("payments.stage_days#stage:answered") == 2 + 6 + 13


def test_books_and_bank_are_second_witnesses(paid):
    """Booked as the payroll says and as the ledger's postings say; arrived as payments and as sent items say."""
    booked, arrived = figures()["payments.posted"], figures()["payments.paid"]
    assert [item.statement for item in booked] == ["发放台账", "账务系统"]
    assert booked[0].quantity == booked[1].quantity and booked[0].quantity.fen > 0
    assert [item.statement for item in arrived] == ["发放台账", "银行回盘"]
    assert arrived[0].quantity == arrived[1].quantity == booked[0].quantity
    for key, stated in figures().items():
        if key.startswith("payments.posted#functional"):
            assert len(stated) == 2 and stated[0].quantity == stated[1].quantity


def test_a_posting_that_was_changed_shows(paid):
    """One fen less in the ledger: the two statements differ."""
    row = Posting.objects.filter(batch__file_name__contains="发放批次").first()
    Posting.objects.filter(pk=row.pk).update(amount_fen=row.amount_fen - 1)
    left, right = figures()["payments.posted"]
    assert left.quantity.fen - right.quantity.fen == 1


def test_money_of_each_level_adds_up(paid):
    """What three budgets pay together is what the runs hold; of a one-off benefit as well."""
    levels = ("central", "province", "county")
    held = [value(f"payments.funded_{level}") or 0 for level in levels]
    assert sum(held) == value("payments.to_bank")
    merit = [value(f"payments.funded_{level}#benefit:merit_award") or 0 for level in levels]
    assert sum(merit) == MERIT


def test_a_cancelled_payment_counts_nowhere(paid):
    """What was given up is neither paid nor anybody's."""
    county, run = paid["county"], paid["runs"]["10"]
    payment = payment_of(run, paid["veteran"])
    before = {key: value(key) for key in ("payments.amount#category:81", "payments.items", "payments.to_bank")}
    county.cancelled("2023-10-20", payment)
    assert value("payments.amount#category:81") == before["payments.amount#category:81"] - payment.amount_fen
    assert value("payments.items") == before["payments.items"] - 1
    assert value("payments.to_bank") == before["payments.to_bank"] - payment.amount_fen


def test_an_unapproved_run_counts_nowhere(paid):
    """A computed run is a draft: not its lines, not what it found overpaid."""
    before = figures()
    paid["county"].died("2023-11-08", paid["steady"], "2023-09-02")
    paid["county"].computed("2023-11-10", "2023-11")
    assert figures() == before


def test_every_number_is_the_sum_of_its_rows_and_of_what_they_open_into(paid, monkeypatch):
    """For every figure, on every level, down to persons; also where groups are so large that they open by station."""
    for most in (500, 1):
        for module in ("settled", "bank"):
            monkeypatch.setattr(f"rongji.payments.measures.{module}.SHOWN_PERSONS", most)
        found = tuple(measures.derived_figures(BUREAU, YEAR))
        assert found == tuple(measures.derived_figures(BUREAU, YEAR))
        opened: Counter[str] = Counter()
        for figure in found:
            assert sum(row.quantity.value for row in figure.rows) == figure.quantity.value, figure.key
            for row in figure.rows:
                if "|" in row.identifier:
                    opened[figure.key.concept] += 1
                    _opens_to(row, figure)
        assert len(opened) > 15


def _opens_to(row: Any, figure: Figure) -> None:
    behind = measures.rows_behind(BUREAU, YEAR, row.identifier, everybody)
    assert sum(item.quantity.value for item in behind) == row.quantity.value, (figure.key, row, behind)
    for item in behind:
        if "|" in item.identifier:
            _opens_to(item, figure)


def test_names_are_for_those_who_may_see_them(paid):
    """Others are told the number of the file and what it got."""
    shown = measures.rows_behind(BUREAU, YEAR, "payments.recipients#category:81|", everybody)
    hidden = measures.rows_behind(BUREAU, YEAR, "payments.recipients#category:81|", lambda scope: False)
    assert shown[0].table == "person" and "示例" in shown[0].label
    assert hidden[0].table == "file" and "示例" not in hidden[0].label and hidden[0].identifier == ""


@pytest.mark.usefixtures("paid")
@pytest.mark.parametrize(
    "identifier",
    ["", "|", "payments.amount|", "payments.amount|x", "payments.amount|202399", "payments.posted|x", "payments.no|1",
     "payments.recipients#benefit:none|", "payments.overpaid|abc", "payments.items|x|y|z"],
)  # fmt: skip
def test_an_address_of_nothing_opens_nothing(identifier):
    """Whatever is asked for, nothing breaks."""
    assert measures.rows_behind(BUREAU, YEAR, identifier, everybody) == ()


def test_a_bureau_without_a_payroll_states_nothing(organisation):
    """No table, no figure."""
    organisation("other", area_code="440100")
    assert tuple(measures.derived_figures("other", YEAR)) == ()
