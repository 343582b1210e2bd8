"""Changed figures: the audit names the relations they break and no others; the page in docs says how well."""

from corpus import proof
from corpus.trial import merged

FLOOR = {"within": 0.9}  # 部分超出整体: 有的整体不能从字面断定
LEAST_SEEN = 0.95


def test_nothing_true_is_called_a_contradiction():
    assert [text for item in proof.outcomes().values() for text in item.false_alarms] == []


def test_broken_relations_are_seen():
    for family, score in merged(proof.outcomes().values()).scores.items():
        assert score.broken > 0
        assert score.seen / score.broken >= FLOOR.get(family, LEAST_SEEN), (family, score.missed[:3])


def test_the_page_is_what_the_trials_say():
    assert proof.PAGE.read_text(encoding="utf-8") == proof.page()
