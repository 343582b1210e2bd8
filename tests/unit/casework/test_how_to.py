"""The kind that the how-to builds is one: it meets the law, and a case of it runs to its end."""

import re
from datetime import date
from pathlib import Path

import pytest
from unit.casework.samples import BUREAU, D

from rongji.casework import refusals, services
from rongji.casework.models import Case, CaseLetter
from rongji.law.case_law import check_case_law
from rongji.law.loader import lawbook
from rongji.law.reading import Problems

pytestmark = pytest.mark.database
PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "add-a-case-kind.md"


@pytest.fixture(scope="module")
def clinic(legal):
    """The kind and the limit as they stand on the page."""
    text = PAGE.read_text(encoding="utf-8")
    kind, row = (re.search(rf"```{name}\n(.*?)```", text, re.DOTALL)[1] for name in ("yaml", "text"))
    place = legal / "casework" / "clinic_subsidy" / "2024-01-01.yaml"
    place.parent.mkdir(exist_ok=True)
    place.write_text(kind, encoding="utf-8")
    table = legal / "deadlines" / "casework.yaml"
    table.write_text(table.read_text(encoding="utf-8") + row, encoding="utf-8")
    lawbook.cache_clear()


@pytest.fixture
def person(office):
    """Somebody of the register."""
    from rongji.people.services import register_person
    from rongji.people.types import NewPerson, Sex

    new = NewPerson(name="张建国", born_on=date(1950, 1, 1), sex=Sex.MALE)
    return register_person(actor=office.actor(), bureau=BUREAU, new=new)


def test_the_kind_of_the_how_to_meets_the_law(clinic):
    """Nothing to say about it."""
    problems = Problems()
    check_case_law(lawbook(), problems)
    assert [str(item) for item in problems.found if "clinic" in str(item)] == []


def test_a_case_of_it_runs_to_its_end(office, clinic, person):
    """Papers asked for, paused, brought, reviewed, approved by somebody else."""
    given = {
        "person_id": person, "applicant": "", "channel": "counter", "title": "门诊补助",
        "answers": {"paid_on": "2024-03-01", "own_part": "3000"},
    }  # fmt: skip
    case = office.open("clinic_subsidy", **given)
    assert (case.number, case.applicant, str(case.due_on)) == ("门诊2024-00001", "张建国", "2024-03-29")
    with pytest.raises(refusals.CaseNotAlone):
        office.open("clinic_subsidy", **given)
    case = office.act(case, "ask_papers", "2024-03-18")
    case = office.act(case, "papers_in", "2024-03-20")
    with pytest.raises(refusals.PapersMissing, match="门诊票据"):
        office.act(case, "review", "2024-03-20", answers={"agreed": "1000"})
    services.add_paper(actor=office.actor(day="2024-03-20"), case_id=case.pk, kind="bills", received_on=D("2024-03-20"))
    case = office.act(case, "review", "2024-03-20", answers={"agreed": "1000"})
    assert str(case.due_on) == "2024-04-02"  # two working days stood still
    done = office.act(case, "approve", "2024-03-21", by="section_head", decision="云退〔2024〕9号")
    assert (done.outcome, done.values["agreed"]) == ("批准", 100000)


def test_a_refusal_is_a_letter(office, clinic, person):
    """Numbered, filled in, kept."""
    case = office.open(
        "clinic_subsidy", person_id=person, channel="counter", answers={"paid_on": "2024-03-01", "own_part": "30"}
    )
    office.act(case, "refuse", "2024-03-18", by="section_head", answers={"reason": "自付金额未达到起点"})
    letter = CaseLetter.objects.get()
    assert letter.number == "云湖退役门告〔2024〕1号"
    assert letter.paragraphs[1] == "您于2024年3月15日申请的门诊补助，因自付金额未达到起点，不予批准。"
    assert Case.objects.get().is_open is False
