"""Turns the numbers of one row into figures, each with its key, label, source and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind, Stage
from rongji.performance.workbook.layout import PLACES_SEPARATOR, Column
from rongji.performance.workbook.numbers import Stated
from rongji.performance.workbook.reading import Reading, RowReader

FACT_PREFIX = "fact."
# Only these may fall below zero: what is left over, what changed, and rates of change.
_MAY_BE_NEGATIVE = ("balance.", "growth.")
_MAY_BE_NEGATIVE_RATES = ("rate.carry_over", "rate.budget_adjustment")


@dataclass(frozen=True)
class Draft:
    """A number of a row before its source is known."""

    key: FigureKey
    label: str
    column: Column
    stated: Stated
    statement: str = "form"
    vague: str = ""


def may_be_negative(key: FigureKey) -> bool:
    """Whether a fact can be below zero at all."""
    concept = key.concept
    return key.stage is Stage.ADJUSTMENT or concept.startswith(_MAY_BE_NEGATIVE) or concept in _MAY_BE_NEGATIVE_RATES


def figure_label(reading: Reading, key: FigureKey, member_name: str = "") -> str:
    """What a figure is of, in words: unit, concept, member."""
    owner = reading.units[key.unit].name if key.unit in reading.units else key.unit
    concept = key.concept
    name = reading.facts.get(concept.removeprefix(FACT_PREFIX)) if concept.startswith(FACT_PREFIX) else None
    label = name or reading.vocabulary.label(concept)
    member = member_name or member_label(reading, key.member)
    return f"{owner}{label}（{member}）" if member else f"{owner}{label}"


def member_label(reading: Reading, member: str) -> str:
    """The name of a member of a breakdown, else its code."""
    axis, _, code = member.partition(":")
    if axis == "project":
        return reading.projects.get(code, code)
    return reading.vocabulary.code_name(axis, code) or code


def figures_of_row(row: RowReader, drafts: Sequence[Draft]) -> list[Figure]:
    """The figures of one row: 来源 goes one to one when it lists as many places as there are numbers."""
    if not drafts:
        return []
    notes = _notes(row.source_note, drafts)
    columns = tuple(draft.column for draft in drafts)
    evidence = row.evidence(columns)
    return [
        Figure(
            key=draft.key,
            label=draft.label,
            source=_source(row, draft, note, evidence),
            quantity=draft.stated.quantity,
            printed=draft.stated.printed,
            nil=draft.stated.nil,
            vague=draft.vague,
            statement=draft.statement,
        )
        for draft, note in zip(drafts, notes, strict=True)
    ]


def _notes(text: str, drafts: Sequence[Draft]) -> list[str]:
    pieces = [piece.strip() for piece in text.replace(";", PLACES_SEPARATOR).split(PLACES_SEPARATOR)]
    if len(pieces) == len(drafts):
        return pieces
    numbers = [draft for draft in drafts if draft.stated.quantity is not None]
    if len(pieces) == len(numbers):
        left = iter(pieces)
        return [next(left) if draft.stated.quantity is not None else text for draft in drafts]
    return [text] * len(drafts)


def _source(row: RowReader, draft: Draft, note: str, evidence: tuple[tuple[str, str], ...]) -> Source:
    cell = row.cell(draft.column.id)
    return Source(
        kind=SourceKind.IMPORTED,
        file=row.reading.file,
        sheet=row.bound.title,
        cell=cell.address,
        note=note,
        evidence=tuple(code for column_id, code in evidence if column_id in ("", draft.column.id)),
    )
