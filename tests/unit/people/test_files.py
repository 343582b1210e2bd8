"""One person, one file: papers and scans, hand-over, yearly confirmation, families, numbers revealed, keys changed."""

from datetime import date

import pytest
from pydantic import SecretStr
from unit.people.samples import account, identity, number_of, residence

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed, SecretUnreadable
from rongji.accounts.selectors import area_code_history
from rongji.config.options import DataCipher
from rongji.documents.stored_files import FileRefused
from rongji.people import refusals as no
from rongji.people import selectors, services
from rongji.people.types import ArchiveState, ConfirmationResult, NewGrade, SecretKind

DAY, LATER = date(2024, 3, 15), date(2024, 4, 1)
BORN = date(1952, 6, 15)
SCAN = b"%PDF-1.4 scanned"


# --- papers -----------------------------------------------------------------------------------------------


def paper(register, person, kind, **fields):
    """A paper put into a file."""
    new = services.NewArchiveItem(kind=kind, **fields)
    return services.add_archive_item(actor=register.actor(), person_id=person, new=new)


def test_what_is_missing_from_a_file_follows_from_its_categories(register):
    """Everybody's papers, those of the category, and one of several where one is enough."""
    person = register.person(identities=(identity("81"),))
    first = selectors.archive_standing(register.actor(), person, on=DAY)
    assert first.missing == (
        "居民身份证复印件",
        "户口簿复印件",
        "老年生活补助审批表",
        "农村籍证明",
        "退伍证或退出现役证明或退役档案复印件",
    )
    for kind in ("居民身份证复印件", "户口簿复印件", "老年生活补助审批表", "农村籍证明", "退出现役证明"):
        paper(register, person, kind)
    assert selectors.archive_standing(register.actor(), person, on=DAY).is_complete
    assert not selectors.archive_standing(register.actor(), register.person(), on=DAY).is_complete


def test_a_paper_that_is_lost_counts_as_missing(register):
    """One that is lent does not."""
    person = register.person()
    item = paper(register, person, "户口簿复印件")
    for state, missing in ((ArchiveState.LENT, False), (ArchiveState.MISSING, True)):
        services.move_archive_item(actor=register.actor(), item_id=item, state=state)
        standing = selectors.archive_standing(register.actor(), person, on=DAY)
        assert ("户口簿复印件" in standing.missing) is missing


def test_scans_are_kept_by_their_content(register, options):
    """Read back whole; altered or of a wrong kind refused."""
    settings = options()
    item = paper(register, register.person(), "户口簿复印件", pages=2)
    digest = services.store_scan(actor=register.actor(), item_id=item, file_name="户口簿.pdf", data=SCAN)
    assert selectors.scan_of(register.actor(), item) == ("户口簿.pdf", SCAN)
    (settings.evidence / digest[:2] / digest).write_bytes(b"%PDF-1.4 altered")
    with pytest.raises(FileRefused, match="可能被改动过"):
        selectors.scan_of(register.actor(), item)
    with pytest.raises(FileRefused, match="不是 pdf"):
        services.store_scan(actor=register.actor(), item_id=item, file_name="户口簿.pdf", data=b"GIF89a")


def test_a_file_is_handed_over_with_its_receipt(register):
    """Nothing lent, nothing empty, no receipt before it was sent."""
    person = register.person()
    hand = {"person_id": person, "to_body": "岳麓区退役军人事务局", "from_body": "示例局", "sent_on": DAY}
    with pytest.raises(no.ArchiveUnfit, match="没有在档材料"):
        services.hand_over_archive(actor=register.actor(), **hand)
    item = paper(register, person, "户口簿复印件")
    services.move_archive_item(actor=register.actor(), item_id=item, state=ArchiveState.LENT)
    with pytest.raises(no.ArchiveUnfit, match="先收回"):
        services.hand_over_archive(actor=register.actor(), **hand)
    services.move_archive_item(actor=register.actor(), item_id=item, state=ArchiveState.PRESENT)
    transfer = services.hand_over_archive(actor=register.actor(), **hand)
    with pytest.raises(no.ArchiveUnfit, match="早于寄出日期"):
        services.record_receipt(
            actor=register.actor(LATER), transfer_id=transfer, receipt_on=date(2024, 3, 14), receipt="回1号"
        )
    services.record_receipt(actor=register.actor(LATER), transfer_id=transfer, receipt_on=LATER, receipt="回1号")
    file = register.file(person, known=LATER)
    assert [(item.receipt, item.receipt_on) for item in file.transfers] == [("回1号", LATER)]
    assert [item.state for item in file.archive] == [ArchiveState.HANDED_OVER]


@pytest.mark.parametrize(
    ("fields", "says"), [({"kind": " "}, "材料类别"), ({"kind": "证", "dated_on": LATER}, "今天之后")]
)
def test_papers_without_kind_or_from_tomorrow_are_refused(register, fields, says):
    """In words."""
    with pytest.raises(no.ArchiveUnfit, match=says):
        paper(register, register.person(), **fields)


