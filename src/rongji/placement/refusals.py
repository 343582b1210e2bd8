"""What placement refuses, and what to do instead."""

from typing import Any

from rongji.kernel.refusal import Refusal


class CohortUnknown(Refusal):
    """A number of no cohort, or of one outside what the asker may see."""

    code = "placement-cohort-unknown"
    sentence = "没有编号为 {cohort} 的安置批次，或者不在您的权限范围内，请在批次列表里选择。"
    status = 404


class CohortExists(Refusal):
    """The same season twice."""

    code = "placement-cohort-exists"
    sentence = "{season}的安置批次已经建立（批次 {cohort}），请在那里办理。"
    status = 409


class CohortStep(Refusal):
    """A step that the state of a cohort does not allow."""

    code = "placement-cohort-step"
    sentence = "{title}处于“{state}”，不能{step}；{hint}。"
    status = 409


class CandidateUnknown(Refusal):
    """A number of no candidate."""

    code = "placement-candidate-unknown"
    sentence = "没有编号为 {candidate} 的安置对象，或者不在您的权限范围内，请在名单里选择。"
    status = 404


class CandidateTwice(Refusal):
    """A person who is on the list already."""

    code = "placement-candidate-twice"
    sentence = "{name} 已在本批次名单上（编号 {number}），不能重复登记。"
    status = 409


class PersonNotHere(Refusal):
    """A person of another bureau, or dead, or whose file was merged."""

    code = "placement-person-not-here"
    sentence = "档案 {person} {why}，不能登记为安置对象，请核对。"


class ReportedEarly(Refusal):
    """A person who reported before the discharge, or in the future."""

    code = "placement-reported-early"
    sentence = "报到日期 {reported} 应在批准退役日期 {approved} 以后、今天 {today} 以前，请核对。"


class ReportedLate(Refusal):
    """A person who reported so late that the placement is forfeited, without a reason."""

    code = "placement-reported-late"
    sentence = (
        "应在 {by} 前报到，{reported} 才报到，逾期超过 {days} 日；有正当理由的请填写逾期原因和证明，"
        "没有的按规定视为放弃安置待遇，不列入名单。"
    )


class OfficerMissing(Refusal):
    """A spouse without the officer with whom the spouse comes."""

    code = "placement-officer-missing"
    sentence = "随调家属要写明随调的军转干部（同一单位名单上的编号），请先登记军转干部。"


class SoldierWord(Refusal):
    """A kind of soldier that the conditions do not know."""

    code = "placement-soldier-word"
    sentence = "“{word}”不是人员种类，请填 军士 或 义务兵。"


class StateUnfit(Refusal):
    """A step that the state or category of a candidate does not allow."""

    code = "placement-state-unfit"
    sentence = "{name}（{category}）处于“{state}”，不能{step}；{hint}。"
    status = 409


class ServiceMissing(Refusal):
    """No finished service on file of somebody who is to be scored."""

    code = "placement-service-missing"
    sentence = "人员档案里没有已经结束的服役经历，请先补录入伍、退役日期再评分。"


class ServiceOpen(Refusal):
    """A period of service without an end, of somebody who is to be scored."""

    code = "placement-service-open"
    sentence = "人员档案里有一段从 {first} 起、还没有退役日期的服役经历，请先补录退役日期（或撤销登错的经历）再评分。"


class NotEligible(Refusal):
    """Nobody of the grounds for being given work is met."""

    code = "placement-not-eligible"
    sentence = "不符合由政府安排工作的任何一条（{grounds}），请核对档案；符合的请补录依据，不符合的改按自主就业办理。"


class FactUnknown(Refusal):
    """A number of no standing fact for the scoring."""

    code = "placement-fact-unknown"
    sentence = "没有编号为 {fact} 的计分事项，或者已经撤销，请刷新页面核对。"
    status = 404


class EvidenceMissing(Refusal):
    """Something for which a reason or a proof must be given."""

    code = "placement-evidence-missing"
    sentence = "请填写{what}。"


class SheetMissing(Refusal):
    """A confirmation of points that were not reckoned."""

    code = "placement-sheet-missing"
    sentence = "{name} 还没有积分表，请先核算积分。"
    status = 409


class NotReady(Refusal):
    """A publication that lacks sheets, confirmations or posts."""

    code = "placement-not-ready"
    sentence = "不能{step}：{why}。"
    status = 409


class NoticeUnfit(Refusal):
    """A period of notice that ends before it begins."""

    code = "placement-notice-unfit"
    sentence = "公示截止日期 {until} 应不早于今天 {today}，请改正。"


class UnitTwice(Refusal):
    """A unit that is on the list already."""

    code = "placement-unit-twice"
    sentence = "接收单位“{name}”已经登记，请直接使用。"
    status = 409


