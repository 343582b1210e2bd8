"""What the bank answered, taken over: full, in part, returned, unknown; twice the same; for another batch; later."""

import pytest
from bank_round import THREE, Reply, approved_run, give_account, payee, replies_to, reply_file

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.law.bank_profiles import Outcome, bank_profile_ids
from rongji.payments.bank import batches, returns
from rongji.payments.bank.batches import export_batch, make_batch, retry_failed
from rongji.payments.bank.corrections import cancel_payment, settle_unknown
from rongji.payments.bank.refusals import (
    AnswerOfAnotherBatch,
    AnswerTotalsDiffer,
    AnswerTruncated,
    BatchUnknown,
    EvidenceNeeded,
    ItemNotInDoubt,
    ItemUnknown,
    NothingToSend,
    OutcomeUnfit,
    PaymentNotCancellable,
    PaymentUnknown,
    ReasonNeeded,
)
from rongji.payments.bank.returns import import_return
from rongji.payments.models import BatchItem, Payment, PaymentRun, ReturnFile, ReturnRow
from rongji.payments.types import PaymentState

pytestmark = pytest.mark.django_db
PART, BACK, DOUBT = ("partial", 100_000), Outcome.RETURNED, Outcome.UNKNOWN


@pytest.fixture
def batch(finance, run) -> str:
    """The number of a batch that is with the bank."""
    return make_batch(actor=finance, run_id=run.pk).number


@pytest.fixture
def answered(finance, tmp_path):
    """Import an answer: `answered(number, s2=BACK)`; items named None are left out of it."""

    def take(number: str, name: str = "answer", extra: tuple[Reply, ...] = (), **outcomes):
        path = reply_file(tmp_path / name, number, [*replies_to(number, **outcomes), *extra])
        return import_return(actor=finance, batch_number=number, path=path)

    return take


def states() -> list[tuple[str, int]]:
    """State and what arrived, payment by payment."""
    return list(Payment.objects.order_by("id").values_list("state", "paid_fen"))


@pytest.mark.parametrize("profile", bank_profile_ids())
def test_a_whole_round_in_every_layout(finance, bureau, tmp_path, profile):
    """Sent, answered, settled, whatever the bank's files look like."""
    run = approved_run(scope=bureau.scope, profile=profile)
    number = make_batch(actor=finance, run_id=run.pk).number
    path = reply_file(tmp_path / "r", number, list(reversed(replies_to(number, s2=BACK))), profile=profile)
    done = import_return(actor=finance, batch_number=number, path=path)
    assert states() == [("paid", 96_892), ("returned", 0), ("paid", 50_000)]
    assert done.findings == () and done.paid_fen == 146_892
    assert export_batch(actor=finance, batch_number=number, folder=tmp_path).is_file()


def test_four_outcomes_are_four_states(batch, answered):
    """In full, in part, returned with the bank's reason, and no answer: in doubt."""
    done = answered(batch, s1=("partial", 40_000), s2=BACK, s3=None)
    assert states() == [("partial", 40_000), ("returned", 0), ("unknown", 0)]
    assert Payment.objects.get(state="returned").reason == "账户已销户"
    assert BatchItem.objects.get(sequence=3).reason == returns.NO_ANSWER
    assert done.counts == {PaymentState.PARTIAL: 1, PaymentState.RETURNED: 1, PaymentState.UNKNOWN: 1}
    assert PaymentRun.objects.get().state == "sent"


def test_all_answered_settles_the_run(batch, answered):
    """Nothing waits for the bank any more, returned ones included."""
    answered(batch, s2=BACK)
    assert PaymentRun.objects.get().state == "settled"


def test_the_same_file_again_changes_nothing(batch, answered):
    """One file on record, one entry in the trail, the same answer to the clerk."""
    first, second = answered(batch, s2=BACK), answered(batch, s2=BACK)
    assert (first.is_new, second.is_new) == (True, False)
    assert (first.counts, first.paid_fen) == (second.counts, second.paid_fen)
    assert ReturnFile.objects.count() == 1 and ReturnRow.objects.count() == 3
    assert TrailEntry.objects.filter(action="payments.import_return").count() == 1


