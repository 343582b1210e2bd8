"""What a scored row must bring along besides its numbers: reasons and evidence."""

from collections.abc import Mapping, Sequence

from rongji.kernel.bureau_year import EvidenceFacts, IndicatorFacts
from rongji.law.schemes import ScoreScheme
from rongji.rules.scoring.gates import GateCode, gate, is_reason
from rongji.rules.scoring.over_target import Overshoot
from rongji.rules.scoring.settle import SettledRow, label
from rongji.rules.scoring.types import Gate


def reason_gates(item: IndicatorFacts, reached: bool | None, over: Overshoot | None, scheme: ScoreScheme) -> list[Gate]:
    """A missed target wants a reason, a far exceeded one too; the scheme may limit its length."""
    found, least = [], scheme.gates.reason_least
    if scheme.gates.reason_when_missed and not is_reason(item.reason, least):
        if reached is False:
            found.append(gate(GateCode.REASON_MISSING, item.code, name=label(item), least=least_words(least)))
        if over:
            facts = {"name": label(item), "problem": over.said, "least": least_words(least)}
            found.append(gate(GateCode.OVER_TARGET_REASON, item.code, **facts))
    limit, length = scheme.texts.reason if scheme.texts else None, len(item.reason.strip())
    if limit is not None and length > limit:
        found.append(gate(GateCode.REASON_TOO_LONG, item.code, name=label(item), length=length, limit=limit))
    return found


def least_words(least: int) -> str:
    """`（至少 20 字）`, nothing when the scheme sets no length."""
    return f"（至少 {least} 字）" if least else ""


def evidence_gates(settled: SettledRow, registered: Mapping[str, EvidenceFacts], scheme: ScoreScheme) -> list[Gate]:
    """Every scored row wants registered evidence, of its own or of each of its parts, or records that it rests on."""
    item = settled.facts
    if not item.evidence and settled.inputs and all(figure.rests_on_records for figure in settled.inputs):
        return []
    if settled.part_of or not scheme.gates.evidence_for_each:
        return []
    pieces = [row.evidence for row in settled.parts]
    if not item.evidence and not (pieces and all(pieces)):
        return [gate(GateCode.EVIDENCE_MISSING, item.code, name=label(item))]
    return _unknown(item, [*item.evidence, *(code for codes in pieces for code in codes)], registered)


def _unknown(item: IndicatorFacts, codes: Sequence[str], registered: Mapping[str, EvidenceFacts]) -> list[Gate]:
    unknown = list(dict.fromkeys(code for code in codes if code not in registered))
    if not unknown:
        return []
    return [gate(GateCode.EVIDENCE_UNKNOWN, item.code, name=label(item), codes="、".join(unknown))]
