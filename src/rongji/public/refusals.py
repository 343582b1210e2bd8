"""What the public window says no to, each with what to do instead."""

from rongji.kernel.refusal import Refusal


class WindowClosed(Refusal):
    """Nothing is published, or the bureau has closed the window."""

    code = "window-closed"
    sentence = "网上窗口现在没有开通。需要办事的，请到服务中心（站）现场或打电话办理；已经提交的申请不受影响。"
    status = 503


class NothingHere(Refusal):
    """An address behind which there is nothing."""

    code = "window-page-unknown"
    sentence = "没有这个页面：地址可能写错了，也可能已经撤下。请回到首页查找。"
    status = 404


class FormTooOld(Refusal):
    """A form that was opened too long ago."""

    code = "window-form-too-old"
    sentence = "这张表打开的时间太久。您填的内容还在，请核对后再点一次“提交”；附件要重新选择。"


class FormTooQuick(Refusal):
    """A form sent quicker than anybody can fill it in."""

    code = "window-form-too-quick"
    sentence = "提交得太快。您填的内容还在，请核对后再点一次“提交”；附件要重新选择。"


class FormFromMachine(Refusal):
    """The field that no person sees is filled in."""

    code = "window-form-from-machine"
    sentence = "表里有一个不应填写的栏目被填上了（可能是浏览器自动填的）。请核对后再点一次“提交”；附件要重新选择。"


class FormChanged(Refusal):
    """A form that was sent before, now with something else in it."""

    code = "window-form-changed"
    sentence = "这张表已经提交过了，编号 {number}，内容与现在的不同。要另外提交一件，请回到办事指南重新打开表单。"
    status = 409


class TooMany(Refusal):
    """More from one address than the window takes."""

    code = "window-too-many"
    sentence = "这个网络地址{what}的次数太多，请一小时后再试，或到服务中心（站）现场办理。"
    status = 429


class QueueFull(Refusal):
    """More waits outside than the window keeps."""

    code = "window-queue-full"
    sentence = "网上来件太多，暂时收不下，您的申请没有提交。请过一天再试，或到服务中心（站）现场办理。"
    status = 503


class WindowCannotKeep(Refusal):
    """No room on the disk, or the database is away: nothing was stored."""

    code = "window-cannot-keep"
    sentence = (
        "系统暂时存不下内容，您的申请没有提交，也没有留下任何部分。请稍后再点一次“提交”，或到服务中心（站）现场办理。"
    )
    status = 503


class WindowHasNoKey(Refusal):
    """No public key to seal with was published."""

    code = "window-has-no-key"
    sentence = "网上窗口还不能接收申请。请到服务中心（站）现场或打电话办理。"
    status = 503


class StateIncomplete(Refusal):
    """A number without its code, or neither."""

    code = "window-state-incomplete"
    sentence = "请把回执上的编号和查询码都填上，再点“查询”。"


class StateUnknown(Refusal):
    """No form of that number and code; which of the two is wrong is not told."""

    code = "window-state-unknown"
    sentence = (
        "编号或查询码不对，查不到这件申请。请对照回执逐字核对；丢了查询码的，请带身份证到服务中心（站）现场查询。"
    )
    status = 404


class AttachmentRefused(Refusal):
    """A file that the window does not take."""

    code = "window-attachment-refused"
    sentence = "附件“{file}”不能接收：{why}。"


class BodyTooLarge(Refusal):
    """More than the window takes at once."""

    code = "window-body-too-large"
    sentence = (
        "发来的内容太大（附件合计不能超过 {most} MB），没有提交。请按“后退”回到刚才的表，压缩照片或减少附件后再提交。"
    )
    status = 413


class RequestNotUnderstood(Refusal):
    """A request that cannot be read."""

    code = "window-request-not-understood"
    sentence = "浏览器发来的内容无法识别，没有办理。请回到办事指南重新打开表单。"
    status = 400


class FormWithoutToken(Refusal):
    """A form without the cookie that belongs to it."""

    code = "window-form-without-token"
    sentence = (
        "没有提交：浏览器没有送回安全标记。请允许本站使用 Cookie，按“后退”回到刚才的表"
        "（多数浏览器还留着您填的内容），核对后重新提交。"
    )
    status = 403


class WindowInTrouble(Refusal):
    """The window's own trouble: its database is away, or a bug."""

    code = "window-in-trouble"
    sentence = "网上窗口暂时出了故障，这一步没有办成。请稍后再试，或到服务中心（站）现场办理。"
    status = 503


class SealUnreadable(Refusal):
    """A sealed form that does not open with any of our keys, or was altered."""

    code = "seal-unreadable"
    sentence = "这件网上来件打不开：{why}。"
