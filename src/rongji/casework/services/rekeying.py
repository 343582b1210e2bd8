"""Changing the keys: telephones of applicants and numbers among the answers, made anew under the present keys."""

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.rekeying import holding_numbers, renew_rows
from rongji.accounts.sealed_numbers import sealed_anew
from rongji.accounts.secrets import Purpose, decrypt, encrypt, is_current
from rongji.accounts.types import Actor
from rongji.casework.models import Case, CaseAct
from rongji.casework.policies import REKEY_CASES
from rongji.kernel.digest import digest


def rekey_cases(*, actor: Actor) -> int:
    """Bring every stored number under the first data key, the chosen cipher and the present index key.

    Returns how many rows hold one. Safe to repeat; each portion is a transaction of its own.
    Raises: NotAllowed, SecretUnreadable.
    """
    guard(actor, REKEY_CASES)
    count = renew_rows(Case.objects.exclude(contact_cipher=""), ["contact_cipher"], _renew_contact)
    count += sum(
        renew_rows(holding_numbers(model._default_manager.all(), "values"), ["values"], _renew_values)
        for model in (Case, CaseAct)
    )
    _record(actor, count)
    return count


def _renew_contact(row: Case) -> None:
    if not is_current(row.contact_cipher):
        row.contact_cipher = encrypt(decrypt(row.contact_cipher, Purpose.PHONE), Purpose.PHONE)


def _renew_values(row: Case | CaseAct) -> None:
    row.values = sealed_anew(row.values)


def _record(actor: Actor, count: int) -> None:
    facts = {"rows": count}
    trail.record(
        actor=actor, action="casework.rekey", subject_kind="cases", subject_id="all",
        summary=f"更换数据加密密钥，核对办件里的号码 {count} 条", after_digest=digest(facts), detail=facts,
    )  # fmt: skip
