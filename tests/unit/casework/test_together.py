"""Many cases looked at together: what may be done with them, their letters as one file, and a batch that was done."""

import io

import pytest
from pypdf import PdfReader
from unit.casework.samples import BUREAU, D

from rongji.accounts.refusals import NotAllowed
from rongji.casework import refusals, selectors, services
from rongji.casework.letter_document import letters_document
from rongji.casework.models import CaseLetter
from rongji.casework.types import CaseFilters, CaseToDo, NewActs
from rongji.documents.writers import render

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("legal")]
MEDICAL = {"topic": "医疗"}


def opened(office, count):
    return [office.open(answers=MEDICAL, applicant=f"申请人{number}") for number in range(1, count + 1)]


def accepted(office, cases, **given):
    return services.act_on_cases(
        actor=office.actor(), bureau=BUREAU, cases=[CaseToDo(case_id=case.pk) for case in cases],
        new=NewActs(kind="sample", act="accept", on=D("2024-03-15")), **given,
    )  # fmt: skip


def seen_together(office, cases, by="clerk"):
    ids = [case.pk for case in cases]
    return selectors.together(office.actor(by), bureau=BUREAU, case_ids=ids, on=D("2024-03-15"))


def test_what_most_of_the_cases_wait_for_stands_first_and_only_what_the_actor_may_do(office):
    """Each act with the cases it can be done with, in the order in which they were chosen."""
    cases = opened(office, 3)
    office.act(cases[0], "accept", "2024-03-15")
    found = seen_together(office, cases[::-1])
    assert [item.line.id for item in found.cases] == [case.pk for case in cases[::-1]]
    assert [item.seen for item in found.cases] == [1, 1, 2]
    offered = {item.act.id: [seen.line.id for seen in item.cases] for item in found.acts}
    assert offered["accept"] == [cases[2].pk, cases[1].pk]
    assert offered["ask_papers"] == [case.pk for case in cases[::-1]]
    assert offered["post"] == [cases[0].pk] and "close" not in offered
    assert next(iter(offered)) in {"ask_papers", "withdraw"}
    assert seen_together(office, cases, by="director").acts == ()


def test_letters_of_a_selection_are_one_file_each_on_a_page_numbered_from_one(office):
    """In the order of the list, the words of each on its own page."""
    cases = opened(office, 3)
    accepted(office, cases)
    (sort,) = seen_together(office, cases[::-1]).letters
    assert sort.title == "受理告知书"
    letters = selectors.letters_to_print(office.actor(), sort.letters)
    pages = PdfReader(io.BytesIO(render(letters_document(letters, title="受理告知书"), "pdf"))).pages
    texts = [page.extract_text().replace(" ", "") for page in pages]
    assert [f"申请人{number}" in text for number, text in zip((3, 2, 1), texts, strict=True)] == [True] * 3
    assert ["—1—" in text for text in texts] == [True] * 3


def test_no_letters_too_many_and_those_of_others_are_refused(office, user, organisation):
    """The refusal says how many go into one file."""
    accepted(office, opened(office, 1))
    with pytest.raises(refusals.LettersUnfit, match="1 至 500 份文书，现在是 0 份"):
        selectors.letters_to_print(office.actor(), [])
    with pytest.raises(refusals.LettersUnfit, match="现在是 501 份"):
        selectors.letters_to_print(office.actor(), list(range(501)))
    with pytest.raises(refusals.CaseUnknown):
        selectors.letters_to_print(office.actor(), [10**9])
    with pytest.raises(NotAllowed):
        selectors.letters_to_print(office.actor("administrator"), [CaseLetter.objects.get().pk])


def test_a_batch_tells_its_cases_what_was_left_and_its_letters(office):
    """As its page shows it; the history of each case names the batch."""
    cases = opened(office, 3)
    office.act(cases[1], "withdraw", "2024-03-15")
    outcome = accepted(office, cases, only_possible=True)
    facts = selectors.batch_facts(office.actor(), outcome.id, on=D("2024-03-15"))
    assert (facts.number, facts.act_label, facts.letters) == ("成批2024-0001", "受理", 2)
    assert [line.id for line in facts.cases] == [cases[0].pk, cases[2].pk]
    assert [(pk, number) for pk, number, _ in facts.left] == [(cases[1].pk, cases[1].number)]
    letters = selectors.letters_to_print(office.actor(), selectors.letters_of_batch(office.actor(), outcome.id))
    assert [letter.case_id for letter in letters] == [cases[0].pk, cases[2].pk]
    act = selectors.case_page(office.actor(), cases[0].pk, on=D("2024-03-15")).acts[-1]
    assert (act.batch, act.batch_id) == ("成批2024-0001", outcome.id)
    with pytest.raises(refusals.CaseUnknown, match="批次 999"):
        selectors.batch_facts(office.actor(), 999, on=D("2024-03-15"))


def test_all_cases_of_a_list_can_be_taken_up_to_so_many(office):
    """In the order of the list, and whether there are more."""
    cases = opened(office, 3)
    actor, filters = office.actor(), CaseFilters(kind="sample")
    taken = selectors.filtered_cases(actor, bureau=BUREAU, on=D("2024-03-15"), filters=filters, most=2)
    assert taken == ((cases[0].pk, cases[1].pk), True)
    taken = selectors.filtered_cases(actor, bureau=BUREAU, on=D("2024-03-15"), filters=filters, most=9)
    assert taken == (tuple(case.pk for case in cases), False)


def test_a_hand_over_of_many_stands_in_the_history_of_each(office):
    """Who gave it to whom and why; the trail names every case of the hand-over."""
    from rongji.accounts.models import TrailEntry

    cases = opened(office, 2)
    office.actor("clerk", name="newcomer")
    ids = [case.pk for case in cases]
    services.hand_over(
        actor=office.actor("section_head"), case_ids=ids, to_username="yunhu-newcomer", reason="岗位调整"
    )  # fmt: skip
    for case in cases:
        act = selectors.case_page(office.actor(), case.pk, on=D("2024-03-15")).acts[-1]
        assert act.label == "交接" and act.note.startswith("交给") and act.note.endswith("：岗位调整")
    assert TrailEntry.objects.latest("sequence").detail["cases"] == ids