# --- yearly confirmation --------------------------------------------------------------------------------


def test_a_round_asks_after_everybody_living_with_an_identity(register):
    """Not after the dead, nor after those who hold nothing any more; once a year."""
    with pytest.raises(no.RoundUnfit, match="没有需要确认的人员"):
        services.open_confirmation_round(actor=register.actor(), bureau="yl", year=2024)
    living = register.person(identities=(identity("81"), identity("51")))
    register.person(identities=(identity("81", "2020-01", "2024-02"),))
    register.person(identities=(identity("81"),), died_on=date(2023, 1, 1))
    register.person()
    opened = services.open_confirmation_round(actor=register.actor(), bureau="yl", year=2024)
    assert [item.id for item in selectors.people_in_round(register.actor(), opened)] == [living]
    with pytest.raises(no.RoundUnfit, match="已经建立"):
        services.open_confirmation_round(actor=register.actor(), bureau="yl", year=2024)


def test_a_death_found_by_a_round_is_recorded_as_one(register):
    """With its day; without it is refused, and nothing is written."""
    person = register.person(identities=(identity("81"),))
    opened = services.open_confirmation_round(actor=register.actor(), bureau="yl", year=2024)
    found = {"round_id": opened, "person_id": person, "result": ConfirmationResult.DECEASED}
    with pytest.raises(no.EvidenceNeeded, match="死亡日期"):
        services.confirm_person(actor=register.actor(), **found)
    assert selectors.round_of_year(register.actor(), "yl", 2024).done == 0
    services.confirm_person(actor=register.actor(), died_on=date(2024, 1, 2), method="上门", **found)
    event = register.file(person).life_events[0]
    assert (event.happened_on, event.dating.evidence) == (date(2024, 1, 2), "2024年度确认")
    assert selectors.round_of_year(register.actor(), "yl", 2024).counts == {"deceased": 1}


def test_a_closed_round_takes_no_more_results_and_says_who_was_left(register):
    """Those whose payments want a look."""
    one, other = (register.person(identities=(identity("81"),)) for _ in range(2))
    opened = services.open_confirmation_round(actor=register.actor(), bureau="yl", year=2024)
    result = {"round_id": opened, "result": ConfirmationResult.UNCHANGED}
    services.confirm_person(actor=register.actor(), person_id=one, **result)
    assert services.close_confirmation_round(actor=register.actor(), round_id=opened) == 1
    assert selectors.unconfirmed_in_years("yl", (2024,)) == (other,)
    with pytest.raises(no.RoundUnfit, match="已经结束"):
        services.confirm_person(actor=register.actor(), person_id=other, **result)
    with pytest.raises(no.RoundUnfit, match="名单里没有"):
        services.confirm_person(actor=register.actor(), person_id=register.person(), **result)


# --- families -------------------------------------------------------------------------------------------


def test_a_family_is_read_as_it_was_on_a_day(register):
    """Who joined, who left, and when that became known."""
    husband, wife = register.person("张建国"), register.person("李秀英")
    family = services.open_family(actor=register.actor(), bureau="yl", number="H-1")
    join = {"actor": register.actor(), "family_id": family, "from_on": date(1975, 1, 1)}
    services.add_family_member(person_id=husband, role="户主", **join)
    place = services.add_family_member(person_id=wife, role="配偶", **join)
    with pytest.raises(no.AlreadyMember, match="配偶"):
        services.add_family_member(person_id=wife, role="母", **join)
    with pytest.raises(no.EndBeforeStart):
        services.end_family_membership(actor=register.actor(), membership_id=place, to_on=date(1974, 12, 31))
    services.end_family_membership(actor=register.actor(LATER), membership_id=place, to_on=date(2024, 2, 1))
    before = selectors.family_file(register.actor(), family, known_on=DAY)
    after = selectors.family_file(register.actor(), family, known_on=LATER)
    assert [len(before.on(DAY)), len(after.on(DAY)), len(after.on(date(2024, 2, 1)))] == [2, 1, 2]
    assert register.file(wife, known=LATER).families[0].to_on == date(2024, 2, 1)


def test_families_have_numbers_of_their_own(register):
    """And an unknown one is told."""
    services.open_family(actor=register.actor(), bureau="yl", number="H-1")
    with pytest.raises(no.FamilyNumberTaken, match="H-1"):
        services.open_family(actor=register.actor(), bureau="yl", number="H-1")
    with pytest.raises(no.FamilyUnknown):
        services.add_family_member(
            actor=register.actor(), family_id=99, person_id=register.person(), role="户主", from_on=DAY
        )


# --- numbers ----------------------------------------------------------------------------------------------

REVEALED = [
    (SecretKind.ID_NUMBER, number_of(BORN, 7)),
    (SecretKind.PHONE, "13812345678"),
    (SecretKind.ACCOUNT, "6299990000000012"),
]


