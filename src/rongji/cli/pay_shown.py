"""How payment runs, reviews and accounts of amounts look on a terminal."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from rongji.cli.text_table import fold, pad, pairs, text_table, width
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.payments.explaining import Explanation, Item
from rongji.payments.reviewing import Review
from rongji.payments.selectors import LineFacts, RecoveryFacts, RunFacts
from rongji.payments.types import CAUSE_LABELS, RECOVERY_STATE_LABELS, RUN_KIND_LABELS, RUN_STATE_LABELS, Cause
from rongji.payments.verifying import Verification
from rongji.people.selectors import briefs

_STEP_LABELS = {
    "read": "正在读取待遇和已核发记录",
    "reckon": "正在核算",
    "write": "正在写入明细",
    "seal": "正在汇总核对",
    "recorded": "正在保存",
}
_DIGEST_SHOWN = 12
_FOLDED = 84


class DayUnreadable(Refusal):
    """A text that should be a day and is not."""

    code = "pay-day-unreadable"
    sentence = "“{text}”不是日期，请写成 2024-10-15 的形式。"
    exit_code = 2


class CauseUnknown(Refusal):
    """A cause that is none."""

    code = "pay-cause-unknown"
    sentence = "没有“{text}”这种变动原因，可用：{known}。"
    exit_code = 2


class Steps:
    """Tells how far a run has come, on a terminal only."""

    def __call__(self, step: str, done: int) -> None:
        """One step, and how many persons or lines it has come to."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{_STEP_LABELS.get(step, step)}{f'　{done:,}' if done else ''}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Leave the line empty."""
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def cause_named(text: str) -> Cause:
    """A cause by its word or label. Raises: CauseUnknown."""
    for cause, label in CAUSE_LABELS.items():
        if text in (cause.value, label):
            return cause
    raise CauseUnknown(text=text, known="、".join(CAUSE_LABELS.values()))


def plain(found: Any) -> Any:
    """Anything of ours as plain data for JSON: amounts in whole fen, days and months as text."""
    if isinstance(found, Month):
        return str(found)
    if is_dataclass(found) and not isinstance(found, type):
        own = {item.name: plain(getattr(found, item.name)) for item in fields(found)}
        extra = ("owed_fen", "settled_fen", "left_fen", "repeats")
        return own | {name: getattr(found, name) for name in extra if name not in own and hasattr(found, name)}
    if isinstance(found, Enum):
        return found.value
    if isinstance(found, date | datetime):
        return found.isoformat()
    if isinstance(found, dict):
        return {plain(key): plain(value) for key, value in found.items()}
    return [plain(item) for item in found] if isinstance(found, list | tuple) else found


def run_lines(run: RunFacts) -> str:
    """What a run comes to, in a few lines."""
    kind = f"{RUN_KIND_LABELS[run.kind]}，{RUN_STATE_LABELS[run.state]}"
    return pairs(
        [
            ("批次", f"{run.id}　{run.pay_month.label}第 {run.sequence} 批（{kind}）"),
            ("口径", f"{run.known_on} 已知的情况，自{run.first_month.label}起逐月核算，引擎 {run.engine}"),
            ("人数", f"{run.person_count:,} 人，明细 {run.line_count:,} 条"),
            ("应发", f"{yuan(run.due_fen)} 元"),
            ("实发", f"{yuan(run.pay_fen)} 元"),
            ("摘要", run.content_digest[:_DIGEST_SHOWN]),
        ]
    )


def runs_table(runs: Sequence[RunFacts]) -> str:
    """The runs of a bureau."""
    if not runs:
        return "还没有发放批次。"
    rows = [
        [
            str(run.id), str(run.pay_month), str(run.sequence), RUN_KIND_LABELS[run.kind], RUN_STATE_LABELS[run.state],
            str(run.known_on), *_right([f"{run.person_count:,}"], 6), *_right([yuan(run.pay_fen)], 15),
        ]
        for run in runs
    ]  # fmt: skip
    return text_table(("批次", "月份", "序号", "类别", "状态", "口径日", "  人数", "       实发（元）"), rows)


