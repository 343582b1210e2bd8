"""How a personal number is answered: read plainly, refused in words that never tell it, masked when it is shown."""

import pytest

from rongji.kernel.identity_number import check_character
from rongji.law.asked import Asked, AskedKind, SecretKind, read_asked
from rongji.law.fields import Fields
from rongji.law.reading import Problems
from rongji.rules.answers import (
    AnswerMasked,
    AnswerMissing,
    AnswerNotAsked,
    AnswerNumberUnfit,
    Kept,
    read_answer,
    read_answers,
    shown,
    unchanged,
)

IDENTITY = "11010119520615002" + check_character("11010119520615002")
PHONE = Asked("phone", "联系电话", AskedKind.SECRET, number=SecretKind.PHONE)
NUMBER = Asked("card", "证件", AskedKind.SECRET, number=SecretKind.ID_NUMBER)
ACCOUNT = Asked("account", "领款账号", AskedKind.SECRET, number=SecretKind.ACCOUNT)
ITEM = Asked("item", "要更正的信息", AskedKind.CHOICE, choices=("姓名", "联系电话"))
NAME = Asked("name", "正确的内容", AskedKind.TEXT, when={"item": ("姓名",)})
RIGHT = Asked("right", "正确的电话", AskedKind.SECRET, number=SecretKind.PHONE, when={"item": ("联系电话",)})

READ = [
    (PHONE, "138 0000-1234", "13800001234"),
    (PHONE, "＋８６１３８００００１２３４", "13800001234"),
    (PHONE, "0730-8800123", "07308800123"),
    (PHONE, 13800001234, "13800001234"),
    (PHONE, 13800001234.0, "13800001234"),
    (NUMBER, IDENTITY.lower(), IDENTITY),
    (NUMBER, f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}", IDENTITY),
    (ACCOUNT, "6222 0200 0000 0000 000", "6222020000000000000"),
]
REFUSED = [
    (PHONE, "12345", "11 位手机号"),
    (PHONE, "138000012345", "11 位手机号"),
    (PHONE, "微信 laozhang", "11 位手机号"),
    (NUMBER, IDENTITY[:-1], "应为 18 位"),
    (NUMBER, f"{IDENTITY[:-1]}{'1' if IDENTITY[-1] != '1' else '2'}", "校验码不符"),
    (ACCOUNT, "62220", "应为 8 至 32 位"),
    (ACCOUNT, "6.22202E+18", "科学记数"),
]


@pytest.mark.parametrize(("asked", "given", "number"), READ)
def test_a_number_is_read_however_it_was_typed(asked, given, number):
    assert read_answer(asked, given) == number


@pytest.mark.parametrize(("asked", "given", "why"), REFUSED)
def test_a_wrong_number_is_refused_with_what_is_wrong_and_not_told_again(asked, given, why):
    with pytest.raises(AnswerNumberUnfit, match=why) as refused:
        read_answer(asked, given)
    assert f"“{asked.label}”有误" in str(refused.value) and given not in str(refused.value.as_json())


@pytest.mark.parametrize("given", ["138****1234", "430621********1234", "**** 0012", "１３８＊＊＊＊１２３４"])
def test_a_masked_number_is_no_number(given):
    """It came out of a list or a page: whoever enters it has not got the number."""
    for asked in (PHONE, NUMBER, ACCOUNT):
        with pytest.raises(AnswerMasked, match="遮盖过的号码，请填写完整的号码"):
            read_answer(asked, given)


@pytest.mark.parametrize(
    ("asked", "value", "words"),
    [
        (PHONE, "13800001234", "138****1234"),
        (NUMBER, IDENTITY, f"{IDENTITY[:6]}********{IDENTITY[-4:]}"),
        (ACCOUNT, "6222020000000000000", "**** 0000"),
        (PHONE, {"masked": "139****4321", "cipher": "x"}, "139****4321"),
        (PHONE, None, ""),
    ],
)
def test_what_is_shown_is_masked_sealed_or_not(asked, value, words):
    """An answer of before there were seals does not lie open either."""
    assert shown(asked, value) == words


def test_a_number_that_comes_back_masked_stays_what_it_was():
    """Whether it is sealed already or not; another number, and any other field, is read."""
    held = {"masked": "138****1234", "cipher": "x"}
    assert unchanged(PHONE, "138****1234", held) == Kept(held) and read_answer(PHONE, Kept(held)) is held
    assert unchanged(PHONE, " 138****1234 ", "13800001234") == "13800001234"
    assert unchanged(PHONE, "13900004321", held) == "13900004321"
    assert unchanged(PHONE, "138****1234", None) == "138****1234"
    assert unchanged(NAME, "张三", "张三") == "张三"


def test_a_field_waits_for_the_answer_to_another():
    """Needed only there, and refused elsewhere, so that a telephone is never written into plain words."""
    asked = (ITEM, NAME, RIGHT)
    values, refused = read_answers(asked, {"item": "联系电话", "right": "13800001234"})
    assert (values, refused) == ({"item": "联系电话", "right": "13800001234"}, [])
    _, refused = read_answers(asked, {"item": "联系电话"})
    assert [(type(item), item.facts["name"]) for item in refused] == [(AnswerMissing, "right")]
    _, refused = read_answers(asked, {"item": "联系电话", "name": "改电话", "right": "13800001234"})
    assert [type(item) for item in refused] == [AnswerNotAsked]
    assert "“正确的内容”只在“要更正的信息”为“姓名”时填写" in str(refused[0])
    _, refused = read_answers(asked, {"item": "联系电话", "right": "1380"})
    assert [type(item) for item in refused] == [AnswerNumberUnfit]


def test_free_words_are_read_without_the_numbers_of_persons():
    """Unless they are declared to hold other numbers, or whoever carries a form out reads them again."""
    words, desk = Asked("words", "说明", AskedKind.LONG), Asked("desk", "值班电话", AskedKind.TEXT, open_numbers=True)
    assert read_answer(words, "打13800001234找他") == "打138****1234找他"
    assert read_answer(desk, "0730-8800123") == "0730-8800123"
    assert read_answer(words, "13800001234", is_covered=False) == "13800001234"


def declared(*fields: dict) -> list[str]:
    """What is noted of the fields of a declaration."""
    problems = Problems()
    read_asked(Fields({"fields": list(fields)}, "样例.yaml", "", problems))
    return [problem.sentence for problem in problems.found]


def test_a_declaration_says_which_number_and_waits_only_for_a_choice_before_it():
    choice = {"id": "item", "label": "项", "kind": "choice", "choices": ["甲", "乙"]}
    secret = {"id": "phone", "label": "电话", "kind": "secret", "number": "phone"}
    assert declared(choice, {**secret, "when": {"item": ["甲"]}}) == []
    nameless = {name: word for name, word in secret.items() if name != "number"}
    assert any("缺少“number”" in said for said in declared(nameless))
    assert any("不在规定的词内" in said for said in declared({**secret, "number": "passport"}))
    assert any("没有可选“丙”" in said for said in declared(choice, {**secret, "when": {"item": ["丙"]}}))
    assert any("没有可选“甲”" in said for said in declared({**secret, "when": {"item": ["甲"]}}, choice))
    assert any("不用写 open_numbers" in said for said in declared({**secret, "open_numbers": True}))
