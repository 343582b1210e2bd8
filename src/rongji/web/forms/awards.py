"""What a clerk does with the periodic benefits of a person: grant, change, end, correct, withdraw."""

from typing import Any

from rongji.accounts.types import Actor
from rongji.awards import services
from rongji.awards.policies import BACKFILL, KEEP_AWARDS
from rongji.awards.types import END_LABELS, START_LABELS, EndKind, NewAward, StartKind, TermChange
from rongji.web.forms.about_person import (
    ROUTE,
    PersonFacts,
    about_person,
    award_choices,
    award_words,
    category_choices,
)
from rongji.web.forms.benefit_choices import benefit_choices, key_choices
from rongji.web.forms.fields import Choice, Field, FieldKind
from rongji.web.forms.form import DECISION, EVIDENCE, REASON, Done, Form, Subject, Values, choices_of, known_day

_STARTS = {kind: label for kind, label in START_LABELS.items() if kind is not StartKind.CHANGED}
_ENDS = {kind: label for kind, label in END_LABELS.items() if kind is not EndKind.CHANGED}
_UNITS = "按服役年限等计发的填份数，其余填 1"


def _opened(actor: Actor, subject: Subject, values: Values) -> Done:
    benefit, _, key = values["benefit"].partition(":")
    new = NewAward(
        person_id=subject.facts.file.id, benefit=benefit, standard_key=key, basis_on=values["basis_on"],
        units=values["units"], category=values["category"], start=StartKind(values["start"]),
        decision=values["decision"], evidence=values["evidence"],
    )  # fmt: skip
    services.open_award(actor=actor, new=new, known_on=known_day(values))
    return Done("待遇已登记，从规定的月份起计发，以前月份的由下一次核算补发。")


def _changed(actor: Actor, subject: Subject, values: Values) -> Done:
    award, _, key = values["terms"].partition(":")
    services.change_terms(
        actor=actor, award_id=int(award), standard_key=key, units=values["units"], changed_on=values["changed_on"],
        known_on=known_day(values), decision=values["decision"], evidence=values["evidence"],
    )  # fmt: skip
    return Done("待遇条件已变更。")


def _ended(actor: Actor, subject: Subject, values: Values) -> Done:
    services.end_award(
        actor=actor, award_id=int(values["award"]), ended_on=values["ended_on"], end=EndKind(values["end"]),
        known_on=known_day(values), decision=values["decision"], evidence=values["evidence"],
    )  # fmt: skip
    return Done("待遇已终止，按规定月份停发。")


def _corrected(actor: Actor, subject: Subject, values: Values) -> Done:
    term, _, key = values["terms"].partition(":")
    change = TermChange(standard_key=key, units=values["units"], basis_on=values["basis_on"])
    services.correct_terms(
        actor=actor, term_id=int(term), change=change, known_on=known_day(values), evidence=values["evidence"]
    )
    return Done("待遇条件已更正，已发的差额由下一次核算结清。")


def _withdrawn(actor: Actor, subject: Subject, values: Values) -> Done:
    services.withdraw_award(
        actor=actor, award_id=int(values["award"]), reason=values["reason"], known_on=known_day(values)
    )
    return Done("待遇已撤销，已发的由下一次核算列入收回。")


def _open_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    choices = benefit_choices(subject.facts.file.area, actor.day)
    return (
        Field("benefit", "待遇和档次", FieldKind.CHOICE, choices=choices),
        Field("basis_on", "从哪天算起", FieldKind.DAY, hint="批准或转入的日期，起发月份由规定推出"),
        Field("start", "因何开始", FieldKind.CHOICE, choices=choices_of(_STARTS), initial=StartKind.APPROVED.value),
        Field("units", "计发份数", FieldKind.COUNT, initial="1", hint=_UNITS),
        Field("category", "按哪类身份", FieldKind.CHOICE, is_needed=False, choices=category_choices(actor)),
        DECISION,
        EVIDENCE,
    )


def _terms(actor: Actor, facts: PersonFacts, *, by_term: bool) -> tuple[Choice, ...]:
    """Each award that stands, with the standards that it may be put on."""
    found: list[Choice] = []
    for award in facts.awards if by_term else facts.open_awards:
        number = award.terms[-1].id if by_term else award.id
        for key in key_choices(award.benefit, award.area, actor.day):
            found.append(Choice(f"{number}:{key.value}", key.label, award_words(award)))
    return tuple(found)


def _change_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("terms", "哪项待遇，改为", FieldKind.CHOICE, choices=_terms(actor, subject.facts, by_term=False)),
        Field("changed_on", "从哪天起变更", FieldKind.DAY),
        Field("units", "计发份数", FieldKind.COUNT, is_needed=False, hint="不变的不填"),
        DECISION,
        EVIDENCE,
    )


def _correct_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("terms", "哪项待遇，本应是", FieldKind.CHOICE, choices=_terms(actor, subject.facts, by_term=True)),
        Field("basis_on", "本应从哪天算起", FieldKind.DAY, is_needed=False, hint="没有错的不填"),
        Field("units", "本应的计发份数", FieldKind.COUNT, is_needed=False, hint="没有错的不填"),
        EVIDENCE,
    )


def _end_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("award", "终止哪一项", FieldKind.CHOICE, choices=award_choices(subject.facts.open_awards)),
        Field("ended_on", "终止日期", FieldKind.DAY),
        Field("end", "原因", FieldKind.CHOICE, choices=choices_of(_ENDS)),
        DECISION,
        EVIDENCE,
    )


def _withdraw_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (Field("award", "撤销哪一项", FieldKind.CHOICE, choices=award_choices(subject.facts.awards)), REASON)


def _form(code: str, title: str, carry_out: Any, fields: Any, **more: Any) -> Form:
    return Form(code=f"record_{code.replace('-', '_')}", title=title, button=title, policy=KEEP_AWARDS,
                route=f"{ROUTE}/{code}/", subject=about_person, fields=fields, carry_out=carry_out, known=BACKFILL,
                place="money", **more)  # fmt: skip


def _has_open(facts: PersonFacts) -> bool:
    return bool(facts.open_awards)


def _has_any(facts: PersonFacts) -> bool:
    return bool(facts.awards)


AWARD_FORMS: tuple[Form, ...] = (
    _form("award", "登记待遇", _opened, _open_fields, icon="plus"),
    _form("award-change", "变更待遇", _changed, _change_fields, icon="adjustments", applies=_has_open),
    _form("award-end", "终止待遇", _ended, _end_fields, icon="calendar-off", applies=_has_open),
    _form("award-correction", "更正待遇", _corrected, _correct_fields, icon="edit", applies=_has_any,
          note="从一开始就登记错了的才更正；情况后来变了的，请办“变更待遇”。"),
    _form("award-withdrawal", "撤销待遇", _withdrawn, _withdraw_fields, icon="eraser", is_grave=True,
          applies=_has_any, note="只撤销本不该有的待遇：视为从未应发。"),
)  # fmt: skip
