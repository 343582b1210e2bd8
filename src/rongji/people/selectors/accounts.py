"""Which account was in force for whom, and the one way to its number: for bank files."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from rongji.accounts.secrets import Purpose, blind_index, decrypt
from rongji.people.models import BankAccount
from rongji.people.selectors.portions import portions
from rongji.people.types import AccountFacts

_CLOSE = 4  # so many numbers of persons for each one wanted are read past, rather than asked for one by one


def accounts_in_force(person_ids: Iterable[int], *, on: date, known_on: date) -> dict[int, AccountFacts]:
    """The account into which each person is paid on a day, by what was known on another; persons without are left out.

    As of: of several the one that began last, then the one that became known last.
    """
    found: dict[int, AccountFacts] = {}
    for chunk in portions(person_ids):
        rows = BankAccount.objects.known(known_on).filter(person_id__in=chunk, from_on__lte=on)
        for row in rows.filter(Q(to_on__isnull=True) | Q(to_on__gte=on)).order_by("from_on", "known_on", "id"):
            found[row.person_id] = account_facts(row)
    return found


class Payee(NamedTuple):
    """Into which account somebody is paid: holder, number (cipher and index), its last digits, bank."""

    holder: str
    number_cipher: str
    number_index: str
    tail: str
    bank: str


def payees(person_ids: Sequence[int], *, on: date, known_on: date) -> dict[int, Payee]:
    """`accounts_in_force` for very many persons, with no more than a payment needs."""
    found: dict[int, Payee] = {}
    if not person_ids:
        return found
    rows = BankAccount.objects.known(known_on).filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on)
    rows = rows.order_by("from_on", "known_on", "id")
    wanted, first, last = set(person_ids), min(person_ids), max(person_ids)
    lie_close = last - first < _CLOSE * len(wanted)
    for of in [Q(person_id__gte=first, person_id__lte=last)] if lie_close else _in_portions(person_ids):
        for person, *cells in rows.filter(of).values_list("person_id", *Payee._fields):
            if person in wanted:
                found[person] = Payee(*cells)
    return found


def _in_portions(person_ids: Sequence[int]) -> Iterator[Q]:
    return (Q(person_id__in=chunk) for chunk in portions(person_ids))


def account_numbers(account_ids: Iterable[int]) -> dict[int, str]:
    """The full numbers of accounts, for the batch file of a bank and for nothing that is shown.

    Raises: SecretUnreadable.
    """
    found: dict[int, str] = {}
    for chunk in portions(account_ids):
        for pk, cipher in BankAccount.objects.filter(pk__in=chunk).values_list("id", "number_cipher"):
            found[pk] = decrypt(cipher, Purpose.ACCOUNT)
    return found


def account_index(number: str) -> str:
    """The keyed digest by which an account number is found (`AccountFacts.number_index`), to match what a bank says."""
    return blind_index(number, Purpose.ACCOUNT)


class Holder(NamedTuple):
    """A living person into whose account is paid. number: of the file."""

    pk: int
    name: str
    number: str


def living_holders(number_indexes: Sequence[str]) -> Iterator[tuple[str, Holder]]:
    """Living persons into whose standing account of one of those numbers is paid, each with the index."""
    for chunk in portions(number_indexes):
        rows = BankAccount.objects.filter(
            number_index__in=chunk,
            superseded_on__isnull=True,
            to_on__isnull=True,
            person__died_on__isnull=True,
            person__merged_into__isnull=True,
        )
        for index, *holder in rows.values_list("number_index", "person_id", "person__name", "person__number"):
            yield index, Holder(*holder)


def account_facts(row: BankAccount) -> AccountFacts:
    """A row as other rooms see it."""
    return AccountFacts(
        id=row.pk,
        person_id=row.person_id,
        kind=row.kind,
        tail=row.tail,
        bank=row.bank,
        holder=row.holder,
        from_on=row.from_on,
        to_on=row.to_on,
        number_cipher=row.number_cipher,
        number_index=row.number_index,
        decision=row.decision,
    )
