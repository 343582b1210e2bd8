"""What the year's file refuses, and what to do instead."""

from typing import Any

from rongji.kernel.refusal import Refusal


class YearUnknown(Refusal):
    """No file of that bureau and year."""

    code = "year-unknown"
    sentence = "没有“{bureau}”{year} 年度的数据，请先导入年度数据工作簿（rongji year import）。"
    status = 404


class YearIsFinal(Refusal):
    """A write into a year that has been made final."""

    code = "year-is-final"
    sentence = "{year_file}已经定稿，不能再改；确需更正的，请先由绩效专员或局长撤回定稿并写明理由。"
    status = 409


class ChangedMeanwhile(Refusal):
    """Somebody else wrote after the writer last looked."""

    code = "changed-meanwhile"
    sentence = "“{subject}”在您打开之后已被 {by} 修改，您的改动没有保存；请刷新后对照新值再改。"
    status = 409


class BadCells(Refusal):
    """An import with bad cells: all of them are in `problems`, nothing was written."""

    code = "bad-cells"
    sentence = "“{file}”有 {count} 格必须改正，整本没有导入。请按清单逐格改正后重新导入。"

    def as_json(self) -> dict[str, Any]:
        """The refusal with every bad cell as data."""
        cells = [
            {
                "sheet": item.sheet,
                "cell": item.address,
                "found": item.found,
                "problem": item.what,
                "remedy": item.remedy,
                "level": item.level.value,
            }
            for item in self.facts["problems"]
        ]
        facts = {"file": str(self.facts["file"]), "count": str(self.facts["count"]), "problems": cells}
        return {"code": self.code, "message": str(self), "facts": facts}


class BureauNotSetUp(Refusal):
    """A workbook of a bureau that is not in the tree of organisations, from an actor who may not add one."""

    code = "bureau-not-set-up"
    sentence = "单位“{bureau}”还没有建立：{remedy}。"
    status = 404


class FigureUnknown(Refusal):
    """No figure of that key."""

    code = "figure-unknown"
    sentence = "{year_file}没有数据“{key}”，请核对编号（rongji year show 可列出全部）。"
    status = 404


class RecordUnknown(Refusal):
    """No indicator, text or evidence item of that code."""

    code = "record-unknown"
    sentence = "{year_file}没有编码为“{key}”的{kind}，请核对编码。"
    status = 404


class ValueRefused(Refusal):
    """A value typed on screen that cannot be taken."""

    code = "value-refused"
    sentence = "“{subject}”：{what}。{remedy}。"


class FieldNotEditable(Refusal):
    """A field that is not entered here."""

    code = "field-not-editable"
    sentence = "“{field}”不在可填写的栏目内，可填写：{known}。"


class StatusStepNotPossible(Refusal):
    """A step that the state of the year does not permit."""

    code = "year-step-not-possible"
    sentence = "{year_file}现在是“{state}”，不能直接改为“{wanted}”。"
    status = 409
