"""Keys of the intake: the private half stays inside under the data keys, the public half goes out to seal with."""

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.secrets import Purpose, decrypt, encrypt, is_current
from rongji.accounts.types import Actor
from rongji.intake.models import IntakeKey
from rongji.intake.policies import MAKE_KEYS
from rongji.intake.refusals import IntakeKeyMissing
from rongji.intake.window import window_database
from rongji.public.models import SealingKey
from rongji.public.sealing import fingerprint_of, new_pair, open_sealed


def make_keys(*, actor: Actor) -> str:
    """Make a pair and give the window its public half; older ones keep opening what was sealed with them.

    Returns the fingerprint. Raises: NotAllowed, WindowNotOpened, WindowUnreachable.
    """
    guard(actor, MAKE_KEYS)
    public, private = new_pair()
    with transaction.atomic():
        IntakeKey.objects.create(
            fingerprint=public.fingerprint, cipher=encrypt(private.hex(), Purpose.INTAKE_KEY), made_at=actor.at,
            made_by=actor.label,
        )  # fmt: skip
        trail.record(
            actor=actor, action="intake.make_keys", subject_kind="public_window", subject_id=public.fingerprint,
            summary=f"生成网上窗口密钥，指纹 {public.fingerprint}",
        )  # fmt: skip
        with window_database():
            SealingKey.objects.create(fingerprint=public.fingerprint, public=public.raw, made_at=actor.at)
    return public.fingerprint


def has_key() -> bool:
    """Whether there is any key to open with."""
    return IntakeKey.objects.exists()


def opened(sealed: bytes, label: str, number: str) -> bytes:
    """What the window sealed. Raises: IntakeKeyMissing, SealUnreadable, SecretUnreadable."""
    fingerprint = fingerprint_of(sealed)
    key = IntakeKey.objects.filter(fingerprint=fingerprint).first()
    if key is None:
        raise IntakeKeyMissing(number=number, fingerprint=fingerprint)
    return open_sealed(sealed, bytes.fromhex(decrypt(key.cipher, Purpose.INTAKE_KEY)), label)


def encrypt_keys_anew(*, actor: Actor) -> int:
    """Put every private half under the first of the present data keys; returns how many there were to do."""
    guard(actor, MAKE_KEYS)
    rows = [row for row in IntakeKey.objects.all() if not is_current(row.cipher)]
    with transaction.atomic():
        for row in rows:
            row.cipher = encrypt(decrypt(row.cipher, Purpose.INTAKE_KEY), Purpose.INTAKE_KEY)
            row.save(update_fields=["cipher"])
        if rows:
            trail.record(
                actor=actor, action="intake.encrypt_keys_anew", subject_kind="public_window", subject_id="keys",
                summary=f"{len(rows)} 把网上窗口私钥改用现行数据密钥加密",
            )  # fmt: skip
    return len(rows)
