"""Letters that acts issue: numbered within bureau, series and year, filled in, and kept as issued."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Max

from rongji.casework.answers import in_words
from rongji.casework.models import Case, CaseBatch, CaseLetter
from rongji.law.case_checks import asked_of
from rongji.law.case_kinds import CaseKind, Letter

_BUREAU_ENDINGS = ("退役军人事务局", "退役军人事务厅", "退役军人服务中心")
_PLACE_ENDINGS = ("自治区", "自治县", "省", "市", "区", "县", "旗")
_STOPS = re.compile(r"[。；，、]+。")
_UNKNOWN = "（未填写）"


def issue(
    *, case: Case, kind: CaseKind, letter: Letter, on: date, due_on: date | None, values: Mapping[str, Any], note: str,
    decision: str, unit: str, batch: CaseBatch | None = None,
) -> CaseLetter:  # fmt: skip
    """Write the letter of an act; the head of the trail is held, so that its number is nobody else's.

    unit: the bureau that signs, by name.
    """
    rows = CaseLetter.objects.filter(bureau=case.bureau, series=letter.number, year=on.year)
    serial = (rows.aggregate(last=Max("serial"))["last"] or 0) + 1
    words = dict(_words(case, kind, values)) | {
        "acted_on": in_chinese(on), "due_on": in_chinese(due_on) if due_on else "法定期限届满日", "bureau": unit,
        "note": note, "decision": decision or case.decision or _UNKNOWN,
    }  # fmt: skip
    return CaseLetter.objects.create(
        case=case, letter=letter.id, series=letter.number, bureau=case.bureau, year=on.year, serial=serial,
        issued_on=on, batch=batch,
        number=letter.number.format(short=short_name(unit), year=on.year, serial=serial)[:80],
        title=letter.title.format_map(words)[:120],
        paragraphs=[_printed(paragraph.format_map(words)) for paragraph in letter.paragraphs],
    )  # fmt: skip


def _printed(text: str) -> str:
    """A paragraph as it is printed: an answer that brings its own full stop gets no second one."""
    return _STOPS.sub("。", text)


def in_chinese(day: date) -> str:
    """2024年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_name(unit: str) -> str:
    """云湖退役 of 云湖县退役军人事务局: what stands before the word of the series in a number."""
    place = unit
    for ending in _BUREAU_ENDINGS:
        place = place.removesuffix(ending)
    for ending in _PLACE_ENDINGS:
        if len(place) > len(ending) + 1 and place.endswith(ending):
            place = place.removesuffix(ending)
            break
    return f"{place}退役" if place != unit else unit


def _words(case: Case, kind: CaseKind, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, asked in asked_of(kind).items():
        yield name, in_words(asked, values.get(name)) or _UNKNOWN
    yield from {
        "applicant": case.applicant, "title": case.title, "number": case.number, "kind": kind.label,
        "received_on": in_chinese(case.received_on),
    }.items()  # fmt: skip
