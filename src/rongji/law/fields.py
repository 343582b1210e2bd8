"""Reading one mapping field by field: the same lines define its shape, check it and build the typed value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from rongji.kernel.quantity import NotANumber, Quantity
from rongji.law.reading import Problems, YamlMap

Word = TypeVar("Word", bound=StrEnum)
_ABSENT = object()


@dataclass(slots=True)
class Fields:
    """A mapping under reading. What is wrong is noted in `problems`; a harmless stand-in is returned."""

    content: Mapping[str, Any]
    file: str
    place: str
    problems: Problems
    seen: set[str] = field(default_factory=set)

    def wrong(self, sentence: str) -> None:
        """Note one problem at this place."""
        line = getattr(self.content, "line", 0)
        place = self.place or (f"第 {line} 行" if line else "")
        self.problems.add(self.file, place, sentence)

    def raw(self, name: str, *, required: bool = True) -> Any:
        """The value as read; None when absent."""
        self.seen.add(name)
        found = self.content.get(name, _ABSENT)
        if found is not _ABSENT:
            return found
        if required:
            self.wrong(f"缺少“{name}”")
        return None

    def text(self, name: str, *, required: bool = True) -> str:
        """A text; numbers must be quoted to count as one."""
        found = self.raw(name, required=required)
        if found is None:
            return ""
        if not isinstance(found, str):
            self.wrong(f"“{name}”应为文字，{found} 请加引号")
            return str(found)
        if required and not found.strip():
            self.wrong(f"“{name}”不能为空")
        return found

    def texts(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        found = self.raw(name, required=required)
        if found is None:
            return ()
        if not isinstance(found, list) or any(not isinstance(item, str) for item in found):
            self.wrong(f"“{name}”应为文字的列表（数字请加引号）")
            return ()
        return tuple(found)

    def number(self, name: str, *, required: bool = True) -> Decimal | None:
        """An exact number: a whole number, or a quoted decimal."""
        found = self.raw(name, required=required)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | str):
            self.wrong(f"“{name}”应为数字，不能是 {found}")
            return None
        try:
            return Quantity.parse(str(found), "倍").value
        except NotANumber:
            self.wrong(f"“{name}”应为数字，“{found}”不是")
            return None

    def exact(self, name: str) -> Decimal:
        """A required number."""
        found = self.number(name)
        return Decimal(0) if found is None else found

    def whole(self, name: str, *, default: int | None = None) -> int:
        """A whole number."""
        found = self.raw(name, required=default is None)
        if found is None:
            return default or 0
        if isinstance(found, bool) or not isinstance(found, int):
            self.wrong(f"“{name}”应为整数，不能是 {found}")
            return 0
        return found

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """true or false."""
        found = self.raw(name, required=default is None)
        if found is None:
            return bool(default)
        if not isinstance(found, bool):
            self.wrong(f"“{name}”应写 true 或 false，不能是 {found}")
        return found is True

    def day(self, name: str, *, required: bool = True) -> date | None:
        """A date."""
        found = self.raw(name, required=required)
        if found is None or isinstance(found, date):
            return found
        self.wrong(f"“{name}”应为日期（如 2024-08-01），不能是 {found}")
        return None

    def choice(self, name: str, words: type[Word], *, default: Word | None = None) -> Word:
        """One word of a controlled list."""
        found = self.raw(name, required=default is None)
        first = next(iter(words)) if default is None else default
        if found is None:
            return first
        try:
            return words(found)
        except ValueError:
            self.wrong(f"“{name}”的取值“{found}”不在规定的词内（{'、'.join(words)}）")
            return first

    def part(self, name: str, *, required: bool = True) -> "Fields | None":
        """A mapping inside this one."""
        found = self.raw(name, required=required)
        if found is None:
            return None
        if not isinstance(found, Mapping):
            self.wrong(f"“{name}”应为一组“名称: 值”")
            return None
        return Fields(found, self.file, self.place, self.problems)

    def each(self, name: str, *, required: bool = True) -> list["Fields"]:
        """A list of mappings inside this one."""
        found = self.raw(name, required=required)
        if found is None:
            return []
        if not isinstance(found, list) or any(not isinstance(item, Mapping) for item in found):
            self.wrong(f"“{name}”应为列表，每项是一组“名称: 值”")
            return []
        return [Fields(item, self.file, self.place, self.problems) for item in found]

    def finish(self, *, ignore: Iterable[str] = ()) -> None:
        """Note every name that nobody asked for."""
        for name in self.content:
            if name not in self.seen and name not in ignore:
                self.wrong(f"不认识“{name}”，请删去或改成规定的名称")


def fields_of(content: Any, file: str, place: str, problems: Problems) -> Fields:
    """Fields over a mapping; anything else is noted and read as an empty one."""
    if isinstance(content, Mapping):
        return Fields(content, file, place, problems)
    problems.add(file, place, "这里应为一组“名称: 值”")
    return Fields(YamlMap(), file, place, Problems())
