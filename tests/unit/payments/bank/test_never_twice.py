"""Whatever clerks, machine and bank do in whatever order: nobody gets more than was due, and what arrived is known.

The bank of this test is honest and slow: it decides once what becomes of an item and never lies, but may answer late,
in pieces, several times, or not at all. Clerks ask for things at any moment; the machine dies at any moment.
"""

import random
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from bank_round import Reply, approved_run, give_account, payee, reply_file
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongji.accounts import trail
from rongji.accounts.secrets import Purpose, decrypt
from rongji.kernel.refusal import Refusal
from rongji.law.bank_profiles import Outcome
from rongji.payments.bank import batches, returns
from rongji.payments.bank.batches import make_batch, retry_failed
from rongji.payments.bank.corrections import cancel_payment, settle_unknown
from rongji.payments.bank.returns import import_return
from rongji.payments.models import BankBatch, BatchItem, Payment
from rongji.payments.types import PaymentState

pytestmark = pytest.mark.django_db
SHARED = "6217000000000000011"
PEOPLE = (
    payee("甲", SHARED, 100),
    payee("乙", SHARED, 100),
    payee("丙", "6217000000000000033", 250),
    payee("丁", "", 70),
)
STEPS = ("make", "retry", "retry", "answer", "answer", "answer", "again", "correct", "settle", "cancel")


class Died(BaseException):
    """The process is gone in the middle of a step."""


class Office:
    """A bureau with one run, its honest bank, and a die."""

    def __init__(self, finance: Any, run: Any, folder: Path, seed: int) -> None:
        """The truth of the bank by item, and the files it has sent."""
        self.finance, self.run, self.folder, self.die = finance, run, folder, random.Random(seed)
        self.truth: dict[int, int] = {}
        self.files: list[tuple[str, Path]] = []

    def step(self, name: str) -> None:
        """One thing somebody does; a refusal is an answer too."""
        with transaction.atomic():
            try:
                with transaction.atomic():
                    getattr(self, name)()
            except Refusal:
                pass

    def make(self) -> None:
        """A clerk asks for the bank file."""
        make_batch(actor=self.finance, run_id=self.run.pk)

    def retry(self) -> None:
        """A clerk sends again what failed."""
        retry_failed(actor=self.finance, run_id=self.run.pk, same_account=self.die.random() < 0.5)

    def correct(self) -> None:
        """Somebody's account is corrected in the register."""
        payment = self.die.choice(list(Payment.objects.order_by("id")))
        give_account(payment.person_id, f"62170000000000{self.die.randrange(10**5):05d}", payment.payee)

    def arrived(self, item: BatchItem) -> int:
        """What the bank did with an item, decided once."""
        fen = self.die.choice([0, item.amount_fen, item.amount_fen, self.die.randrange(item.amount_fen)])
        return self.truth.setdefault(item.pk, fen)

    def answer(self) -> None:
        """The bank answers some items of some batch, in an order of its own, some of them as still in work."""
        batch = self.die.choice(list(BankBatch.objects.order_by("id")) or [None])
        if batch is None:
            return
        items = list(batch.items.order_by("sequence"))
        # of payments that share account and amount it answers all or none: which is which, no file could tell
        some = {item.account_index: self.die.random() < 0.8 for item in items}
        items = [item for item in items if some[item.account_index]]
        self.die.shuffle(items)
        items.sort(key=lambda item: (item.account_index, item.amount_fen, item.sequence))
        path = self.folder / f"answer-{len(self.files)}"
        reply_file(path, batch.number, [self.reply(item) for item in items])
        self.files.append((batch.number, path))
        import_return(actor=self.finance, batch_number=batch.number, path=path)

    def reply(self, item: BatchItem) -> Reply:
        """What the bank says of an item."""
        account, fen = decrypt(item.account_cipher, Purpose.ACCOUNT), self.arrived(item)
        if account != SHARED and item.state == PaymentState.SENT and self.die.random() < 0.2:
            return Reply(account, item.payee, item.amount_fen, Outcome.UNKNOWN)
        outcome = Outcome.PARTIAL if fen else Outcome.RETURNED
        return Reply(account, item.payee, item.amount_fen, Outcome.PAID if fen == item.amount_fen else outcome, fen)

    def again(self) -> None:
        """An old answer is imported once more."""
        if self.files:
            number, path = self.die.choice(self.files)
            import_return(actor=self.finance, batch_number=number, path=path)

    def settle(self) -> None:
        """A clerk finds out at the bank what became of one in doubt."""
        item = BatchItem.objects.filter(state=PaymentState.UNKNOWN).order_by("id").first()
        if item is not None:
            fen = self.arrived(item)
            part = PaymentState.PARTIAL if fen else PaymentState.RETURNED
            outcome = PaymentState.PAID if fen == item.amount_fen else part
            said = {"actor": self.finance, "outcome": outcome, "evidence": "对账单", "paid_fen": fen}
            settle_unknown(batch_number=item.batch.number, sequence=item.sequence, **said)

    def cancel(self) -> None:
        """Somebody died before."""
        payment = self.die.choice(list(Payment.objects.order_by("id")))
        cancel_payment(actor=self.finance, payment_id=payment.pk, reason="去世")

    def check(self) -> None:
        """Nobody has more than was due; what is on record is what the bank did, where it has said so."""
        for payment in Payment.objects.prefetch_related("items"):
            items = list(payment.items.all())
            assert sum(self.truth.get(item.pk, item.amount_fen) for item in items) <= payment.amount_fen
            assert payment.paid_fen == sum(item.paid_fen for item in items)
            for item in items:
                if item.state in (PaymentState.PAID, PaymentState.PARTIAL, PaymentState.RETURNED):
                    assert item.paid_fen == self.truth[item.pk]
            if payment.state == PaymentState.CANCELLED:
                assert payment.paid_fen == 0


@contextmanager
def dying(monkeypatch: pytest.MonkeyPatch, after: int):
    """The machine dies when that many of the places where it may have been passed."""
    places = [(trail, "record"), (batches.keeping, "keep"), (returns, "level_batch"), (batches, "level_run")]
    left = [after]

    def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if left[0] == 0:
                raise Died
            left[0] -= 1
            return function(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        for place, name in places:
            patch.setattr(place, name, guarded(getattr(place, name)))
        yield


class Undo(Exception):
    """Ends an example: its rows are taken back."""


steps = st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from([None, None, None, 0, 1, 2])), max_size=18)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=steps, seed=st.integers(0, 10**6))
def test_nobody_is_paid_twice_whatever_happens(finance, bureau, tmp_path_factory, monkeypatch, steps, seed):
    """Sending, answering, retrying, cancelling and dying in any order: what can arrive stays within what is due."""
    try:
        with transaction.atomic():
            run = approved_run(PEOPLE, scope=bureau.scope)
            office = Office(finance, run, tmp_path_factory.mktemp("bank"), seed)
            for name, death in (("make", None), *steps):
                if death is None:
                    office.step(name)
                else:
                    with dying(monkeypatch, death), suppress(Died):
                        office.step(name)
                office.check()
            raise Undo
    except Undo:
        pass
