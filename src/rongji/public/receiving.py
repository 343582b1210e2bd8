"""Putting a form into the box: sealed, whole or not at all, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error, IntegrityError, transaction
from django.db.models import Count, Sum

from rongji.kernel.china_time import day_of
from rongji.public.models import SealedPart, SealingKey, Submission
from rongji.public.numbers import code_of, hash_of_code, hash_of_token, keyed_digest, new_number
from rongji.public.reading import MEGABYTE, ReadForm
from rongji.public.refusals import FormChanged, QueueFull, WindowCannotKeep, WindowHasNoKey
from rongji.public.sealing import PublicKey, label_of, seal

_TRIES = 5
_SAME = timedelta(days=1)  # whoever goes back and sends again does so soon


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever sent a form takes away. is_repeat: the same form had been sent before."""

    number: str
    code: str
    label: str
    received_at: datetime
    is_repeat: bool = False


def keep_form(form: ReadForm, *, token: str, at: datetime) -> Receipt:
    """Seal a form and keep it. The same form sent twice is kept once and answered alike both times: sent again at once,
    or opened anew by the back button and sent as it was.

    Raises: FormChanged, QueueFull, WindowHasNoKey, WindowCannotKeep.
    """
    code = code_of(form.content(), settings.SECRET_KEY)
    content = keyed_digest("content", form.content(), settings.SECRET_KEY)
    try:
        known = Submission.objects.filter(token_hash=hash_of_token(token)).first()
        known = known or Submission.objects.filter(content_digest=content, received_at__gt=at - _SAME).first()
        if known is None:
            known = _stored(form, token, code, content, at)
            return Receipt(known.number, code, known.label, known.received_at)
    except Error:
        raise WindowCannotKeep from None
    if known.content_digest != content:
        raise FormChanged(number=known.number)
    return Receipt(known.number, code, known.label, known.received_at, is_repeat=True)


def _stored(form: ReadForm, token: str, code: str, content: str, at: datetime) -> Submission:
    key = _key()
    refuse_full_queue(form.size)
    for left in reversed(range(_TRIES)):
        number = new_number(day_of(at))
        row = Submission(
            number=number, code_hash=hash_of_code(number, code), token_hash=hash_of_token(token),
            content_digest=content, kind=form.form.kind, label=form.form.label, received_at=at, size=form.size,
            words="已提交，等待工作人员取件", words_on=day_of(at),
        )  # fmt: skip
        try:
            return _written(row, form, key)
        except IntegrityError:  # the number is taken, or the same form came in at the same moment
            known = Submission.objects.filter(token_hash=row.token_hash).first()
            if known is not None or not left:
                return known or _refuse()
    return _refuse()


def _refuse() -> Submission:
    raise WindowCannotKeep


def _written(row: Submission, form: ReadForm, key: PublicKey) -> Submission:
    contents = [form.content().encode(), *(item.data for item in form.files)]
    with transaction.atomic():
        row.save(force_insert=True)
        for position, data in enumerate(contents):
            sealed = seal(data, key, label_of(row.number, position))
            SealedPart.objects.create(submission=row, position=position, sealed=sealed)
    return row


def refuse_full_queue(size: int = 0) -> None:
    """Raises: QueueFull when as much waits as the window keeps."""
    options = settings.RONGJI_PUBLIC
    waiting = Submission.objects.filter(is_waiting=True).aggregate(forms=Count("id"), size=Sum("size"))
    too_large = (waiting["size"] or 0) + size > options.queue_megabytes * MEGABYTE
    if waiting["forms"] >= options.queue_forms or too_large:
        raise QueueFull


def _key() -> PublicKey:
    newest = SealingKey.objects.first()
    if newest is None:
        raise WindowHasNoKey
    return PublicKey(bytes(newest.public))
