"""The noes of casework."""

from dataclasses import asdict
from typing import Any

from rongji.casework.types import BatchOutcome
from rongji.kernel.refusal import Refusal


class CaseUnknown(Refusal):
    """No such case."""

    code = "case-unknown"
    sentence = "没有编号为 {case} 的办件，或者不在您的权限范围内；请从收件箱中打开。"
    status = 404


class KindNotYours(Refusal):
    """A kind that other roles open."""

    code = "case-kind-not-yours"
    sentence = "“{kind}”由{roles}登记，您没有这一角色，请交由其登记。"
    status = 403


class ChannelUnknown(Refusal):
    """A channel that the kind does not have."""

    code = "case-channel-unknown"
    sentence = "“{kind}”没有“{channel}”这一渠道，请从 {known} 中选择。"


class AssignedByMissing(Refusal):
    """An assigned case that does not say by whom."""

    code = "case-assigned-by-missing"
    sentence = "渠道“{channel}”是交办件，请填写交办单位。"


class CountUnfit(Refusal):
    """A number of people that came which cannot be."""

    code = "case-people-unfit"
    sentence = "人数填的是 {people}，应为 1 至 {most} 的整数；没有人来的（来信、网上）填 1。"


class TitleMissing(Refusal):
    """A case about nothing."""

    code = "case-title-missing"
    sentence = "请填写事项（一句话说明要办什么，最多 {most} 个字）。"


class PersonMissing(Refusal):
    """A kind that is about somebody of the register."""

    code = "case-person-missing"
    sentence = "“{kind}”必须针对已建档的人员，请先查找并选择人员；没有档案的先建档。"


class ApplicantMissing(Refusal):
    """A case of nobody."""

    code = "case-applicant-missing"
    sentence = "请填写申请人姓名，或选择已建档的人员。"


class CaseDayUnfit(Refusal):
    """A day that cannot be."""

    code = "case-day-unfit"
    sentence = "{what}（{day}）{why}，请核对日期。"


class StationUnfit(Refusal):
    """A station of another bureau."""

    code = "case-station-unfit"
    sentence = "服务站 {station} 不属于{bureau}，请从本单位的服务站中选择。"


class AnswersUnfit(Refusal):
    """What was filled in wrong, every field of it; problems: field → sentence."""

    code = "case-answers-unfit"
    sentence = "有 {count} 处填写有误：{first}"


class LinkUnknown(Refusal):
    """A person, station or record named in a field that is not there."""

    code = "case-link-unknown"
    sentence = "“{label}”填的“{text}”找不到，请从名单中选择。"


class IntakeTaken(Refusal):
    """A submission of the public window that has its case."""

    code = "case-intake-taken"
    sentence = "网上受理码 {intake} 已登记为办件 {number}，请打开该办件，不要重复登记。"
    status = 409


class CaseNotAlone(Refusal):
    """A second case where there may be one."""

    code = "case-not-alone"
    sentence = "“{kind}”同一对象不能重复办理：已有办件 {number}（{state}）；请在该办件上办理，或核对对象。"
    status = 409


class CaseSeemsRegistered(Refusal):
    """A case that says the same as one of that day: a form sent twice."""

    code = "case-seems-registered"
    sentence = (
        "{day} 已登记过{applicant}的同一事项，编号 {number}，请打开那一件办理；"
        "又来了一次的，在那一件里登记来访来电；确实是另一件事的，请把事项写得有所区别。"
    )
    status = 409


class ApplicationTooLate(Refusal):
    """An application after its time."""

    code = "case-application-too-late"
    sentence = "申请期限是{since}起 {limit}（至 {due}），收到日期 {day} 已超过；如日期有误请更正，否则不予受理。"


class ApplicationTooEarly(Refusal):
    """An application before its time."""

    code = "case-application-too-early"
    sentence = "须在{since}满 {limit}（{due}）以后才能申请，收到日期是 {day}；请到期后再办。"


class DaysOutOfOrder(Refusal):
    """Days of an application that run backwards."""

    code = "case-days-out-of-order"
    sentence = "“{later}”（{later_day}）早于“{earlier}”（{earlier_day}），请核对这两个日期。"


class ActUnknown(Refusal):
    """An act that the kind does not have."""

    code = "case-act-unknown"
    sentence = "“{kind}”没有“{act}”这一办理，可办理的有：{known}。"


class ActNotPossible(Refusal):
    """An act that does not start from where the case stands."""

    code = "case-act-not-possible"
    sentence = "办件 {number} 现处“{step}”环节（{last}），不能办理“{act}”；现在可办理：{possible}。"
    status = 409


class CaseMovedOn(Refusal):
    """Somebody else acted in between."""

    code = "case-moved-on"
    sentence = "办件 {number} 在您打开之后已有变动：{last}，现处“{step}”环节；请刷新后再办。"
    status = 409


