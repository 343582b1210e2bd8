"""The yearly confirmation by forms: begin a round, write down one person's result, close the round."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.people.policies import CONFIRM_PEOPLE
from rongji.people.selectors import RoundStanding, person_brief
from rongji.people.selectors.waiting import round_numbered
from rongji.people.services import close_confirmation_round, confirm_person, open_confirmation_round
from rongji.people.types import CONFIRMATION_LABELS, ConfirmationResult, PersonBrief
from rongji.rules.answers import AnswerRefused
from rongji.web.bureaus import NoBureau, bureaus_for
from rongji.web.desk import short_name
from rongji.web.forms.fields import Choice, Field, FieldKind
from rongji.web.forms.form import Done, Form, Subject, Values, choices_of

FIRST_YEAR = 2000


class YearUnfit(AnswerRefused):
    """A year that no round can be for."""

    code = "form-confirmation-year"
    sentence = "年度应在 {first} 和 {last} 之间，请改正。"


class DeathDetailsMissing(AnswerRefused):
    """A death found without its day or what says so."""

    code = "form-death-details"
    sentence = "结果是“已去世”，请填写“{label}”。"


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody on the list of a round."""

    standing: RoundStanding
    person: PersonBrief


def page_of(bureau: str, year: int) -> str:
    """The address of a round."""
    return f"{reverse('web:confirmation')}?bureau={bureau}&year={year}"


def _about_bureaus(actor: Actor) -> Subject:
    """The bureaus in which the actor confirms. Raises: NoBureau, NotAllowed."""
    CONFIRM_PEOPLE.require_role(actor)
    bureaus = bureaus_for(actor, CONFIRM_PEOPLE)
    if not bureaus:
        raise NoBureau
    return Subject("年度确认", bureaus[0].scope, reverse("web:confirmation"), bureaus)


def _about_round(actor: Actor, *, round: int) -> Subject:
    """A round. Raises: RoundUnfit, NotAllowed."""
    standing = round_numbered(actor, round)
    bureau = organisation(standing.bureau)
    heading = f"{short_name(bureau.name)} {standing.year} 年度确认，{standing.total} 人中 {standing.done} 人有结果"
    return Subject(heading, bureau.scope, page_of(standing.bureau, standing.year), standing)


def _about_asked(actor: Actor, *, round: int, person: int) -> Subject:
    """A person on the list of a round. Raises: RoundUnfit, PersonUnknown, NotAllowed."""
    standing = round_numbered(actor, round)
    brief = person_brief(actor, person)
    heading = f"{brief.name}，档案 {brief.number}，{brief.village or '未登记住址'}"
    return Subject(heading, brief.scope, page_of(standing.bureau, standing.year), Asked(standing, brief))


def _open_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    homes = tuple(Choice(item.code, short_name(item.name)) for item in subject.facts)
    return (
        Field("bureau", "单位", FieldKind.CHOICE, choices=homes, initial=homes[0].value if len(homes) == 1 else ""),
        Field("year", "年度", FieldKind.COUNT, initial=str(actor.day.year), most=4),
    )


def _result_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("result", "结果", FieldKind.CHOICE, choices=choices_of(CONFIRMATION_LABELS)),
        Field("method", "方式", hint="上门、电话、人脸识别……", most=40),
        Field("died_on", "死亡日期", FieldKind.DAY, is_needed=False, hint="结果是“已去世”时填"),
        Field("evidence", "依据", is_needed=False, hint="结果是“已去世”时填：证明的名称和文号", most=255),
        Field("note", "备注", is_needed=False, most=255),
    )


def _opened(actor: Actor, subject: Subject, values: Values) -> Done:
    bureau, year = values["bureau"], values["year"]
    if not FIRST_YEAR <= year <= actor.day.year:
        raise YearUnfit(name="year", first=FIRST_YEAR, last=actor.day.year)
    open_confirmation_round(actor=actor, bureau=bureau, year=year)
    return Done(f"{year} 年度确认已开始。", page_of(bureau, year))


def _confirmed(actor: Actor, subject: Subject, values: Values) -> Done:
    asked: Asked = subject.facts
    result = ConfirmationResult(values["result"])
    if result is ConfirmationResult.DECEASED and asked.person.died_on is None:
        _refuse_no_details(values)
    told = {name: values[name] for name in ("method", "note", "died_on", "evidence")}
    confirm_person(actor=actor, round_id=asked.standing.id, person_id=asked.person.id, result=result, **told)
    return Done(f"{asked.person.name}：{CONFIRMATION_LABELS[result]}。")


def _refuse_no_details(values: Values) -> None:
    for name, label in (("died_on", "死亡日期"), ("evidence", "依据")):
        if not values[name]:
            raise DeathDetailsMissing(name=name, label=label)


def _closed(actor: Actor, subject: Subject, values: Values) -> Done:
    left = close_confirmation_round(actor=actor, round_id=subject.facts.id)
    return Done(f"{subject.facts.year} 年度确认已结束，" + (f"{left} 人没有结果。" if left else "全部有结果。"))


def _no_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return ()


def _is_open(facts: Any) -> bool:
    return facts.closed_on is None


_OPEN = Form(
    code="open_round", title="开始年度确认", button="开始年度确认", policy=CONFIRM_PEOPLE,
    route="people/confirmation/open/", subject=_about_bureaus, fields=_open_fields, carry_out=_opened,
    icon="player-play", note="现在在册、有身份的健在人员全部列入名单。",
)  # fmt: skip
_RESULT = Form(
    code="confirm_person", title="登记确认结果", button="登记结果", policy=CONFIRM_PEOPLE,
    route="people/confirmation/<int:round>/<int:person>/", subject=_about_asked, fields=_result_fields,
    carry_out=_confirmed, icon="clipboard-check",
)  # fmt: skip
_CLOSE = Form(
    code="close_round", title="结束年度确认", button="结束年度确认", policy=CONFIRM_PEOPLE,
    route="people/confirmation/<int:round>/close/", subject=_about_round, fields=_no_fields, carry_out=_closed,
    icon="flag-check", is_grave=True, applies=_is_open, note="结束之后不能再登记结果；没有结果的人列为未确认。",
)  # fmt: skip
CONFIRMATION_FORMS: tuple[Form, ...] = (_OPEN, _RESULT, _CLOSE)
