"""The noes of the register of people."""

from rongji.kernel.refusal import Refusal


class PersonUnknown(Refusal):
    """No such file, or it lies outside what the asker may see."""

    code = "person-unknown"
    sentence = "没有找到编号为 {person} 的人员，或者不在您的权限范围内；请用姓名或身份证号重新查找。"
    status = 404


class PersonAmbiguous(Refusal):
    """A file number that two bureaus use."""

    code = "person-ambiguous"
    sentence = "档案号 {number} 有不止一个单位使用：{ids}；请用 # 加编号指明。"
    status = 409
    exit_code = 2


class PersonMerged(Refusal):
    """A file that has been merged into another."""

    code = "person-merged"
    sentence = "档案 {number} 已并入档案 {kept}，请在档案 {kept} 上办理。"
    status = 409


class NameUnfit(Refusal):
    """A name that is empty or holds what no name holds."""

    code = "name-unfit"
    sentence = "姓名“{name}”有误：{why}。"


class BirthUnknown(Refusal):
    """Neither an ID number nor a birth date and sex."""

    code = "birth-unknown"
    sentence = "“{name}”没有身份证号，也没有写明{missing}；请补填其中之一。"


class BirthDiffers(Refusal):
    """A birth date that the ID number contradicts."""

    code = "birth-differs"
    sentence = "“{name}”填写的出生日期是 {stated}，身份证号上是 {read}；请核对后只留正确的一个。"


class SexDiffers(Refusal):
    """A sex that the ID number contradicts."""

    code = "sex-differs"
    sentence = "“{name}”填写的性别是{stated}，身份证号上是{read}；请核对后只留正确的一个。"


class IdNumberTaken(Refusal):
    """Another file of the bureau has the same ID number."""

    code = "id-number-taken"
    sentence = "该身份证号已在档案 {number}（{name}）中，一人只建一份档案；请打开该档案登记，或核对号码。"
    status = 409


class FileNumberTaken(Refusal):
    """The file number is used."""

    code = "file-number-taken"
    sentence = "档案号 {number} 已经使用，请换一个，或留空由系统编号。"
    status = 409


class UnknownCategory(Refusal):
    """A category outside the list."""

    code = "category-unknown"
    sentence = "没有人员类别“{category}”；可用的类别有：{known}。"


class CategoryClosed(Refusal):
    """A category into which nobody new is taken."""

    code = "identity-category-closed"
    sentence = "人员类别“{category} {label}”自 {since} 起不再新认定，请选择现行类别。"


class EndBeforeStart(Refusal):
    """A period that ends before it begins."""

    code = "fact-ends-before-start"
    sentence = "{what}的终止（{end}）早于起始（{start}），请核对两个日期。"


class OverlappingIdentities(Refusal):
    """The same category twice over the same months."""

    code = "identities-overlap"
    sentence = (
        "{number} 已有类别“{category}”的身份（{first} 至 {last}），与新登记的 {new} 重叠；请先终止或更正原有身份。"
    )
    status = 409


class OverlappingService(Refusal):
    """Two periods of service at the same time."""

    code = "service-overlaps"
    sentence = "{number} 已有 {first} 至 {last} 的服役经历，与新登记的时段重叠；请先更正原有经历。"
    status = 409


class AlreadyRecorded(Refusal):
    """The same fact again."""

    code = "already-recorded"
    sentence = "{number} 已登记过{what}，内容相同，不必重复登记。"
    status = 409


class FactUnknown(Refusal):
    """No such standing fact of that person."""

    code = "fact-unknown"
    sentence = "{number} 没有编号为 {fact} 的有效{what}；可能已经更正，请刷新后再办。"
    status = 404


class IdentityNotOpen(Refusal):
    """An identity to be ended that is not held."""

    code = "identity-not-open"
    sentence = "{number} 没有仍然有效的“{category}”身份，无需终止；请核对类别。"
    status = 409


class GradeUnfit(Refusal):
    """A disability grade that does not exist for its cause."""

    code = "grade-unfit"
    sentence = "残疾等级“{cause} {grade} 级”不存在：因战、因公为 1 至 10 级，因病为 1 至 6 级。"


class ParticipationUnfit(Refusal):
    """A kind of participation outside the list."""

    code = "participation-unfit"
    sentence = "参战参试类别“{kind}”有误：请写 war（参战）或 nuclear_test（参试）。"


