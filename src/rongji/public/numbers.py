"""Numbers of forms and their query codes: short enough to be copied by hand, too many to be guessed."""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import date

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
_SERIAL_PLACES, _CODE_PLACES, _GROUP = 5, 12, 4


def new_number(day: date) -> str:
    """W20261121-7K4Q2: the day and a random serial, which tells nobody how many there were."""
    return f"W{day:%Y%m%d}-{''.join(secrets.choice(LETTERS) for _ in range(_SERIAL_PLACES))}"


def code_of(content: str, secret: str) -> str:
    """The query code of a form: K7QF-92MT-XH4C. It follows from what is written in it, which only its sender knows.

    The same form sent again gives the same code, so that an answer lost on the way is not lost for good. The digests
    that are stored do not lead to it.
    """
    left, places = int.from_bytes(_keyed("code", content, secret), "big"), []
    for _ in range(_CODE_PLACES):
        left, place = divmod(left, len(LETTERS))
        places.append(LETTERS[place])
    return "-".join("".join(places[start : start + _GROUP]) for start in range(0, _CODE_PLACES, _GROUP))


def read_number(text: str) -> str:
    """A number as it was typed: full-width letters, small letters, spaces and dashes do no harm."""
    plain = _plain(text).removeprefix("W")
    return f"W{plain[:8]}-{plain[8:]}"


def hash_of_code(number: str, code: str) -> str:
    """What is stored of a query code: its digest together with the number."""
    return hashlib.sha256(f"{number} {_plain(code)}".encode()).hexdigest()


def hash_of_token(token: str) -> str:
    """What is stored of a form's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_digest(purpose: str, text: str, secret: str) -> str:
    """A digest that nobody without the window's key can look up: of addresses, numbers and contents."""
    return _keyed(purpose, text, secret).hex()


def _keyed(purpose: str, text: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), f"{purpose}\x00{text}".encode(), hashlib.sha256).digest()


def _plain(text: str) -> str:
    kept = unicodedata.normalize("NFKC", text[:80]).upper()
    return "".join(letter for letter in kept if letter.isascii() and letter.isalnum())
