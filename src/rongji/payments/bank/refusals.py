"""What the traffic with the bank refuses, and what to do instead."""

from rongji.kernel.refusal import Refusal


class RunNotApproved(Refusal):
    """A batch of a run that has not been approved, or was discarded."""

    code = "payment-run-not-approved"
    sentence = "发放批次 {run} {state}，只有已批准的才能送银行。请先完成审批。"
    status = 409


class NothingToSend(Refusal):
    """A run without a payment that could go to the bank now."""

    code = "nothing-to-send"
    sentence = "发放批次 {run} 没有可以送银行的付款：{why}。"
    status = 409


class PayeeUnfit(Refusal):
    """A payment that the bank's file cannot carry."""

    code = "payee-unfit"
    sentence = "第 {sequence} 笔（{payee}）的{column}“{text}”{why}，整个批次没有生成。"


class BankFileGone(Refusal):
    """A kept bank file that is missing or was altered."""

    code = "bank-file-gone"
    sentence = "文件“{file}”{why}，请从备份恢复数据目录。"
    status = 500
    exit_code = 1


class BatchUnknown(Refusal):
    """An answer to a batch that was never made."""

    code = "bank-batch-unknown"
    sentence = "没有批次“{number}”。请核对批次号（送盘文件名里有），用 rongji pay batches 可以列出。"
    status = 404


class AnswerOfAnotherBatch(Refusal):
    """An answer whose batch number, or whose every row, belongs to another batch."""

    code = "answer-of-another-batch"
    sentence = "回盘文件“{file}”不是批次 {number} 的：{why}。没有导入，请选对批次或换对文件。"


class AnswerGarbled(Refusal):
    """An answer in another encoding than the bank's own."""

    code = "answer-garbled"
    sentence = "回盘文件“{file}”读不出文字：{why}。没有导入，请从银行系统重新下载，下载后不要另存或编辑。"


class AnswerTruncated(Refusal):
    """An answer without its last line."""

    code = "answer-truncated"
    sentence = "回盘文件“{file}”不完整：{why}。没有导入，请从银行系统重新下载完整的文件。"


class AnswerNotOfProfile(Refusal):
    """An answer that is not laid out as the profile says."""

    code = "answer-not-of-profile"
    sentence = "回盘文件“{file}”与银行接口“{profile}”的格式不符：{why}。没有导入，请核对文件，或在接口设置里改正栏目。"


class AnswerRowsRefused(Refusal):
    """An answer with unreadable cells: all of them, nothing written."""

    code = "answer-rows-refused"
    sentence = "回盘文件“{file}”有 {count} 处读不懂，一行也没有导入。请向银行要一份正确的文件：\n{listing}"


class AnswerTotalsDiffer(Refusal):
    """An answer whose totals are not those of its rows."""

    code = "answer-totals-differ"
    sentence = "回盘文件“{file}”的合计与明细不符：{differences}。没有导入，请向银行要一份完整、正确的文件。"


class ItemUnknown(Refusal):
    """No such item in a batch."""

    code = "bank-item-unknown"
    sentence = "批次 {number} 里没有第 {sequence} 笔，请用 rongji pay items 查看。"
    status = 404


class ItemNotInDoubt(Refusal):
    """A person may only settle what the bank left open."""

    code = "bank-item-not-in-doubt"
    sentence = "批次 {number} 第 {sequence} 笔的结果是“{state}”，不是“结果不明”，不能由人认定。"
    status = 409


class EvidenceNeeded(Refusal):
    """A person's word on what the bank did, without what it rests on."""

    code = "bank-evidence-needed"
    sentence = "请写明认定的依据，例如银行流水号、对账单日期或银行出具的证明。"


class OutcomeUnfit(Refusal):
    """An outcome that does not fit the amount."""

    code = "bank-outcome-unfit"
    sentence = "认定为“{state}”时到账金额应{expected}，填的是 {given} 元，请核对。"


class PaymentUnknown(Refusal):
    """No such payment."""

    code = "payment-unknown"
    sentence = "没有编号为 {payment} 的付款，请用 rongji pay items 查看。"
    status = 404


class PaymentNotCancellable(Refusal):
    """A payment that is with the bank or has arrived."""

    code = "payment-not-cancellable"
    sentence = "付款 {payment}（{state}）不能撤销：{why}。"
    status = 409


class ReasonNeeded(Refusal):
    """A cancellation without its reason."""

    code = "payment-reason-needed"
    sentence = "请写明撤销的原因，例如本人已于发放前去世。"


class NothingToPost(Refusal):
    """A run of which the bank has paid nothing that is not posted."""

    code = "nothing-to-post"
    sentence = "发放批次 {run} 没有可以入账的：{why}。"
    status = 409


class PostingOutOfYear(Refusal):
    """A posting on a day outside of the year whose budget it takes."""

    code = "posting-out-of-year"
    sentence = "发放批次 {run} 用的是 {year} 年的指标，不能记在 {day}。请用 --on 指定 {year} 年内的记账日期。"


class StatementTooEarly(Refusal):
    """A statement of money that nobody has approved."""

    code = "statement-too-early"
    sentence = "发放批次 {run} 还没有批准，不能出具告知单。请先完成审批。"
    status = 409
