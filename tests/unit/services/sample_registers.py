"""Small registers to test with: fairs with everything that a field can be, visits that lie below them, tasks ahead."""

FAIRS = """
id: fairs
label: 招聘会
area: 就业创业
unit: 场次
note: 一场招聘会一条
fields:
  - {id: held_on, label: 举办日期, kind: day}
  - {id: name, label: 名称, kind: text, aliases: [招聘会名称]}
  - {id: kind, label: 形式, kind: choice, choices: [线下, 线上]}
  - {id: station, label: 承办站点, kind: station, needed: false}
  - {id: visitors, label: 到场人次, kind: count, unit: 人次}
  - {id: placed, label: 达成就业, kind: count, unit: 人, needed: false}
  - {id: spent, label: 花费, kind: money, needed: false}
  - {id: hours, label: 时长, kind: decimal, unit: 小时, needed: false}
  - {id: is_special, label: 是否专场, kind: flag, needed: false}
  - {id: lead, label: 牵头人, kind: person, needed: false}
  - {id: remark, label: 备注, kind: long, needed: false}
day: held_on
title: name
category: kind
station: station
person: lead
one: [held_on, name]
bounds: [{less: placed, more: visitors}]
measures:
  - {id: held, label: 招聘会, unit: 场次, definition: 当年举办的招聘会场次, by: [kind, station]}
  - {id: visitors, label: 招聘会到场人次, unit: 人次, counting: sum, of: visitors, definition: 到场人次之和, by: [kind]}
  - {id: special, label: 专场招聘会, unit: 场次, definition: 专场的场次, where: {is_special: [是]}}
  - {id: spent, label: 招聘会花费, unit: 元, counting: sum, of: spent, definition: 花费之和}
  - {id: hours, label: 招聘会时长, unit: 小时, counting: sum, of: hours, definition: 时长之和}
  - {id: leads, label: 牵头人数, unit: 人, counting: persons, definition: 不同的牵头人, by: [kind]}
  - {id: ever, label: 累计招聘会, unit: 场次, when: to_date, definition: 历年累计场次}
"""

TEAMS = """
id: teams
label: 志愿服务队
area: 志愿服务
unit: 支
fields:
  - {id: founded_on, label: 成立日期, kind: day}
  - {id: ended_on, label: 解散日期, kind: day, needed: false}
  - {id: name, label: 队名, kind: text}
  - {id: level, label: 级别, kind: choice, choices: [县级, 乡镇级, 村级]}
  - {id: members, label: 人数, kind: count, unit: 人}
  - {id: fair, label: 服务的招聘会, kind: record, of: fairs, needed: false}
day: founded_on
until: ended_on
title: name
category: level
parent: fair
one: [name]
measures:
  - {id: standing, label: 年末服务队, unit: 支, when: in_force, definition: 年末仍在的服务队, by: [level]}
  - {id: members, label: 年末队员, unit: 人, counting: sum, of: members, when: in_force,
     definition: 年末仍在的服务队人数之和}
  - {id: founded, label: 新成立服务队, unit: 支, definition: 当年成立的服务队}
  - {id: dissolved, label: 解散的服务队, unit: 支, when: ended, definition: 当年解散的服务队}
  - {id: levels, label: 覆盖级别, unit: 个, counting: distinct, of: level, when: to_date,
     definition: 历年成立过服务队的级别数}
"""

TASKS = """
id: tasks
label: 工作任务
area: 综合
unit: 项
planned: true
fields:
  - {id: due, label: 完成月份, kind: month}
  - {id: what, label: 任务, kind: text}
day: due
title: what
measures:
  - {id: due, label: 到期任务, unit: 项, definition: 当年到期的任务}
"""

ALL = {"fairs": FAIRS, "teams": TEAMS, "tasks": TASKS}
FAIR = {"held_on": "2024-03-05", "name": "春风行动", "kind": "线下", "visitors": "320"}