def test_a_later_file_for_the_rest_completes_the_answer(batch, answered):
    """What was in doubt is paid; what was paid stays."""
    answered(batch, s2=None, s3=None)
    answered(batch, name="rest", s1=None, s3=BACK)
    assert states() == [("paid", 96_892), ("paid", 123_400), ("returned", 0)]


def test_a_row_that_fits_nothing_is_kept_with_a_finding(batch, answered):
    """Another amount, another account: stored as the bank wrote it, nobody's payment touched."""
    stranger = Reply("6217000000000000999", "外人", 1_000)
    done = answered(batch, extra=(stranger,))
    assert [(row.row_number, row.account_tail, row.amount_fen) for row in done.findings] == [(5, "0999", 1_000)]
    assert ReturnRow.objects.get(item=None).finding == returns.NOT_SENT
    assert {state for state, _ in states()} == {"paid"}


def test_another_name_on_the_right_account_is_paid_and_said(batch, finance, tmp_path):
    """Accounts and amounts decide; a name in other characters is worth a look."""
    first, *others = replies_to(batch)
    odd = Reply(first.account, "周逸山", first.amount_fen)
    done = import_return(actor=finance, batch_number=batch, path=reply_file(tmp_path / "r", batch, [odd, *others]))
    assert states()[0] == ("paid", 96_892)
    assert "周逸山" in done.findings[0].finding


def test_paid_and_then_returned_is_taken_and_noted(batch, answered):
    """The receiving bank sent it back days later: the money is here again."""
    answered(batch)
    done = answered(batch, name="later", s1=BACK, s2=None, s3=None)
    assert states()[0] == ("returned", 0)
    assert "到账后又退回" in done.findings[0].finding


def test_returned_and_then_paid_is_left_to_a_person(batch, answered):
    """Both cannot be true; nothing is sent again before somebody has asked the bank."""
    answered(batch, s1=BACK)
    done = answered(batch, name="later", s2=None, s3=None)
    assert states()[0] == ("unknown", 0)
    assert "前后矛盾" in done.findings[0].finding


def test_an_answer_to_a_batch_that_was_never_made_is_refused(finance, batch, tmp_path):
    """A wrong number, and a file that names another batch."""
    path = reply_file(tmp_path / "r", batch, replies_to(batch))
    with pytest.raises(BatchUnknown):
        import_return(actor=finance, batch_number="00019999990101", path=path)
    other = reply_file(tmp_path / "o", "00019999990101", replies_to(batch))
    with pytest.raises(AnswerOfAnotherBatch, match="00019999990101"):
        import_return(actor=finance, batch_number=batch, path=other)
    assert not ReturnFile.objects.exists()


def test_an_answer_none_of_whose_rows_was_sent_is_refused(finance, batch, tmp_path):
    """Last month's file, if the bank prints no batch number."""
    path = reply_file(tmp_path / "r", batch, [Reply("6217000000000000999", "外人", 1_000)])
    with pytest.raises(AnswerOfAnotherBatch, match="没有一行"):
        import_return(actor=finance, batch_number=batch, path=path)
    assert not ReturnFile.objects.exists()


def test_a_bad_file_writes_nothing(finance, batch, tmp_path):
    """Wrong totals, an empty file: refused before anything is touched."""
    with pytest.raises(AnswerTotalsDiffer):
        path = reply_file(tmp_path / "r", batch, replies_to(batch), count=2)
        import_return(actor=finance, batch_number=batch, path=path)
    (tmp_path / "empty").write_bytes(b"\r\n")
    with pytest.raises(AnswerTruncated):
        import_return(actor=finance, batch_number=batch, path=tmp_path / "empty")
    assert {state for state, _ in states()} == {"sent"} and not ReturnFile.objects.exists()


