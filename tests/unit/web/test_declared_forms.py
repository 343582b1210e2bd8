"""Forms that come out of a declaration: the same fields, checked by the same reader as tables and the API."""

from decimal import Decimal

import pytest

from rongji.law.asked import Asked, AskedKind
from rongji.rules.answers import AnswerMissing, AnswerNotOffered, AnswerOutOfRange, AnswerVague, read_answers
from rongji.web.forms.fields import Choice, FieldKind, NotOffered, declared_fields, read_all

ASKED = (
    Asked("cause", "原因", AskedKind.CHOICE, choices=("疾病", "灾害")),
    Asked("income", "月收入", AskedKind.MONEY, is_needed=False, unit="元"),
    Asked("people", "人口", AskedKind.COUNT, unit="人", most=20),
    Asked("alone", "独居", AskedKind.FLAG, is_needed=False),
    Asked("station", "服务站", AskedKind.STATION, is_needed=False),
    Asked("hours", "时长", AskedKind.DECIMAL, is_needed=False, unit="小时", least=Decimal(1)),
)
STATIONS = (Choice("st-1", "石桥服务站"),)
FULL = {"cause": "疾病", "income": "1200.50", "people": "３", "alone": "是", "station": "st-1", "hours": "4.5"}


@pytest.fixture
def fields():
    """The fields of the declaration with the stations of one bureau."""
    return declared_fields(ASKED, choices={"station": STATIONS}, group="家庭情况")


def test_each_kind_is_typed_in_its_way(fields):
    """Choices for words, flags and stations; the unit beside the number; the heading above."""
    kinds = {item.name: item.kind for item in fields}
    assert kinds["cause"] is kinds["alone"] is kinds["station"] is FieldKind.CHOICE
    assert (kinds["income"], kinds["people"], kinds["hours"]) == (FieldKind.MONEY, FieldKind.COUNT, FieldKind.DECIMAL)
    assert {item.group for item in fields} == {"家庭情况"}
    assert [choice.value for choice in fields[3].choices] == ["是", "否"]
    assert fields[2].unit == "人"


def test_what_is_typed_goes_on_as_typed_and_means_the_same_to_the_service(fields):
    """Money is not read twice: the service gets the text, and reads it by the same declaration."""
    typed, refused = read_all(fields, FULL)
    assert refused == [] and typed["income"] == "1200.50"
    values, refused = read_answers(ASKED, typed)
    assert refused == []
    assert (values["income"], values["people"], values["alone"], values["hours"]) == (120050, 3, True, "4.5")


@pytest.mark.parametrize(
    ("name", "text", "refusal"),
    [
        ("cause", "", AnswerMissing),
        ("cause", "失业", NotOffered),
        ("people", "约3", AnswerVague),
        ("people", "21", AnswerOutOfRange),
        ("hours", "0.5", AnswerOutOfRange),
        ("station", "st-9", NotOffered),
    ],
)
def test_every_field_that_is_wrong_is_told_at_once(fields, name, text, refusal):
    """By its own name, with the others read all the same."""
    values, refused = read_all(fields, {**FULL, name: text})
    assert [(item.facts["name"], type(item)) for item in refused] == [(name, refusal)]
    assert set(values) == set(FULL) - {name}


def test_several_wrong_fields_are_several_refusals(fields):
    """Nobody is sent round five times."""
    _, refused = read_all(fields, {"people": "几个", "hours": "x"})
    assert [item.facts["name"] for item in refused] == ["cause", "people", "hours"]


def test_a_choice_of_the_declaration_is_refused_by_the_service_too():
    """A program that sends what the form would not offer."""
    _, refused = read_answers(ASKED[:1], {"cause": "失业"})
    assert isinstance(refused[0], AnswerNotOffered)
