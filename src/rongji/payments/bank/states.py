"""What the bank's answer does to an item, as a table: what stood before, what the bank says now, what stands after."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rongji.payments.types import PAYMENT_STATE_LABELS, PaymentState

OPEN = frozenset({PaymentState.SENT, PaymentState.UNKNOWN})


class Effect(StrEnum):
    """What becomes of an item whose state is known already."""

    TAKE = "take"  # the answer counts
    SAME = "same"  # nothing new
    CAME_BACK = "came_back"  # money that had arrived was sent back; the answer counts and is noted
    CONTRADICTS = "contradicts"  # both cannot be true; a person has to find out


@dataclass(frozen=True, slots=True)
class Standing:
    """State of an item and how much of it is known to have arrived."""

    state: PaymentState
    paid_fen: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands after an answer; finding: what is odd about it, in words, empty when nothing is."""

    after: Standing
    finding: str = ""


_P = PaymentState
EFFECTS: Mapping[tuple[PaymentState, PaymentState], Effect] = {
    **{(before, answer): Effect.TAKE for before in OPEN for answer in (_P.PAID, _P.PARTIAL, _P.RETURNED, _P.UNKNOWN)},
    (_P.PAID, _P.PAID): Effect.SAME,
    (_P.PAID, _P.PARTIAL): Effect.CONTRADICTS,
    (_P.PAID, _P.RETURNED): Effect.CAME_BACK,
    (_P.PAID, _P.UNKNOWN): Effect.CONTRADICTS,
    (_P.PARTIAL, _P.PAID): Effect.TAKE,
    (_P.PARTIAL, _P.PARTIAL): Effect.TAKE,
    (_P.PARTIAL, _P.RETURNED): Effect.CAME_BACK,
    (_P.PARTIAL, _P.UNKNOWN): Effect.CONTRADICTS,
    (_P.RETURNED, _P.PAID): Effect.CONTRADICTS,
    (_P.RETURNED, _P.PARTIAL): Effect.CONTRADICTS,
    (_P.RETURNED, _P.RETURNED): Effect.SAME,
    (_P.RETURNED, _P.UNKNOWN): Effect.CONTRADICTS,
}


def judge(before: Standing, answer: Standing, *, is_replaced: bool) -> Verdict:
    """What an item stands at after the bank's answer.

    is_replaced: the rest was sent again, or the payment cancelled; then an answer may take money off the item (it came
    back) but never put money on it or open it again: that would pay or count the same money twice.
    """
    effect = _effect(before, answer)
    after = _after(before, answer, effect)
    if is_replaced and (after.state in OPEN or after.paid_fen > before.paid_fen):
        return Verdict(before, f"{_said(before, answer)}，而这笔已另行处理，请与银行核实是否重复到账")
    if effect is Effect.CONTRADICTS:
        return Verdict(after, f"{_said(before, answer)}，前后矛盾，请与银行核实后认定")
    if effect is Effect.CAME_BACK:
        return Verdict(after, f"{_said(before, answer)}，到账后又退回")
    return Verdict(after)


def together(items: list[Standing], amount_fen: int) -> Standing:
    """What a payment stands at, given its items in order of attempt."""
    paid = sum(item.paid_fen for item in items)
    open_ones = [item.state for item in items if item.state in OPEN]
    if open_ones:
        return Standing(open_ones[-1], paid)
    if paid == amount_fen:
        return Standing(PaymentState.PAID, paid)
    return Standing(PaymentState.PARTIAL if paid else PaymentState.RETURNED, paid)


def _effect(before: Standing, answer: Standing) -> Effect:
    if before.state == answer.state == PaymentState.PARTIAL:
        if answer.paid_fen == before.paid_fen:
            return Effect.SAME
        return Effect.TAKE if answer.paid_fen > before.paid_fen else Effect.CONTRADICTS
    return EFFECTS[before.state, answer.state]


def _after(before: Standing, answer: Standing, effect: Effect) -> Standing:
    if effect is Effect.SAME:
        return before
    if effect is Effect.CONTRADICTS or answer.state == PaymentState.UNKNOWN:
        # what had been proved to have arrived stays so until somebody knows better
        return Standing(PaymentState.UNKNOWN, before.paid_fen)
    return answer


def _said(before: Standing, answer: Standing) -> str:
    return f"银行先答“{PAYMENT_STATE_LABELS[before.state]}”，后答“{PAYMENT_STATE_LABELS[answer.state]}”"