def test_only_finance_imports_answers(actor, bureau, batch, tmp_path):
    """A clerk of the section does not."""
    path = reply_file(tmp_path / "r", batch, replies_to(batch))
    with pytest.raises(NotAllowed):
        import_return(actor=actor("clerk", organisation=bureau), batch_number=batch, path=path)


def test_the_same_account_and_amount_twice_goes_by_sequence(finance, bureau, tmp_path):
    """Two wards of one guardian: one paid, one returned; never both the same."""
    wards = (payee("甲", "6217000000000000011", 100), payee("乙", "6217000000000000011", 100))
    number = make_batch(actor=finance, run_id=approved_run(wards, scope=bureau.scope).pk).number
    path = reply_file(tmp_path / "r", number, replies_to(number, s2=BACK))
    import_return(actor=finance, batch_number=number, path=path)
    assert states() == [("paid", 100), ("returned", 0)]


# --- retries ----------------------------------------------------------------------------------------


def test_what_came_back_is_sent_again_once_the_account_is_corrected(finance, run, batch, answered):
    """To the new account, with the whole amount; the others are not sent again."""
    answered(batch, s2=BACK)
    person = Payment.objects.get(state="returned").person_id
    give_account(person, "6217000000000000022", "吴二水")
    with pytest.raises(NothingToSend, match=batches.SAME_ACCOUNT):
        retry_failed(actor=finance, run_id=run.pk)
    give_account(person, "6217000000000000222", "吴二水")
    second = retry_failed(actor=finance, run_id=run.pk)
    assert (second.attempt, second.item_count, second.sum_fen) == (2, 1, 123_400)
    assert BatchItem.objects.get(batch__number=second.number).account_tail == "0222"
    answered(second.number, name="second")
    assert [state for state, _ in states()] == ["paid"] * 3
    assert sum(fen for _, fen in states()) == sum(one.amount_fen for one in THREE)


def test_the_bank_may_say_that_nothing_was_wrong_with_the_account(finance, run, batch, answered):
    """Its system was down: the same account again, when the clerk says so."""
    answered(batch, s2=BACK)
    give_account(Payment.objects.get(state="returned").person_id, "6217000000000000022", "吴二水")
    assert retry_failed(actor=finance, run_id=run.pk, same_account=True).item_count == 1


def test_of_a_payment_that_arrived_in_part_the_rest_is_sent(finance, run, batch, answered):
    """100000 of 123400 arrived: 23400 goes out, and together they are the amount."""
    answered(batch, s2=PART)
    give_account(Payment.objects.get(state="partial").person_id, "6217000000000000022", "吴二水")
    second = retry_failed(actor=finance, run_id=run.pk)
    assert second.sum_fen == 23_400
    assert states()[1] == ("sent", 100_000)
    answered(second.number, name="second")
    assert states()[1] == ("paid", 123_400)


def test_what_had_no_account_goes_out_once_it_has_one(finance, bureau, tmp_path):
    """The account came after the run."""
    run = approved_run((*THREE, payee("王四海", "", 30_000)), scope=bureau.scope)
    make_batch(actor=finance, run_id=run.pk)
    give_account(Payment.objects.get(payee="王四海").person_id, "6217000000000000044", "王四海")
    assert retry_failed(actor=finance, run_id=run.pk).sum_fen == 30_000


def test_what_is_in_doubt_is_never_sent_again(finance, run, batch, answered):
    """It may have arrived."""
    answered(batch, s2=DOUBT)
    give_account(BatchItem.objects.get(sequence=2).payment.person_id, "6217000000000000222", "吴二水")
    with pytest.raises(NothingToSend, match="要先查明认定"):
        retry_failed(actor=finance, run_id=run.pk, same_account=True)


def test_asking_for_a_retry_twice_sends_once(finance, run, batch, answered):
    """The second time it is the same file."""
    answered(batch, s2=BACK)
    give_account(Payment.objects.get(state="returned").person_id, "6217000000000000222", "吴二水")
    first, second = (retry_failed(actor=finance, run_id=run.pk) for _ in range(2))
    assert (second.number, second.is_new) == (first.number, False)


