"""How the register and the payroll of a bureau stand, before anything is looked for."""

from collections.abc import Iterator

from django.urls import reverse

from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import Actor
from rongji.kernel.fen import yuan
from rongji.kernel.quantity import Quantity
from rongji.payments.policies import APPROVE_RUN, SEE_RUNS
from rongji.payments.selectors import has_payroll, runs, runs_waiting_for
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors.stations import has_people, living_by_station
from rongji.web.bureaus import bureaus_for
from rongji.web.desk import short_name
from rongji.web.run_page import Tile, state_label


def overview(actor: Actor) -> Iterator[Tile]:
    """People on file, the latest run, what waits for the actor; of the first bureau in sight that has any."""
    for bureau in bureaus_for(actor, SEE_PEOPLE):
        if has_people(bureau.code):
            yield from _register(bureau, living_by_station(actor, bureau.code))
            yield from _payroll(actor, bureau)
            break
    if APPROVE_RUN.permits_role(actor):
        waiting = len(runs_waiting_for(actor))
        note = "核算和提请的人不能自己审批"
        yield Tile("等我审批", str(waiting), "批", note, "waiting" if waiting else "", reverse("web:approvals"))


def _register(bureau: OrganisationFacts, registered: dict[str, int]) -> Iterator[Tile]:
    count, stations = sum(registered.values()), sum(1 for code in registered if code)
    note = f"{short_name(bureau.name)}，分在 {stations} 个服务站"
    yield Tile("在册", f"{count:,}", "人", note, "", f"{reverse('web:stations')}?bureau={bureau.code}")


def _payroll(actor: Actor, bureau: OrganisationFacts) -> Iterator[Tile]:
    if not (SEE_RUNS.permits(actor, bureau.scope) and has_payroll(bureau.code)):
        return
    for run in runs(actor, bureau.code, limit=1):
        amount = Quantity.from_fen(run.pay_fen, "万元", 2).shown(grouping=True)
        note = f"{state_label(run.state)}，{run.person_count:,} 人，{yuan(run.pay_fen)} 元"
        yield Tile(f"{run.pay_month.label}发放", amount, "万元", note, "waiting" if run.is_open else "good",
                   reverse("web:run", kwargs={"run": run.id}))  # fmt: skip
