"""What the rules of placement say no to, each with what to do about it."""

from rongji.kernel.refusal import Refusal


class UnknownSeason(Refusal):
    """A season of discharge that no table names."""

    code = "placement-season-unknown"
    sentence = "没有“{season}”这个退役季次，可用的有：{known}。请改用其中一个，或先在法规数据中登记。"


class UnknownItem(Refusal):
    """An item or degree that no scoring table has."""

    code = "placement-item-unknown"
    sentence = "评分项目里没有“{item}·{degree}”，该项可用的有：{known}。请改用其中一个，或先在法规数据中登记。"


class CountUnfit(Refusal):
    """A count of something that there must be at least one of."""

    code = "placement-count-unfit"
    sentence = "“{item}·{degree}”的数量是 {count}，应为大于零的整数，请核对。"


class PeriodMissing(Refusal):
    """An item that goes by months, without its first and last day."""

    code = "placement-period-missing"
    sentence = "“{item}·{degree}”按月计分，请填写起止日期，止日不早于起日。"


class PeriodOutsideService(Refusal):
    """A period that lies partly outside the time of service."""

    code = "placement-period-outside-service"
    sentence = "“{item}·{degree}”{first} 至 {last} 不在任何一段服役期间（{service}）以内，请核对日期。"


class PeriodsOverlap(Refusal):
    """Two periods that would count the same days twice."""

    code = "placement-periods-overlap"
    sentence = "“{one}”和“{other}”的日期有重叠，办法没有写明能否同时计分，请按上级答复改正日期，或只保留一项。"


class ServiceOverlaps(Refusal):
    """Two periods of service that hold the same day."""

    code = "placement-service-overlaps"
    sentence = "服役经历 {one} 和 {other} 有重叠，同一天不能计两次，请先在人员档案里改正入伍、退役日期再评分。"


class BreakUnsettled(Refusal):
    """Service with a break, where the area has said that nothing is computed with one."""

    code = "placement-break-unsettled"
    sentence = (
        "服役经历有间断（{service}），当地没有写明怎样计算，不能评分；请书面请示，答复后在法规数据“{table}”里登记。"
    )


class ResultMissing(Refusal):
    """An examination that the order is made of, and no result."""

    code = "placement-result-missing"
    sentence = "还没有{part}成绩，不能排序；请录入成绩，没有参加的登记缺考。"


class ResultUnfit(Refusal):
    """A result that is none, below zero or above the full marks."""

    code = "placement-result-unfit"
    sentence = "{part}成绩是“{given}”，应是 0 到 {full} 之间、小数不超过 {places} 位的数；没有参加的填“缺考”。"


class MarksUnreadable(Refusal):
    """Marks that are no number."""

    code = "placement-marks-unreadable"
    sentence = "“{given}”不是成绩，请填数字（如 82.5），没有参加的填“缺考”。"


class AbsentUnsettled(Refusal):
    """Somebody absent from an examination, where the area ranks nobody without a result."""

    code = "placement-absent-unsettled"
    sentence = "{part}缺考，按当地办法不能排序；请安排补考后录入成绩，或登记放弃安置。"


class PartUnknown(Refusal):
    """An examination that the order of this season is not made of."""

    code = "placement-part-unknown"
    sentence = "{season}的排序分里没有“{part}”，{known}。"


class RankMissing(Refusal):
    """A scoring version that gives points for the rank, and no rank."""

    code = "placement-rank-missing"
    sentence = "{season}的评分办法计军衔分，请补录退役时的军衔再评分。"


class FullTie(Refusal):
    """Persons whom nothing in the order of ties tells apart."""

    code = "placement-full-tie"
    sentence = (
        "按“{order}”比较后仍有完全相同的：{tied}。系统不代为定先后，请由当地定出办法（如现场抽签），"
        "并在法规数据中登记总分相同的排序后再排。"
    )
    status = 409


class TieFactMissing(Refusal):
    """A fact that a tie hangs on and that is not known."""

    code = "placement-tie-fact-missing"
    sentence = "{tied}总分相同，要比较{what}，而有人的没有登记，请补录后再排。"


class NumberTwice(Refusal):
    """One candidate twice on a list that is to be ranked."""

    code = "placement-number-twice"
    sentence = "编号 {number} 在名单上出现两次，请删去一次再排。"


class SheetUnreadable(Refusal):
    """A published sheet that lacks what a recomputation needs."""

    code = "placement-sheet-unreadable"
    sentence = "这份积分表不能复算：{why}。请使用公示时导出的积分表（xlsx 或 csv）。"
