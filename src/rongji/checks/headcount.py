"""编制与人员: posts by kind, staff by status, and staff beyond posts. Who is counted differs from place to place."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from rongji.checks import relations
from rongji.checks.identities import HEADCOUNT, Occasion, excuse_missing, of_kind
from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.checks.wording import said
from rongji.kernel.figure import Figure, FigureKey, Stage
from rongji.kernel.finding import Finding, Verdict

_BESIDE = ("posts.worker", "staff.outside_posts")  # 工勤编制、编外人员：是否计入随当地口径


@check(title="编制数、人数等于各类之和")
def heads_add_up(situation: Situation) -> Iterator[Finding]:
    """Posts are the sum of their kinds and staff of 在职 and 离退休, with or without 工勤编制 and 编外人员.

    A total that fits one part alone, or fits with a group that some places count in, is a question of basis.
    """
    for item in of_kind(situation, "sum"):
        if item.total.key.concept.startswith(HEADCOUNT):
            finding = relations.sum_of_parts(item.total, item.terms, subject=item.identity.label)
            yield excuse_missing(_other_counting(situation, finding, item), item)


@check(title="人数不超过编制数", level=Verdict.QUESTION)
def staff_fits_posts(situation: Situation) -> Iterator[Finding]:
    """More people in post than approved posts is asked about: transition or another way of counting may explain it."""
    for unit in situation.unit_codes:
        posts = situation.numbered(FigureKey("posts.total", Stage.NONE, unit))
        staff = situation.numbered(FigureKey("staff.serving", Stage.ACTUAL, unit)) or situation.numbered(
            FigureKey("staff.total", Stage.ACTUAL, unit)
        )
        if posts and staff:
            yield _over_establishment(staff, posts)


def _over_establishment(staff: Figure, posts: Figure) -> Finding:
    finding = relations.at_most(staff, posts, remedy="核对编制批文和在编人员名册；确有超编或口径不同的，在报告中说明。")
    if finding.verdict is not Verdict.CONTRADICTION:
        return finding
    over = (staff.quantity.value - posts.quantity.value) if staff.quantity and posts.quantity else 0
    text = f"{said(staff)}，{said(posts)}，多出 {over} 人，请说明是超编还是口径不同。"
    return replace(finding, verdict=Verdict.QUESTION, explanation=text)


def _other_counting(situation: Situation, finding: Finding, item: Occasion) -> Finding:
    if finding.verdict is not Verdict.CONTRADICTION:
        return finding
    fits = _fitting(situation, item)
    if fits is None:
        return finding
    names = "、".join(figure.label for figure in fits)
    note = f"若只计{names}则相符，可能是统计口径不同。"
    return replace(
        finding, verdict=Verdict.QUESTION, explanation=finding.explanation + note, remedy="注明人数或编制数的统计口径。"
    )


def _fitting(situation: Situation, item: Occasion) -> Sequence[Figure] | None:
    """Some of the parts, with or without the groups counted beside, that make exactly the total."""
    beside = [situation.numbered(FigureKey(name, stage, item.total.key.unit))
              for name in _BESIDE for stage in (Stage.NONE, item.total.key.stage)]  # fmt: skip
    family = item.total.key.concept.partition(".")[0] + "."
    pool = [figure for _, figure in item.terms]
    pool += [figure for figure in dict.fromkeys(beside) if figure and figure.key.concept.startswith(family)]
    for size in range(1, len(pool) + 1):
        for chosen in combinations(pool, size):
            if relations.sum_of_parts(item.total, relations.positive(chosen)).agrees:
                return chosen
    return None
