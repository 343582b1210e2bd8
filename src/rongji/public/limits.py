"""Counting against floods: so much an hour from one address, so many wrong codes for one number. No address is kept."""

from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from rongji.public.models import Tally
from rongji.public.numbers import keyed_digest
from rongji.public.refusals import TooMany

_KEPT = timedelta(hours=2)


class Counted(StrEnum):
    """What is counted."""

    FORM = "form"
    LOOKUP = "lookup"
    WRONG_CODE = "wrong_code"


WORDS = {Counted.FORM: "提交", Counted.LOOKUP: "查询", Counted.WRONG_CODE: "对这个编号查询"}


def count(what: Counted, who: str, *, at: datetime) -> None:
    """One more. who: an address or a number."""
    digest, hour = _digest(what, who), _hour(at)
    with transaction.atomic():
        row, is_new = Tally.objects.get_or_create(what=what, who=digest, hour=hour)
        Tally.objects.filter(pk=row.pk).update(count=F("count") + 1)
        if is_new:
            Tally.objects.filter(hour__lt=at - _KEPT).delete()


def refuse_flood(what: Counted, who: str, most: int, *, at: datetime) -> None:
    """Raises: TooMany when there were as many within the running hour and the one before, weighed by its part."""
    rows = dict(
        Tally.objects.filter(what=what, who=_digest(what, who), hour__gte=_hour(at) - timedelta(hours=1))
        .values_list("hour")
        .annotate(Sum("count"))
    )
    this, before = rows.get(_hour(at), 0), rows.get(_hour(at) - timedelta(hours=1), 0)
    minutes_left = 60 - at.minute
    if this + before * minutes_left // 60 >= most:
        raise TooMany(what=WORDS[what])


def address_of(request: Any) -> str:
    """Where a request came from, as far as the proxies in front of us can be trusted; of IPv6 the network."""
    proxies = settings.RONGJI_PUBLIC.trusted_proxies
    forwarded = [item.strip() for item in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if item.strip()]
    text = forwarded[-min(proxies, len(forwarded))] if proxies and forwarded else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(_without_port(text))
    except ValueError:
        return text[:64]
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped) if address.ipv4_mapped else address.exploded[:19]
    return str(address)


def _without_port(text: str) -> str:
    """An address as some proxies write it, with the port of the connection behind it, which is another each time."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _digest(what: Counted, who: str) -> str:
    return keyed_digest(f"tally {what}", who, settings.SECRET_KEY)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
