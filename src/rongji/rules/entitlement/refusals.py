"""What the rules of entitlement say no to."""

from rongji.kernel.refusal import Refusal


class StandardNotInForce(Refusal):
    """A month for which no standard of a benefit is in force."""

    code = "standard-not-in-force"
    sentence = (
        "{month}没有“{label}”{key}的有效标准（以 {known_on} 已公布的为准）。"
        "请核对起算日期，或把当年文件补录到 legal/standards；本地自定的标准放在 legal/regions/{area}/standards。"
    )


class KeyDoesNotFit(Refusal):
    """Key words that do not answer the standard's keys."""

    code = "standard-key-does-not-fit"
    sentence = "“{label}”的标准档次应写明{expected}，用“|”隔开，现在是“{given}”，请改正。"


class UnknownStandardKey(Refusal):
    """A key word for which the standard has no row at all."""

    code = "unknown-standard-key"
    sentence = "“{label}”没有“{given}”这一档，可用的有：{known}。请核对类别、性质和等级。"


class NotMonthly(Refusal):
    """A month asked of a benefit that is paid once."""

    code = "benefit-not-monthly"
    sentence = "“{label}”是一次性待遇，不按月核算，请在一次性待遇里登记。"


class UnitsNotPositive(Refusal):
    """A number of units below one."""

    code = "units-not-positive"
    sentence = "“{label}”的计发单位数（服役年数等）应为不小于 1 的整数，现在是 {units}，请改正。"


class EndBeforeStart(Refusal):
    """Terms that end before they begin."""

    code = "terms-end-before-start"
    sentence = "“{label}”终止日期 {ended_on} 早于起算日期 {basis_on}，请改正其中一个。"


class EndWithoutReason(Refusal):
    """A last day without the reason that says how long is still paid, or a reason without the day."""

    code = "end-without-reason"
    sentence = "“{label}”的终止日期和终止原因要同时填写，请补上缺的一项。"


class TimingNotInForce(Refusal):
    """No timing rule for an event of a benefit."""

    code = "timing-not-in-force"
    sentence = "“{label}”没有 {on} 有效的起止月份规定（{event}），请在 legal/entitlement/timing.yaml 补录。"


class FundingNotInForce(Refusal):
    """No split between the three budgets for a benefit in an area."""

    code = "funding-not-in-force"
    sentence = "{month}没有“{label}”的三级财政分担比例，请在 legal/regions/{area}/entitlement/funding.yaml 登记。"
