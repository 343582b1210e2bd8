"""Every case kind from receipt to its end through the forms of the pages and through the API."""

from datetime import UTC, datetime

import pytest
from case_doors import ApiWalk, WebWalk
from case_journeys import JOURNEYS, journey_of, walked
from case_walk import AREA, RECEIVED
from django.test import Client

from rongji.casework.models import Case, CaseAct, CaseLetter
from rongji.kernel import clock
from rongji.law.case_kinds import case_kind_ids

pytestmark = [pytest.mark.database, pytest.mark.one_database]
EACH_KIND = tuple({item.kind: item for item in reversed(JOURNEYS)}.values())
DOORS = {"web": WebWalk, "api": ApiWalk}


@pytest.fixture
def summer(monkeypatch):
    """Requests come in the summer of 2024: after every act, and before standards that are not on record."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 7, 10, 2, tzinfo=UTC))


@pytest.fixture(params=DOORS, ids=list(DOORS))
def door_walk(request, organisation, user, summer):
    """The office of the invented county, everybody at a browser, or a program with their session."""
    from unit.casework.samples import Office

    bureau = organisation("yunhu", area_code=AREA, name="云湖县退役军人事务局")
    office = Office(user, bureau)
    clients: dict[str, Client] = {}

    def client_of(role):
        if role not in clients:
            office.actor(role, str(RECEIVED))
            person = office.users[role]
            person.password_changed_at = clock.now()
            person.save()
            clients[role] = Client()
            clients[role].post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return clients[role]

    return DOORS[request.param](lambda role, day: office.actor(role, str(day)), client_of=client_of)


@pytest.mark.parametrize("journey", EACH_KIND, ids=lambda item: item.kind)
def test_a_kind_runs_to_its_end(door_walk, journey):
    """The same outcome and the same effects as by the services, and the page and the letters can be read."""
    case, _ = walked(door_walk, journey)
    assert (case.is_open, case.outcome) == (False, journey.result)
    acts = CaseAct.objects.filter(case=case).order_by("sequence")
    assert tuple(done["do"] for act in acts for done in act.effects) == journey.effects
    reader = door_walk.client_of("section_head")
    page = reader.get(f"/cases/{case.pk}/")
    assert page.status_code == 200 and journey.result in page.content.decode()
    told = reader.get(f"/api/cases/{case.pk}").json()
    assert told["case"]["outcome"] == journey.result and len(told["acts"]) == acts.count()
    for letter in CaseLetter.objects.filter(case=case):
        for address in (f"/cases/letters/{letter.pk}/docx/", f"/api/cases/letters/{letter.pk}.docx"):
            assert reader.get(address).content.startswith(b"PK")


def test_every_kind_is_among_them():
    """Review and re-review follow from the petition below."""
    assert {item.kind for item in EACH_KIND} | {"petition_review", "petition_re_review"} == set(case_kind_ids())


def test_a_petition_goes_to_review_and_re_review(door_walk):
    """Each opened by the act of the one before, each a case of its own with its own clock."""
    case, _ = walked(door_walk, journey_of("petition-办结"))
    for kind, act in (("petition_review", "ask_review"), ("petition_re_review", "ask_re_review")):
        case = door_walk.act(case, act)
        follow_up = Case.objects.get(parent=case)
        assert (follow_up.kind, follow_up.is_open) == (kind, True) and follow_up.due_on
        case = _finished(door_walk, door_walk.with_papers(follow_up))
        assert not case.is_open


def _finished(walk, case):
    """Straight on to an end: an act that closes the case where there is one, else one to a step not yet seen."""
    law, seen = walk.law(case), {case.step}
    while case.is_open:
        possible = [act for act in law.acts if case.step in act.from_steps and act.to and act.to not in seen]
        act = next((act for act in possible if law.steps_by_id[act.to].is_final), possible[0])
        case = walk.act(case, act.id)
        seen.add(case.step)
    return case