@pytest.mark.parametrize(("what", "number"), REVEALED)
def test_a_full_number_is_shown_for_a_reason_that_is_written_down(register, what, number):
    """Who, whose, which and why; not the number."""
    person = register.person(id_number=number_of(BORN, 7), phone="13812345678", account=account())
    shown = services.reveal(actor=register.actor(role="finance"), person_id=person, what=what, reason="核对银行退票")
    entry = TrailEntry.objects.order_by("-sequence").first()
    assert shown == number
    assert (entry.action, entry.subject_id, entry.detail["what"]) == ("people.reveal", str(person), what)
    assert "核对银行退票" in entry.summary
    assert number not in entry.summary + str(entry.detail)


def test_without_reason_or_role_nothing_is_shown(register):
    """Nor written into the trail."""
    person = register.person()
    entries = TrailEntry.objects.count()
    with pytest.raises(no.ReasonMissing, match="至少 4 个字"):
        services.reveal(actor=register.actor(), person_id=person, what=SecretKind.ID_NUMBER, reason="看看")
    for role in ("director", "auditor", "reviewer", "administrator"):
        with pytest.raises(NotAllowed):
            services.reveal(
                actor=register.actor(role=role), person_id=person, what=SecretKind.ID_NUMBER, reason="核对银行退票"
            )
    assert TrailEntry.objects.count() == entries
    with pytest.raises(no.NothingToReveal, match="没有登记联系电话"):
        services.reveal(actor=register.actor(), person_id=person, what=SecretKind.PHONE, reason="核对银行退票")


def test_keys_and_cipher_are_changed_under_a_running_register(register, options, actor):
    """Then the old key can go: everything is read, searched and paid as before."""
    number = number_of(BORN, 7)
    person = register.person(id_number=number, phone="13812345678", account=account())
    old = SecretStr("old:" + "x" * 50)
    options(data_keys=(old, *options().data_keys))
    new = SecretStr("new:" + "y" * 50)
    options(data_keys=(new, *options().data_keys), data_cipher=DataCipher.SM4_GCM, index_key=SecretStr("z" * 50))
    assert selectors.search_persons(register.actor(), "5678") == ()
    with pytest.raises(NotAllowed):
        services.rekey_people(actor=register.actor())
    assert services.rekey_people(actor=actor("administrator", username="keeper")) == 4
    options(data_keys=(new,))
    assert [item.id for item in selectors.search_persons(register.actor(), number)] == [person]
    assert [item.id for item in selectors.search_persons(register.actor(), "5678")] == [person]
    used = selectors.accounts_in_force([person], on=DAY, known_on=DAY)[person]
    assert selectors.account_numbers([used.id]) == {used.id: "6299990000000012"}
    assert used.number_index == selectors.account_index("6299990000000012")
    assert register.file(person).id_masked.endswith(number[-4:])
    options(data_keys=(old,))
    with pytest.raises(SecretUnreadable, match="“new”"):
        register.file(person)


# --- the county -------------------------------------------------------------------------------------------


def test_a_county_that_changed_its_code_is_read_by_the_day(register, organisation, actor):
    """望城: 430122, from 2011 on 430112; before the first entry, the first."""
    from rongji.accounts.services import change_area_code, open_organisation

    keeper = actor("administrator", username="keeper")
    open_organisation(
        actor=keeper, code="wc", name="望城", kind="bureau", area_code="430122", effective_on=date(1978, 1, 1)
    )
    change_area_code(actor=keeper, code="wc", area_code="430112", effective_on=date(2011, 7, 1), act="国函〔2011〕57号")
    assert area_code_history("wc") == ((date(1978, 1, 1), "430122"), (date(2011, 7, 1), "430112"))
    register.bureau = "wc"
    everywhere = actor("section_head", username="province")
    register.actor_on = lambda role, day: everywhere
    person = register.person(id_number=number_of(BORN, 7, area="430122"))
    areas = {day: register.file(person, on=day).area for day in (date(1970, 1, 1), date(2011, 6, 30), date(2011, 7, 1))}
    assert areas == {date(1970, 1, 1): "430122", date(2011, 6, 30): "430122", date(2011, 7, 1): "430112"}


def test_facts_of_many_are_read_at_once(register):
    """As the rooms that award and pay do."""
    grade = NewGrade(cause="因公", grade=8, decided_on=date(2005, 1, 1))
    one = register.person(identities=(identity("11", "2005-02"),), grades=(grade,), residence=residence())
    other = register.person(identities=(identity("81"),))
    ids = [one, other]
    assert {
        pk: [item.category for item in rows] for pk, rows in selectors.identities_known(ids, known_on=DAY).items()
    } == {
        one: ["11"],
        other: ["81"],
    }
    assert selectors.grades_known(ids, known_on=DAY)[one][0].grade == 8
    assert selectors.births(ids) == {one: BORN, other: BORN}
    assert list(selectors.person_ids_in_bureau("yl", category="81", known_on=DAY)) == [other]
    assert [item.person_id for item in selectors.changes_between(register.actor(), first=DAY, last=DAY)] == ids
