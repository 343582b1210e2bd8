"""What is sealed outside opens inside, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.public.refusals import SealUnreadable
from rongji.public.sealing import fingerprint_of, label_of, new_pair, open_sealed, seal

KEY, PRIVATE = new_pair()


@settings(max_examples=50)
@given(st.binary(max_size=2000))
def test_what_is_sealed_opens_with_the_private_half(data):
    sealed = seal(data, KEY, label_of("W20260105-7K4Q2", 0))
    assert open_sealed(sealed, PRIVATE, label_of("W20260105-7K4Q2", 0)) == data
    assert fingerprint_of(sealed) == KEY.fingerprint


def test_the_same_content_is_never_sealed_alike():
    assert seal(b"a", KEY, "l") != seal(b"a", KEY, "l")


def test_another_key_does_not_open_it():
    with pytest.raises(SealUnreadable, match="密文与密钥不符"):
        open_sealed(seal(b"a", KEY, "l"), new_pair()[1], "l")


def test_a_part_moved_to_another_form_or_place_does_not_open():
    sealed = seal(b"a", KEY, label_of("W20260105-7K4Q2", 1))
    for label in (label_of("W20260105-7K4Q3", 1), label_of("W20260105-7K4Q2", 2)):
        with pytest.raises(SealUnreadable):
            open_sealed(sealed, PRIVATE, label)


@settings(max_examples=60)
@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=255))
def test_one_altered_byte_is_noticed(place, change):
    sealed = bytearray(seal(b"what somebody wrote", KEY, "l"))
    sealed[place % len(sealed)] ^= change
    if bytes(sealed[:3]) == b"RJ1" and place % len(sealed) in range(3, 11):
        assert fingerprint_of(bytes(sealed)) != KEY.fingerprint  # a key that nobody has
        return
    with pytest.raises(SealUnreadable):
        open_sealed(bytes(sealed), PRIVATE, "l")


@pytest.mark.parametrize("rubbish", [b"", b"RJ1", b"RJ1" + b"x" * 8, b"not sealed at all, but long enough"])
def test_rubbish_is_no_sealed_part(rubbish):
    with pytest.raises(SealUnreadable, match="不是密封件"):
        open_sealed(rubbish, PRIVATE, "l")