class UnitUnknown(Refusal):
    """A number of no unit of this bureau."""

    code = "placement-unit-unknown"
    sentence = "没有编号为 {unit} 的接收单位，请先登记。"
    status = 404


class PlacesUnfit(Refusal):
    """A number of places that is none."""

    code = "placement-places-unfit"
    sentence = "{what}是 {places}，应为 {least} 到 {most} 之间的整数，请改正。"


class PostUnknown(Refusal):
    """A post number that the cohort does not have."""

    code = "placement-post-unknown"
    sentence = "没有 {number} 号岗位，请看岗位表上的号码。"
    status = 404


class PostTaken(Refusal):
    """A post whose places are all taken, perhaps a second ago."""

    code = "placement-post-taken"
    sentence = "{number} 号岗位（{post}）已被选完，请改选其他岗位。"
    status = 409


class SessionUnknown(Refusal):
    """A number of no session, or of one outside what the asker may see."""

    code = "placement-session-unknown"
    sentence = "没有编号为 {session} 的选岗会，或者不在您的权限范围内。"
    status = 404


class SessionOver(Refusal):
    """An act in a session that has been closed."""

    code = "placement-session-over"
    sentence = "选岗会已经结束，不能再{step}。"
    status = 409


class NotTheirTurn(Refusal):
    """A choice of somebody whose turn it is not, often because another screen was quicker."""

    code = "placement-not-their-turn"
    sentence = "现在轮到的是 {current}，不是 {asked}；可能另一台电脑刚刚登记过，请看刷新后的页面再操作。"
    status = 409


class NobodyLeft(Refusal):
    """A choice when everybody has had their turn."""

    code = "placement-nobody-left"
    sentence = "所有人都已轮到，没有待选的人了；可以结束选岗会。"
    status = 409


class SomebodyLeft(Refusal):
    """A session that is closed while people still wait for their turn."""

    code = "placement-somebody-left"
    sentence = "还有 {count} 人没有轮到，不能结束；确需提前结束的请写明原因。"
    status = 409


class NothingToUndo(Refusal):
    """Nothing that could be undone, or not the last act."""

    code = "placement-nothing-to-undo"
    sentence = "{why}，请看选岗记录。"
    status = 409


class UndoSamePerson(Refusal):
    """The one who recorded a choice may not undo it."""

    code = "placement-undo-same-person"
    sentence = "这一步由 {recorder} 登记，撤销须由另一人办理并写明原因。"
    status = 403


class DayUnfit(Refusal):
    """A day before what it follows, or in the future."""

    code = "placement-day-unfit"
    sentence = "{what} {day} 应不早于{after} {first}，也不晚于今天 {today}，请核对。"


class ContractTooShort(Refusal):
    """A contract shorter than the law demands."""

    code = "placement-contract-too-short"
    sentence = "合同自 {first} 至 {last}，规定期限不少于 {years} 年（至少到 {least}），请接收单位改签。"


class TooMany(Refusal):
    """More candidates on one list than numbers for them."""

    code = "placement-too-many"
    sentence = "一个批次最多登记 {most} 人，请分批办理。"


class LotUnfit(Refusal):
    """A lot that is no number of one."""

    code = "placement-lot-unfit"
    sentence = "抽签号是 {lot}，应为 1 到 {most} 之间的整数，请核对抽签记录。"


class ResultsRefused(Refusal):
    """A table of results with something wrong in it: nothing of it was written."""

    code = "placement-results-refused"
    sentence = "“{file}”有 {count} 处必须改正，整表没有导入。请下载标好问题的表改正后再导入。"

    def __init__(self, *, outcome: Any, **facts: Any) -> None:
        super().__init__(**facts)
        self.outcome = outcome


class ChosenAlready(Refusal):
    """The same turn clicked again: what it chose stands."""

    code = "placement-chosen-already"
    sentence = "第 {position} 名（{name}）已在 {at} 由 {by} 登记：{what}。不用再登记；{next}。"
    status = 409


class PostWithdrawn(Refusal):
    """A post that the unit took back during the session."""

    code = "placement-post-withdrawn"
    sentence = "{number} 号岗位（{post}）已由接收单位撤回，请改选其他岗位。"
    status = 409


class PostNotLeft(Refusal):
    """A withdrawal of places that are chosen already."""

    code = "placement-post-not-left"
    sentence = (
        "{number} 号岗位只剩 {left} 个没有选定，不能撤回 {places} 个；"
        "已经选定的不能由单位撤回，确需变动的先由另一人撤销选岗。"
    )
    status = 409


class AuthorityMissing(Refusal):
    """A proxy without a letter of authority, or a letter without a proxy."""

    code = "placement-authority-missing"
    sentence = "代为选岗的，请同时填写代选人姓名和委托书编号（或日期），并查验代选人身份证件和委托书原件。"
