"""Numbers at rest: encrypted and authenticated by either cipher, found by keyed digests, masked on screens."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from pydantic import SecretStr

from rongji.accounts.refusals import SecretUnreadable
from rongji.accounts.secrets import (
    Purpose,
    blind_index,
    decrypt,
    encrypt,
    is_current,
    mask_account,
    mask_identity_number,
    mask_numbers_in,
    mask_phone,
)
from rongji.config.options import DataCipher

NUMBER = "11010519491231002X"
CIPHERS = list(DataCipher)
FIRST, SECOND = "k1:" + "first-secret-of-the-site" * 2, "k2:" + "second-secret-of-the-site" * 2


@pytest.fixture
def keys(options):
    """`keys(FIRST, cipher=…)`: the keys among the options."""

    def put(*written, cipher=DataCipher.AES_256_GCM, **more):
        return options(data_keys=tuple(SecretStr(key) for key in written), data_cipher=cipher, **more)

    return put


@pytest.mark.parametrize("cipher", CIPHERS)
def test_what_is_encrypted_is_read_back_and_says_under_which_key(keys, cipher):
    """The token names cipher and key, never the number."""
    keys(FIRST, cipher=cipher)
    token = encrypt(NUMBER, Purpose.ID_NUMBER)
    assert decrypt(token, Purpose.ID_NUMBER) == NUMBER
    assert token.split(".")[:2] == [{"aes-256-gcm": "aes", "sm4-gcm": "sm4"}[cipher], "k1"]
    assert NUMBER not in token


@pytest.mark.parametrize("cipher", CIPHERS)
def test_the_same_number_never_gives_the_same_token(keys, cipher):
    """So that equal numbers do not show."""
    keys(FIRST, cipher=cipher)
    assert len({encrypt(NUMBER, Purpose.ID_NUMBER) for _ in range(50)}) == 50


@pytest.mark.parametrize("cipher", CIPHERS)
def test_every_altered_character_is_noticed(keys, cipher):
    """Cipher word, key number, nonce, ciphertext or tag."""
    keys(FIRST, cipher=cipher)
    token = encrypt(NUMBER, Purpose.ID_NUMBER)
    for place in range(len(token)):
        altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(SecretUnreadable):
            assert decrypt(altered, Purpose.ID_NUMBER) == NUMBER, f"place {place} was not noticed"


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_token_moved_to_another_column_does_not_open(keys, cipher):
    """The purpose is authenticated, too."""
    keys(FIRST, cipher=cipher)
    with pytest.raises(SecretUnreadable, match="不符"):
        decrypt(encrypt(NUMBER, Purpose.ID_NUMBER), Purpose.ACCOUNT)


@pytest.mark.parametrize("cipher", CIPHERS)
def test_another_secret_of_the_same_number_does_not_open_it(keys, cipher):
    """And the sentence says what to look at."""
    keys(FIRST, cipher=cipher)
    token = encrypt(NUMBER, Purpose.ID_NUMBER)
    keys("k1:" + "somebody-elses-secret" * 3, cipher=cipher)
    with pytest.raises(SecretUnreadable, match="请核对密钥"):
        decrypt(token, Purpose.ID_NUMBER)


def test_keys_are_changed_without_losing_what_was_written(keys):
    """The first key writes, every one reads; without the old one its number is named."""
    keys(FIRST)
    old = encrypt(NUMBER, Purpose.ID_NUMBER)
    keys(SECOND, FIRST)
    new = encrypt(NUMBER, Purpose.ID_NUMBER)
    assert [decrypt(token, Purpose.ID_NUMBER) for token in (old, new)] == [NUMBER, NUMBER]
    assert (is_current(old), is_current(new)) == (False, True)
    keys(SECOND)
    with pytest.raises(SecretUnreadable, match="编号为“k1”的密钥"):
        decrypt(old, Purpose.ID_NUMBER)


def test_the_cipher_is_changed_without_losing_what_was_written(keys):
    """What AES wrote is read while SM4 writes."""
    keys(FIRST)
    old = encrypt(NUMBER, Purpose.ID_NUMBER)
    keys(FIRST, cipher=DataCipher.SM4_GCM)
    assert decrypt(old, Purpose.ID_NUMBER) == NUMBER
    assert not is_current(old)


@pytest.mark.parametrize("broken", ["nonsense", "aes.k1.", "aes.k1.AAAA", "aes.k1.%%%", "des.k1.AAAA"])
def test_what_is_no_token_is_refused(keys, broken):
    """Never a traceback."""
    keys(FIRST)
    with pytest.raises(SecretUnreadable):
        decrypt(broken, Purpose.ID_NUMBER)


def test_nothing_stays_nothing(keys):
    """A person without telephone has neither token nor index."""
    keys(FIRST)
    assert (encrypt("", Purpose.PHONE), decrypt("", Purpose.PHONE), blind_index("", Purpose.PHONE)) == ("", "", "")


def test_an_index_tells_equal_numbers_of_one_purpose_and_nothing_else(keys):
    """Another purpose or another key gives another digest; the number is not in it."""
    keys(FIRST, index_key=SecretStr("index-key-one"))
    one = blind_index("1234", Purpose.ID_TAIL)
    assert one == blind_index("1234", Purpose.ID_TAIL) != blind_index("1234", Purpose.PHONE_TAIL)
    keys(FIRST, index_key=SecretStr("index-key-two"))
    assert one != blind_index("1234", Purpose.ID_TAIL)


@given(st.text(min_size=1, max_size=40), st.sampled_from(list(Purpose)), st.sampled_from(CIPHERS))
@property_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_text_is_read_back(keys, text, purpose, cipher):
    """Whatever was typed."""
    keys(FIRST, cipher=cipher)
    assert decrypt(encrypt(text, purpose), purpose) == text


MASKS = [
    (mask_identity_number, "430621195206151234", "430621********1234"),
    (mask_identity_number, "430621520615123", "430621*****5123"),
    (mask_identity_number, "12345", "*****"),
    (mask_identity_number, "", ""),
    (mask_phone, "13800001234", "138****1234"),
    (mask_phone, "7312345", "*******"),
    (mask_account, "0018", "**** 0018"),
    (mask_account, "", ""),
]


@pytest.mark.parametrize(("mask", "number", "shown"), MASKS)
def test_masks(mask, number, shown):
    """A short number shows nothing at all."""
    assert mask(number) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("由其子430621198501011234代领", "由其子430621********1234代领"),
        ("卡6222020000000000017，电话13800138000", "卡622202*********0017，电话138****8000"),
        ("旧证430621850101123，43062119850101123x", "旧证430621*****1123，430621********123x"),
        ("电话１３８００１３８０００", "电话１３８****８０００"),
        ("f123456789012345678a", "f123456789012345678a"),
        ("湘退役〔2020〕12号，20200301，湘军123456789", "湘退役〔2020〕12号，20200301，湘军123456789"),
    ],
)
def test_numbers_of_persons_in_free_words_are_masked(text, shown):
    """Identity cards, accounts and telephones; days and numbers of documents stay."""
    assert mask_numbers_in(text) == shown
