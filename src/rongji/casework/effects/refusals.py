"""What effects refuse before they call a room below, and what to do instead."""

from rongji.kernel.refusal import Refusal


class EffectOfNobody(Refusal):
    """An effect on a person, of a case that is about nobody of the register."""

    code = "case-effect-of-nobody"
    sentence = "办件 {number} 没有对应的人员档案，请先建档并在办件中选择人员。"
    status = 409


class StandardKeyMissing(Refusal):
    """A benefit whose standard needs a word that nobody answered."""

    code = "case-standard-key-missing"
    sentence = "“{benefit}”按{keys}定标准，办件里没有填写“{missing}”，请补填后再办。"


class NoAwardToChange(Refusal):
    """A change of a benefit that the person does not draw."""

    code = "case-no-award-to-change"
    sentence = "该人员没有正在享受的“{benefit}”，不能调整；首次评定的请按新评定办理。"
    status = 409


class NothingDue(Refusal):
    """A rule that finds nothing to be paid."""

    code = "case-nothing-due"
    sentence = "按规定计算应发 0 元：{words}。请核对填写的内容；确实不符合的，办理不予批准。"


class GrantOfCaseGone(Refusal):
    """An approval of an amount that is no longer there."""

    code = "case-grant-gone"
    sentence = "办件 {number} 核算的一次性待遇已经撤销或者没有核算，请退回重新核算。"
    status = 409


class ShareUnfit(Refusal):
    """A part of a sum that is no part of it."""

    code = "case-share-unfit"
    sentence = "{why}，请按遗属分配协议核对分得的金额。"


class MonthsPaidBack(Refusal):
    """Months of insurance that were made up for before."""

    code = "case-months-paid-back"
    sentence = "{insurance}保险 {first} 至 {last} 已经补缴（一次性待遇 {grant}），请去掉重复的月份。"
    status = 409


class BackPaymentMonthsDiffer(Refusal):
    """A number of months that the period does not have."""

    code = "case-back-payment-months"
    sentence = "起止月份共 {counted} 个月，社保机构确认的是 {stated} 个月；中间有缴费的，请按断缴的各段分别办理。"


class NoBenefitOfDeceased(Refusal):
    """A funeral grant for somebody who drew nothing that earns it."""

    code = "case-no-benefit-of-deceased"
    sentence = "去世人员没有登记“{benefit}”，不能据以计算丧葬补助费，请核对去世人员类别和待遇登记。"


class InformationMustStay(Refusal):
    """Information that the law has the bureau keep."""

    code = "case-information-must-stay"
    sentence = "“{item}”依照{law}应当保存，不能删除：{why}。请办理不予删除并告知理由。"


class InformationUnfit(Refusal):
    """A correction that cannot be read, or of something that is not kept so."""

    code = "case-information-unfit"
    sentence = "“{item}”不能改为“{value}”：{why}。"


class NoTransferOfCase(Refusal):
    """A receipt for a file that the case did not send."""

    code = "case-no-transfer"
    sentence = "办件 {number} 还没有移交档案，不能登记回执，请先办理移交。"
    status = 409
