"""What the inside of the window says no to."""

from rongji.kernel.refusal import Refusal


class WindowNotOpened(Refusal):
    """The site has no public window."""

    code = "window-not-opened"
    sentence = "本系统没有开通网上窗口。需要时请系统管理员设置 RONGJI_PUBLIC_WINDOW 并运行 rongji setup。"
    status = 404


class WindowOfWhom(Refusal):
    """Several bureaus, and nobody said whose window it is."""

    code = "window-of-whom"
    sentence = "有多个单位，不知道网上窗口属于哪一个。请系统管理员用 RONGJI_PUBLIC_BUREAU 写明机构编码。"


class WindowUnreachable(Refusal):
    """The window's database does not answer, or has no tables."""

    code = "window-unreachable"
    sentence = "连不上网上窗口的数据库，这一步没有送出（{reason}）。局内数据没有变动；请系统管理员检查后再试。"
    status = 503


class IntakeUnknown(Refusal):
    """No such form."""

    code = "intake-unknown"
    sentence = "没有编号为“{number}”的网上来件，可能已经并走。请回到来件清单查找。"
    status = 404


class IntakeDecided(Refusal):
    """A form about which somebody has decided already."""

    code = "intake-decided"
    sentence = "网上来件 {number} 已由 {who} 处理为“{state}”，不能再处理一次。"
    status = 409


class IntakeKeyMissing(Refusal):
    """A form that was sealed with a key that is not ours."""

    code = "intake-key-missing"
    sentence = (
        "网上来件 {number} 是用指纹为 {fingerprint} 的密钥密封的，局内没有这把私钥。请从备份恢复，或请来件人重新提交。"
    )


class IntakeUnfit(Refusal):
    """A form that opens but does not say what a form says."""

    code = "intake-unfit"
    sentence = "网上来件 {number} 的内容不合格式（{why}），不能转为办件。请按无效处理，或与来件人联系。"


class ReasonNotOffered(Refusal):
    """A reason that is not one of those that are told outside."""

    code = "intake-reason-not-offered"
    sentence = "未受理的理由请从这些里选：{offered}。具体情况写在内部说明里，不对外。"


class NothingToPublish(Refusal):
    """A choice about something that cannot be published."""

    code = "nothing-to-publish"
    sentence = "没有可以公开的“{key}”，可能已经撤销或不再有效。请刷新本页后再选。"
    status = 404
