"""What awards refuse, and what to do instead."""

from rongji.kernel.refusal import Refusal


class PersonUnknown(Refusal):
    """A number of no person of this bureau."""

    code = "award-person-unknown"
    sentence = "没有编号为 {person} 的人员，或不属于本单位，请先建档或核对编号。"
    status = 404


class FileAbsorbed(Refusal):
    """A file that was merged into another one."""

    code = "award-file-absorbed"
    sentence = "编号为 {person} 的档案已并入 {kept}，请在 {kept} 上办理。"
    status = 409


class AwardUnknown(Refusal):
    """A number of no award, terms or grant."""

    code = "award-unknown"
    sentence = "没有编号为 {number} 的{what}，请核对编号。"
    status = 404


class ChangeBeforeStart(Refusal):
    """A change or an end on a day before the terms began."""

    code = "award-changed-before-it-starts"
    sentence = "变更或终止日期 {on} 早于现行条件的起算日期 {basis_on}，请核对；登记有误的请用更正。"


class Overlapping(Refusal):
    """Two sets of terms, or two awards of one benefit, for the same time."""

    code = "award-overlapping"
    sentence = (
        "该人员的待遇“{benefit}”在 {month} 已有登记（待遇 {other}），同一时间不能重复：请先终止或更正原来的登记。"
    )
    status = 409


class PersonDied(Refusal):
    """Something that begins after its person's death."""

    code = "award-person-died"
    sentence = "该人员已于 {died_on} 去世，不能从 {on} 起登记待遇；去世日期有误的，请先在档案中更正。"


class NotYetKnown(Refusal):
    """A day of knowledge that lies in the future, or before what it corrects was known."""

    code = "award-not-yet-known"
    sentence = "获知日期 {known_on} 应在 {first} 和 {last} 之间，请改正。"


class AwardEnded(Refusal):
    """Terms that have already come to an end."""

    code = "award-ended"
    sentence = "待遇 {award} 已于 {ended_on} 终止，不能再变更或终止；登记有误的请用更正。"
    status = 409


class NothingChanged(Refusal):
    """A change that changes nothing."""

    code = "award-nothing-changed"
    sentence = "填写的内容与待遇 {award} 现有条件相同，没有可变更的，请核对。"


class UnitsUnfit(Refusal):
    """A number of units that is none."""

    code = "award-units-unfit"
    sentence = "计发单位数 {units} 不对：应是 1 到 {most} 之间的整数。"


class GrantExists(Refusal):
    """The same event a second time."""

    code = "grant-exists"
    sentence = "该人员的“{benefit}”（{key}）已经登记过（一次性待遇 {grant}），同一事项不能重复；金额有误的请用更正。"
    status = 409


class GrantNotPossible(Refusal):
    """A step that the state of a grant does not allow."""

    code = "grant-step-not-possible"
    sentence = "一次性待遇 {grant} 处于“{state}”，不能{step}。"
    status = 409


class GrantSamePerson(Refusal):
    """The one who recorded a grant may not approve it."""

    code = "grant-same-person"
    sentence = "一次性待遇 {grant} 由 {actor} 登记，须由另一人批准。"
    status = 403


class AmountUnfit(Refusal):
    """A grant that is not a positive amount."""

    code = "grant-amount-unfit"
    sentence = "一次性待遇的金额应大于零，计算结果为 {amount} 元，请核对计算依据。"


class AwardsRefused(Refusal):
    """Several awards at once of which some cannot be taken: all of them named, nothing written."""

    code = "awards-refused"
    sentence = "{count} 条待遇有问题，一条也没有登记。请改正后重新提交：\n{listing}"
