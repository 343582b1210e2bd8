"""The window on a PostgreSQL database of its own, from the form to the state."""

import postgres
import pytest
from unit.public.visitor import JPEG, Visitor
from unit.public.window import database, serving

from rongji.accounts.selectors import actor_for
from rongji.accounts.types import Origin, OriginKind
from rongji.config.databases import public_entry
from rongji.intake.collecting import collect
from rongji.intake.deciding import Acceptance, accept
from rongji.intake.keys import make_keys
from rongji.intake.publishing import publish
from rongji.intake.refusals import WindowUnreachable
from rongji.intake.selectors import intake_page
from rongji.kernel import clock

pytestmark = pytest.mark.database


@pytest.fixture
def server(needs):
    needs("postgres")
    running = postgres.start()
    yield running
    running.stop()


def test_a_form_goes_in_and_its_state_comes_out(server, db, options, organisation, user, tmp_path):
    """And when the server goes away, both sides say so."""
    bureau = organisation("yunhu", area_code="990201", name="云湖县退役军人事务局（示例）")
    options(public_window=True, public_database_url=server.address)
    origin = Origin(OriginKind.CLI, "test")

    def acting(role):
        return actor_for(user=people[role], origin=origin, at=clock.now())

    people = {role: user(role, organisation=bureau) for role in ("clerk", "section_head")}
    people["administrator"] = user("administrator")
    with serving(tmp_path, DATABASE_URL=server.address) as address, database(public_entry(tmp_path, server.address)):
        make_keys(actor=acting("administrator"))
        publish(actor=acting("section_head"))
        visitor = Visitor(address)
        number, code = visitor.send(files=[("paper-evidence", "照片.jpg", JPEG)]).codes
        assert collect(actor=acting("clerk")).new == 1
        form = intake_page(acting("clerk"), number).form
        given = Acceptance(title=form.title, applicant=form.applicant, contact=form.contact, answers=form.answers)
        accept(actor=acting("clerk"), number=number, as_written=given)
        collect(actor=acting("clerk"))
        assert "已登记，正在审查是否受理" in visitor.state(number, code).main
        server.stop()
        page = visitor.get("/guides/")
        assert page.status == 503 and "暂时出了故障" in page.main and "psycopg" not in page.text
        with pytest.raises(WindowUnreachable):
            collect(actor=acting("clerk"))
