"""Reads one version of a case kind, and notes everything that is wrong with it."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from rongji.kernel.units import UNITS
from rongji.law.asked import read_asked
from rongji.law.case_checks import check_case_kind
from rongji.law.case_parts import (
    About,
    Act,
    CaseCounting,
    CaseKind,
    CaseMeasure,
    CaseMoment,
    Channel,
    Clock,
    Effect,
    Exclusive,
    Follows,
    Letter,
    Limit,
    Paper,
    Step,
)
from rongji.law.fields import Fields
from rongji.law.model import Trust
from rongji.law.reading import Problems, read_yaml


def read_case_kind(region: str, path: Path, folder: Path, problems: Problems) -> CaseKind | None:
    """One version of a kind; None where the file holds no mapping. What is wrong with it is noted."""
    file = path.relative_to(folder).as_posix()
    content = read_yaml(path, file, problems)
    if content is None:
        return None
    fields = Fields(content, file, "", problems)
    if fields.text("id") != path.parent.name:
        fields.wrong(f"id 应与文件夹“{path.parent.name}”一致")
    effective = fields.day("effective") or date.min
    if path.stem != effective.isoformat():
        fields.wrong(f"文件名应为施行日“{effective}”")
    found = CaseKind(
        id=path.parent.name,
        key=f"{region}/{path.stem}" if region else path.stem,
        label=fields.text("label"),
        area=fields.text("area"),
        unit=fields.text("unit"),
        act=fields.text("act"),
        provision=fields.text("provision", required=False),
        effective=effective,
        known=fields.day("known") or date.min,
        trust=fields.choice("trust", Trust),
        about=fields.choice("about", About),
        channels=tuple(_channel(item) for item in fields.each("channels")),
        fields=read_asked(fields, required=False),
        papers=_papers(fields),
        steps=tuple(_step(item) for item in fields.each("steps")),
        clocks=tuple(_clock(item) for item in fields.each("clocks", required=False)),
        acts=tuple(_act(item) for item in fields.each("acts")),
        letters=tuple(_letter(item) for item in fields.each("letters", required=False)),
        measures=tuple(_measure(item) for item in fields.each("measures", required=False)),
        open_roles=fields.texts("open_roles", required=True),
        open_starts=fields.texts("open_starts"),
        is_public=fields.flag("public", default=False),
        guide=fields.text("guide", required=False),
        inventory=fields.texts("inventory"),
        note=fields.text("note", required=False),
        limits=tuple(_limit(item) for item in fields.each("limits", required=False)),
        exclusive=tuple(_exclusive(item) for item in fields.each("exclusive", required=False)),
        short=fields.text("short", required=False),
        order=tuple(item.texts("fields", required=True) for item in _finished(fields.each("order", required=False))),
    )
    fields.finish()
    check_case_kind(found, fields)
    return found


def _channel(item: Fields) -> Channel:
    found = Channel(
        item.text("id"),
        item.text("label"),
        item.flag("counts_people", default=False),
        item.flag("assigned", default=False),
    )
    item.finish()
    return found


def _papers(fields: Fields) -> tuple[Paper, ...]:
    found = []
    for item in fields.each("papers", required=False):
        found.append(
            Paper(
                item.text("id"),
                item.text("label"),
                item.flag("needed", default=True),
                item.text("note", required=False),
            )
        )
        item.finish()
    return tuple(found)


def _step(item: Fields) -> Step:
    found = Step(
        item.text("id"),
        item.text("label"),
        item.text("role", required=False),
        item.flag("final", default=False),
        item.text("public", required=False),
    )
    item.finish()
    return found


def _clock(item: Fields) -> Clock:
    found = Clock(
        item.text("id"),
        item.text("label"),
        item.text("procedure"),
        item.text("step"),
        item.flag("waiting", default=False),
        _words(item.part("when", required=False)),
    )
    item.finish()
    return found


def _limit(item: Fields) -> Limit:
    found = Limit(
        item.text("since"),
        item.text("procedure"),
        item.text("step"),
        item.flag("not_before", default=False),
        _words(item.part("when", required=False)),
    )
    item.finish()
    return found


def _exclusive(item: Fields) -> Exclusive:
    when = _words(item.part("when", required=False))
    found = Exclusive(item.texts("by", required=True), item.texts("outcomes"), when)
    item.finish()
    return found


def _words(item: Fields | None) -> Mapping[str, tuple[str, ...]]:
    return {name: item.texts(name, required=True) for name in item.content} if item else {}


def _act(item: Fields) -> Act:
    found = Act(
        id=item.text("id"),
        label=item.text("label"),
        from_steps=item.texts("from", required=True),
        to=item.text("to", required=False),
        roles=item.texts("roles", required=True),
        fields=read_asked(item, required=False),
        papers=_papers(item),
        starts=item.texts("starts"),
        stops=item.texts("stops"),
        follows=item.choice("follows", Follows, default=Follows.NOTHING),
        letter=item.text("letter", required=False),
        outcome=item.text("outcome", required=False),
        opens=item.text("opens", required=False),
        effects=tuple(_effect(entry) for entry in item.each("effects", required=False)),
        by_other=item.flag("by_other", default=False),
        after_close=item.flag("after_close", default=False),
        needs_decision=item.flag("needs_decision", default=False),
        note=item.text("note", required=False),
        waits_for=item.texts("waits_for"),
        needs_papers=item.flag("needs_papers", default=False),
    )
    item.finish()
    return found


def _effect(item: Fields) -> Effect:
    given = item.part("given", required=False)
    arguments = {name: given.text(name) for name in given.content} if given else {}
    found = Effect(item.text("do"), arguments, _words(item.part("when", required=False)))
    item.finish()
    return found


def _letter(item: Fields) -> Letter:
    found = Letter(item.text("id"), item.text("title"), item.text("number"), item.texts("paragraphs", required=True))
    item.finish()
    return found


def _measure(item: Fields) -> CaseMeasure:
    counting = item.choice("counting", CaseCounting, default=CaseCounting.CASES)
    moment = item.choice("moment", CaseMoment, default=CaseMoment.RECEIVED)
    where = item.part("where", required=False)
    found = CaseMeasure(
        id=item.text("id"),
        label=item.text("label"),
        unit=item.text("unit"),
        counting=counting,
        moment=moment,
        definition=item.text("definition"),
        of=item.text("of", required=counting is CaseCounting.SUM),
        act=item.text("act", required=moment is CaseMoment.ACT),
        where={name: where.texts(name, required=True) for name in where.content} if where else {},
        by=item.texts("by"),
        aliases=item.texts("aliases"),
    )
    item.finish()
    if found.unit and found.unit not in UNITS:
        item.wrong(f"计量单位“{found.unit}”不在单位表内")
    return found


def _finished(items: Iterable[Fields]) -> Iterable[Fields]:
    """Each in turn; what it says beyond what was read is noted."""
    for item in items:
        yield item
        item.finish()