def lines_table(lines: Sequence[LineFacts]) -> str:
    """Lines of a run one by one."""
    names = _names(line.person_id for line in lines)
    rows = [
        [
            names[line.person_id], str(line.award_id or line.grant_id), str(line.for_month), CAUSE_LABELS[line.cause],
            *_right([yuan(fen) for fen in (line.owed_fen, line.settled_fen, line.due_fen)], 11),
            line.standard_key.replace("|", "、") or "—",
        ]
        for line in lines
    ]  # fmt: skip
    headings = ("人员", "待遇", "月份", "原因", "       应得", "     已核发", "       本次", "档次")
    return text_table(headings, rows) if rows else "没有这样的明细。"


def review_text(review: Review, *, limit: int) -> str:
    """The whole review."""
    parts = [run_lines(review.run), _causes(review), _differences(review)]
    parts += [_stopped(review, limit)] if review.stopped_count else []
    parts += [_persons(f"本次实发达到 {yuan(review.payment_line_fen)} 元", review.above_count, review.above[:limit])]
    parts += [
        _persons(
            f"本次补发达到 {yuan(review.arrears_line_fen)} 元", review.large_arrears_count, review.large_arrears[:limit]
        )
    ]
    parts += [_persons("没有领款账户", review.without_account_count, review.without_account[:limit])]
    parts += [_persons("已去世、仍有补发", len(review.dead_payees), review.dead_payees[:limit])]
    parts += [recoveries_table(review.recoveries)] if review.recoveries else []
    parts += [_sums(review)]
    return "\n\n".join(part for part in parts if part)


def explanation_text(found: Explanation) -> str:
    """The account of one person and month."""
    person = found.person
    head = f"{person.name}（档案号 {person.number}）　{found.month.label}　以 {found.known_on} 已知的情况为准"
    blocks = [head, "═" * width(head)]
    blocks += ["\n".join(_item(item)) for item in found.items]
    if len(found.items) > 1:
        blocks.append(_result(found.owed_fen, found.settled_fen, found.left_fen, "合计"))
    return "\n\n".join([blocks[0] + "\n" + blocks[1], *blocks[2:]])


def verification_text(found: Verification) -> str:
    """What came of reckoning a run again."""
    if found.repeats:
        return f"批次 {found.run_id} 按当时口径重算，{found.lines:,} 条明细逐分一致。"
    rows = [
        [
            str(one.award_id or one.grant_id), str(one.for_month), *_right([yuan(one.then_fen)], 12),
            *_right([yuan(one.now_fen)], 12),
        ]
        for one in found.differences
    ]  # fmt: skip
    why = [
        label
        for label, same in (("情况", found.same_inputs), ("法规数据", found.same_law), ("规则", found.same_rules))
        if not same
    ]
    said = f"与核算时不同的有：{'、'.join(why)}。" if why else "情况、法规数据和规则都与核算时相同。"
    table = text_table(("待遇", "月份", "    当时（元）", "    现在（元）"), rows)
    return f"批次 {found.run_id} 重算后有 {found.difference_count:,} 条明细不同。{said}\n\n{table}"


def recoveries_table(recoveries: Sequence[RecoveryFacts]) -> str:
    """Overpayments and how they come back."""
    if not recoveries:
        return "没有多发应收回的款项。"
    names = _names(one.person_id for one in recoveries)
    rows = [
        [
            str(one.id), names[one.person_id], str(one.pay_month),
            *_right([yuan(one.amount_fen), yuan(one.recovered_fen), _monthly(one)], 11),
            RECOVERY_STATE_LABELS[one.state], one.reason,
        ]
        for one in recoveries
    ]  # fmt: skip
    headings = ("编号", "人员", "发现于", "     应收回", "     已收回", "   每月至多", "状态", "原因")
    return text_table(headings, rows)


