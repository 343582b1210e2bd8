"""Personal numbers among answers: sealed once, opened, compared by an index, made anew when keys change."""

import json

import pytest
from pydantic import SecretStr

from rongji.accounts.refusals import SecretUnreadable
from rongji.accounts.sealed_numbers import comparable, is_sealed, opened, sealed, sealed_anew, told
from rongji.config.options import DataCipher
from rongji.law.asked import Asked, AskedKind, SecretKind

PHONE = Asked("phone", "电话", AskedKind.SECRET, number=SecretKind.PHONE)
CARD = Asked("card", "卡号", AskedKind.SECRET, number=SecretKind.ACCOUNT)
NAME = Asked("name", "姓名", AskedKind.TEXT)
ASKED = (NAME, PHONE, CARD)
VALUES = {"name": "张三", "phone": "13800001234", "card": "6222020000000000000"}


@pytest.mark.parametrize("cipher", list(DataCipher))
def test_what_is_stored_holds_no_digits_but_those_that_are_shown(options, cipher):
    """Under either cipher."""
    options(data_cipher=cipher)
    kept = sealed(ASKED, VALUES)
    text = json.dumps(kept, ensure_ascii=False)
    assert kept["name"] == "张三" and "13800001234" not in text and "6222020000000000000" not in text
    assert told(ASKED, kept) == {"name": "张三", "phone": "138****1234", "card": "**** 0000"}
    assert {name: opened(value) for name, value in kept.items()} == VALUES


def test_an_equal_number_keeps_the_seal_that_it_has(options):
    """So that a change which changes nothing is seen to change nothing."""
    options()
    kept = sealed(ASKED, VALUES)
    assert sealed(ASKED, VALUES, kept) == kept and sealed(ASKED, kept) == kept
    other = sealed(ASKED, {**VALUES, "phone": "13900004321"}, kept)
    assert other["card"] == kept["card"] and other["phone"] != kept["phone"]
    assert comparable(sealed(ASKED, VALUES)["phone"]) == comparable(kept["phone"]) != comparable(other["phone"])


def test_a_number_of_one_kind_says_nothing_about_one_of_another(options):
    """The same digits as a telephone and as an account have different indexes, and neither opens as the other."""
    options()
    kept = sealed((PHONE, CARD), {"phone": "13800001234", "card": "13800001234"})
    assert kept["phone"]["index"] != kept["card"]["index"]
    with pytest.raises(SecretUnreadable):
        opened({**kept["card"], "cipher": kept["phone"]["cipher"]})


def test_new_keys_take_over_number_and_index(options):
    """After it the old data key may go; what is no number stays as it is."""
    first = options().data_keys
    kept = sealed(ASKED, VALUES)
    fresh = SecretStr("k7:" + "a-long-secret-of-this-test-00000001")
    options(data_keys=(fresh, *first), index_key=SecretStr("another-index-key-of-this-test-0001"))
    anew = sealed_anew(kept)
    assert ".k7." in anew["phone"]["cipher"] and anew["phone"]["index"] != kept["phone"]["index"]
    options(data_keys=(fresh,))
    assert opened(anew["phone"]) == "13800001234" and anew["name"] == "张三" and is_sealed(anew["card"])


def test_a_plain_answer_of_before_is_told_masked(options):
    options()
    assert told(ASKED, VALUES) == {"name": "张三", "phone": "138****1234", "card": "**** 0000"}
    assert opened("13800001234") == "13800001234" and not is_sealed("13800001234")
