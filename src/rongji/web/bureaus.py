"""Which bureaus an actor may look into, and which of them a page is about."""

from typing import Any

from rongji.accounts.policies import Policy
from rongji.accounts.selectors import OrganisationFacts, organisations_of_kind
from rongji.accounts.types import Actor
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


def chosen_bureau(request: Any, bureaus: list[OrganisationFacts]) -> OrganisationFacts:
    """The bureau that the form names, else the first that keeps files, else the first. Raises: NoBureau."""
    wanted = request.POST.get("bureau") or request.GET.get("bureau", "")
    if not bureaus:
        raise NoBureau
    named = next((item for item in bureaus if item.code == wanted), None)
    return named or next((item for item in bureaus if has_people(item.code)), bureaus[0])
