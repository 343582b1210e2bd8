"""The table of results, lots and confirmations of a cohort: what stands, and the workbook to fill in."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.documents.writers.archive import without_clock
from rongji.law.shapes.placement import points_text
from rongji.law.shapes.placement_order import OrderPart
from rongji.people.imports.words import Column, HeadingMatch, Words, squeezed, words
from rongji.people.selectors import briefs
from rongji.placement.gathering import reading_of
from rongji.placement.models import Candidate, Cohort, ExamResult, ScoreSheet
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.placement.reckoning import scored_candidates
from rongji.placement.refusals import CohortUnknown
from rongji.rules.placement.composition import ABSENT
from rongji.rules.placement.reading import composition

NUMBER, NAME, LOT, CONFIRMED, REMARK = "编号", "姓名", "抽签号", "本人确认", "本人意见"
YES = "是"


def results_table(actor: Actor, cohort_id: int) -> bytes:
    """The table to fill in: everybody who chooses by points, with what stands already.

    Raises: CohortUnknown, NotAllowed and those of the law.
    """
    cohort = kept_cohort(actor, cohort_id)
    standing = Standing(cohort, actor)
    buffer = BytesIO()
    with Workbook(buffer, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("成绩和确认")
        look = {"font_name": "宋体", "font_size": 10, "border": 1, "border_color": "#BFB7B0", "num_format": "@"}
        head = book.add_format({**look, "bold": True, "align": "center", "bg_color": "#F3E9E1"})
        text, given = book.add_format(look), book.add_format({**look, "bg_color": "#F7F5F3"})
        columns = (NUMBER, NAME, *standing.parts, LOT, CONFIRMED, REMARK)
        for index, name in enumerate(columns):
            sheet.set_column(index, index, 30 if name == REMARK else 12)
        _print_set_up(sheet)
        for index, name in enumerate(columns):
            sheet.write_string(0, index, name, head)
        for row, candidate in enumerate(standing.by_number.values(), 1):
            now = standing.told(candidate)
            for index, name in enumerate(columns):
                sheet.write_string(row, index, now.get(name, ""), given if name in (NUMBER, NAME) else text)
    return without_clock(buffer.getvalue())


class Standing:
    """What stands of a cohort: its people by number, their results, lots and confirmations."""

    def __init__(self, cohort: Cohort, actor: Actor) -> None:
        rows = list(scored_candidates(cohort).order_by("number"))
        self.by_number = {str(row.number): row for row in rows}
        files = briefs({row.person_id for row in rows})
        self.names = {row.pk: files[row.person_id].name for row in rows}
        self.sheets = {sheet.candidate_id: sheet for sheet in ScoreSheet.objects.filter(candidate__cohort=cohort)}
        results = ExamResult.objects.filter(candidate__cohort=cohort)
        self.results = {(row.candidate_id, row.part): row for row in results}
        law = composition(reading_of(cohort, actor.day))[0]
        self.parts: dict[str, OrderPart] = {part.name: part for part in law.examinations}

    def told(self, candidate: Candidate) -> dict[str, str]:
        """What stands of somebody, as the table tells it."""
        sheet = self.sheets.get(candidate.pk)
        is_confirmed = sheet is not None and sheet.confirmed_on is not None
        found = {NUMBER: str(candidate.number), NAME: self.names[candidate.pk], LOT: str(candidate.lot or "")}
        found |= {CONFIRMED: YES if is_confirmed else "", REMARK: sheet.confirmed_note if sheet else ""}
        for part in self.parts:
            row = self.results.get((candidate.pk, part))
            found[part] = "" if row is None else ABSENT if row.marks is None else points_text(row.marks)
        return found


def table_words(parts: Mapping[str, OrderPart]) -> Words:
    """The headings of the table, as the reader of rosters asks for them."""
    labels = (NUMBER, NAME, *parts, LOT, CONFIRMED, REMARK)
    return replace(
        words(),
        columns={label: Column(label, label, "") for label in labels},
        headings={squeezed(label): HeadingMatch(label, 0) for label in labels}
        | {squeezed(f"{part}成绩"): HeadingMatch(part, 1) for part in parts},
        left_out=frozenset({squeezed("序号")}),
        account_kinds=(),
        least_columns=2,
        telling=frozenset({NUMBER}),
        kind="成绩表",
        wanted=f"“{NUMBER}”和要导入的一栏（{'、'.join((*parts, LOT, CONFIRMED))}）",
    )


def kept_cohort(actor: Actor, cohort_id: int) -> Cohort:
    """The cohort, for somebody who keeps it. Raises: CohortUnknown, NotAllowed."""
    row = Cohort.objects.filter(pk=cohort_id).first()
    if row is None:
        raise CohortUnknown(cohort=cohort_id)
    guard(actor, KEEP_PLACEMENT, row.scope)
    return row


def _print_set_up(sheet: Any) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 2)
    sheet.set_footer("&C第 &P 页，共 &N 页")
