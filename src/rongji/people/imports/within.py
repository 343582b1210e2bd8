"""The same person, number or account twice within one file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rongji.people.imports.problems import CellTrouble, Level
from rongji.people.imports.rows import RosterRow

Place = tuple[str, int]


@dataclass
class Within:
    """What earlier rows have told. persons: key of a person → name and place; told: person and category → runs."""

    persons: dict[str, tuple[str, Place]] = field(default_factory=dict)
    told: dict[tuple[str, str], list[tuple[RosterRow, Place]]] = field(default_factory=dict)
    numbers: dict[str, tuple[str, Place]] = field(default_factory=dict)
    accounts: dict[str, tuple[str, Place]] = field(default_factory=dict)

    def troubles(self, row: RosterRow) -> Iterator[tuple[str, CellTrouble]]:
        """What is wrong with a row beside those before it, by column; the row is remembered."""
        key, place = person_key(row), (row.sheet, row.row)
        if not key:
            return
        column = "id_number" if row.id_number else "name"
        name, first = self.persons.setdefault(key, (row.name, place))
        again = self._again(row, key, place)
        if name != row.name and row.name:
            yield "name", CellTrouble(f"与{_at(first)}身份证号相同，姓名却是“{name}”", "请核对姓名和身份证号")
        elif again is not None:
            yield column, CellTrouble(f"与{_at(again)}是同一个人、同一类别", "请只保留一行")
        yield from self._number(row, key, place)
        yield from self._account(row, key, place)

    def _again(self, row: RosterRow, key: str, place: Place) -> Place | None:
        """Where the same person and category stood before; two runs of months that share none are two rows."""
        runs = self.told.get((key, row.category))
        if runs is None:
            self.told[key, row.category] = [(row, place)]
            return None
        for other, at in runs:
            if not (_ends_before(other, row) or _ends_before(row, other)):
                return at
        runs.append((row, place))
        return None

    def _number(self, row: RosterRow, key: str, place: Place) -> Iterator[tuple[str, CellTrouble]]:
        if row.number:
            other, first = self.numbers.setdefault(row.number, (key, place))
            if other != key:
                yield "number", CellTrouble(f"档案号与{_at(first)}相同，却是两个人", "一人一个档案号，请改正其中一个")

    def _account(self, row: RosterRow, key: str, place: Place) -> Iterator[tuple[str, CellTrouble]]:
        if not row.account:
            return
        other, first = self.accounts.setdefault(row.account, (key, place))
        if other != key:
            level = Level.WARNING if row.remark else Level.ERROR
            remedy = "请核对账号；确由家属或监护人代领的，在备注中写明依据"
            yield "account_number", CellTrouble(f"账号与{_at(first)}相同，却是两个人", remedy, level)


def person_key(row: RosterRow) -> str:
    """What tells a person from others within a file: ID number, else file number, else name, birth and village."""
    if row.id_number:
        return row.id_number
    if row.number:
        return f"#{row.number}"
    return f"{row.name}|{row.born_on}|{row.village}" if row.name and row.born_on else ""


def _ends_before(one: RosterRow, other: RosterRow) -> bool:
    start = other.approved_on or (other.benefit_from.first_day if other.benefit_from else None)
    return bool(one.ended_on and start and one.ended_on < start)


def _at(place: Place) -> str:
    return f"“{place[0]}”第 {place[1]} 行"
