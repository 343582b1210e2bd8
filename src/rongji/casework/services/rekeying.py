"""Changing the keys: the telephones of applicants encrypted under an older key or cipher, made anew."""

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.secrets import Purpose, decrypt, encrypt, is_current
from rongji.accounts.types import Actor
from rongji.casework.models import Case
from rongji.casework.policies import REKEY_CASES
from rongji.kernel.digest import digest

CHUNK = 1000


def rekey_cases(*, actor: Actor) -> int:
    """Bring every stored telephone under the first data key and the chosen cipher; returns how many there are.

    Safe to repeat; each portion is a transaction of its own. Raises: NotAllowed, SecretUnreadable.
    """
    guard(actor, REKEY_CASES)
    count, last = 0, 0
    while True:
        with transaction.atomic():
            found = Case.objects.exclude(contact_cipher="").filter(pk__gt=last).order_by("pk")
            rows = list(found.only("pk", "contact_cipher")[:CHUNK])
            if not rows:
                _record(actor, count)
                return count
            old = [row for row in rows if not is_current(row.contact_cipher)]
            for row in old:
                row.contact_cipher = encrypt(decrypt(row.contact_cipher, Purpose.PHONE), Purpose.PHONE)
            Case.objects.bulk_update(old, ["contact_cipher"])
        count, last = count + len(rows), rows[-1].pk


def _record(actor: Actor, count: int) -> None:
    facts = {"rows": count}
    trail.record(
        actor=actor, action="casework.rekey", subject_kind="cases", subject_id="all",
        summary=f"更换数据加密密钥，核对办件联系方式 {count} 条", after_digest=digest(facts), detail=facts,
    )  # fmt: skip
