"""Every case kind that ships, walked through from receipt to its end."""

import pytest
from case_journeys import JOURNEYS, walked
from case_walk import RECEIVED

from rongji.casework.models import CaseAct, CaseLetter
from rongji.law.case_kinds import case_kind_ids

pytestmark = pytest.mark.database


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda item: item.label)
def test_a_kind_runs_to_its_end(walk, journey):
    """Every step is taken, the outcome closes it, and the effects are those that the kind declares."""
    case, _ = walked(walk, journey)
    assert (case.is_open, case.outcome) == (False, journey.result)
    acts = CaseAct.objects.filter(case=case).order_by("sequence")
    assert [act.act for act in acts][1:] == [item if isinstance(item, str) else item[0] for item in journey.acts]
    assert tuple(done["do"] for act in acts for done in act.effects) == journey.effects
    assert case.due_on is None
    law = walk.law(case)
    wanted = sum(1 for act in acts if act.act in law.acts_by_id and law.acts_by_id[act.act].letter)
    letters = list(CaseLetter.objects.filter(case=case))
    assert len(letters) == wanted
    printed = [text for letter in letters for text in letter.paragraphs]
    assert not [text for text in printed if "{" in text or "。。" in text]


def test_every_kind_that_ships_is_walked_through():
    """A new kind without a journey fails here; review and re-review are walked from the petition before them."""
    followed = {"petition_review", "petition_re_review"}
    assert {item.kind for item in JOURNEYS} | followed == set(case_kind_ids())


def test_every_act_of_every_kind_is_taken_somewhere():
    """No act that nobody has ever done: those left out here are done in the tests below."""
    from rongji.law.case_kinds import case_kinds

    taken = {(item.kind, act if isinstance(act, str) else act[0]) for item in JOURNEYS for act in item.acts}
    everywhere = {"ask_papers", "papers_in", "refuse_acceptance", "withdraw", "refuse", "send_back", "objection"}
    missed = [
        f"{kind.id}.{act.id}"
        for kind in case_kinds(on=RECEIVED)
        for act in kind.acts
        if (kind.id, act.id) not in taken and act.id not in everywhere
    ]
    below = ["emergency_aid.upper_refused", "petition.ask_review", "petition.extend"]
    assert sorted(item for item in missed if not item.startswith(("petition_review", "petition_re_review"))) == below
