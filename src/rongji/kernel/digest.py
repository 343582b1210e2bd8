"""Canonical digests: the same content gives the same SHA-256 everywhere."""

import hashlib
import json
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


def canonical_json(content: Any) -> str:
    """Sorted keys, no spaces, Decimals as plain strings; floats are a bug and raise."""
    _refuse_floats(content)
    return json.dumps(content, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(content: Any) -> str:
    """SHA-256 of the canonical JSON of `content`, in hex."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def file_digest(data: bytes) -> str:
    """SHA-256 of raw bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def _refuse_floats(content: Any) -> None:
    if isinstance(content, float):
        raise TypeError("a float has no canonical form here; use Decimal or a string")
    if isinstance(content, dict):
        for value in content.values():
            _refuse_floats(value)
    elif isinstance(content, list | tuple):
        for value in content:
            _refuse_floats(value)
