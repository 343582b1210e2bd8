"""One audited file as markup: filters, the document with its marks, and the list of findings beside it.

The same markup stands in the page that works by itself and in the web application: no inline style, no script.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rongji.audit.json_form import title_of
from rongji.audit.marking import Marking, Stretch
from rongji.audit.marks import short_words_of, words_of
from rongji.audit.markup import words
from rongji.audit.report import ORDER, AuditedFile, Claim
from rongji.audit.results import anchor_of
from rongji.audit.views import shown_document
from rongji.kernel.finding import VERDICT_LABELS, Verdict

_QUIET = (Verdict.HOLDS,)
_PLACES = 6


def section(audited: AuditedFile, name: str, digest: str = "", source: Path | None = None) -> str:
    """The file. digest: of its content; source: where it can be read again for pictures of pages and lines of text."""
    prefix = anchor_of(name, digest)
    opening = f'<section class="au-file" id="{prefix}" data-file="{words(name)}" data-digest="{digest}">'
    if audited.refusal:
        return (
            f'{opening}{_head(audited, name)}<p class="au-refused" role="alert">{words(audited.refusal)}</p></section>'
        )
    marking = Marking(audited.claims, prefix)
    paper = shown_document(audited, marking, source)  # first, so that the list knows which places are shown
    found = f"{_causes(audited, prefix)}{_cards(audited, marking)}"
    return (
        f"{opening}{_head(audited, name)}{_filters(audited)}"
        f'<div class="au-body"><aside class="au-list" aria-label="核对结果">{found}</aside>'
        f'<div class="au-paper" tabindex="0" aria-label="原文">{paper}</div></div>'
        f'<button type="button" class="au-back">回到核对结果</button></section>'
    )


def _head(audited: AuditedFile, name: str) -> str:
    stated = audited.stated
    facts = [audited.kind.upper()] if audited.kind else []
    if stated:
        facts += [stated.organisation, f"{stated.year} 年度" if stated.year else "", f"核对 {len(audited.claims)} 项"]
    told = "".join(f"<span>{words(fact)}</span>" for fact in facts if fact)
    notes = "".join(f"<li>{words(note)}</li>" for note in audited.notes)
    listed = f'<ul class="au-notes">{notes}</ul>' if notes else ""
    return f'<header class="au-head"><h2>{words(Path(name).name)}</h2><p class="au-facts">{told}</p>{listed}</header>'


def _filters(audited: AuditedFile) -> str:
    trouble = len(audited.claims) > audited.counts[Verdict.HOLDS]
    chips = "".join(
        f'<button type="button" class="au-chip is-{verdict.value}{"" if count else " au-zero"}" '
        f'data-verdict="{verdict.value}" aria-pressed="{str(verdict not in _QUIET or not trouble).lower()}">'
        f"{VERDICT_LABELS[verdict]} <b>{count}</b></button>"
        for verdict, count in audited.counts.items()
    )
    titles = {item.finding.check: title_of(item.finding) for item in audited.claims}
    counted = Counter(item.finding.check for item in audited.claims)
    options = "".join(
        f'<option value="{words(check)}">{words(title)}（{counted[check]}）</option>' for check, title in titles.items()
    )
    choice = (
        f'<label class="au-choice">核对项<select data-checks><option value="">全部</option>{options}</select></label>'
    )
    return f'<div class="au-filters" role="group" aria-label="筛选">{chips}{choice}</div>'


def _causes(audited: AuditedFile, prefix: str) -> str:
    """The mistakes that explain several findings at once, with the change that would settle them."""
    groups: dict[str, list[Claim]] = {}
    for item in audited.claims:
        if item.finding.group:
            groups.setdefault(item.finding.group, []).append(item)
    told = "".join(_cause(items, prefix) for items in groups.values())
    note = '<p class="au-hint">推算，供核对；以账表为准</p>'
    return f'<div class="au-causes"><h3>可能的根源</h3>{note}<ol>{told}</ol></div>' if told else ""


def _cause(items: Sequence[Claim], prefix: str) -> str:
    links = "、".join(
        f'<a href="#{prefix}-{item.id}">{words(title_of(item.finding))}<sup>{item.id[1:]}</sup></a>' for item in items
    )
    proposal = items[0].finding.proposal.removeprefix("建议核对：")
    return f'<li>{words(proposal)}<div class="au-explains">解释 {len(items)} 处：{links}</div></li>'


def _cards(audited: AuditedFile, marking: Marking) -> str:
    ordered = sorted(audited.claims, key=lambda item: ORDER.index(item.finding.verdict))
    cards = "".join(_card(item, marking) for item in ordered)
    none = "没有符合筛选条件的结果。" if cards else "没有读到可以互相核对的数字。"
    return f'{cards}<p class="au-none"{" hidden" if cards else ""}>{none}</p>'


def _card(item: Claim, marking: Marking) -> str:
    finding = item.finding
    identity = f"{marking.prefix}-{item.id}"
    label = VERDICT_LABELS[finding.verdict]
    parts = [
        f'<header><span class="au-verdict is-{finding.verdict.value}">{label}</span>'
        f'<h3>{words(title_of(finding))}</h3><span class="au-id">{item.id[1:]}</span></header>',
        f"<p>{words(finding.explanation)}</p>",
        _places(marking.of_claim[item.id]),
    ]
    if finding.remedy:
        parts.append(f'<p class="au-remedy">{words(finding.remedy)}</p>')
    if finding.verdict not in _QUIET:
        parts.append(_decision(identity))
    return (
        f'<article class="au-card is-{finding.verdict.value}" id="{identity}" tabindex="0" '
        f'data-claim="{item.id}" data-verdict="{finding.verdict.value}" data-check="{words(finding.check)}">'
        f"{''.join(parts)}</article>"
    )


def _places(stretches: Iterable[Stretch]) -> str:
    """Where the figures stand; a long list folds away."""
    told = [f"<li>{_place(number, stretch)}</li>" for number, stretch in enumerate(stretches, 1)]
    shown, rest = ("".join(part) for part in (told[:_PLACES], told[_PLACES:]))
    if len(told) <= _PLACES + 1:
        return f'<ol class="au-places">{"".join(told)}</ol>' if told else ""
    more = f'<details><summary>其余 {len(told) - _PLACES} 处</summary><ol class="au-places">{rest}</ol></details>'
    return f'<ol class="au-places">{shown}</ol>{more}'


def _place(number: int, stretch: Stretch) -> str:
    mark = stretch.mark
    label = f"<span>{words(mark.label)}</span> " if mark.label else ""
    text = f"<b>{words(mark.text)}</b>" if mark.text.strip() else "<i>（空白）</i>"
    place, whole = words(short_words_of(mark.place)), words(words_of(mark.place))
    titled = f' title="{whole}"' if whole != place else ""
    what = f'<i class="au-n">{number}</i><span class="au-what">{label}{text}</span>'
    inner = f'{what}<span class="au-place"{titled}>{place}</span>'
    if not stretch.anchor:
        return f"<span>{inner}</span>"
    return f'<a href="#{stretch.anchor}" data-mark="{stretch.anchor}">{inner}</a>'


def _decision(identity: str) -> str:
    buttons = "".join(
        f'<button type="button" data-decide="{word}" aria-pressed="false">{label}</button>'
        for word, label in (("accept", "采纳"), ("reject", "不采纳"))
    )
    note = (
        f'<label class="au-note" for="{identity}-note">审核说明</label>'
        f'<textarea id="{identity}-note" rows="1" maxlength="500" placeholder="审核说明（可不写）"></textarea>'
    )
    return f'<div class="au-decision">{buttons}{note}</div>'
