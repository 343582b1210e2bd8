"""The walk through a case by the doors that people and programs use: the forms of the pages, and the API."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from case_walk import AREA, RECEIVED, Walk, answered
from django.test import Client

from rongji.casework.models import Case
from rongji.law.case_kinds import case_kind
from rongji.people.models import Person

WINDOW = {"HX-Request": "true"}


@dataclass(frozen=True)
class DoorWalk(Walk):
    """A walk whose acts come through a door. client_of: role → a signed-in client."""

    client_of: Callable[[str], Client] = field(kw_only=True)

    def opened(self, kind: str, person: int | None = None, *, on: date = RECEIVED, **answers: Any) -> Any:
        """A case of a kind, opened through the door by a role that may."""
        law = case_kind(kind, on=on, region=AREA)
        channel = next((item for item in law.channels if not item.is_assigned), law.channels[0])
        facts = {
            "channel": channel.id,
            "received_on": str(on),
            "title": law.label,
            "applicant": "" if person else "示例申请人",
            "assigned_by": "上级（示例）" if channel.is_assigned else "",
        }
        if any(item.counts_people for item in law.channels):
            facts["people"] = "1"
        made = self._open(law, person, facts, answered(law.fields, answers, on))
        return Case.objects.get(pk=made)

    def act(self, case: Any, name: str, *, by: str = "", on: date | None = None, **answers: Any) -> Any:
        """One act through the door, with the papers that it needs."""
        law = self.law(case).acts_by_id[name]
        day = on or self.next_day(case, law.waits_for)
        decision = "云退〔2024〕8号" if law.needs_decision else ""
        missing = [
            paper.id for paper in law.papers if paper.is_needed and not case.papers.filter(kind=paper.id).exists()
        ]
        self._act(
            self.client_of(by or law.roles[0]),
            case,
            law,
            str(day),
            answered(law.fields, answers, day),
            decision,
            missing,
        )
        return Case.objects.get(pk=case.pk)


class WebWalk(DoorWalk):
    """Through the forms of the pages: shown first, filled in, sent from a window."""

    def _open(self, law: Any, person: int | None, facts: dict[str, str], answers: dict[str, Any]) -> int:
        client = self.client_of(law.open_roles[0])
        typed = {f"case_{name}": text for name, text in facts.items()}
        typed["case_person"] = Person.objects.get(pk=person).number if person else ""
        answer = self._send(client, f"/cases/new/{law.id}/", {**typed, **self._typed(law.fields, answers)})
        return int(answer["HX-Redirect"].strip("/").split("/")[1])

    def _act(
        self, client: Client, case: Any, law: Any, on: str, answers: dict[str, Any], decision: str, papers: list[str]
    ) -> None:
        typed = {"act_on": on, "act_decision": decision, **self._typed(law.fields, answers)}
        typed |= {f"paper-{paper}": "1" for paper in papers}
        self._send(client, f"/cases/{case.pk}/acts/{law.id}/", typed)

    def paper(self, case: Any, kind: str, on: date) -> None:
        """A paper brought on a day, by the form."""
        typed = {"kind": kind, "received_on": str(on)}
        self._send(self.client_of("clerk"), f"/cases/{case.pk}/papers/new/", typed)

    def _typed(self, fields: Any, answers: dict[str, Any]) -> dict[str, str]:
        """Answers as a clerk types them: persons by file number."""
        kinds = {item.id: str(item.kind) for item in fields}
        return {
            name: Person.objects.get(pk=int(text.removeprefix("#"))).number if kinds[name] == "person" else text
            for name, text in answers.items()
        }

    def _send(self, client: Client, address: str, typed: dict[str, str]) -> Any:
        shown = client.get(address, headers=WINDOW)
        assert shown.status_code == 200, shown.content.decode()
        asked = shown.content.decode()
        assert all(f'name="{name}"' in asked for name, text in typed.items() if text and not name.endswith("decision"))
        answer = client.post(address, typed, headers=WINDOW)
        assert answer.status_code == 204, answer.content.decode()
        return answer


class ApiWalk(DoorWalk):
    """Through the API, as a program would."""

    def _open(self, law: Any, person: int | None, facts: dict[str, str], answers: dict[str, Any]) -> int:
        client = self.client_of(law.open_roles[0])
        made = self._send(
            client,
            f"/api/cases?bureau={self.bureau}",
            {"kind": law.id, "person_id": person, **facts, "answers": answers},
        )
        return int(made["id"])

    def _act(
        self, client: Client, case: Any, law: Any, on: str, answers: dict[str, Any], decision: str, papers: list[str]
    ) -> None:
        for paper in papers:
            self.paper(case, paper, date.fromisoformat(on))
        seen = client.get(f"/api/cases/{case.pk}").json()["last_sequence"]
        body = {"act": law.id, "on": on, "answers": answers, "decision": decision, "seen": seen}
        self._send(client, f"/api/cases/{case.pk}/acts", body)

    def paper(self, case: Any, kind: str, on: date) -> None:
        """A paper brought on a day."""
        answer = self.client_of("clerk").post(f"/api/cases/{case.pk}/papers", {"kind": kind, "received_on": str(on)})
        assert answer.status_code == 201, answer.content.decode()

    def _send(self, client: Client, address: str, body: dict[str, Any]) -> Any:
        answer = client.post(address, json.dumps(body), content_type="application/json")
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()
