"""Bank files as they were sent and received, kept under their digest and encrypted: they are full of account numbers.

A file appears whole or not at all, before the transaction that tells of it commits: a command that dies in between
leaves a file that nobody speaks of, never a row whose file is missing.
"""

import base64
import binascii
import contextlib
import os
from pathlib import Path

from django.conf import settings

from rongji.accounts.secrets import Purpose, decrypt, encrypt
from rongji.kernel.digest import file_digest
from rongji.payments.bank.refusals import BankFileGone


def keep(content: bytes) -> str:
    """Keep a file and return its digest; the same content is kept once.

    Raises: OSError when the disk is full or closed; nothing half-written is left behind.
    """
    digest = file_digest(content)
    place = _place(digest)
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, encrypt(base64.b64encode(content).decode(), Purpose.BANK_FILE).encode())
    return digest


def kept(digest: str, name: str) -> bytes:
    """The file of that digest, its content checked again.

    Raises: BankFileGone, SecretUnreadable.
    """
    try:
        token = _place(digest).read_text(encoding="ascii")
        content = base64.b64decode(decrypt(token, Purpose.BANK_FILE), validate=True)
    except (OSError, UnicodeDecodeError, binascii.Error):
        raise BankFileGone(file=name, why="已不在数据目录中，或读不出来") from None
    if file_digest(content) != digest:
        raise BankFileGone(file=name, why="与登记的摘要不符，可能被改动过")
    return content


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, readable by its owner alone.

    The piece under work has a name of its own, always the same: what a killed process left is written over next time.
    Raises: OSError; then nothing is left behind.
    """
    part = path.parent / f".{path.name}.part"
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _place(digest: str) -> Path:
    folder: Path = settings.RONGJI.home
    return folder / "bank" / digest[:2] / digest
