"""What the engine refuses, in words that say what to do."""

from rongji.kernel.refusal import Refusal


class ClaimWithoutRate(Refusal):
    """A claim carries a rate that is not in the law tables of the run."""

    code = "claim-without-rate"
    sentence = (
        "有 {claims} 条待遇的标准编号不在本次核算的标准表里（例如人员 {person_id}、待遇 {award_id}、编号 {rate_id}）："
        "请重新准备核算数据，使每条待遇都对应一个标准。"
    )


class ClaimWithoutDate(Refusal):
    """A claim lacks a day that the timing rules need."""

    code = "claim-without-date"
    sentence = "有 {claims} 条待遇缺少起算日期或出生日期（例如人员 {person_id}、待遇 {award_id}）：请补齐后重新核算。"


class ClaimHalfEnded(Refusal):
    """A claim has a day of its end and no reason, or a reason and no day."""

    code = "claim-half-ended"
    sentence = (
        "有 {claims} 条待遇的终止日期和终止原因只填了一项（例如人员 {person_id}、待遇 {award_id}）：请补上缺的一项。"
    )


class ClaimEndsBeforeStart(Refusal):
    """A claim ends before the day from which it is reckoned."""

    code = "claim-ends-before-start"
    sentence = "有 {claims} 条待遇的终止日期早于起算日期（例如人员 {person_id}、待遇 {award_id}）：请改正后重新核算。"


class ClaimWithoutUnits(Refusal):
    """A claim for less than one unit of its standard."""

    code = "claim-without-units"
    sentence = "有 {claims} 条待遇的计发单位数（服役年数等）小于 1（例如人员 {person_id}、待遇 {award_id}）：请改正。"


class ClaimWithoutTiming(Refusal):
    """The timing table says nothing about how a claim begins or ends."""

    code = "claim-without-timing"
    sentence = (
        "有 {claims} 条待遇的起止原因在起发停发规则中没有规定（例如人员 {person_id}、待遇 {award_id}）："
        "请更正起止原因或日期，或在 legal/entitlement/timing.yaml 补上规则。"
    )


class InputsUnreadable(Refusal):
    """A table of the inputs is missing, is no Parquet file, or has other columns."""

    code = "engine-inputs-unreadable"
    sentence = "读不出核算用的表“{table}”（{reason}）：请检查文件是否存在、是否为完整的 Parquet 文件。"


class OutputNotWritten(Refusal):
    """The result could not be written whole; nothing is left of it."""

    code = "engine-output-not-written"
    sentence = "核算结果没有写成（{place}：{reason}）：请检查磁盘空间和写权限后重新核算，没有留下半个文件。"
    exit_code = 4


class OutOfMemory(Refusal):
    """The embedded engine ran out of the memory it may use."""

    code = "engine-out-of-memory"
    sentence = "内存不够完成核算（上限 {limit}）：请提高内存上限，或缩小核算范围，或改用集群。"
    exit_code = 4


class ClusterUnreachable(Refusal):
    """The cluster's master does not answer."""

    code = "cluster-unreachable"
    sentence = "连不上集群 {master}：请确认主节点已经启动、地址和端口正确，或不带 --engine spark 在本机核算。"
    exit_code = 4


class ClusterWithoutWorkers(Refusal):
    """The master answers and has no worker to give."""

    code = "cluster-without-workers"
    sentence = "集群 {master} 没有可用的工作节点：请启动工作节点，或等别的任务完成后再试。"
    exit_code = 4


class ClusterNotInstalled(Refusal):
    """The parts for reckoning on a cluster are not on this machine."""

    code = "cluster-not-installed"
    sentence = "本机没有装集群组件（{missing}）：请安装 rongji[cluster] 和 Java 17，或在本机核算。"
    exit_code = 4


class AmountTooLarge(Refusal):
    """A standard so large that whole-fen arithmetic would no longer be exact in every engine."""

    code = "amount-too-large"
    sentence = "标准金额 {amount_fen} 分超出可精确计算的范围：请检查法规数据中的金额和单位。"