def _names(persons: Iterable[int]) -> dict[int, str]:
    return {pk: f"{brief.name}（{brief.number}）" for pk, brief in briefs(set(persons)).items()}


def _monthly(one: RecoveryFacts) -> str:
    return yuan(one.monthly_fen) if one.monthly_fen else "不抵扣"


def _causes(review: Review) -> str:
    rows = [
        [one.label, *_right([f"{one.persons:,}"], 8), *_right([f"{one.lines:,}"], 8), *_right([yuan(one.fen)], 16)]
        for one in review.causes
    ]
    return text_table(("变动原因", "    人数", "    条数", "      金额（元）"), rows)


def _differences(review: Review) -> str:
    """From the month before to this one."""
    rows = [["上月按月应发", "", *_right([yuan(review.last_month_fen)], 16)]]
    rows += [
        [one.label, *_right([f"{one.awards:,}"], 8), *_right([_signed(one.fen)], 16)]
        for one in review.differences
        if one.awards
    ]
    rows += [["本月按月应发", "", *_right([yuan(review.this_month_fen)], 16)]]
    return text_table(("与上月相比", "    项数", "      金额（元）"), rows)


def _signed(fen: int) -> str:
    return f"{'+' if fen > 0 else ''}{yuan(fen)}"


def _stopped(review: Review, limit: int) -> str:
    rows = [[one.person, one.benefit, *_right([yuan(one.last_fen)], 11), one.why] for one in review.stopped[:limit]]
    return f"停发 {review.stopped_count:,} 项\n" + text_table(("人员", "待遇", "   上月应发", "原因"), rows)


def _persons(title: str, count: int, persons: Iterable[Any]) -> str:
    if not count:
        return ""
    rows = [[one.person, *_right([yuan(one.fen)], 12), one.note or "—"] for one in persons]
    return f"{title}：{count:,} 人\n" + text_table(("人员", "  金额（元）", "账户"), rows)


def _sums(review: Review) -> str:
    found = review.sums
    return (
        f"平衡：明细 {yuan(found.due_fen)} = 实发 {yuan(found.amount_fen)} + 抵扣 {yuan(found.deducted_fen)}"
        f" − 新增应收回 {yuan(found.recovery_fen)}（元）。"
    )


def _item(item: Item) -> list[str]:
    mark = f"　【标准{item.trust}】" if item.trust else ""
    lines = [f"■ {item.label}{mark}"]
    lines += [f"  {line}" for line in pairs(item.facts).splitlines()]
    lines += ["", *_numbered(item.steps), ""]
    lines += [f"  {line}" for line in _settled(item).splitlines()]
    lines += ["", f"  {_result(item.owed_fen, item.settled_fen, item.left_fen, '应得')}"]
    return lines


def _numbered(steps: Sequence[str]) -> list[str]:
    """Sentences one below the other, folded beside their numbers."""
    lines = []
    for place, step in enumerate(steps, 1):
        first, *more = fold(step, _FOLDED)
        lines += [f"  {place}. {first}", *(f"     {line}" for line in more)]
    return lines


def _settled(item: Item) -> str:
    if not item.settled:
        return "此前没有核发过。"
    rows = [
        [f"批次 {one.run_id}", str(one.pay_month), one.cause, *_right([yuan(one.due_fen)], 12), one.state or "—"]
        for one in item.settled
    ]
    return text_table(("已核发", "发放月份", "原因", "  金额（元）", "付款"), rows)


def _result(owed: int, settled: int, left: int, word: str) -> str:
    word_for = "应补" if left > 0 else "多发" if left < 0 else "已足额"
    end = f"{word_for} {yuan(abs(left))} 元" if left else "已足额核发"
    return f"{word} {yuan(owed)} 元 − 已核发 {yuan(settled)} 元 = {yuan(left)} 元，{end}。"


def _right(cells: Iterable[str], columns: int) -> list[str]:
    """Cells set to the right within that many columns."""
    return [pad("", max(columns - width(cell), 0)) + cell for cell in cells]
