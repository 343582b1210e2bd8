"""What the rules of one-off benefits say no to, each with what to do about it."""

from rongji.kernel.refusal import Refusal


class UnknownWord(Refusal):
    """A grade, cause, group or honour that no legal table of the benefit has."""

    code = "unknown-word-of-benefit"
    sentence = "“{label}”没有{what}“{word}”，可用的有：{known}。请改用其中一个，或先在法规数据中登记。"


class NegativeAmount(Refusal):
    """An amount of money below zero where none can be."""

    code = "negative-amount-of-benefit"
    sentence = "{what}不能小于零（填的是 {amount} 元），请核对后重填。"


class EndsBeforeStart(Refusal):
    """A day or month that should follow another and does not."""

    code = "ends-before-start"
    sentence = "{last_name} {last} 早于{first_name} {first}，请核对两个日期。"


class IncomeNotPublished(Refusal):
    """The national income of the year before an event is not known."""

    code = "income-not-published"
    sentence = (
        "事项发生在 {event}，要用 {year} 年全国城镇居民人均可支配收入，到 {known_on} 没有公布或没有录入，"
        "请在公布并录入法规数据后再算。"
    )


class LieutenantPayMissing(Refusal):
    """A lump sum that hangs on the pay of a 少尉, which nobody stated."""

    code = "lieutenant-pay-missing"
    sentence = "“{label}”要与少尉月工资标准比较，请按死亡通知书填写少尉月工资标准。"


class HonoursDoNotCount(Refusal):
    """Honours stated where the law raises nothing for them."""

    code = "honours-do-not-count"
    sentence = "“{nature}”（{scope}）的一次性抚恤金不因立功受奖增发，请不要填写荣誉。"


class PayNotStated(Refusal):
    """Months of pay without a pay."""

    code = "pay-not-stated"
    sentence = "一次性抚恤金按月工资计算，请填写死者的月工资（大于零）。"


class KeyOfStandardWrong(Refusal):
    """The key of a periodic standard in a form that its table does not have."""

    code = "key-of-standard-wrong"
    sentence = "“{label}”的档次写作“{example}”的样子，填的是“{given}”，请改写。"


class NoMerits(Refusal):
    """A merit award without a merit."""

    code = "no-merits"
    sentence = "没有填写立功受奖情况，请至少填写一项。"


class MeritsOfSeveralYears(Refusal):
    """Merits of different years in one award."""

    code = "merits-of-several-years"
    sentence = "立功受奖分属 {years} 年，奖励按年度取最高一项，请分年度计算。"


class NoServiceLeft(Refusal):
    """Time of service that is not above zero."""

    code = "no-service-left"
    sentence = "服役 {months} 个月，扣除不计入的 {held_back} 个月后没有剩余，请核对入伍、退役日期和不计入的月数。"


class ServiceTooShort(Refusal):
    """Years of service below those from which a formula begins."""

    code = "service-too-short"
    sentence = "{soldier}的经济补助从服役满 {from_years} 年起算，现为 {years} 年，请核对人员类别和服役时间。"


class ServiceNotThatLong(Refusal):
    """Years of service other than those a fixed amount is for."""

    code = "service-not-that-long"
    sentence = "当地的定额只适用于服役满 {from_years} 年，现为 {years} 年，请向上级确认标准后登记。"


class NoRecipient(Refusal):
    """A family allowance without the recipient whom the soldier named."""

    code = "no-recipient-of-allowance"
    sentence = "没有领取人，请填写义务兵入伍前指定、双方签字的领取人。"


class EndingIncomplete(Refusal):
    """A day of leaving without the way of leaving, or the other way round."""

    code = "ending-incomplete"
    sentence = "终止日期和终止情形要么都填，要么都不填，请补齐。"


class TwoMultiples(Refusal):
    """Two multiples of the family allowance at once."""

    code = "two-multiples-of-allowance"
    sentence = "“{first}”和“{second}”都按倍数增发，法规没有写明能否叠加，请只保留一项，或登记合并适用的标准。"


class AppliedTooLate(Refusal):
    """An application for aid after its time limit."""

    code = "applied-too-late"
    sentence = "困难发生在 {happened}，应在 {last} 前申请，申请日期 {applied} 已超过 {months} 个月，请核对日期。"


class AmountToBeDecided(Refusal):
    """A band within which the bureau decides, without its decision."""

    code = "amount-to-be-decided"
    sentence = "该档在 {least} 元至 {most} 元之间评定，请填写评定金额。"


class DecidedOutsideRange(Refusal):
    """A decided amount outside its range."""

    code = "decided-outside-range"
    sentence = "评定金额 {decided} 元不在 {least} 元至 {most} 元之间，请改在幅度内评定。"


class NothingToDecide(Refusal):
    """A decided amount where the band fixes it."""

    code = "nothing-to-decide"
    sentence = "该档的金额由标准确定（{earns}），请不要另填评定金额。"


class PartsExceedBill(Refusal):
    """Parts of a bill that are larger than the bill."""

    code = "parts-exceed-bill"
    sentence = "{part} {part_amount} 元大于{whole} {whole_amount} 元，请核对结算单。"


class PayerNotInOrder(Refusal):
    """A payer of a bill that the order of settlement does not name."""

    code = "payer-not-in-order"
    sentence = "结算次序中没有“{payer}”，可用的有：{known}，请改用其中一个。"


class AgeNotCovered(Refusal):
    """An age below the first for which a local rule has bands."""

    code = "age-not-covered"
    sentence = "{group}的医疗补助从 {from_age} 岁起有标准，结算时为 {age} 岁，请核对出生日期。"


class OtherRuleForCare(Refusal):
    """A bill under a rule that pays by period, or periods under a rule that pays by bill."""

    code = "other-rule-for-care"
    sentence = "{group}的{care}补助按“{said}”计算，请改用{other}。"


class EmployeeRulesMissing(Refusal):
    """A difference between two schemes without one of the two amounts."""

    code = "employee-rules-missing"
    sentence = "当地按职工医保与居民医保之差补助，请填写按职工医保规定可报销的金额。"


class NotInNeed(Refusal):
    """Support reserved for households in need, asked for by another."""

    code = "not-in-need"
    sentence = "{group}的参保资助限缴费有困难的对象，请先认定困难再资助。"


class CountTooSmall(Refusal):
    """A number of months or periods below the least there can be."""

    code = "count-too-small"
    sentence = "{what}至少为 {least}（填的是 {count}），请核对后重填。"


class WageMissing(Refusal):
    """A base of contributions that neither the law nor the clerk states."""

    code = "average-wage-missing"
    sentence = "没有当地上年度职工月平均工资，请在法规数据中登记，或按公布数填写（大于零）。"
