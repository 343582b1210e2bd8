"""等次: a stated grade against the stated score, in tables and in running text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rongji.checks.registry import document_check
from rongji.checks.stated.model import ColumnKind, Passage, StatedCell, StatedDocument, StatedTable
from rongji.checks.stated.self_evaluation.bands import Band, band_of_score, band_of_word, grade_words
from rongji.checks.stated.self_evaluation.scored import points, scored_forms
from rongji.checks.stated.words import full_marks, is_called, listed, plain
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Spot
from rongji.kernel.quantity import half_up
from rongji.kernel.units import UnitKind

_TOTAL = "自评得分"
_BOXES = "□☐○◯"
_LABEL_END = 2  # 等次、等级、结果、结论、档次：按末两字找
_EVALUATION = ("自评", "绩效", "评价", "得分", "总分", "评定")
_BANDED = re.compile(r"[9876]\d\s*分?\s*(?:[（(]含[^（()）]{0,6}[)）])?\s*(?:以上|以下|[-—~～至]\s*\d{2,3})")


@dataclass(frozen=True, slots=True)
class Stated:
    """One printed grade: the word, where it stands, and the score that it goes with."""

    word: str
    spot: Spot
    score: Figure


@document_check(
    title="等次与得分相符", basis="财预〔2020〕10号：总分按等次标准（scoring.grade-bands）评为优、良、中、差"
)
def stated_grades_fit_scores(document: StatedDocument) -> Iterator[Finding]:
    """A grade is the one in whose band the score lies; words whose bands differ from place to place are asked about.

    A document that prints bands of its own is asked, not accused.
    """
    own_bands = any(_prints_bands(item) for item in document.passages)
    full = _is_out_of_full_marks(document)
    for item in (*_in_tables(document), *_in_text(document)):
        yield _finding(item, document.year, certain=full and not own_bands)


def _finding(item: Stated, year: int | None, *, certain: bool) -> Finding:
    score = item.score.quantity.value if item.score.quantity else Decimal(0)
    meant, due = band_of_word(item.word, year), band_of_score(score, year)
    shown = item.score.quantity.shown() if item.score.quantity else ""
    if meant and due and meant.grade == due.grade:
        text = f"得分 {shown} 分，按等次标准为“{due.grade}”，填“{item.word}”，相符。"
        return _told(item, Verdict.HOLDS, text)
    open_word = item.word in listed("grade_words_that_vary") or meant is None or due is None
    rounds = meant is not None and meant.holds(half_up(score, 0))
    if open_word or rounds or not certain:
        usual = f"按全国通行的等次标准应为“{due.grade}”" if due else "在全国通行的等次标准之外"
        text = f"得分 {shown} 分，填“{item.word}”，{usual}，当地可能另有标准。"
        return _told(item, Verdict.QUESTION, text, "写明所用的等次标准，核对得分和等次。")
    text = f"得分 {shown} 分，按等次标准（{_named(due)}）应为“{due.grade if due else ''}”，却填“{item.word}”。"
    return _told(item, Verdict.CONTRADICTION, text, f"等次改为“{due.grade if due else ''}”，或改正得分。")


def _told(item: Stated, verdict: Verdict, text: str, remedy: str = "") -> Finding:
    score = item.score
    return Finding("", verdict, text, (score,), score.quantity, remedy=remedy, subject="等次", spots=(item.spot,))


def _named(band: Band | None) -> str:
    return f"{band.lower}–{band.upper} 分为{band.grade}" if band else ""


def _in_tables(document: StatedDocument) -> Iterator[Stated]:
    """Cells that hold nothing but a grade, in a row or under a heading that asks for one."""
    for table in document.tables:
        for cell in table.cells if table.certain else ():
            word = _graded(cell)
            if word and _asks_for_grade(table, cell):
                score = _score_beside(table, cell) or _score_in(table) or _only_score(document)
                if score:
                    yield Stated(word, Spot(cell.place, cell.text.strip()), score)


def _score_beside(table: StatedTable, cell: StatedCell) -> Figure | None:
    """The score in the row of a grade, where a table lists what was evaluated row by row (自评得分、自评等级)."""
    scores = [item for item in table.columns_of(ColumnKind.SCORE) if item.index < cell.column]
    return points(table.cell(cell.row, scores[-1].index), "得分") if scores else None


def _in_text(document: StatedDocument) -> Iterator[Stated]:
    for passage in document.passages:
        for match in _pattern().finditer(passage.text):
            if not _labels(passage.text, match.start() + _LABEL_END):
                continue
            score = _score_before(passage, match.start()) or _only_score(document)
            word = match.group("word")
            if score and _is_about_evaluation(passage.text, match):
                place = passage.place_of(match.start("word"), match.end("word"))
                yield Stated(word, Spot(place, match.group()), score)


def _labels(text: str, end: int) -> bool:
    """Whether one of the labels of a grade ends there."""
    return text.endswith(listed("grade_labels"), 0, end)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """自评等级为优, 评价等次：“优秀”; not 优良率, 优秀公务员."""
    ends = "|".join(sorted({label[-_LABEL_END:] for label in listed("grade_labels")}))
    words = "|".join(map(re.escape, grade_words()))
    return re.compile(
        rf"(?:{ends})(?:[为是：:定评达到\s]|均|确)*[“\"'‘「【（(]?(?P<word>{words})(?=[”\"'’」】）)，,。；;、\s等级次]|$)"
    )


def _is_about_evaluation(text: str, match: re.Match[str]) -> bool:
    """等级 and 档次 by themselves may be of anything (水质等级为优)."""
    sentence = text[text.rfind("。", 0, match.start()) + 1 : match.end()]
    return any(word in sentence for word in _EVALUATION)


def _graded(cell: StatedCell) -> str:
    """The grade that a cell states: alone, or the ticked one of several."""
    text = "".join(cell.text.split()).strip("“”\"'。")
    if not text or len(text) > 40:
        return ""
    text = re.sub(r"[等级]$", "", text) if len(text) > 1 else text
    if text in grade_words():
        return text
    before, behind = _ticked()
    found = set((before if text[0] in (*_BOXES, *listed("ticks")) else behind).findall(text))
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=1)
def _ticked() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A tick before its word (☑良), and behind it (良☑、优（√））."""
    ticks = "".join(map(re.escape, listed("ticks")))
    words = "|".join(map(re.escape, grade_words()))
    return re.compile(rf"[{ticks}]({words})"), re.compile(rf"({words})[（(]?[{ticks}]")


