"""指标质量: targets that can be judged, values that were filled, a table that is not simply full marks."""

import re
from collections.abc import Iterator

from rongji.checks.registry import check
from rongji.checks.review_lines import review_line
from rongji.checks.situation import Situation
from rongji.checks.target_quality import assess_target, has_measure
from rongji.kernel.bureau_year import Direction, IndicatorFacts
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind
from rongji.law.shapes.scheme import OverTargetMode

_FOUR_CRITERIA = "财预〔2015〕88号：指向明确、细化量化、合理可行、相应匹配"
_DIMENSIONS = {"产出": ("产出",), "效益": ("效益", "效果"), "满意度": ("满意",)}
_FEW = 3
SHARE_NAMES = re.compile(
    "满意|覆盖率|合格率|及时率|准时率|准确率|知晓率|达标率|落实率|发放率|到位率|办结率|保障率|占比|比例"
)
OPEN_ENDED_NAMES = re.compile("增长|增幅|变动|下降|降幅|提高|提升|控制|完成率|执行率|进度|利用")


@check(title="目标符合四项标准", basis=_FOUR_CRITERIA, level=Verdict.DEFECT)
def targets_meet_four_criteria(situation: Situation) -> Iterator[Finding]:
    """Every row of a table that has target values has one that is pointed, measurable, feasible and fitting."""
    for table in situation.tables:
        rows = situation.stated_rows(table)
        has_targets = any(row.target is not None or row.target_text for row in rows)
        for row in rows if has_targets else ():
            yield from assess_target(row)


@check(title="表中列有年度指标值", basis=_FOUR_CRITERIA, level=Verdict.DEFECT)
def table_states_targets(situation: Situation) -> Iterator[Finding]:
    """A table of results without any target cannot show whether anything was reached."""
    rows = situation.rows
    if rows and not any(row.target is not None or row.target_text for row in rows):
        text = f"{len(rows)} 项指标都没有年度指标值，只有完成情况，无法判断是否完成。"
        yield Finding("", Verdict.DEFECT, text, remedy="逐项补填批复的年度指标值。", subject="indicators")


@check(title="完成值已填写", basis="财预〔2020〕10号：对照目标逐项填写实际完成值", level=Verdict.DEFECT)
def actuals_are_filled(situation: Situation) -> Iterator[Finding]:
    """Every row has an actual value, and a number wherever the target is a number; a formula fills it in by itself."""
    for row in (row for table in situation.tables for row in situation.stated_rows(table)):
        if row.formula and row.actual is None:
            continue
        if row.actual is None and not row.actual_text.strip():
            yield _row(row, Verdict.DEFECT, "没有填实际完成值", "填写实际完成值；未开展的填 0 并说明原因。")
        elif row.target is not None and row.actual is None:
            text = f"目标是数字，实际完成值写“{row.actual_text}”"
            yield _row(row, Verdict.DEFECT, text, "按目标的单位填写完成的数字。")
        elif (
            row.actual is not None
            and row.target is not None
            and not row.actual.unit.is_comparable_with(row.target.unit)
        ):
            text = f"目标单位“{row.target.unit_name}”与完成值单位“{row.actual.unit_name}”不同，无法比较"
            yield _row(row, Verdict.DEFECT, text, "目标和完成值用同一计量单位。")


@check(title="占比类比率不超过百分之百", level=Verdict.DEFECT)
def shares_stay_within_the_whole(situation: Situation) -> Iterator[Finding]:
    """A rate of persons or things among all of them (满意度、覆盖率、合格率、及时率…) is at most 100 %.

    Rates of growth, completion, execution and control may be more. Another rate above 100 % is a question.
    """
    for row in situation.every_row:
        rate = row.actual
        if rate is None or rate.unit.kind is not UnitKind.RATIO or rate.base <= 1:
            continue
        if OPEN_ENDED_NAMES.search(row.name) or row.formula:
            continue
        impossible = SHARE_NAMES.search(row.name)
        verdict = Verdict.DEFECT if impossible else Verdict.QUESTION
        tail = "不可能超过 100%" if impossible else "请确认这个比率可以超过 100%"
        yield _row(row, verdict, f"填 {rate}，{tail}", "核对分子分母和小数点，改正比率。")


@check(title="产出、效益、满意度齐全", basis="财预〔2020〕10号：指标包括产出、效益和满意度", level=Verdict.DEFECT)
def dimensions_are_complete(situation: Situation) -> Iterator[Finding]:
    """The table covers output, effect and satisfaction, each with a value, as far as the scheme has them."""
    if not situation.rows:
        return
    for name, words in _DIMENSIONS.items():
        if not _scheme_wants(situation, words):
            continue
        rows = [row for row in situation.rows if any(word in row.level1 + row.level2 for word in words)]
        if not rows:
            text = f"指标表中没有{name}指标。"
            yield Finding("", Verdict.DEFECT, text, remedy=f"补充{name}指标，写明目标值和完成值。", subject=name)
        elif not any(row.actual is not None or row.actual_text.strip() or row.formula for row in rows):
            text = f"{name}指标共 {len(rows)} 项，都没有填完成值，等于缺这一类。"
            yield Finding("", Verdict.DEFECT, text, remedy=f"补填{name}指标的完成值和依据。", subject=name)


