"""Words of the register of people."""

from enum import StrEnum


class Sex(StrEnum):
    """性别."""

    MALE = "male"
    FEMALE = "female"


class AttributeKind(StrEnum):
    """Plain facts about a person that change over time."""

    NAME = "name"
    BORN_ON = "born_on"
    REGISTRATION = "registration"
    EMPLOYMENT = "employment"
    INSURANCE = "insurance"
    HEALTH = "health"
    PHONE = "phone"
    ID_NUMBER = "id_number"


class LifeEventKind(StrEnum):
    """What begins or ends a bureau's care for a person."""

    DIED = "died"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"


class DisabilityCause(StrEnum):
    """残疾性质."""

    WAR = "因战"
    DUTY = "因公"
    ILLNESS = "因病"


class AccountKind(StrEnum):
    """What an account number belongs to."""

    SOCIAL_SECURITY_CARD = "social_security_card"
    BANK_CARD = "bank_card"
    PASSBOOK = "passbook"


class ArchiveState(StrEnum):
    """Where an item of a person's file stands."""

    MISSING = "missing"
    PRESENT = "present"
    LENT = "lent"
    HANDED_OVER = "handed_over"


class ConfirmationResult(StrEnum):
    """What a yearly confirmation found."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    DECEASED = "deceased"
    NOT_FOUND = "not_found"


SEX_LABELS = {Sex.MALE: "男", Sex.FEMALE: "女"}
ATTRIBUTE_LABELS = {
    AttributeKind.NAME: "姓名",
    AttributeKind.BORN_ON: "出生日期",
    AttributeKind.REGISTRATION: "户籍性质",
    AttributeKind.EMPLOYMENT: "就业状况",
    AttributeKind.INSURANCE: "参保类型",
    AttributeKind.HEALTH: "健康状况",
    AttributeKind.PHONE: "联系电话",
    AttributeKind.ID_NUMBER: "身份证号",
}
LIFE_EVENT_LABELS = {
    LifeEventKind.DIED: "死亡",
    LifeEventKind.MOVED_IN: "迁入",
    LifeEventKind.MOVED_OUT: "迁出",
}
ACCOUNT_LABELS = {
    AccountKind.SOCIAL_SECURITY_CARD: "社会保障卡",
    AccountKind.BANK_CARD: "银行卡",
    AccountKind.PASSBOOK: "存折",
}
ARCHIVE_LABELS = {
    ArchiveState.MISSING: "缺",
    ArchiveState.PRESENT: "在档",
    ArchiveState.LENT: "借出",
    ArchiveState.HANDED_OVER: "已移交",
}
CONFIRMATION_LABELS = {
    ConfirmationResult.UNCHANGED: "无变化",
    ConfirmationResult.CHANGED: "有变化",
    ConfirmationResult.DECEASED: "已去世",
    ConfirmationResult.NOT_FOUND: "未联系上",
}


class ChangeKind(StrEnum):
    """What changed for a person; the review of a payroll reads it."""

    REGISTERED = "registered"
    IDENTITY_STARTED = "identity_started"
    IDENTITY_ENDED = "identity_ended"
    IDENTITY_CORRECTED = "identity_corrected"
    GRADE = "grade"
    SERVICE = "service"
    DIED = "died"
    DEATH_WITHDRAWN = "death_withdrawn"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    ACCOUNT = "account"
    RESIDENCE = "residence"
    ATTRIBUTE = "attribute"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    UNMERGED = "unmerged"


CHANGE_LABELS = {
    ChangeKind.REGISTERED: "建档",
    ChangeKind.IDENTITY_STARTED: "身份认定",
    ChangeKind.IDENTITY_ENDED: "身份终止",
    ChangeKind.IDENTITY_CORRECTED: "身份更正",
    ChangeKind.GRADE: "残疾等级",
    ChangeKind.SERVICE: "服役经历",
    ChangeKind.DIED: "死亡",
    ChangeKind.DEATH_WITHDRAWN: "撤销死亡登记",
    ChangeKind.MOVED_IN: "迁入",
    ChangeKind.MOVED_OUT: "迁出",
    ChangeKind.ACCOUNT: "领款账户",
    ChangeKind.RESIDENCE: "住址",
    ChangeKind.ATTRIBUTE: "基本信息",
    ChangeKind.WITHDRAWN: "撤销记录",
    ChangeKind.MERGED: "档案合并",
    ChangeKind.UNMERGED: "档案拆分",
}
