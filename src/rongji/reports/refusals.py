"""What the reports room says no to, and what to do about it."""

from rongji.kernel.refusal import Refusal


class BadForm(Refusal):
    """A form definition that cannot be used."""

    code = "bad-form"
    sentence = "表式“{form}”有误：{problems}。请改正 legal/forms 下的表式文件后再试。"


class NoSuchForm(Refusal):
    """A form that nobody defined."""

    code = "no-such-form"
    sentence = "没有编号为“{form}”的表式，现有：{known}。"
    status = 404


class FormDoesNotFit(Refusal):
    """A form whose tables would stay empty, because the bureau stated nothing of them."""

    code = "form-does-not-fit"
    sentence = "“{label}”需要工作簿中的{missing}，本年度还没有填写，请补录后再试，或换用其他表式。"


class ReportNotReady(Refusal):
    """A final report asked for while something on it is wrong or missing."""

    code = "report-not-ready"
    sentence = "还不能定稿，先处理下列{count}项：{reasons}。"


class NoSuchVersion(Refusal):
    """A report version that does not exist."""

    code = "no-such-version"
    sentence = "没有这份报告版本（{version}），请在报告列表中重新选择。"
    status = 404


class NothingApproved(Refusal):
    """Changes since approval asked for when no version was ever approved."""

    code = "nothing-approved"
    sentence = "{year}年度报告还没有批准过的版本，无从比较，请先定稿并送审。"


class NothingOpen(Refusal):
    """A decision about a version that does not wait for one."""

    code = "no-report-proposed"
    sentence = "报告第 {version} 版当前状态是“{state}”，没有待审批的事项，请刷新后再看。"
    status = 409


class SameAsApproved(Refusal):
    """Finalising again although nothing changed."""

    code = "report-unchanged"
    sentence = "自第 {version} 版以来数据和文字都没有变动，无需重新定稿。"
    status = 409


class PackBroken(Refusal):
    """An evidence pack that cannot be read at all."""

    code = "pack-broken"
    sentence = "“{path}”不是报告佐证包（缺少 manifest.json），请选择系统导出的文件夹或压缩包。"
