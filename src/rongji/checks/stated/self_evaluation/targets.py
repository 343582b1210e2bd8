"""目标值: targets that cannot be measured, targets filled in from the results, tables of nothing but full marks."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from rongji.checks.indicator_quality import OPEN_ENDED_NAMES, SHARE_NAMES
from rongji.checks.registry import document_check
from rongji.checks.stated.model import ColumnKind, StatedDocument
from rongji.checks.stated.self_evaluation.indicators import asked_of, indicator_tables, text_of
from rongji.checks.target_quality import is_vague
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind

_FOUR_CRITERIA = "财预〔2015〕88号：指向明确、细化量化、合理可行、相应匹配"
_FEW = 3
_NAMED = 3
_ODD_DIGITS = 3  # 有效数字三位以上、末位不是 0 或 5 的数，不像是年初定的目标


@document_check(title="目标值细化量化", basis=_FOUR_CRITERIA, level=Verdict.QUESTION)
def targets_can_be_measured(document: StatedDocument) -> Iterator[Finding]:
    """Targets in words that name no number, time limit or rate are listed together, one finding for a table.

    So are rows without a target whose name only says that something improves (服务水平明显提升).
    """
    for rows in indicator_tables(document):
        if not rows[0].table.columns_of(ColumnKind.TARGET):
            continue
        stated = [item for item in rows if text_of(item.target)]
        vague = [item for item in stated if is_vague(text_of(item.target))]
        unnamed = [item for item in rows if not text_of(item.target) and is_vague(item.name)]
        parts = []
        if vague:
            shown = _cut(f"“{text_of(item.target)[:12]}”" for item in vague)
            parts.append(f"{len(stated)} 项指标值中 {len(vague)} 项没有数量、时限或比率（{shown}）")
        if unnamed:
            shown = _cut(f"“{item.name[:14]}”" for item in unnamed)
            parts.append(f"{len(unnamed)} 项没有指标值，名称只说提高、改善（{shown}）")
        if parts:
            remedy = "逐项写明数量、时限、比率或分档标准。"
            yield asked_of(f"{'；'.join(parts)}，不够细化量化。", [*vague, *unnamed], remedy)


@document_check(title="目标值与完成值不是逐项照抄", level=Verdict.QUESTION)
def targets_are_no_copies(document: StatedDocument) -> Iterator[Finding]:
    """Counted targets that equal their results to the last digit in every row raise the question which came first."""
    for rows in indicator_tables(document):
        counted = [(item, numbers) for item in rows if (numbers := item.numbers) and not _is_ratio(numbers[0])]
        same = [(item, numbers) for item, numbers in counted if _equal(*numbers)]
        odd = [item for item, numbers in same if _is_odd(numbers[0])]
        if len(counted) >= _FEW and len(same) == len(counted) and odd:
            shown = "、".join(text_of(item.target) for item in odd[:_NAMED])
            text = f"{len(counted)} 项数量指标的目标值与完成值逐项完全一致（如 {shown}），目标可能是按完成数补填的。"
            yield asked_of(text, [item for item, _ in same], "附年初批复的目标表；目标确为事后补填的，改回批复数。")


@document_check(title="占比类比率不超过百分之百", level=Verdict.QUESTION)
def shares_stay_below_the_whole(document: StatedDocument) -> Iterator[Finding]:
    """A rate of persons or things among all of them (满意度、覆盖率、合格率…) is at most 100%."""
    for rows in indicator_tables(document):
        for item in rows:
            for cell in (item.target, item.actual):
                figure = cell.figure if cell else None
                if (
                    figure
                    and figure.quantity
                    and _is_ratio(figure)
                    and figure.quantity.base > 1
                    and _is_share(item.name)
                ):
                    text = f"指标“{item.name}”填 {text_of(cell)}，这类比率不可能超过 100%。"
                    remedy = "核对分子分母和小数点，改正比率。"
                    yield Finding(
                        "", Verdict.QUESTION, text, (figure,), figure.quantity, remedy=remedy, subject=item.name
                    )


@document_check(title="自评得分没有虚高迹象", level=Verdict.QUESTION)
def tables_are_not_all_full(document: StatedDocument) -> Iterator[Finding]:
    """Full marks on every row of a table are asked about, once for all such tables of a document."""
    full = []
    for rows in indicator_tables(document):
        scored = [item for item in rows if item.weight and item.score]
        if len(scored) >= _FEW and all(item.is_full for item in scored):
            full.append(scored)
    if full:
        count = sum(len(scored) for scored in full)
        where = f"{len(full)} 张表的 {count} 项指标" if len(full) > 1 else f"{count} 项指标"
        text = f"{where}全部满分，容易被认为自评虚高。"
        remedy = "对照佐证材料逐项复核，尤其是没有量化目标的效益和满意度指标。"
        yield asked_of(text, [scored[0] for scored in full], remedy)


def _cut(shown: Iterable[str]) -> str:
    """The first few different ones."""
    parts = list(dict.fromkeys(shown))
    return "、".join(parts[:_NAMED]) + ("等" if len(parts) > _NAMED else "")


def _is_share(name: str) -> bool:
    return bool(SHARE_NAMES.search(name)) and not OPEN_ENDED_NAMES.search(name)


def _is_ratio(figure: Figure) -> bool:
    return figure.quantity is not None and figure.quantity.unit.kind is UnitKind.RATIO


def _equal(target: Figure, actual: Figure) -> bool:
    return bool(target.quantity and actual.quantity and target.quantity.base == actual.quantity.base)


def _is_odd(figure: Figure) -> bool:
    """Whether a number looks counted rather than planned."""
    value = figure.quantity.value if figure.quantity else Decimal(0)
    digits = f"{value.normalize():f}".replace(".", "").replace("-", "").lstrip("0")
    return len(digits) >= _ODD_DIGITS and digits[-1] not in "05"