def test_a_late_word_on_the_first_try_does_not_pay_twice(finance, run, batch, answered):
    """Returned, sent again and paid; then the bank says the first had arrived after all: kept and said."""
    answered(batch, s2=BACK)
    give_account(Payment.objects.get(state="returned").person_id, "6217000000000000222", "吴二水")
    second = retry_failed(actor=finance, run_id=run.pk)
    answered(second.number, name="second")
    done = answered(batch, name="late", s1=None, s3=None)
    assert "重复到账" in done.findings[0].finding
    assert states()[1] == ("paid", 123_400)
    assert BatchItem.objects.get(batch__number=batch, sequence=2).state == "returned"


# --- people decide ----------------------------------------------------------------------------------


def test_a_person_settles_what_the_bank_left_open(finance, run, batch, answered):
    """With evidence, which the trail keeps; from then on it can be sent again."""
    answered(batch, s2=DOUBT)
    said = {"actor": finance, "batch_number": batch, "sequence": 2}
    with pytest.raises(EvidenceNeeded):
        settle_unknown(**said, outcome=PaymentState.RETURNED, evidence=" ")
    settle_unknown(**said, outcome=PaymentState.RETURNED, evidence="10月14日对账单第3页")
    assert states()[1] == ("returned", 0)
    assert TrailEntry.objects.get(action="payments.settle_unknown").detail["evidence"] == "10月14日对账单第3页"
    with pytest.raises(ItemNotInDoubt):
        settle_unknown(**said, outcome=PaymentState.PAID, evidence="流水")
    with pytest.raises(ItemUnknown):
        settle_unknown(**{**said, "sequence": 9}, outcome=PaymentState.PAID, evidence="流水")


@pytest.mark.parametrize(
    ("outcome", "fen"),
    [(PaymentState.PARTIAL, None), (PaymentState.PARTIAL, 123_400), (PaymentState.PAID, 1), (PaymentState.SENT, None)],
)
def test_an_outcome_that_does_not_fit_the_amount_is_refused(finance, batch, answered, outcome, fen):
    """A part is more than nothing and less than all."""
    answered(batch, s2=DOUBT)
    with pytest.raises(OutcomeUnfit):
        settle_unknown(actor=finance, batch_number=batch, sequence=2, outcome=outcome, evidence="流水", paid_fen=fen)


def test_a_payment_that_came_back_can_be_cancelled_and_is_then_never_sent(finance, run, batch, answered):
    """The person died before; the next run computes anew what is owed."""
    answered(batch, s2=BACK)
    payment = Payment.objects.get(state="returned")
    with pytest.raises(ReasonNeeded):
        cancel_payment(actor=finance, payment_id=payment.pk, reason="")
    cancel_payment(actor=finance, payment_id=payment.pk, reason="9月30日去世")
    give_account(payment.person_id, "6217000000000000222", "吴二水")
    with pytest.raises(NothingToSend):
        retry_failed(actor=finance, run_id=run.pk, same_account=True)
    done = answered(batch, name="late", s1=None, s3=None)
    assert states()[1] == ("cancelled", 0) and "重复到账" in done.findings[0].finding


@pytest.mark.parametrize("outcome", [Outcome.PAID, PART, DOUBT])
def test_what_is_with_the_bank_or_has_arrived_is_not_cancelled(finance, batch, answered, outcome):
    """Not before the answer, not after money went; each refusal says what to do instead."""
    payment = BatchItem.objects.get(sequence=2).payment_id
    with pytest.raises(PaymentNotCancellable, match="等回盘"):
        cancel_payment(actor=finance, payment_id=payment, reason="x")
    answered(batch, s2=outcome)
    with pytest.raises(PaymentNotCancellable):
        cancel_payment(actor=finance, payment_id=payment, reason="x")
    with pytest.raises(PaymentUnknown):
        cancel_payment(actor=finance, payment_id=payment + 100, reason="x")
