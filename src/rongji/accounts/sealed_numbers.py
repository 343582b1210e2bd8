"""Personal numbers among the answers of cases and registers: what is stored of them, opened, and encrypted anew.

A stored number is a mapping beside the plain answers: which number it is, its cipher, the keyed index by which equal
ones are found, and what may be shown of it. The digits themselves stand nowhere.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from rongji.accounts.secrets import Purpose, blind_index, decrypt, encrypt
from rongji.law.asked import Asked, AskedKind, SecretKind
from rongji.rules.answers import MASKED, masked, shown

NUMBER, CIPHER, INDEX = "number", "cipher", "index"
_PURPOSES = {
    SecretKind.ID_NUMBER: Purpose.ID_NUMBER,
    SecretKind.PHONE: Purpose.PHONE,
    SecretKind.ACCOUNT: Purpose.ACCOUNT,
}


def sealed(asked: Iterable[Asked], values: Mapping[str, Any], held: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Answers as they are stored. held: what stands already; an equal number keeps the seal that it has there."""
    found, kept = dict(values), held or {}
    for item in asked:
        value = found.get(item.id)
        if item.kind is AskedKind.SECRET and isinstance(value, str):
            fresh = _seal(item, value)
            there = kept.get(item.id)
            found[item.id] = there if is_sealed(there) and there[INDEX] == fresh[INDEX] else fresh
    return found


def is_sealed(value: Any) -> bool:
    """Whether a stored answer is a sealed number."""
    return isinstance(value, Mapping) and CIPHER in value


def opened(value: Any) -> str:
    """The digits of a stored number; one that was stored before there were seals, as it stands.

    Raises: SecretUnreadable.
    """
    if not is_sealed(value):
        return "" if value is None else str(value)
    return decrypt(value[CIPHER], _PURPOSES[SecretKind(value[NUMBER])])


def told(asked: Iterable[Asked], values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers as they leave the room: of a number only its masked form."""
    secrets = {item.id: item for item in asked if item.kind is AskedKind.SECRET}
    return {
        name: shown(secrets[name], value) if name in secrets else value[MASKED] if is_sealed(value) else value
        for name, value in values.items()
    }


def comparable(value: Any) -> Any:
    """What of a stored answer equals that of another with the same meaning: of a number its keyed index."""
    return value[INDEX] if is_sealed(value) else value


def sealed_anew(values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers with every number under the first data key, the chosen cipher and the present index key.

    Raises: SecretUnreadable.
    """
    return {name: {**value, **_tokens(value)} if is_sealed(value) else value for name, value in values.items()}


def _tokens(value: Mapping[str, Any]) -> dict[str, str]:
    purpose, number = _PURPOSES[SecretKind(value[NUMBER])], opened(value)
    return {CIPHER: encrypt(number, purpose), INDEX: blind_index(number, purpose)}


def _seal(asked: Asked, number: str) -> dict[str, str]:
    kind = asked.number or SecretKind.ACCOUNT
    purpose = _PURPOSES[kind]
    return {
        NUMBER: kind.value,
        CIPHER: encrypt(number, purpose),
        INDEX: blind_index(number, purpose),
        MASKED: masked(asked, number),
    }
