"""The noes of the accounts."""

from rongji.kernel.refusal import Refusal


class NotAllowed(Refusal):
    """The actor lacks the role, or the record lies outside the scope of it."""

    code = "not-allowed"
    sentence = "{actor}不能“{policy}”：{reason}。"
    status = 403
    exit_code = 4


class DutyFirst(Refusal):
    """A request of an account that owes a new password or a second factor."""

    code = "duty-first"
    sentence = "请先在网页上登录，按提示修改密码或启用动态口令，然后再用接口。"
    status = 403


class ControlCharacters(Refusal):
    """A request with the character that no database stores as text."""

    code = "control-characters"
    sentence = "地址或填写的内容里含有不可见的空字符（NUL），无法保存。请删去后重新填写。"
    status = 400


class SignInNeeded(Refusal):
    """Nobody is signed in."""

    code = "sign-in-needed"
    sentence = "请先登录。"
    status = 401
    exit_code = 4


class UserUnknown(Refusal):
    """No such account, or it has been closed."""

    code = "user-unknown"
    sentence = "没有账号“{username}”，或者它已停用；可用 rongji users list 查看。"
    status = 404


class UserExists(Refusal):
    """The login name is taken."""

    code = "user-exists"
    sentence = "账号“{username}”已经存在，请换一个登录名。"
    status = 409


class UsernameUnfit(Refusal):
    """A login name that is not made of the permitted characters."""

    code = "username-unfit"
    sentence = "登录名“{username}”不合要求：请用小写字母、数字、点、横线或下划线，3 到 64 个字符。"


class PasswordUnfit(Refusal):
    """A password below the rules."""

    code = "password-unfit"
    sentence = "密码不合要求：{problems}"


class RoleUnknown(Refusal):
    """A role outside the list."""

    code = "role-unknown"
    sentence = "没有角色“{role}”，可用的角色是：{known}。"


class RolesExclude(Refusal):
    """Two roles that one person must not hold together."""

    code = "roles-exclude"
    sentence = "“{wanted}”与已有角色“{held}”不能由同一人兼任，请先撤销已有角色或换一个账号。"
    status = 409


class RoleNotHeld(Refusal):
    """A role to be taken away that the user does not hold there."""

    code = "role-not-held"
    sentence = "账号“{username}”在该范围内没有角色“{role}”，无需撤销。"
    status = 409


class OrganisationUnknown(Refusal):
    """No organisation of that code."""

    code = "organisation-unknown"
    sentence = "没有编码为“{code}”的机构，请先建立机构或核对编码。"
    status = 404


class OrganisationExists(Refusal):
    """The code of an organisation is taken."""

    code = "organisation-exists"
    sentence = "机构编码“{code}”已经使用，请换一个编码。"
    status = 409


class OrganisationKindUnfit(Refusal):
    """An organisation of an unknown kind, or one that hangs in the air."""

    code = "organisation-kind-unfit"
    sentence = "机构类别“{kind}”不合要求：可用 {known}；除局以外都要写明上级机构。"


class AreaCodeUnfit(Refusal):
    """An administrative division code of the wrong shape."""

    code = "area-code-unfit"
    sentence = "行政区划代码“{code}”应为 6 到 12 位数字。"


class NamedUserNeeded(Refusal):
    """An act that must be traced to a person's own account."""

    code = "named-user-needed"
    sentence = "“{action}”必须由本人账号办理，不能由系统或本机操作员代办；请登录后办理，或用 --as 指明账号。"
    status = 403
    exit_code = 4


class SamePerson(Refusal):
    """Maker and checker are the same."""

    code = "same-person"
    sentence = "{actor}是提请人，不能审批自己提请的事项，请由另一人审批。"
    status = 403
    exit_code = 4


class ChangedSinceProposed(Refusal):
    """What is to be approved is no longer what was proposed."""

    code = "changed-since-proposed"
    sentence = "“{subject}”在提请之后又有改动，不能按原提请审批；请退回后重新提请。"
    status = 409


class AlreadyProposed(Refusal):
    """The same act on the same subject already waits for a decision."""

    code = "already-proposed"
    sentence = "“{subject}”的“{action}”已经提请，正在等待审批，不必重复提请。"
    status = 409


class ApprovalUnknown(Refusal):
    """No such proposal."""

    code = "approval-unknown"
    sentence = "没有编号为 {approval} 的提请。"
    status = 404


class StepNotPossible(Refusal):
    """A step that the state of the proposal does not permit."""

    code = "step-not-possible"
    sentence = "该提请现在是“{state}”，不能再“{step}”。"
    status = 409


class ReasonNeeded(Refusal):
    """A rejection without a reason."""

    code = "reason-needed"
    sentence = "“{step}”必须写明理由。"


class OnlyMakerWithdraws(Refusal):
    """A proposal to be withdrawn by somebody else."""

    code = "only-maker-withdraws"
    sentence = "只有提请人本人可以撤回；审批人请选择“退回”。"
    status = 403
    exit_code = 4


class TrailIsAppendOnly(Refusal):
    """An attempt to change or delete an audit entry."""

    code = "trail-is-append-only"
    sentence = "审计记录只能追加，不能修改或删除。"
    status = 403
    exit_code = 4


class SealsUnreadable(Refusal):
    """A seal file that cannot be read or written."""

    code = "seals-unreadable"
    sentence = "封存文件 {path} 不能读写：{reason}。请检查目录权限和磁盘空间。"
    status = 500


class TrailDiffersFromSeal(Refusal):
    """The trail no longer holds what was sealed."""

    code = "trail-differs-from-seal"
    sentence = "审计记录第 {sequence} 条与封存时不同或已不存在，暂停封存；请运行 rongji trail verify 查明。"
    status = 500
    exit_code = 1


class SecretUnreadable(Refusal):
    """An encrypted number that cannot be opened."""

    code = "secret-unreadable"
    sentence = "加密保存的号码打不开：{why}。"
    status = 500
    exit_code = 1
