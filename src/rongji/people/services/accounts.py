"""Recording the account into which a person is paid."""

from datetime import date, timedelta

from rongji.accounts.secrets import mask_account
from rongji.accounts.types import Actor
from rongji.people.dated import known_q
from rongji.people.entering import read_account
from rongji.people.models import BankAccount, FamilyMember
from rongji.people.refusals import AccountOfAnother, AlreadyRecorded, EndBeforeStart
from rongji.people.selectors.accounts import living_holders
from rongji.people.services.rows import account_values
from rongji.people.services.writing import Entry, entry, replaced, supersede, tell
from rongji.people.types import ACCOUNT_LABELS, AccountKind, ChangeKind, NewAccount


def record_bank_account(*, actor: Actor, person_id: int, new: NewAccount, known_on: date | None = None) -> int:
    """Record into which account a person is paid from a day on; the one before ends the day before.

    Returns the id of the row. Raises: NotAllowed, PersonUnknown, PersonMerged, AccountNumberUnfit, HolderDiffers,
    AccountOfAnother (unless in the same family or by a decision), AlreadyRecorded, EndBeforeStart, KnownTooEarly.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        account = read_account(new, entered.person.name)
        values = account_values(account, entered.known_on)
        _refuse_other_holder(entered, account, values["number_index"])
        _make_room(entered, values)
        row = BankAccount.objects.create(person=entered.person, known_on=entered.known_on, **values)
        said = f"领款账户变更为{ACCOUNT_LABELS[AccountKind(row.kind)]} {mask_account(row.tail)}"
        tell(entered, kind=ChangeKind.ACCOUNT, true_from=row.from_on, summary=said, action="record_account",
             detail={"account": row.pk, "tail": row.tail, "bank": row.bank})  # fmt: skip
    return row.pk


def end_bank_account(*, actor: Actor, person_id: int, to_on: date, reason: str, known_on: date | None = None) -> int:
    """Stop paying into the account in use after a day, with none in its place.

    Returns the id of the new row. Raises: as entry; AlreadyRecorded when there is none in use, EndBeforeStart.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        old = _in_use(entered)
        if old is None:
            raise AlreadyRecorded(number=entered.person.number, what="账户停用")
        if to_on < old.from_on:
            raise EndBeforeStart(what="领款账户", start=old.from_on, end=to_on)
        row = replaced(old, entered.known_on, to_on=to_on)
        said = f"领款账户 {mask_account(row.tail)} 停用：{reason}"
        tell(entered, kind=ChangeKind.ACCOUNT, true_from=to_on, summary=said, action="end_account",
             detail={"account": row.pk, "tail": row.tail})  # fmt: skip
    return row.pk


def _make_room(entered: Entry, values: dict) -> None:
    """End the account in use the day before the new one begins; one that began no earlier was a mistake."""
    old = _in_use(entered)
    if old is None:
        return
    same = ("number_index", "bank", "holder", "kind")
    if all(getattr(old, name) == values[name] for name in same):
        raise AlreadyRecorded(number=entered.person.number, what=f"该账户（尾号 {old.tail}）")
    if old.from_on >= values["from_on"]:
        supersede(old, entered.known_on)
    else:
        replaced(old, entered.known_on, to_on=values["from_on"] - timedelta(days=1))


def _in_use(entered: Entry) -> BankAccount | None:
    rows = BankAccount.objects.filter(person=entered.person, superseded_on__isnull=True, to_on__isnull=True)
    return rows.order_by("from_on", "id").last()


def _refuse_other_holder(entered: Entry, account: NewAccount, number_index: str) -> None:
    if account.decision.strip():
        return
    kin = _family_of(entered)
    for _, holder in living_holders([number_index]):
        if holder.pk != entered.person.pk and holder.pk not in kin:
            raise AccountOfAnother(tail=account.number[-4:], number=holder.number, name=holder.name)


def _family_of(entered: Entry) -> set[int]:
    standing = known_q(entered.known_on)
    mine = FamilyMember.objects.filter(standing, person=entered.person, to_on__isnull=True).values("family")
    return set(
        FamilyMember.objects.filter(standing, family__in=mine, to_on__isnull=True).values_list("person", flat=True)
    )
