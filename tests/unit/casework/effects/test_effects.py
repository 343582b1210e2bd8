"""Every effect that a kind names exists and takes the arguments that the kind gives it."""

import inspect
from datetime import date

import pytest

from rongji.law.case_kinds import CaseKind, case_kind_ids, case_kind_versions

KINDS = [version for kind in case_kind_ids() for version in case_kind_versions(kind)]
ONE_OFF = "record_grant"


@pytest.mark.parametrize("kind", KINDS, ids=lambda item: f"{item.id}-{item.key}")
def test_effects_take_what_the_kind_gives(kind: CaseKind):
    """No argument that nobody knows, none missing; rules of amounts by name, with their own inputs."""
    from rongji.casework.effects import EFFECTS
    from rongji.casework.effects.reckoning import RECKONINGS

    for act in kind.acts:
        for effect in act.effects:
            called = EFFECTS[effect.do]
            given = dict.fromkeys(effect.given)
            if effect.do == ONE_OFF:
                called = RECKONINGS[effect.given["rule"].removeprefix("=")]
                given.pop("rule")
            inspect.signature(called).bind(None, **given)


@pytest.mark.parametrize("kind", KINDS, ids=lambda item: f"{item.id}-{item.key}")
def test_what_is_owed_is_decided_by_somebody_else(kind: CaseKind):
    """Acts that open, change or approve anything of value are never done by whoever did the act before."""
    weighty = {"open_award", "change_award", "approve_grant", "record_grade"}
    for act in kind.acts:
        if weighty & {effect.do for effect in act.effects}:
            assert act.by_other, f"{kind.id}.{act.id}"
            assert "clerk" not in act.roles, f"{kind.id}.{act.id}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda item: f"{item.id}-{item.key}")
def test_limits_are_law_and_the_act_is_registered(kind: CaseKind):
    """Every clock and every limit of application has its row, every kind its act; the applicant is told every step."""
    from rongji.law.loader import lawbook
    from rongji.law.model import DatedTable

    book = lawbook()
    table: DatedTable = book.tables["", "deadlines.casework"]
    named = {row.keys for row in table.rows}
    assert kind.act in book.acts
    for item in (*kind.clocks, *kind.limits):
        assert (item.procedure, item.step) in named, f"{kind.id}: {item.procedure}/{item.step}"
    if kind.is_public:
        assert all(step.public for step in kind.steps), kind.id
        assert kind.guide
        assert any(not channel.is_assigned for channel in kind.channels)


@pytest.mark.parametrize("kind", KINDS, ids=lambda item: f"{item.id}-{item.key}")
def test_no_limit_stands_in_the_kind_itself(kind: CaseKind):
    """Days, months and years of limits are dated law; letters and guides speak of the term that the rules set."""
    import re

    texts = [kind.guide, kind.note, *(text for letter in kind.letters for text in letter.paragraphs)]
    found = [text for text in texts if re.search(r"[0-9一二三四五六七八九十]+(个)?(工作)?日内|[0-9]+年内", text)]
    assert not found


def test_a_kind_asks_the_public_only_what_it_may_know():
    """Fields for the office are never needed of an applicant."""
    for kind in KINDS:
        assert not [item.id for item in kind.fields if not item.public and item.is_needed], kind.id


def test_versions_begin_with_their_act():
    """Petitions of 2021 run under the regulation of 2005, those of 2024 under that of 2022."""
    from rongji.law.case_kinds import case_kind

    for name in ("petition", "petition_review", "petition_re_review"):
        assert case_kind(name, on=date(2021, 3, 1)).act == "petition-regulation-2005"
        assert case_kind(name, on=date(2024, 3, 1)).act == "petition-rules-2022"


@pytest.mark.parametrize("kind", KINDS, ids=lambda item: f"{item.id}-{item.key}")
def test_no_version_is_older_than_its_act(kind: CaseKind):
    """A kind rests on an act that was in force when it began to apply."""
    from rongji.law.loader import lawbook

    act = lawbook().acts[kind.act]
    assert act.effective is None or act.effective <= kind.effective
    assert act.repealed is None or kind.effective < act.repealed
