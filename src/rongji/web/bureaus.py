"""Which bureaus an actor may look into, and which of them a page is about."""

from typing import Any

from rongji.accounts.policies import Policy
from rongji.accounts.selectors import OrganisationFacts, organisations_of_kind
from rongji.accounts.types import Actor, Grant
from rongji.kernel.refusal import Refusal
from rongji.people.selectors.stations import has_people

_BUREAU = "bureau"


class NoBureau(Refusal):
    """A page about a bureau, opened by somebody who may see none."""

    code = "no-bureau"
    sentence = "还没有可以查看的单位。请系统管理员先建立机构，或给您的账号分配单位。"
    status = 404


def bureaus_for(actor: Actor, policy: Policy) -> list[OrganisationFacts]:
    """The bureaus in which the actor may do something; of a station's clerk, the bureau above is not one of them."""
    return [item for item in organisations_of_kind(_BUREAU) if policy.permits(actor, item.scope)]


def bureaus_reached(actor: Actor, policy: Policy) -> list[OrganisationFacts]:
    """The bureaus in which the actor may do something at least in a part: a station's clerk sees the one above it."""
    grants = actor.grants_of(policy.roles)
    return [item for item in organisations_of_kind(_BUREAU) if any(_meet(grant, item) for grant in grants)]


def _meet(grant: Grant, bureau: OrganisationFacts) -> bool:
    """Whether a grant covers a bureau, or lies within it."""
    paths, areas = (grant.path, bureau.path), (grant.area, bureau.area_code)
    return all(one.startswith(other) or other.startswith(one) for one, other in (paths, areas))


def chosen_bureau(request: Any, bureaus: list[OrganisationFacts]) -> OrganisationFacts:
    """The bureau that the form names, else the first that keeps files, else the first. Raises: NoBureau."""
    wanted = request.POST.get("bureau") or request.GET.get("bureau", "")
    if not bureaus:
        raise NoBureau
    named = next((item for item in bureaus if item.code == wanted), None)
    return named or next((item for item in bureaus if has_people(item.code)), bureaus[0])
