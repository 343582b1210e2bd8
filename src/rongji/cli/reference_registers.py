"""Reference pages out of declarations: the inventory of what a bureau does, the registers, the case kinds."""

from collections.abc import Iterator, Mapping

from rongji.accounts.types import ROLE_LABELS, Role
from rongji.checks.registry import registered
from rongji.cli.markdown import codes, row, table
from rongji.law.asked import SECRET_LABELS, Asked, AskedKind
from rongji.law.case_kinds import Act, CaseKind, case_kind_ids, case_kind_versions
from rongji.law.forms import form
from rongji.law.inventory import Point, inventory
from rongji.law.loader import lawbook
from rongji.law.registers import Register, RegisterMeasure, When, register, registers
from rongji.performance.workbook.layout import load_layout

_KINDS: Mapping[AskedKind, str] = {
    AskedKind.TEXT: "文字",
    AskedKind.LONG: "长文字",
    AskedKind.DAY: "日期",
    AskedKind.MONTH: "月份",
    AskedKind.COUNT: "整数",
    AskedKind.DECIMAL: "数",
    AskedKind.MONEY: "金额",
    AskedKind.CHOICE: "选项",
    AskedKind.FLAG: "是否",
    AskedKind.PERSON: "服务对象",
    AskedKind.STATION: "站点",
    AskedKind.RECORD: "登记",
    AskedKind.SECRET: "号码，加密保存",
}
_WHEN: Mapping[When, str] = {
    When.DURING: "当年发生",
    When.IN_FORCE: "年末在册",
    When.TO_DATE: "累计",
    When.ENDED: "当年截止",
}


def inventory_lines() -> Iterator[str]:
    """Every point of the inventory with its home, by area; those left out on purpose first."""
    found = inventory()
    excluded = [point for point in found.points if point.excluded]
    yield f"五份真实自评报告里说到的 {len(found.points)} 件事，每一件由哪里记、由哪里数。"
    yield "登记簿见 [registers.md](registers.md)，办件种类见 [case-kinds.md](case-kinds.md)，"
    yield "数据见 [figures.md](figures.md)。\n"
    yield f"有意不做的 {len(excluded)} 件：\n"
    for point in excluded:
        yield f"- `{point.id}` {point.label}：{point.excluded}。"
    cells = _cell_labels()
    for area, label in found.areas.items():
        points = [point for point in found.points if point.area == area]
        yield f"\n## {area} {label}\n"
        yield from table("编号", "事项", "登记簿", "办件", "数据和公式", "法规、工作簿、表式、检查、页面", "说明")
        for point in points:
            yield _point(point, cells)


def register_lines() -> Iterator[str]:
    """Every register: what it asks for and what it counts, by area."""
    declared = registers()
    counted = sum(len(item.measures) for item in declared)
    yield f"{len(declared)} 本登记簿，{counted} 个由它们数出的数。"
    yield "列表、表单、筛选、表格导入导出、附件、历史和接口都由声明得出；"
    yield "声明在 `legal/registers/`，一本一个文件，单位可以自己加。数据编号写作 `services.登记簿.指标`。"
    for area in dict.fromkeys(item.area for item in declared):
        yield f"\n## {area}\n"
        for item in declared:
            if item.area == area:
                yield from _register(item)


def kind_lines() -> Iterator[str]:
    """Every case kind: how one matter is handled, from receipt to the end."""
    kinds = [_newest(name) for name in case_kind_ids()]
    yield f"{len(kinds)} 种办件。办法在 `legal/casework/`，一种一个文件夹，一个版本一个文件；"
    yield "办理中的件沿用开始时的版本。"
    yield "时限的天数是法规数据（`deadlines.casework`）。数据编号写作 `casework.种类.指标`。\n"
    for area in dict.fromkeys(item.area for item in kinds):
        yield f"\n## {area}\n"
        for item in kinds:
            if item.area == area:
                yield from _kind(item)


def _point(point: Point, cells: Mapping[str, str]) -> str:
    numbers = [codes(point.figures), *(f"公式 `{name}`" for name in point.formulas)]
    checks = {check.id: check.title for check in registered()}
    others = [
        *(f"法规 `{name}`" for name in point.tables),
        *(f"工作簿“{cells.get(name, name)}”" for name in point.cells),
        *(f"表式 `{name}`（{_form_label(name)}）" for name in point.forms),
        *(f"检查“{checks.get(name, name)}”" for name in point.checks),
        *(f"页面 `{name}`" for name in point.pages),
    ]
    return row(
        f"`{point.id}`",
        point.label,
        "、".join(f"[{register(name).label}](registers.md#{name})" for name in point.registers),
        "、".join(f"[{_newest(name).label}](case-kinds.md#{name})" for name in point.kinds),
        "；".join(part for part in numbers if part),
        "；".join(others),
        "；".join(part for part in (point.excluded and f"有意不做：{point.excluded}", point.note) if part),
    )


