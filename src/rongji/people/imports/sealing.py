"""Rows that wait on disk between judging and writing: their numbers are already encrypted, one batch is in memory."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Any

from rongji.accounts.secrets import Purpose, blind_index, encrypt
from rongji.kernel.identity_number import TAIL
from rongji.people.imports.rows import RosterRow
from rongji.people.imports.within import person_key

BATCH = 1000


@dataclass(slots=True)
class SealedRow:
    """A judged row whose numbers are ciphertext and keyed digests.

    key: digest of what tells the person from others within the file. tails: last digits, for lists of changes.
    """

    row: RosterRow
    key: str
    id_cipher: str = ""
    id_index: str = ""
    id_tail_index: str = ""
    phone_cipher: str = ""
    phone_index: str = ""
    phone_tail_index: str = ""
    account_cipher: str = ""
    account_index: str = ""
    tails: dict[str, str] = field(default_factory=dict)


def sealed(row: RosterRow) -> SealedRow:
    """The row with its numbers encrypted; the row itself no longer holds them."""
    number, phone, account = row.id_number, row.phone, row.account
    found = SealedRow(
        row,
        blind_index(person_key(row), Purpose.ID_NUMBER),
        id_cipher=encrypt(number, Purpose.ID_NUMBER),
        id_index=blind_index(number, Purpose.ID_NUMBER),
        id_tail_index=blind_index(number[-TAIL:], Purpose.ID_TAIL),
        phone_cipher=encrypt(phone, Purpose.PHONE),
        phone_index=blind_index(phone, Purpose.PHONE),
        phone_tail_index=blind_index(phone[-TAIL:], Purpose.PHONE_TAIL),
        account_cipher=encrypt(account, Purpose.ACCOUNT),
        account_index=blind_index(account, Purpose.ACCOUNT),
        tails={"id": number[-TAIL:], "phone": phone[-TAIL:], "account": account[-TAIL:]},
    )
    row.id_number = row.phone = row.account = ""
    return found


class Spool:
    """Sealed rows in a nameless file, taken back in batches in which nobody comes twice."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115  closed with the spool
        self._batch: list[SealedRow] = []
        self._keys: set[str] = set()
        self.count = 0

    def add(self, row: SealedRow) -> None:
        """One more row, behind the others."""
        if len(self._batch) == BATCH or row.key in self._keys:
            self._write()
        self._batch.append(row)
        self._keys.add(row.key)
        self.count += 1

    def _write(self) -> None:
        pickle.dump(self._batch, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._batch, self._keys = [], set()

    def batches(self) -> Iterator[list[SealedRow]]:
        """Every row, in the order in which they came."""
        if self._batch:
            self._write()
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)
            except EOFError:
                return

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: Any) -> None:
        self._file.close()
