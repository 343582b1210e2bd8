"""What the lists of cases ask for and offer: filters out of an address, the choices of each, and the lights on top."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from rongji.accounts.selectors import OrganisationFacts, organisations_below, staff_at
from rongji.accounts.types import Actor
from rongji.casework.policies import HANDLE_CASES
from rongji.casework.selectors import light_counts
from rongji.casework.types import LIGHT_LABELS, CaseFilters, CaseState, Light
from rongji.law.case_kinds import case_kinds
from rongji.web.answers import whole_number
from rongji.web.forms.fields import Choice

MINE, ALL = "mine", "all"
STATE_LABELS = {CaseState.OPEN: "在办", CaseState.CLOSED: "已办结", CaseState.ALL: "全部"}
_PLAIN = ("kind", "channel", "handler", "station", "campaign", "text", "step")
_SHOWN_LIGHTS = (Light.RED, Light.AMBER, Light.GREEN, Light.PAUSED, Light.NONE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for. whose: mine or all; query: the same as an address, without the page."""

    whose: str
    filters: CaseFilters
    bureau: str
    page: str

    @property
    def words(self) -> dict[str, str]:
        """The filters as an address has them; whatever is not asked for is left out."""
        found = {name: getattr(self.filters, name) for name in _PLAIN}
        if self.whose == MINE:
            found["handler"] = ""
        found |= {
            "whose": self.whose,
            "bureau": self.bureau,
            "light": str(self.filters.light or ""),
            "state": "" if self.filters.state is CaseState.OPEN else str(self.filters.state),
            "legacy": "1" if self.filters.legacy_only else "",
            "person": str(self.filters.person_id or ""),
        }
        return {name: value for name, value in found.items() if value}

    def query(self, **changed: str) -> str:
        """The address of the same list with something changed, from its beginning."""
        words = {**self.words, **changed}
        return "?" + urlencode({name: value for name, value in words.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but whose cases they are is asked for."""
        return bool(set(self.words) - {"whose", "bureau"})


@dataclass(frozen=True, slots=True)
class LightTile:
    """One light on top of the list: its word, how many, the list of them, and whether that is the one shown."""

    light: Light
    label: str
    count: int
    address: str
    is_chosen: bool


def asked_of(actor: Actor, given: Mapping[str, Any], bureau: OrganisationFacts) -> Asked:
    """What an address asks for; words that are none are left out."""
    words = {name: str(given.get(name, "")).strip() for name in _PLAIN}
    light, state = given.get("light", ""), given.get("state", "")
    filters = CaseFilters(
        **words,
        light=Light(light) if light in set(Light) else None,
        state=CaseState(state) if state in set(CaseState) else CaseState.OPEN,
        legacy_only=bool(given.get("legacy")),
        person_id=whole_number(str(given.get("person", ""))),
    )
    whose = str(given.get("whose") or (ALL if filters.handler or filters.person_id else MINE))
    if whose == MINE:
        filters = replace(filters, handler=actor.username)
    return Asked(MINE if whose == MINE else ALL, filters, bureau.code, str(given.get("page", "")))


def light_tiles(actor: Actor, asked: Asked) -> list[LightTile]:
    """How many cases there are of each light under the other filters; the worst first."""
    counts = light_counts(actor, bureau=asked.bureau, on=actor.day, filters=asked.filters)
    chosen = asked.filters.light
    return [
        LightTile(
            light,
            LIGHT_LABELS[light],
            counts[light],
            asked.query(light="" if light is chosen else str(light)),
            light is chosen,
        )
        for light in _SHOWN_LIGHTS
    ]


def filter_choices(actor: Actor, bureau: OrganisationFacts, asked: Asked) -> dict[str, tuple[Choice, ...]]:
    """What each filter offers: kinds and channels of the law as of today, the stations and the staff of the bureau."""
    kinds = case_kinds(on=actor.day, region=bureau.area_code)
    chosen = [kind for kind in kinds if kind.id == asked.filters.kind] or list(kinds)
    channels = {item.id: item.label for kind in chosen for item in kind.channels}
    steps = {item.id: item.label for kind in chosen for item in kind.steps if not item.is_final}
    below = organisations_below(bureau.code)
    return {
        "kinds": tuple(Choice(kind.id, kind.label, kind.area) for kind in sorted(kinds, key=lambda item: item.area)),
        "channels": tuple(Choice(key, label) for key, label in channels.items()),
        "steps": tuple(Choice(key, label) for key, label in steps.items()) if asked.filters.kind else (),
        "stations": tuple(Choice(item.code, item.name) for item in below if item.kind == "station"),
        "staff": staff_choices(bureau),
        "states": tuple(Choice(str(key), label) for key, label in STATE_LABELS.items()),
    }


def staff_choices(bureau: OrganisationFacts) -> tuple[Choice, ...]:
    """Who may handle cases of a bureau, by name."""
    return tuple(Choice(username, name or username) for username, name in staff_at(bureau.scope, HANDLE_CASES.roles))
