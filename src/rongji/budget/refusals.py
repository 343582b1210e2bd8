"""What the budget refuses, and what to do instead."""

from rongji.kernel.refusal import Refusal


class RowsRefused(Refusal):
    """An import with bad cells: all of them, nothing written."""

    code = "budget-rows-refused"
    sentence = "文件“{file}”有 {count} 处问题，一行也没有导入。请改正后重新导入：\n{listing}"


class AlreadyImported(Refusal):
    """The same file a second time."""

    code = "budget-already-imported"
    sentence = "文件“{file}”已经导入过（批次 {batch}），没有重复记账。"


class UnknownLine(Refusal):
    """An adjustment of a line that does not exist."""

    code = "budget-unknown-line"
    sentence = "预算指标“{number}”不存在，请先导入年初预算指标。"


class BudgetBelowZero(Refusal):
    """An adjustment that would take more out of a line than is in it."""

    code = "budget-below-zero"
    sentence = "调整“{document}”会使指标“{number}”变成负数（{left}），请核对调整金额。"


class AdjustmentSettled(Refusal):
    """An adjustment that has already been decided."""

    code = "budget-adjustment-settled"
    sentence = "调整“{document}”已经{state}，不能再次处理。"


class LineInUse(Refusal):
    """An initial budget that may not change any more."""

    code = "budget-line-in-use"
    sentence = "指标“{number}”已有调整记录，年初预算不能改，请用预算调整。"


class OpeningIsDerived(Refusal):
    """An opening balance for a year whose predecessor is on record."""

    code = "budget-opening-derived"
    sentence = "{year} 年的期初结转由 {before} 年账面结余得出，不能手工填写。"
