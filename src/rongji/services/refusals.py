"""The noes of the registers."""

from collections.abc import Sequence
from typing import Any

from rongji.kernel.refusal import Refusal
from rongji.rules.answers import AnswerRefused

MOST_TOLD = 8


class RecordUnknown(Refusal):
    """No such record, or none in sight."""

    code = "record-not-found"
    sentence = "没有编号为 {record} 的登记，或者它不在您能查看的范围内；请从登记簿列表中打开。"
    status = 404


class RecordUnfit(Refusal):
    """One record whose answers cannot be kept; `problems` holds every one of them by field."""

    code = "record-unfit"
    sentence = "“{register}”没有保存：{told}"

    def __init__(self, *, register: str, problems: Sequence[AnswerRefused]) -> None:
        self.problems = tuple(problems)
        super().__init__(register=register, told="".join(str(item) for item in self.problems[:MOST_TOLD]))


class RecordsUnfit(Refusal):
    """Several records at once of which some cannot be kept: none is; `rows` tells the problems by place in the row."""

    code = "records-unfit"
    sentence = "“{register}”一条也没有保存，有 {count} 处要改：{told}"

    def __init__(self, *, register: str, rows: Sequence[tuple[int, AnswerRefused]], **facts: Any) -> None:
        self.rows = tuple(rows)
        told = "".join(f"第 {place} 条：{item}" for place, item in self.rows[:MOST_TOLD])
        super().__init__(register=register, count=len(self.rows), told=told, **facts)


class RecordChanged(Refusal):
    """Somebody else changed the record since it was read."""

    code = "record-changed"
    sentence = "这条登记在您打开之后已由{who}于 {when} 改过（{what}），请重新打开，核对后再改。"
    status = 409


class RecordWithdrawn(Refusal):
    """A record that was taken back."""

    code = "record-withdrawn"
    sentence = "编号 {record} 的登记已于 {day} 撤销，不能再改；确需恢复的请重新登记。"
    status = 409


class RecordReasonMissing(Refusal):
    """A change or withdrawal without a reason."""

    code = "record-reason-missing"
    sentence = "请写明{what}的原因（至少 {least} 个字）。"


class RecordHasChildren(Refusal):
    """A record that others hang on."""

    code = "record-has-children"
    sentence = "编号 {record} 的登记下面还有 {count} 条登记，请先撤销或改挂它们，再撤销这一条。"
    status = 409


class RecordFileUnknown(Refusal):
    """No such file with the record."""

    code = "record-file-not-found"
    sentence = "没有编号为 {file} 的附件，请从登记页面打开。"
    status = 404


class FilterUnfit(Refusal):
    """A filter that the register does not have."""

    code = "record-filter-unfit"
    sentence = "“{register}”不能按“{name}”筛选：{why}。"


class ExportTooLarge(Refusal):
    """More records than one file holds."""

    code = "record-export-too-large"
    sentence = "“{register}”符合条件的登记超过 {most} 条，一个文件放不下；请按日期或站点缩小范围，分几次导出。"


class RecordFileRefused(Refusal):
    """A table whose rows cannot be taken over; `outcome` holds every problem."""

    code = "record-table-refused"
    sentence = "“{file}”一行也没有导入：有 {count} 处必须改正。请按标注的说明改好后再导入。"

    def __init__(self, *, outcome: Any = None, **facts: Any) -> None:
        self.outcome = outcome
        super().__init__(**facts)


class SameRecord(AnswerRefused):
    """A second record of what may be there only once."""

    code = "record-exists"
    sentence = "{fields}相同的登记已经有了（编号 {record}），请打开那一条更正，不要重复登记。"
    status = 409


class SameRowTwice(AnswerRefused):
    """Two rows of one table that mean the same record."""

    code = "record-row-twice"
    sentence = "与第 {row} 行的{fields}相同，请只保留一行。"


class BoundsCrossed(AnswerRefused):
    """A part that is larger than the whole."""

    code = "record-bounds-crossed"
    sentence = "“{label}”（{less}）不能大于“{whole}”（{more}），请核对这两个数。"


class DayAhead(AnswerRefused):
    """A day in the future, in a register of what has happened."""

    code = "record-day-ahead"
    sentence = "“{label}”填的 {day} 还没有到（今天是 {today}），请在发生以后登记，或核对日期。"


class DayTooOld(AnswerRefused):
    """A day before anything could be kept."""

    code = "record-day-too-old"
    sentence = "“{label}”填的 {day} 太早了，不早于 {least}，请核对年份。"


class EndsBeforeStart(AnswerRefused):
    """The last day lies before the first."""

    code = "record-ends-before-start"
    sentence = "“{label}”（{until}）早于“{start}”（{day}），请核对。"


class LinkPersonUnknown(AnswerRefused):
    """Nobody of the register of people is meant."""

    code = "record-person-unknown"
    sentence = "“{label}”填的“{text}”在人员档案中找不到，请填档案号、身份证号，或“姓名 村名”；没有档案的请先建档。"


class LinkPersonAmbiguous(AnswerRefused):
    """Several persons could be meant."""

    code = "record-person-ambiguous"
    sentence = "“{label}”填的“{text}”有几个人：{who}。请改填档案号。"


class LinkStationUnknown(AnswerRefused):
    """No organisation of the bureau is meant."""

    code = "record-station-unknown"
    sentence = "“{label}”填的“{text}”不是本单位的机构或服务站，请填名称或编码{near}。"


class LinkRecordUnknown(AnswerRefused):
    """No record of the other register is meant."""

    code = "record-link-unknown"
    sentence = "“{label}”填的“{text}”在“{register}”中找不到，请先登记，或填那条登记的名称、#编号。"


class LinkRecordAmbiguous(AnswerRefused):
    """Several records of the other register could be meant."""

    code = "record-link-ambiguous"
    sentence = "“{label}”填的“{text}”在“{register}”中有几条：{which}。请改填 #编号。"
