"""问题与措施: problems that are named, measures that answer them and say who does what by when."""

import re
from collections.abc import Iterator

from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.kernel.finding import Finding, Verdict

_EMPTY = frozenset({"", "无", "暂无", "没有", "不存在", "无问题", "无。", "暂无。"})
_GENERIC = (
    "进一步加强",
    "不断提高",
    "加强学习",
    "加强培训",
    "提高认识",
    "加大力度",
    "强化管理",
    "继续做好",
    "切实做好",
    "优化",
)
_CONCRETE = re.compile(r"\d|月|季度|年底|每|逐|清单|名册|台账|股室|科室|责任人|进度表|系统|制度|办法|核对|审核")
_BASIS = "财预〔2020〕10号：自评报告应说明存在的问题和改进措施"


@check(title="写明存在的问题", basis=_BASIS, level=Verdict.DEFECT)
def problems_are_named(situation: Situation) -> Iterator[Finding]:
    """The report names at least one problem; 无 is no problem section."""
    found = [item for item in situation.year.problems if item.kind == "problem" and item.text.strip() not in _EMPTY]
    if not found:
        text = "没有写存在的问题（空白或只写“无”）。"
        yield Finding(
            "", Verdict.DEFECT, text, remedy="对照扣分项、执行偏差和审计反馈写出具体问题。", subject="problems"
        )


@check(title="有改进措施", basis=_BASIS, level=Verdict.DEFECT)
def measures_are_given(situation: Situation) -> Iterator[Finding]:
    """Where problems are named there is at least one measure or suggestion."""
    problems = [item for item in situation.year.problems if item.kind == "problem" and item.text.strip() not in _EMPTY]
    answers = [item for item in situation.year.problems if item.kind != "problem" and item.text.strip() not in _EMPTY]
    if problems and not answers:
        text = f"写了 {len(problems)} 个问题，没有写改进措施。"
        yield Finding(
            "", Verdict.DEFECT, text, remedy="每个问题写一条措施，写明责任股室和完成时限。", subject="problems"
        )


@check(title="每个问题有措施对应", basis=_BASIS, level=Verdict.QUESTION)
def each_problem_is_answered(situation: Situation) -> Iterator[Finding]:
    """Where measures name the problem they answer, no problem is left without one."""
    answered = {code.strip() for item in situation.year.problems for code in re.split(r"[、,，;；\s]+", item.answers)}
    answered.discard("")
    for item in situation.year.problems if answered else ():
        if item.kind == "problem" and item.code not in answered and item.text.strip() not in _EMPTY:
            text = f"问题“{item.text[:20]}”没有措施对应。"
            yield Finding(
                "", Verdict.QUESTION, text, remedy="补一条措施，或在措施的“对应问题”栏填上它。", subject=item.code
            )


@check(title="改进措施具体", basis=_BASIS, level=Verdict.QUESTION)
def measures_are_specific(situation: Situation) -> Iterator[Finding]:
    """A measure that is only general words (进一步加强…) without owner, time limit or tool is asked about."""
    for item in situation.year.problems:
        vague = any(word in item.text for word in _GENERIC) and not _CONCRETE.search(item.text)
        if item.kind == "measure" and vague and not item.owner and not item.due:
            text = f"措施“{item.text[:24]}”笼统，没有责任股室和时限。"
            yield Finding("", Verdict.QUESTION, text, remedy="写明谁来做、做什么、何时完成。", subject=item.code)
