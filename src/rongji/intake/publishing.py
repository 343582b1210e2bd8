"""Sending out: what is shown, decided item by item; the whole written into the window in one go, or taken out of it."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import Actor
from rongji.intake.contents import Item, may_be_shown
from rongji.intake.models import PublicationChoice
from rongji.intake.policies import PUBLISH, SEE_PUBLICATION
from rongji.intake.refusals import NothingToPublish
from rongji.intake.retention import periods
from rongji.intake.window import window_bureau, window_database
from rongji.kernel.digest import digest
from rongji.public.models import Publication, PublicationFile, PublicationKind

KEY = "window"


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing that may be shown: whether it is to be, and whether the window shows it as it is now."""

    item: Item
    is_shown: bool
    is_out: bool
    is_current: bool
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication changed."""

    shown: int
    changed: int
    removed: int


def standing(actor: Actor) -> tuple[Standing, ...]:
    """Everything that may be shown, and how it stands. Raises: NotAllowed, WindowNotOpened, WindowUnreachable."""
    bureau = window_bureau()
    guard(actor, SEE_PUBLICATION, bureau)
    chosen = _choices(bureau)
    with window_database():
        out = {f"{row.kind}/{row.key}": row.digest for row in _published().only("kind", "key", "digest")}
    return tuple(_standing(item, chosen, out) for item in may_be_shown(actor, bureau))


def choose(*, actor: Actor, kind: str, key: str, show: bool) -> None:
    """Decide that one thing is shown outside from the next publication on, or is not.

    Raises: NotAllowed, NothingToPublish.
    """
    bureau = window_bureau()
    guard(actor, PUBLISH, bureau)
    item = next((item for item in may_be_shown(actor, bureau) if (item.kind, item.key) == (kind, key)), None)
    if item is None:
        raise NothingToPublish(key=f"{kind} {key}"[:60])
    with transaction.atomic():
        PublicationChoice.objects.update_or_create(
            bureau=bureau.code, kind=kind, key=key,
            defaults={"is_shown": show, "decided_at": actor.at, "decided_by": actor.label},
        )  # fmt: skip
        words = "公开" if show else "不公开"
        trail.record(
            actor=actor, action="intake.choose", subject_kind="public_window", subject_id=f"{kind}/{key}",
            summary=f"决定{words}“{item.title}”", detail={"kind": kind, "key": key, "show": show},
        )  # fmt: skip


def publish(*, actor: Actor) -> Published:
    """Write everything that is to be shown into the window, in one go; the window is open from then on.

    Raises: NotAllowed, WindowNotOpened, WindowOfWhom, WindowUnreachable.
    """
    bureau = window_bureau()
    guard(actor, PUBLISH, bureau)
    chosen = _choices(bureau)
    items = [item for item in may_be_shown(actor, bureau) if _is_shown(item, chosen)]
    places = list(settings.RONGJI.public_contact)
    kept = [period.words for period in periods(today=actor.day, area=bureau.area_code)]
    items.insert(0, Item(PublicationKind.WINDOW, KEY, bureau.name, {"places": places, "kept": kept}))
    _record(actor, f"发布网上窗口 {len(items) - 1} 项", items)
    with window_database():
        return _write(actor, items)


def switch_off(*, actor: Actor) -> int:
    """Take everything out of the window: it says politely that it is closed. Forms that wait in it stay.

    Returns how many things were taken out. Raises: NotAllowed, WindowNotOpened, WindowUnreachable.
    """
    guard(actor, PUBLISH, window_bureau())
    _record(actor, "关闭网上窗口，撤下全部内容", [])
    with window_database():
        return Publication.objects.all().delete()[1].get("public.Publication", 0)


def _record(actor: Actor, summary: str, items: list[Item]) -> None:
    """The entry stands before anything goes out: nothing is ever outside without one."""
    facts = {f"{item.kind}/{item.key}": item.digest for item in items}
    with transaction.atomic():
        trail.record(
            actor=actor, action="intake.publish", subject_kind="public_window", subject_id=KEY, summary=summary,
            after_digest=digest(facts), detail={"items": list(facts)},
        )  # fmt: skip


def _write(actor: Actor, items: list[Item]) -> Published:
    known = {(row.kind, row.key): row for row in Publication.objects.all()}
    changed = 0
    for position, item in enumerate(items):
        row = known.pop((item.kind, item.key), None)
        if row is not None and row.digest == item.digest:
            Publication.objects.filter(pk=row.pk).update(position=position)
            continue
        changed += 1
        _put(actor, item, position)
    Publication.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
    return Published(len(items) - 1, changed, len(known))


def _put(actor: Actor, item: Item, position: int) -> None:
    row, _ = Publication.objects.update_or_create(
        kind=item.kind, key=item.key,
        defaults={
            "title": item.title[:200], "group": item.group[:60], "position": position, "day": item.day,
            "until": item.until, "content": item.content, "digest": item.digest, "published_at": actor.at,
        },
    )  # fmt: skip
    row.files.all().delete()
    PublicationFile.objects.bulk_create(
        PublicationFile(publication=row, name=name[-160:], content=data) for name, data in item.files.items()
    )


def _choices(bureau: OrganisationFacts) -> dict[tuple[str, str], PublicationChoice]:
    return {(row.kind, row.key): row for row in PublicationChoice.objects.filter(bureau=bureau.code)}


def _is_shown(item: Item, chosen: dict[tuple[str, str], PublicationChoice]) -> bool:
    choice = chosen.get((item.kind, item.key))
    return choice.is_shown if choice else not item.by_choice


def _published():  # type: ignore[no-untyped-def]
    return Publication.objects.exclude(kind=PublicationKind.WINDOW)


def _standing(item: Item, chosen: dict[tuple[str, str], PublicationChoice], out: dict[str, str]) -> Standing:
    choice, digest_outside = chosen.get((item.kind, item.key)), out.get(f"{item.kind}/{item.key}", "")
    decided = f"{choice.decided_by} {choice.decided_at:%Y-%m-%d}" if choice else ""
    return Standing(item, _is_shown(item, chosen), bool(digest_outside), digest_outside == item.digest, decided)
