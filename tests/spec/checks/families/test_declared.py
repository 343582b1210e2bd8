"""业务数据: the bureau's own facts, their parts and their rates."""

import pytest
from spec.checks.builders import CONTRADICTION, HOLDS, QUESTION, figure, verdicts, year

from rongji.kernel.bureau_year import (
    DeclaredConcept,
)


class TestDeclaredFacts:
    def facts(self, total, parts, complete=True, unit="件"):
        concepts = [DeclaredConcept("all", "来信来访", "件")]
        concepts += [
            DeclaredConcept(f"p{n}", "分项", unit, part_of="all", complete=complete) for n in range(len(parts))
        ]
        figures = [figure("fact.all", total, "件")]
        figures += [figure(f"fact.p{n}", text, unit) for n, text in enumerate(parts)]
        return year(*figures, declared_concepts=tuple(concepts))

    @pytest.mark.parametrize(("total", "verdict"), [("1142", HOLDS), ("1137", CONTRADICTION)])
    def test_complete_parts_add_up(self, total, verdict):
        """番禺 2021: 260 + 724 + 2 + 73 + 83."""
        facts = self.facts(total, ["260", "724", "2", "73", "83"])
        assert verdicts(facts, "declared-parts-close") == [verdict]

    def test_unlike_units_are_asked(self):
        assert verdicts(self.facts("1137", ["260", "882"], unit="人次"), "declared-parts-close") == [QUESTION]

    def test_some_parts_may_overlap_but_none_exceeds_the_whole(self):
        facts = self.facts("100", ["90", "60", "101"], complete=False)
        assert sorted(verdicts(facts, "declared-parts-stay-within")) == sorted([HOLDS, HOLDS, CONTRADICTION])

    @pytest.mark.parametrize(("rate", "verdict"), [("96%", HOLDS), ("98%", CONTRADICTION)])
    def test_a_declared_rate_follows(self, rate, verdict):
        concepts = (
            DeclaredConcept("found", "排查", "件"),
            DeclaredConcept("solved", "化解", "件"),
            DeclaredConcept("rate", "化解率", "%", numerator="solved", denominator="found"),
        )
        figures = (figure("fact.found", "50", "件"), figure("fact.solved", "48", "件"), figure("fact.rate", rate, "%"))
        assert verdicts(year(*figures, declared_concepts=concepts), "declared-rates-follow") == [verdict]
