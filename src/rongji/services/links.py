"""What an answer means that names a person, an organisation or another record; many at once are looked up together."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rongji.accounts.types import Actor
from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import register
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors import briefs, persons_by_file_number, persons_by_id_number, persons_by_name
from rongji.people.types import PersonBrief
from rongji.services.models import Record
from rongji.services.places import Places
from rongji.services.refusals import (
    LinkPersonAmbiguous,
    LinkPersonUnknown,
    LinkRecordAmbiguous,
    LinkRecordUnknown,
    LinkStationUnknown,
)
from rongji.services.titles import titles_of

_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_ROW = re.compile(r"#(\d{1,18})(?:\s.*)?", re.DOTALL)
_WIDE = str.maketrans("(),:;!?", "（），：；！？")
AT_ONCE = 400
_FEW = 4


class Links:
    """The register of people, the organisations and the other records, as far as a set of rows names them."""

    def __init__(self, actor: Actor, places: Places) -> None:
        self.actor = actor
        self.places = places
        self._by_number: dict[str, PersonBrief] = {}
        self._by_identity: dict[str, PersonBrief] = {}
        self._by_name: dict[str, list[PersonBrief]] = {}
        self.persons: dict[int, PersonBrief] = {}
        self._asked_persons: set[str] = set()
        self._titles: dict[int, str] = {}
        self._records: dict[tuple[str, str], list[tuple[int, str]]] = {}

    def prepare(self, fields: Sequence[Asked], rows: Iterable[Mapping[str, Any]]) -> None:
        """Look up everything that these rows name, in few queries."""
        wanted = [item for item in fields if item.kind in (AskedKind.PERSON, AskedKind.RECORD)]
        if not wanted:
            return
        persons: set[str] = set()
        records: dict[str, set[str]] = {}
        for row in rows:
            for item in wanted:
                given = row.get(item.id)
                if item.kind is AskedKind.PERSON:
                    persons.add(plain(given))
                else:
                    records.setdefault(item.of, set()).add(typed(given))
        persons.discard("")
        self._load_persons(persons - self._asked_persons)
        for of, texts in records.items():
            self._load_records(of, {text for text in texts if text and (of, text) not in self._records})

    def find(self, asked: Asked, given: Any) -> Any:
        """What is stored of an answer that names something.

        Raises: LinkPersonUnknown, LinkPersonAmbiguous, LinkStationUnknown, LinkRecordUnknown, LinkRecordAmbiguous.
        """
        if asked.kind is AskedKind.RECORD:
            return self._record(asked, typed(given))
        text = plain(given)
        if asked.kind is AskedKind.STATION:
            return self._station(asked, text)
        self._load_persons({text} - self._asked_persons)
        return self._person(asked, text)

    def title_of(self, record_id: int) -> str:
        """The title of another record that was found."""
        return self._titles[record_id]

    def _station(self, asked: Asked, text: str) -> str:
        found = self.places.find(text)
        if found is None:
            near = self.places.near(text)
            hint = f"（如“{near}”）" if near else "，可在模板的站点清单里选"
            raise LinkStationUnknown(name=asked.id, label=asked.label, text=text[:40], near=hint)
        return found.code

    def _person(self, asked: Asked, text: str) -> int:
        found = [item for item in self._meant(text) if SEE_PEOPLE.permits(self.actor, item.scope)]
        if len(found) == 1:
            self.persons[found[0].id] = found[0]
            return found[0].id
        shown = f"{text[:6]}…" if _ID_NUMBER.fullmatch(text) else text[:40]
        if not found:
            raise LinkPersonUnknown(name=asked.id, label=asked.label, text=shown)
        who = "、".join(f"{item.number}（{item.village or '未登记村'}）" for item in found[:_FEW])
        raise LinkPersonAmbiguous(name=asked.id, label=asked.label, text=shown, who=who)

    def _meant(self, text: str) -> Sequence[PersonBrief]:
        """Who may be meant: by row, file number (a name may follow it), ID number, name, name and village."""
        if row := _ROW.fullmatch(text):
            one = self.persons.get(int(row[1]))
            return (self._kept(one),) if one else ()
        first, _, rest = text.partition(" ")
        for known in (self._by_number.get(first), self._by_identity.get(text.upper())):
            if known is not None:
                return (self._kept(known),)
        named = self._by_name.get(text) or self._by_name.get(first, [])
        village = rest.replace(" ", "") if not self._by_name.get(text) else ""
        return [item for item in named if village in item.village.replace(" ", "")]

    def _kept(self, person: PersonBrief) -> PersonBrief:
        """The file that stands now, of one that went into another."""
        while person.merged_into is not None:
            person = briefs([person.merged_into])[person.merged_into]
        return person

    def _record(self, asked: Asked, text: str) -> int:
        if (asked.of, text) not in self._records:
            self._load_records(asked.of, {text})
        found = self._records[asked.of, text]
        if len(found) == 1:
            self._titles[found[0][0]] = found[0][1]
            return found[0][0]
        label = register(asked.of).label
        if not found:
            raise LinkRecordUnknown(name=asked.id, label=asked.label, text=text[:40], register=label)
        told = titles_of(self.actor, [pk for pk, _ in found[:_FEW]])
        which = "、".join(f"#{pk} {title}".rstrip() for pk, title in told.items())
        raise LinkRecordAmbiguous(name=asked.id, label=asked.label, text=text[:40], register=label, which=which)

    def _load_persons(self, texts: set[str]) -> None:
        if not texts:
            return
        self._asked_persons |= texts
        bureau = self.places.bureau.code
        ids = {int(row[1]) for text in texts if (row := _ROW.fullmatch(text))}
        self.persons |= {pk: item for pk, item in briefs(ids - self.persons.keys()).items() if item.bureau == bureau}
        rest = {text for text in texts if not _ROW.fullmatch(text)}
        numbers = {text.upper() for text in rest if _ID_NUMBER.fullmatch(text)}
        if numbers:
            self._by_identity |= persons_by_id_number(bureau, numbers)
        firsts = {text.partition(" ")[0] for text in rest} - {text for text in rest if _ID_NUMBER.fullmatch(text)}
        self._by_number |= persons_by_file_number(bureau, firsts)
        for item in persons_by_name(bureau, (rest | firsts) - numbers - self._by_number.keys()):
            of_name = self._by_name.setdefault(item.name, [])
            if item not in of_name:  # asked for before, with or without the village
                of_name.append(item)

    def _load_records(self, of: str, texts: set[str]) -> None:
        rows = Record.objects.filter(bureau=self.places.bureau.code, register=of, withdrawn_on__isnull=True).order_by()
        ids = {text: int(row[1]) for text in texts if (row := _ROW.fullmatch(plain(text)))}
        for text in texts:
            self._records[of, text] = []
        titles = [text for text in texts if text not in ids]
        for chunk in _chunks(list(ids.values())):
            known = dict(rows.filter(pk__in=chunk).values_list("id", "title"))
            for text, pk in ids.items():
                if pk in known:
                    self._records[of, text] = [(pk, known[pk])]
        for column in ("title", "one"):
            meant: dict[str, list[str]] = {}
            for text in titles:
                for spelling in () if self._records[of, text] else _spellings(text):
                    meant.setdefault(spelling, []).append(text)
            for chunk in _chunks(list(meant)):
                named = rows.filter(**{f"{column}__in": chunk}).exclude(**{column: ""})
                for found in named.values("id", "title", "one"):
                    for text in meant[found[column]]:
                        self._records[of, text].append((found["id"], found["title"]))


def plain(given: Any) -> str:
    """What names a row, as text without what only looks different: a stored number of a row as #12."""
    return " ".join(unicodedata.normalize("NFKC", typed(given)).split())


def typed(given: Any) -> str:
    """The same as it was typed, for titles are kept so."""
    if given is None or isinstance(given, bool):
        return ""
    if isinstance(given, int):
        return f"#{given}"
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    text = str(given).replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return " ".join(text.split())


def _spellings(text: str) -> Iterable[str]:
    """How a title may be written that somebody typed: as typed, with narrow or with wide signs, without spaces."""
    narrow = plain(text)
    return dict.fromkeys((text, narrow, narrow.translate(_WIDE), "".join(narrow.split())))


def _chunks(items: list[Any]) -> Iterable[list[Any]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
