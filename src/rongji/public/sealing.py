"""Sealing what people send: HPKE (RFC 9180) to the inside's public key, so that whoever holds the window reads nothing.

A sealed part is `RJ1`, the fingerprint of the key, and the HPKE message. The label (number and position) is part of
what is authenticated: a part that is moved to another form does not open.
"""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from rongji.public.refusals import SealUnreadable

_MARK = b"RJ1"
_FINGERPRINT_BYTES = 8
_HEAD = len(_MARK) + _FINGERPRINT_BYTES
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half of a key pair that may lie outside: 32 bytes, known by the start of their digest."""

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits."""
        return hashlib.sha256(self.raw).digest()[:_FINGERPRINT_BYTES].hex()


def new_pair() -> tuple[PublicKey, bytes]:
    """A key pair: the public half, and the raw private half, which must never leave the inside."""
    private = X25519PrivateKey.generate()
    return PublicKey(private.public_key().public_bytes_raw()), private.private_bytes_raw()


def seal(data: bytes, key: PublicKey, label: str) -> bytes:
    """The sealed part."""
    sealed = _SUITE.encrypt(data, X25519PublicKey.from_public_bytes(key.raw), info=label.encode())
    return _MARK + bytes.fromhex(key.fingerprint) + sealed


def fingerprint_of(sealed: bytes) -> str:
    """With which key a part was sealed. Raises: SealUnreadable."""
    if len(sealed) <= _HEAD or not sealed.startswith(_MARK):
        raise SealUnreadable(why="不是密封件，可能被改动过")
    return sealed[len(_MARK) : _HEAD].hex()


def open_sealed(sealed: bytes, private: bytes, label: str) -> bytes:
    """What was sealed. Raises: SealUnreadable when it was altered, moved, or sealed with another key."""
    fingerprint_of(sealed)
    try:
        return _SUITE.decrypt(sealed[_HEAD:], X25519PrivateKey.from_private_bytes(private), info=label.encode())
    except (InvalidTag, ValueError):
        raise SealUnreadable(why="密文与密钥不符，可能被改动过") from None


def label_of(number: str, position: int) -> str:
    """To which form and place a part belongs."""
    return f"{number}#{position}"