class BeforeBirth(Refusal):
    """A fact from before the person was born."""

    code = "before-birth"
    sentence = "{what}（{day}）早于出生日期 {born}，请核对。"


class AfterDeath(Refusal):
    """A fact from after the person's death."""

    code = "after-death"
    sentence = "{number} 已于 {died} 去世，不能登记此后的{what}（{day}）；如死亡登记有误，请先撤销。"
    status = 409


class DeathBeforeFacts(Refusal):
    """A death before something that has been recorded."""

    code = "death-before-facts"
    sentence = "死亡日期 {died} 早于已登记的{what}（{day}）；请核对死亡日期，或先更正该项登记。"
    status = 409


class AlreadyDead(Refusal):
    """A second death."""

    code = "already-dead"
    sentence = "{number} 已登记于 {died} 去世；日期有误请用更正，不要重复登记。"
    status = 409


class InTheFuture(Refusal):
    """A fact dated after the day on which it is recorded."""

    code = "in-the-future"
    sentence = "{what}（{day}）在今天（{today}）之后，请核对日期。"


class KnownTooEarly(Refusal):
    """A correction said to be known before what it corrects."""

    code = "known-too-early"
    sentence = "获知日期 {known} 早于它要更正的记录（{earlier} 获知），会改动已经读过的历史；请填写真实的获知日期。"
    status = 409


class EvidenceNeeded(Refusal):
    """An entry that must name what it rests on."""

    code = "evidence-needed"
    sentence = "登记{what}必须写明依据（如证明文号、来源），请补填。"


class AccountOfAnother(Refusal):
    """An account into which another person is paid."""

    code = "account-of-another"
    sentence = (
        "该账号（尾号 {tail}）是档案 {number}（{name}）正在使用的领款账户；"
        "如确由家属或监护人代领，请写明批准依据，否则请更换本人账户。"
    )
    status = 409


class HolderDiffers(Refusal):
    """An account in another name without a decision."""

    code = "holder-differs"
    sentence = "户名“{holder}”与本人姓名“{name}”不同；由他人代领的，请写明批准依据，否则请更换本人账户。"


class FamilyUnknown(Refusal):
    """No such family."""

    code = "family-unknown"
    sentence = "没有编号为 {family} 的家庭，请先建立家庭。"
    status = 404


class FamilyNumberTaken(Refusal):
    """The number of a family is used."""

    code = "family-number-taken"
    sentence = "户号 {number} 已经使用，请换一个，或在该户下登记成员。"
    status = 409


class AlreadyMember(Refusal):
    """A second place in the same family at the same time."""

    code = "already-member"
    sentence = "{number} 在该户中已有“{role}”的身份，请先终止再登记。"
    status = 409


class ReasonMissing(Refusal):
    """An act that must say why."""

    code = "people-reason-missing"
    sentence = "{what}必须写明理由（至少 {least} 个字），会记入审计记录。"


class NothingToReveal(Refusal):
    """A number that is not recorded."""

    code = "nothing-to-reveal"
    sentence = "{number} 没有登记{what}。"
    status = 404


class MergeUnfit(Refusal):
    """Two files that cannot be made one."""

    code = "merge-unfit"
    sentence = "不能合并：{why}。"
    status = 409


class MergeOverlaid(Refusal):
    """A merge whose rows have been changed since."""

    code = "merge-overlaid"
    sentence = "合并之后又更正过{what}，不能自动拆分；请先撤销这些更正，再拆分。"
    status = 409


class RoundUnfit(Refusal):
    """A yearly confirmation that cannot be opened or used."""

    code = "confirmation-round-unfit"
    sentence = "{year} 年度确认{why}。"
    status = 409


class ArchiveUnfit(Refusal):
    """An item or a hand-over of the file that does not fit."""

    code = "archive-unfit"
    sentence = "档案材料“{title}”有误：{why}。"


class SearchUnfit(Refusal):
    """A search text that would find everybody, or a page mark that is none."""

    code = "search-unfit"
    sentence = "查找内容“{text}”{why}。"
    exit_code = 2


class BadRoster(Refusal):
    """A roster with cells that have to be put right first; the outcome with every problem goes along."""

    code = "bad-roster"
    sentence = "花名册“{file}”有 {count} 处必须改正，整本没有导入；请按标注的工作簿改正后重新导入。"
