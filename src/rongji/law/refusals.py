"""What the law package says no to, each with what to do about it."""

from rongji.kernel.refusal import Refusal


class LegalFolderMissing(Refusal):
    """No folder of legal data where one was looked for."""

    code = "legal-folder-missing"
    sentence = "找不到法规数据目录（查找过：{places}），请用 --legal 指明 legal 目录的位置。"
    exit_code = 2


class LawNotUsable(Refusal):
    """Legal data with problems: nothing may be computed from it."""

    code = "law-not-usable"
    sentence = "法规数据有 {count} 处问题，未予采用。第一处：{first}。请运行 rongji law check 查看全部并逐条改正。"


class UnknownTable(Refusal):
    """A table id that the legal data does not hold."""

    code = "unknown-legal-table"
    sentence = "法规数据中没有“{id}”，请用 rongji law list 查看可用编号。"
    status = 404


class UnknownAct(Refusal):
    """An act id that legal/acts does not hold."""

    code = "unknown-act"
    sentence = "文件目录中没有“{id}”，请先在 legal/acts 下登记该文件。"
    status = 404


class KeysDoNotFit(Refusal):
    """A look-up whose keys are not those of the table."""

    code = "legal-keys-do-not-fit"
    sentence = "“{id}”按（{expected}）查值，给出的是（{given}），请改用规定的键。"


class NoValueInForce(Refusal):
    """No value of a table was in force on that day among those known on that day."""

    code = "no-value-in-force"
    sentence = "“{label}”{keys}在 {on} 没有有效值（以 {known_on} 已公布的为准），请补录适用的文件或改用其他日期。"


class ValueIsMissing(Refusal):
    """A value that was published but is a gap in the legal data: the one before it must not be taken instead."""

    code = "legal-value-missing"
    sentence = (
        "“{label}”{keys}自 {effective} 起的数值缺失{note}，以 {known_on} 已公布的为准不能再用以前的数。"
        "请按原文件在 {file} 或本地同名表中补一行（施行日不变）后再算。"
    )


class UnknownBenefit(Refusal):
    """A benefit that the table of benefits does not hold."""

    code = "unknown-benefit"
    sentence = "没有待遇“{id}”，请用 rongji law show entitlement.benefits 查看可用编号。"
    status = 404


class UnknownCategory(Refusal):
    """A category of people that the table of categories does not hold."""

    code = "unknown-category"
    sentence = "没有人员类别“{id}”，请用 rongji law show entitlement.categories 查看可用代码。"
    status = 404


class CategoryClosed(Refusal):
    """A category that takes no new entries."""

    code = "category-closed"
    sentence = "人员类别“{id} {label}”已不再新增（{rule}），请核对类别。"


class UnknownScheme(Refusal):
    """A score scheme that does not exist."""

    code = "unknown-scheme"
    sentence = "没有评分方案“{id}”，可用的有：{known}。"
    status = 404


class ScoreOutOfRange(Refusal):
    """A score for which no grade band exists."""

    code = "score-out-of-range"
    sentence = "得分 {score} 不在等次标准 {lower}–{upper} 之内，请核对得分。"


class UnknownFormula(Refusal):
    """An indicator formula that does not exist."""

    code = "unknown-formula"
    sentence = "没有指标公式“{id}”，请用 rongji law list indicators 查看可用编号。"
    status = 404


class AmbiguousName(Refusal):
    """A name that more than one definition answers to."""

    code = "ambiguous-name"
    sentence = "“{name}”对应多个定义（{known}），请写明其中一个编号。"


class UnknownCode(Refusal):
    """A classification code that no edition known here holds."""

    code = "unknown-code"
    sentence = "{year} 年{list}中没有科目“{code}”，请核对编码，或把财政部门当年的科目表补录进来。"
    status = 404


class UnknownConcept(Refusal):
    """A concept outside the catalogue."""

    code = "unknown-concept"
    sentence = "数据目录中没有“{id}”，请用 rongji law list concepts 查看可用编号。"
    status = 404


class UnknownForm(Refusal):
    """A form definition that does not exist."""

    code = "unknown-form"
    sentence = "没有表式“{id}”，可用的有：{known}。"
    status = 404


class UnknownBankProfile(Refusal):
    """A bank profile that is not there."""

    code = "unknown-bank-profile"
    sentence = "没有银行接口“{id}”，可用的有：{known}。"
    exit_code = 2


class UnknownRegister(Refusal):
    """A register that legal/registers does not declare."""

    code = "unknown-register"
    sentence = "没有编号为“{id}”的登记簿，请从登记簿目录中选择。"
    status = 404


class UnknownCaseKind(Refusal):
    """A case kind, or a version of one, that legal/casework does not hold."""

    code = "unknown-case-kind"
    sentence = "没有“{id}”这种办件（{on}），请从办件种类中选择；办件用过的版本文件不能删除，请恢复。"
    status = 404