class ActNotYours(Refusal):
    """An act of another role."""

    code = "case-act-not-yours"
    sentence = "“{act}”由{roles}办理，您在该办件的范围内没有这一角色。"
    status = 403


class SameHands(Refusal):
    """Two acts that two people have to do."""

    code = "case-same-hands"
    sentence = "办件 {number} 的“{before}”是您办理的，“{act}”须由另一人办理。"
    status = 409


class PapersMissing(Refusal):
    """An act without the papers that it needs."""

    code = "case-papers-missing"
    sentence = "办理“{act}”前还缺材料：{papers}；请先登记材料，或办理补正。"


class DecisionMissing(Refusal):
    """An act that needs the number of a decision."""

    code = "case-decision-missing"
    sentence = "办理“{act}”必须填写批准文号或会议纪要编号。"


class WaitingNotOver(Refusal):
    """An act before the end of a notice period."""

    code = "case-waiting-not-over"
    sentence = "“{clock}”到 {due} 才满，“{act}”要在此后办理；办理日期填的是 {day}。"


class NothingToExtend(Refusal):
    """An extension of nothing."""

    code = "case-nothing-to-extend"
    sentence = "办件 {number} 没有可以延期的时限：{why}。"
    status = 409


class ContactUnfit(Refusal):
    """A contact that cannot be."""

    code = "case-contact-unfit"
    sentence = "来访来电登记有误：{why}。"


class PaperUnfit(Refusal):
    """A paper that cannot be filed."""

    code = "case-paper-unfit"
    sentence = "材料“{title}”有误：{why}。"


class HandOverUnfit(Refusal):
    """A hand-over that cannot be."""

    code = "case-hand-over-unfit"
    sentence = "不能交接：{why}。"


class MemberUnfit(Refusal):
    """A leader or member that cannot be."""

    code = "case-member-unfit"
    sentence = "包案或专班安排有误：{why}。"


class RatingUnfit(Refusal):
    """A rating that cannot be."""

    code = "case-rating-unfit"
    sentence = "满意度评价有误：{why}。"
    status = 409


class FilterUnfit(Refusal):
    """A list asked for in words that it does not know."""

    code = "case-filter-unfit"
    sentence = "办件列表的条件有误：{why}。"


class BatchUnfit(Refusal):
    """A batch with cases that cannot be opened; nothing of it is kept."""

    code = "case-batch-unfit"
    sentence = "第 {place} 件不能登记：{why} 整批没有登记，请改正后重新提交。"


class ActBatchUnfit(Refusal):
    """A batch that cannot be begun."""

    code = "case-act-batch-unfit"
    sentence = "不能成批办理：{why}。"


class ActBatchRefused(Refusal):
    """A batch with cases that cannot be acted on; nothing of it is kept. outcome: every one of them, and why."""

    code = "case-act-batch-refused"
    sentence = (
        "{total} 件里有 {count} 件不能办理“{act}”，整批没有办理。第一件是 {number}：{why}"
        "请逐件处理后再办，或者只办能办的。"
    )
    status = 409

    def as_json(self) -> dict[str, Any]:
        """With every case that stood against it."""
        outcome: BatchOutcome = self.facts["outcome"]
        told = {name: str(value) for name, value in self.facts.items() if name != "outcome"}
        return {"code": self.code, "message": str(self), "facts": told, "left": [asdict(item) for item in outcome.left]}


class CaseOfOtherKind(Refusal):
    """A case in a batch of another kind."""

    code = "case-of-other-kind"
    sentence = "办件 {number} 是“{kind}”，本批办的是“{wanted}”，请分开办理。"


class BatchRowUnfit(Refusal):
    """A row of a table that cannot be read, or names no case; problems: field → sentence."""

    code = "case-batch-row-unfit"
    sentence = "表格的这一行不能办理：{why}"


class ActTableUnfit(Refusal):
    """A table that names no cases."""

    code = "case-act-table-unfit"
    sentence = "“{file}”里没有可以办理的行：{why}。"


class CaseTwiceInBatch(Refusal):
    """A case that a batch names twice."""

    code = "case-twice-in-batch"
    sentence = "办件 {number} 在本批里已经是第 {first} 件，请只留一次。"


class LettersUnfit(Refusal):
    """No letters to print, or too many for one file."""

    code = "case-letters-unfit"
    sentence = "一次打印 1 至 {most} 份文书，现在是 {count} 份，请重新选择后再打印。"


class EffectUnknown(Refusal):
    """An effect that this version of the system does not know."""

    code = "case-effect-unknown"
    sentence = "办件种类里写的办理结果“{effect}”本系统没有，请核对该种类的文件，可用的有：{known}。"
    status = 409
