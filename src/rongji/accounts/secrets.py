"""Numbers that must not lie open: encrypted where they are stored, found by keyed digests, masked where they are shown.

A token is `algorithm.key.payload`: which cipher, the number of the key, and Base64 of nonce, ciphertext and tag. Both
words and the purpose are authenticated, so that a token moved to another column does not open. The keys are options
of the site and never lie in the database.
"""

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from rongji.accounts.refusals import SecretUnreadable
from rongji.kernel.personal_numbers import mask_account, mask_identity_number, mask_numbers_in, mask_phone

__all__ = [
    "Purpose",
    "blind_index",
    "decrypt",
    "encrypt",
    "is_current",
    "mask_account",
    "mask_identity_number",
    "mask_numbers_in",
    "mask_phone",
]

_NONCE_BYTES = 12
_TAG_BYTES = 16
_KEY_BYTES = {"aes-256-gcm": 32, "sm4-gcm": 16}
_WORDS = {"aes-256-gcm": "aes", "sm4-gcm": "sm4"}
_CIPHERS = {word: cipher for cipher, word in _WORDS.items()}


class Purpose(StrEnum):
    """What a number is; digests and tokens of one purpose say nothing about another."""

    ID_NUMBER = "id_number"
    ID_TAIL = "id_tail"
    PHONE = "phone"
    PHONE_TAIL = "phone_tail"
    ACCOUNT = "account"
    BANK_FILE = "bank_file"
    INTAKE_KEY = "intake_key"
    INTAKE = "intake"


def encrypt(text: str, purpose: Purpose) -> str:
    """The token of a number, under the first key and the chosen cipher; empty text stays empty."""
    if not text:
        return ""
    site = _site()
    (name, secret), word = site.keys[0], site.word
    sealed = _seal(word, secret, text.encode(), _label(word, name, purpose))
    return f"{word}.{name}.{base64.b64encode(sealed).decode()}"


def decrypt(token: str, purpose: Purpose) -> str:
    """The number behind a token.

    Raises: SecretUnreadable when its key is not among the options, or the token was altered or moved.
    """
    if not token:
        return ""
    word, _, rest = token.partition(".")
    name, _, payload = rest.partition(".")
    secret = dict(_site().keys).get(name)
    if secret is None or word not in _CIPHERS:
        raise SecretUnreadable(why=f"设置里没有编号为“{name}”的密钥，请把旧密钥补入 RONGJI_DATA_KEYS")
    try:
        sealed = base64.b64decode(payload, validate=True)
        if base64.b64encode(sealed).decode() != payload:  # the last letter may carry bits that nobody reads
            raise InvalidTag
        return _open(word, secret, sealed, _label(word, name, purpose)).decode()
    except (InvalidTag, binascii.Error, ValueError):
        raise SecretUnreadable(why="密文与密钥不符或被改动过，请核对密钥，必要时从备份恢复") from None


def is_current(token: str) -> bool:
    """Whether a token lies under the first key and the chosen cipher; what does not is due to be encrypted anew."""
    return not token or token.startswith(f"{_site().word}.{_site().keys[0][0]}.")


def blind_index(text: str, purpose: Purpose) -> str:
    """A keyed digest by which equal numbers of one purpose are found; empty text stays empty."""
    if not text:
        return ""
    digest = _site().index.copy()
    digest.update(f"{purpose}\x00{text}".encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Site:
    """What the options of a site say, made ready once: a roster asks for it a million times.

    keys: number and secret of every key, the one for writing first; word: of the chosen cipher; index: the keyed digest
    before any text.
    """

    options: Any
    keys: tuple[tuple[str, str], ...]
    word: str
    index: hmac.HMAC


_ready: list[_Site] = []


def _site() -> _Site:
    """The site, made ready again when other options have been put in place."""
    options = settings.RONGJI
    if not _ready or _ready[0].options is not options:
        parts = (key.get_secret_value().partition(":") for key in options.data_keys)
        keys = tuple((name, secret) for name, _, secret in parts)
        index = hmac.new(options.index_key.get_secret_value().encode(), digestmod=hashlib.sha256)
        _ready[:] = [_Site(options, keys, _WORDS[options.data_cipher], index)]
    return _ready[0]


def _label(word: str, name: str, purpose: Purpose) -> bytes:
    return f"{word}.{name}.{purpose}".encode()


@lru_cache(maxsize=64)
def _derived(secret: str, word: str) -> bytes:
    """The cipher's own key out of the site's long text, so that no two ciphers share one."""
    size = _KEY_BYTES[_CIPHERS[word]]
    return HKDF(algorithm=hashes.SHA256(), length=size, salt=None, info=f"rongji {word}".encode()).derive(
        secret.encode()
    )


def _seal(word: str, secret: str, data: bytes, label: bytes) -> bytes:
    nonce, key = os.urandom(_NONCE_BYTES), _derived(secret, word)
    if word == "aes":
        return nonce + AESGCM(key).encrypt(nonce, data, label)
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(label)
    return nonce + encryptor.update(data) + encryptor.finalize() + encryptor.tag


def _open(word: str, secret: str, sealed: bytes, label: bytes) -> bytes:
    nonce, body, key = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _derived(secret, word)
    if len(body) < _TAG_BYTES:
        raise InvalidTag
    if word == "aes":
        return AESGCM(key).decrypt(nonce, body, label)
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, body[-_TAG_BYTES:])).decryptor()
    decryptor.authenticate_additional_data(label)
    return decryptor.update(body[:-_TAG_BYTES]) + decryptor.finalize()
