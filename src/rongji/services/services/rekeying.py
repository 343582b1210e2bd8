"""Changing the keys: the numbers that records and their histories hold, made anew under the present keys."""

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.rekeying import holding_numbers, renew_rows
from rongji.accounts.sealed_numbers import sealed_anew
from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.law.refusals import UnknownRegister
from rongji.law.registers import register as declared_register
from rongji.services.entering import one_of
from rongji.services.models import Record, RecordChange
from rongji.services.policies import REKEY_RECORDS


def rekey_records(*, actor: Actor) -> int:
    """Bring every number in the registers under the first data key, the chosen cipher and the present index key.

    Returns how many rows hold one. Safe to repeat; each portion is a transaction of its own.
    Raises: NotAllowed, SecretUnreadable.
    """
    guard(actor, REKEY_RECORDS)
    count = renew_rows(holding_numbers(Record.objects.all(), "values"), ["values", "one"], _renew_record)
    changes = holding_numbers(RecordChange.objects.all(), "before", "after")
    count += renew_rows(changes, ["before", "after"], _renew_change)
    facts = {"rows": count}
    trail.record(
        actor=actor, action="services.rekey", subject_kind="register", subject_id="all",
        summary=f"更换数据加密密钥，核对登记里的号码 {count} 条", after_digest=digest(facts), detail=facts,
    )  # fmt: skip
    return count


def _renew_record(row: Record) -> None:
    """What makes it the same as another may rest on an index, which changes with its key."""
    row.values = sealed_anew(row.values)
    try:
        row.one = one_of(declared_register(row.register), row.values) if row.withdrawn_on is None else row.one
    except UnknownRegister:  # its declaration was taken away: nothing is entered into it any more
        return


def _renew_change(row: RecordChange) -> None:
    row.before, row.after = sealed_anew(row.before), sealed_anew(row.after)
