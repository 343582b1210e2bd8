"""The token of a form: made when the form is opened, sent back with it, good for one form."""

import secrets

from django.core import signing

from rongji.public.refusals import FormTooOld, FormTooQuick

_OPENED, _SEEN = "rongji.public.form", "rongji.public.form.seen"
LONGEST_SECONDS = 12 * 3600


def new_token(*, seen: bool = False) -> str:
    """A random token with the moment at which it was made, signed. seen: its form is shown for a second time."""
    return _signer(seen=seen).sign(secrets.token_urlsafe(24))


def refuse_unfit(token: str, *, least_seconds: int) -> None:
    """Raises: FormTooOld for one that is expired or none of ours, FormTooQuick for one made a moment ago.

    Whoever has been told so once is not told again: a clock that was set back must not keep anybody out.
    """
    if _is_good(token, seen=True):
        return
    if not _is_good(token, seen=False):
        raise FormTooOld
    if least_seconds and _is_good(token, seen=False, seconds=least_seconds):
        raise FormTooQuick


def _is_good(token: str, *, seen: bool, seconds: int = LONGEST_SECONDS) -> bool:
    try:
        _signer(seen=seen).unsign(token, max_age=seconds)
    except signing.BadSignature:  # an expired signature is one of them
        return False
    return True


def _signer(*, seen: bool) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=_SEEN if seen else _OPENED)
