"""Opening the file of a person by a form, without a roster."""

from django.urls import reverse

from rongji.accounts.types import Actor
from rongji.people.policies import BACKFILL, REGISTER_PEOPLE
from rongji.people.selectors import briefs
from rongji.people.services import register_person
from rongji.people.types import SEX_LABELS, NewIdentity, NewPerson, NewResidence, Sex
from rongji.rules.answers import AnswerMissing
from rongji.web.bureaus import NoBureau, bureaus_for
from rongji.web.desk import short_name
from rongji.web.forms.about_person import category_choices, station_choices
from rongji.web.forms.fields import Choice, Field, FieldKind
from rongji.web.forms.form import Done, Form, Subject, Values, choices_of, known_day


def _about_register(actor: Actor) -> Subject:
    """The register of the bureaus in which the actor opens files. Raises: NoBureau, NotAllowed."""
    REGISTER_PEOPLE.require_role(actor)
    bureaus = bureaus_for(actor, REGISTER_PEOPLE)
    if not bureaus:
        raise NoBureau
    return Subject("人员档案", bureaus[0].scope, reverse("web:people"), bureaus)


def _fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    bureaus = subject.facts
    homes = tuple(Choice(item.code, short_name(item.name)) for item in bureaus)
    stations = tuple(
        Choice(one.value, one.label, short_name(item.name) if len(bureaus) > 1 else "")
        for item in bureaus
        for one in station_choices(item.code)
    )
    return (
        Field("name", "姓名", most=64),
        Field("bureau", "单位", FieldKind.CHOICE, choices=homes, initial=homes[0].value if len(homes) == 1 else ""),
        Field("id_number", "身份证号", is_needed=False, hint="15 位旧号也可以；填了就不必填出生日期和性别", most=32),
        Field("born_on", "出生日期", FieldKind.DAY, is_needed=False, hint="没有身份证号时填"),
        Field("sex", "性别", FieldKind.CHOICE, is_needed=False, choices=choices_of(SEX_LABELS)),
        Field("phone", "联系电话", is_needed=False, most=32),
        Field("village", "乡镇和村（社区）", is_needed=False, most=80),
        Field("station_code", "服务站", FieldKind.CHOICE, is_needed=False, choices=stations),
        Field("category", "身份", FieldKind.CHOICE, is_needed=False, choices=category_choices(actor)),
        Field("since", "身份从哪个月起", FieldKind.MONTH, is_needed=False, hint="选了身份就要填"),
        Field("evidence", "依据", is_needed=False, hint="登记表、证件或批复的名称和文号", most=255),
    )  # fmt: skip


def _register(actor: Actor, subject: Subject, values: Values) -> Done:
    lives = values["village"] or values["station_code"]
    new = NewPerson(
        name=values["name"],
        id_number=values["id_number"],
        born_on=values["born_on"],
        sex=Sex(values["sex"]) if values["sex"] else None,
        phone=values["phone"],
        residence=NewResidence(village=values["village"], station_code=values["station_code"]) if lives else None,
        identities=_identities(values),
        evidence=values["evidence"],
        known_on=known_day(values),
    )
    person = register_person(actor=actor, bureau=values["bureau"], new=new)
    number = briefs([person])[person].number
    return Done(f"已建档，档案号 {number}。", reverse("web:person", kwargs={"person": person}))


def _identities(values: Values) -> tuple[NewIdentity, ...]:
    """The identity, if one is chosen. Raises: AnswerMissing without its first month."""
    if not values["category"]:
        return ()
    if values["since"] is None:
        raise AnswerMissing(name="since", label="身份从哪个月起")
    return (NewIdentity(category=values["category"], first_month=values["since"], evidence=values["evidence"]),)


REGISTER_FORMS: tuple[Form, ...] = (
    Form(code="register", title="新建档案", button="新建档案", policy=REGISTER_PEOPLE, route="people/new/",
         subject=_about_register, fields=_fields, carry_out=_register, icon="user-plus", known=BACKFILL,
         note="领款账户、残疾等级和待遇在建档之后登记。"),
)  # fmt: skip