def _cell_labels() -> dict[str, str]:
    """`sheet.column` → how the yearly workbook prints it."""
    return {
        f"{sheet.id}.{column.id}": f"{sheet.title}·{column.title}"
        for sheet in load_layout().sheets
        for column in sheet.columns
    }


def _form_label(form_id: str) -> str:
    content = form(form_id)
    return str(content.get("label") or content.get("title") or form_id)


def _register(item: Register) -> Iterator[str]:
    traits = [f"以{item.unit}计", f"日期看“{item.by_id[item.day].label}”"]
    traits += [f"截止看“{item.by_id[item.until].label}”"] if item.until else []
    traits += [f"同一条：{'、'.join(item.by_id[name].label for name in item.one)}"] if item.one else []
    traits += [f"“{item.by_id[b.less].label}”不超过“{item.by_id[b.more].label}”" for b in item.bounds]
    traits += ["手机可填"] * item.on_phone + ["可对外公开"] * item.public + ["日期可以在将来"] * item.planned
    yield f"### {item.id}\n"
    yield f"**{item.label}**（{'，'.join(traits)}）。{item.note}"
    yield f"事项：{codes(item.inventory)}。\n" if item.inventory else ""
    yield from _asked(item.fields)
    if item.measures:
        yield ""
        yield from table("数据编号", "名称", "单位", "何时算", "定义", "可分为", "又称")
        for measure in item.measures:
            yield _measure(item, measure)
    yield ""


def _measure(item: Register, measure: RegisterMeasure) -> str:
    axes = "、".join(item.by_id[name].label for name in measure.by)
    filled = f"；同时填 `{measure.fills}`" if measure.fills else ""
    name, when = item.concept(measure), _WHEN[measure.when]
    aliases = "、".join(measure.aliases)
    return row(f"`{name}`", measure.label, measure.unit, when, measure.definition + filled, axes, aliases)


def _asked(fields: tuple[Asked, ...]) -> Iterator[str]:
    yield from table("字段", "名称", "填法", "必填", "说明")
    for item in fields:
        said = [_KINDS[item.kind] + (f"（{item.unit}）" if item.unit else "")]
        said += ["、".join(item.choices)] if item.choices else []
        said += [f"`{item.of}`"] if item.of else []
        said += [SECRET_LABELS[item.number]] if item.number else []
        needed = "是" if item.is_always_needed else "按所选" if item.when else ""
        yield row(f"`{item.id}`", item.label, "：".join(said), needed, item.hint)


def _newest(kind_id: str) -> CaseKind:
    """The newest version, a national one where there is any."""
    return max(case_kind_versions(kind_id), key=lambda item: ("/" not in item.key, item.effective))


def _kind(item: CaseKind) -> Iterator[str]:
    act = lawbook().acts.get(item.act)
    versions = "、".join(f"`{version.key}`" for version in case_kind_versions(item.id))
    yield f"### {item.id}\n"
    yield f"**{item.label}**（以{item.unit}计）。依据：{act.citation if act else item.act}{item.provision}，"
    yield f"{item.trust.label}。版本：{versions}。{'公众窗口可以申请。' if item.is_public else ''}{item.note}"
    yield f"渠道：{'、'.join(channel.label for channel in item.channels)}。"
    yield f"材料：{'；'.join(p.label + ('' if p.is_needed else '（需要时）') for p in item.papers) or '无'}。"
    yield f"时限：{'；'.join(clock.label for clock in item.clocks) or '无'}。"
    yield f"文书：{'、'.join(letter.title for letter in item.letters) or '无'}。事项：{codes(item.inventory)}。\n"
    if item.fields:
        yield from _asked(item.fields)
        yield ""
    yield from table("办理", "在哪一环节", "谁办", "之后到", "另外")
    for one in item.acts:
        yield _act(one, item)
    if item.measures:
        yield ""
        yield from table("数据编号", "名称", "单位", "定义", "又称")
        for measure in item.measures:
            name = item.concept(measure)
            yield row(f"`{name}`", measure.label, measure.unit, measure.definition, "、".join(measure.aliases))
    yield ""


def _act(one: Act, item: CaseKind) -> str:
    steps = item.steps_by_id
    clocks = item.clocks_by_id
    also = [f"填 {len(one.fields)} 项"] * bool(one.fields)
    also += [f"开始计“{clocks[name].label}”" for name in one.starts] + [
        f"停计“{clocks[name].label}”" for name in one.stops
    ]
    also += ["换人办理"] * one.by_other + ["出文书"] * bool(one.letter) + [f"效果 `{e.do}`" for e in one.effects]
    also += [f"以“{one.outcome}”办结"] * bool(one.outcome)
    return row(
        one.label,
        "、".join(steps[name].label for name in one.from_steps),
        "、".join(_role(name) for name in one.roles),
        steps[one.to].label if one.to in steps else "不变",
        "；".join(also),
    )


def _role(name: str) -> str:
    try:
        return ROLE_LABELS[Role(name)].partition("（")[0]
    except ValueError:
        return name