def _asks_for_grade(table: StatedTable, cell: StatedCell) -> bool:
    row = next((item for item in table.rows if item.index == cell.row), None)
    column = next((item for item in table.columns if item.index == cell.column), None)
    labels = [*(row.path if row else ()), *(column.path if column else ())]
    return any(is_called(label, "grade_labels") for label in labels)


def _score_in(table: StatedTable) -> Figure | None:
    """The only score of the whole that a region states."""
    found = [
        figure
        for row in table.rows
        if is_called(row.label, "score_totals")
        for column in table.columns
        if (figure := table.figure(row.index, column.index)) and _is_score(figure, plain(row.label))
    ]
    values = {item.quantity.value for item in found if item.quantity}
    return found[0] if len(values) == 1 else None


def _is_score(figure: Figure, label: str) -> bool:
    scored = figure.quantity is not None and figure.quantity.unit.kind is UnitKind.SCORE
    return scored or "分" in label


def _score_before(passage: Passage, position: int) -> Figure | None:
    """The last score of the whole that stands before a grade in its paragraph."""
    found = [
        item.figure
        for item in passage.mentions
        if item.figure and item.figure.key.concept == _TOTAL and item.end <= position and item.figure.quantity
    ]
    return found[-1] if found else None


def _only_score(document: StatedDocument) -> Figure | None:
    """The one score of the whole that the document states, wherever it stands."""
    stated = [item for item in document.figures if item.key.concept == _TOTAL and item.quantity]
    totals = [item.total for item in scored_forms(document) if item.total and item.is_certain]
    stated += [figure for item in totals for cell in item.scores if (figure := points(cell, "总分"))]
    values = {item.quantity.value for item in stated if item.quantity}
    return stated[0] if len(values) == 1 else None


def _is_out_of_full_marks(document: StatedDocument) -> bool:
    """Whether no form of the document has another total of weights than full marks."""
    weights = [item.total.weight_figure for item in scored_forms(document) if item.total]
    return all(item is None or item.quantity is None or item.quantity.value == full_marks() for item in weights)


def _prints_bands(passage: Passage) -> bool:
    return bool(_BANDED.search(passage.text)) and sum(word in passage.text for word in ("优", "良", "中", "差")) > 1
