"""What a list back from a station settles in one go: confirmations without change, papers found or missing."""

from datetime import date

import pytest
from unit.people.samples import identity

from rongji.people import refusals as no
from rongji.people import services
from rongji.people.selectors import archive_standing, round_of_year
from rongji.people.services import NewArchiveItem
from rongji.people.types import ArchiveState, ConfirmationResult


@pytest.fixture
def three(register) -> tuple[int, int, int]:
    """Three persons to be confirmed."""
    return tuple(register.person(identities=(identity("81"),)) for _ in range(3))


def test_who_is_unchanged_is_confirmed_in_one_go_and_nobody_else(register, three):
    """A result that is there stays, the dead are left out, persons not on the list do not count."""
    one, dead, third = three
    clerk = register.actor()
    opened = services.open_confirmation_round(actor=clerk, bureau="yl", year=2024)
    services.confirm_person(actor=clerk, round_id=opened, person_id=one, result=ConfirmationResult.NOT_FOUND)
    services.record_death(actor=clerk, person_id=dead, died_on=date(2024, 1, 1), evidence="死亡证明")
    assert services.persons_to_confirm(actor=clerk, round_id=opened) == (dead, third)
    wanted = {"actor": clerk, "round_id": opened, "person_ids": [*three, register.person()], "method": "上门"}
    assert services.confirm_unchanged(**wanted) == 1
    assert services.confirm_unchanged(**wanted) == 0
    assert round_of_year(clerk, "yl", 2024).counts == {"not_found": 1, "unchanged": 1, "": 1}


def test_a_closed_or_unknown_round_takes_none(register, three):
    """In words that say so."""
    clerk = register.actor()
    opened = services.open_confirmation_round(actor=clerk, bureau="yl", year=2024)
    services.close_confirmation_round(actor=clerk, round_id=opened)
    for number, said in ((opened, "已经结束"), (opened + 1, "不存在")):
        with pytest.raises(no.RoundUnfit, match=said):
            services.confirm_unchanged(actor=clerk, round_id=number, person_ids=three, method="上门")


def test_a_stock_taking_puts_the_papers_of_many_files_on_record(register, three):
    """Present or missing, as it found them; all or none."""
    clerk = register.actor()
    there = [(person, NewArchiveItem(kind="居民身份证复印件", pages=1)) for person in three]
    assert services.add_archive_items(actor=clerk, bureau="yl", items=there) == 3
    missing = [(three[0], NewArchiveItem(kind="户口簿复印件"))]
    services.add_archive_items(actor=clerk, bureau="yl", items=missing, state=ArchiveState.MISSING)
    held = register.file(three[0]).archive
    assert {item.kind: item.state for item in held} == {"居民身份证复印件": "present", "户口簿复印件": "missing"}
    assert "户口簿复印件" in archive_standing(clerk, three[0], on=clerk.day).missing


@pytest.mark.parametrize(("stranger", "kind", "said"), [(True, "户口簿复印件", "不在本单位"), (False, " ", "材料类别")])
def test_a_stock_taking_with_one_bad_row_writes_nothing(register, three, stranger, kind, said):
    """A person of no file here, a paper without a kind."""
    clerk = register.actor()
    bad = three[0] + 1000 if stranger else three[0]
    rows = [(three[0], NewArchiveItem(kind="居民身份证复印件")), (bad, NewArchiveItem(kind=kind))]
    with pytest.raises(no.ArchiveUnfit, match=said):
        services.add_archive_items(actor=clerk, bureau="yl", items=rows)
    assert list(register.file(three[0]).archive) == []
