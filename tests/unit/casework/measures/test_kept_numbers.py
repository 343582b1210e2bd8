"""What a kind counts is kept until something happens to one of its cases; every write names the kinds it touches."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from case_walk import AREA, DAY, Walk

from rongji.accounts.kept import forget_kept
from rongji.accounts.models import RoomStamp
from rongji.casework.measures import derived_figures, figures
from rongji.casework.models import Case
from rongji.casework.services import add_contact, open_cases, rate_case
from rongji.casework.types import NewCase

pytestmark = pytest.mark.database
DAYS = date(2024, 12, 30)


@pytest.fixture
def walk(organisation: Callable[..., Any], user: Callable[..., Any]) -> Walk:
    """The office of the invented county with one station."""
    from unit.casework.samples import Office

    bureau = organisation("yunhu", area_code=AREA, name="云湖县退役军人事务局")
    organisation("yunhu-1", parent=bureau, kind="station", area_code="990201001", name="示例镇站")
    office = Office(user, bureau)
    return Walk(lambda role, day: office.actor(role, str(day)))


def test_after_every_write_the_numbers_are_those_counted_from_nothing(walk: Walk) -> None:
    case = walk.with_papers(walk.opened("petition"))
    holds("opened")
    case = walk.act(case, "accept")
    holds("accepted")
    add_contact(
        actor=walk.actor_of("clerk", case.received_on + DAY), case_id=case.pk, on=case.received_on + DAY,
        channel="visit", people=2,
    )  # fmt: skip
    holds("came again")
    case = walk.act(case, "close")
    holds("closed")
    rate_case(actor=walk.actor_of("clerk", DAYS), case_id=case.pk, satisfaction="satisfied", on=DAYS)
    holds("rated")
    new = NewCase(kind="petition", channel="visit", received_on=DAYS, title="示例", applicant="示例乙",
                  answers={"topic": "医疗", "request": "示例。"})  # fmt: skip
    open_cases(actor=walk.actor_of("section_head", DAYS), bureau="yunhu", many=[new])
    holds("opened many")


def test_another_kind_is_not_counted_again(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    walk.opened("petition")
    walk.opened("martyr_recognition")
    tuple(derived_figures("yunhu", 2024))
    counted: list[str] = []
    real = figures._counted

    def noted(bureau: str, year: int, kinds: Sequence[str], *rest: Any, **more: Any) -> Any:
        counted.extend(kinds)
        return real(bureau, year, kinds, *rest, **more)

    monkeypatch.setattr(figures, "_counted", noted)
    walk.opened("petition")
    found = {str(item.key): item.quantity.shown() for item in derived_figures("yunhu", 2024) if item.quantity}
    assert counted == ["petition"]
    assert found["casework.received"] == "3"
    assert found["casework.received#kind:petition"] == "2"


def holds(after: str) -> None:
    """The kept numbers are those counted anew; the last write named a part of the room."""
    kept = {str(item.key): (item.quantity, tuple(item.rows)) for item in derived_figures("yunhu", 2024)}
    forget_kept()
    anew = {str(item.key): (item.quantity, tuple(item.rows)) for item in derived_figures("yunhu", 2024)}
    assert kept == anew, after
    last = RoomStamp.objects.get(room="casework", part="").hash
    assert RoomStamp.objects.filter(room="casework", hash=last).exclude(part="").exists(), after
    assert Case.objects.exists()