@check(title="目标值与完成值不是逐项照抄", level=Verdict.QUESTION)
def targets_are_not_copied(situation: Situation) -> Iterator[Finding]:
    """Actuals that equal their targets to the last digit on every counted row raise the question which came first."""
    counted = [
        row for row in situation.rows if row.target and row.actual and row.target.unit.kind is not UnitKind.RATIO
    ]
    same = [row for row in counted if row.target and row.actual and row.target.base == row.actual.base]
    if len(counted) >= _FEW and len(same) == len(counted):
        text = f"{len(counted)} 项数量目标与完成值逐项完全一致，目标可能是按完成数补填的。"
        remedy = "附年初批复的目标表；目标确为事后补填的，改回批复数。"
        yield Finding("", Verdict.QUESTION, text, remedy=remedy, subject="indicators")


@check(title="自评得分没有虚高迹象", level=Verdict.QUESTION)
def scores_are_not_all_full(situation: Situation) -> Iterator[Finding]:
    """Full marks on every row are asked about."""
    scored = [row for row in situation.rows if row.weight and row.stated_score]
    full = [row for row in scored if row.weight and row.stated_score and row.weight.value == row.stated_score.value]
    if len(scored) >= _FEW and len(full) == len(scored):
        text = f"{len(scored)} 项指标全部满分，容易被认为自评虚高。"
        remedy = "对照佐证材料逐项复核，尤其是没有量化目标的效益和满意度指标。"
        yield Finding("", Verdict.QUESTION, text, remedy=remedy, subject="indicators")


@check(title="大幅超目标的已说明", basis="财预〔2020〕10号第十七条", level=Verdict.DEFECT)
def overshoot_is_explained(situation: Situation) -> Iterator[Finding]:
    """An actual beyond the scheme's over-target line has its reason analysed."""
    scheme = situation.scheme
    if scheme is None or scheme.over_target.mode is OverTargetMode.OFF:
        return
    for row in situation.every_row:
        if row.direction is not Direction.AT_LEAST or not row.target or not row.actual or row.target.base <= 0:
            continue
        if (
            row.target.unit.is_comparable_with(row.actual.unit)
            and row.actual.base > row.target.base * scheme.over_target.line
        ):
            text = f"完成 {row.actual}，超过目标 {row.target} 的 {scheme.over_target.line * 100:.0f}%"
            explained = bool(row.reason.strip())
            verdict = Verdict.HOLDS if explained else Verdict.DEFECT
            yield _row(
                row,
                verdict,
                text + ("，已说明原因" if explained else "，没有说明原因"),
                "" if explained else scheme.over_target.rule + "。",
            )


@check(title="完成值偏离目标不大", level=Verdict.QUESTION)
def deviation_is_small(situation: Situation) -> Iterator[Finding]:
    """An actual far from its target, either way and without a reason, is asked about."""
    line = review_line(situation, "target_deviation")
    for row in situation.every_row if line is not None else ():
        target, actual = row.target, row.actual
        if not target or not actual or target.base <= 0 or row.reason.strip() or line is None:
            continue
        if row.direction is Direction.RANGE or not target.unit.is_comparable_with(actual.unit):
            continue
        if abs(actual.base / target.base - 1) > line:
            text = f"完成 {actual}，与目标 {target} 相差超过 {line * 100:.0f}%，没有说明原因"
            yield _row(row, Verdict.QUESTION, text, "说明偏离的原因和改进措施。")


@check(title="项目目标细化量化", basis=_FOUR_CRITERIA, level=Verdict.QUESTION)
def project_goals_are_measurable(situation: Situation) -> Iterator[Finding]:
    """Project targets in words that hold no number, time limit or standard are listed together."""
    goals = [item for item in situation.year.goals if item.kind == "project_target"]
    vague = [item.expected for item in goals if not has_measure(item.expected)]
    if vague:
        shown = "；".join(f"“{text[:16]}”" for text in vague[:_FEW])
        more = "等" if len(vague) > _FEW else ""
        text = f"{len(goals)} 条项目目标中 {len(vague)} 条没有数量、时限或比率：{shown}{more}。"
        yield Finding(
            "", Verdict.QUESTION, text, remedy="逐条写明数量、时限、标准或满意度，能对照打分。", subject="goals"
        )


def _scheme_wants(situation: Situation, words: tuple[str, ...]) -> bool:
    scheme = situation.scheme
    if scheme is None:
        return True
    labels = " ".join(
        [*(block.label for block in scheme.blocks), *(sub.label for b in scheme.blocks for sub in b.level2)]
    )
    return any(word in labels for word in words)


def _row(row: IndicatorFacts, verdict: Verdict, text: str, remedy: str) -> Finding:
    return Finding(
        "", verdict, f"指标“{row.name}”{text}。", stated=row.actual or row.target, remedy=remedy, subject=row.code
    )
