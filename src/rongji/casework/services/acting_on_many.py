"""One act for many cases of a kind: each by its own rules, all of them or, if so chosen, those that can be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from rongji.accounts import trail
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.casework.models import Case, CaseBatch
from rongji.casework.policies import HANDLE_CASES
from rongji.casework.refusals import (
    ActBatchRefused,
    ActBatchUnfit,
    ActUnknown,
    BatchRowUnfit,
    CaseOfOtherKind,
    CaseTwiceInBatch,
    CaseUnknown,
)
from rongji.casework.services.acting import Shared, do_act
from rongji.casework.services.keeping import add_paper
from rongji.casework.types import BatchOutcome, CaseLeft, CaseToDo, NewAct, NewActs, part_of
from rongji.kernel.digest import digest
from rongji.kernel.personal_numbers import cover_numbers_in, mask_numbers_in
from rongji.kernel.refusal import Refusal
from rongji.law.case_kinds import Act, case_kind, case_kind_versions

MOST_AT_ONCE = 2_000
_IDS_AT_ONCE = 500


def act_on_cases(
    *, actor: Actor, bureau: str, new: NewActs, cases: Iterable[CaseToDo], only_possible: bool = False
) -> BatchOutcome:
    """Do the same with many cases of one kind, in the order given; each gets an act and a trail entry of its own.

    All or none; only_possible: those that can be, and the outcome tells what was left and why. Of two who act on some
    of the same cases the second is told so, of each of them.
    Raises: ActBatchUnfit, ActBatchRefused with the outcome, ActUnknown, NotAllowed, OrganisationUnknown.
    """
    with transaction.atomic():
        trail.lock_head()
        work = _begin(actor, bureau, new, cases)
        work.run()
        if work.left and (not only_possible or not work.done):
            raise work.refused()
        return work.close()


def try_on_cases(*, actor: Actor, bureau: str, new: NewActs, cases: Iterable[CaseToDo]) -> BatchOutcome:
    """What `act_on_cases` would do, each case tried in earnest; nothing is kept, and no number is taken.

    Raises: ActBatchUnfit, ActUnknown, NotAllowed, OrganisationUnknown.
    """
    with transaction.atomic():
        trail.lock_head()
        work = _begin(actor, bureau, new, cases)
        work.run()
        transaction.set_rollback(True)
        return work.outcome(0)


def _begin(actor: Actor, bureau: str, new: NewActs, cases: Iterable[CaseToDo]) -> "_Work":
    HANDLE_CASES.require_role(actor)
    facts, wanted = organisation(bureau), list(cases)
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise ActBatchUnfit(why=f"一批 1 至 {MOST_AT_ONCE} 件，现在是 {len(wanted)} 件")
    versions = case_kind_versions(new.kind)
    act = next((kind.acts_by_id[new.act] for kind in reversed(versions) if new.act in kind.acts_by_id), None)
    if act is None:
        kind = case_kind(new.kind, on=actor.day, region=facts.area_code)
        raise ActUnknown(kind=kind.label, act=new.act, known="、".join(item.label for item in kind.acts))
    batch = _batch(actor, facts.code, new, act)
    rows = Case.objects.filter(
        HANDLE_CASES.scope_filter(actor, path_field="scope_path", area_field="area"), bureau=facts.code
    )
    ids = [item.case_id for item in wanted]
    known: dict[int, tuple[str, str]] = {}
    for first in range(0, len(ids), _IDS_AT_ONCE):
        some = rows.filter(pk__in=ids[first : first + _IDS_AT_ONCE]).order_by()
        known |= {pk: (number, kind) for pk, number, kind in some.values_list("pk", "number", "kind")}
    return _Work(actor, batch, new, wanted, known, versions[-1].label)


def _batch(actor: Actor, bureau: str, new: NewActs, act: Act) -> CaseBatch:
    """The row of the batch; the head of the trail is held, so that its number is nobody else's."""
    year = actor.day.year
    rows = CaseBatch.objects.filter(bureau=bureau, year=year)
    serial = (rows.aggregate(last=Max("serial"))["last"] or 0) + 1
    return CaseBatch.objects.create(
        bureau=bureau, number=f"成批{year}-{serial:04d}", year=year, serial=serial, kind=new.kind, act=new.act,
        act_label=act.label[:80], on=new.on, at=actor.at, actor_id=actor.user_id, actor_label=actor.label[:160],
        source=cover_numbers_in(new.source)[:255],
    )  # fmt: skip


@dataclass
class _Work:
    """A batch under way. known: number and kind of each case in the actor's sight; label: of the kind."""

    actor: Actor
    batch: CaseBatch
    new: NewActs
    cases: Sequence[CaseToDo]
    known: Mapping[int, tuple[str, str]]
    label: str
    done: list[int] = field(default_factory=list)
    left: list[CaseLeft] = field(default_factory=list)
    shared: Shared = field(default_factory=Shared)

    def run(self) -> None:
        """Try every case; what is refused leaves nothing behind."""
        first: dict[int, int] = {}
        for place, item in enumerate(self.cases, 1):
            try:
                self._check(item, place, first)
                with transaction.atomic():
                    self._do(item)
            except Refusal as refusal:
                self.left.append(self._left(place, item, refusal))
            else:
                self.done.append(item.case_id)

    def refused(self) -> ActBatchRefused:
        """That nothing was done, with everything that stood against it."""
        one = self.left[0]
        return ActBatchRefused(
            total=len(self.cases), count=len(self.left), act=self.batch.act_label, number=one.number, why=one.why,
            outcome=self.outcome(0),
        )  # fmt: skip

    def outcome(self, batch: int) -> BatchOutcome:
        """What became of the cases; batch: 0 where nothing is kept."""
        number = self.batch.number if batch else ""
        return BatchOutcome(batch, number, self.batch.act_label, tuple(self.done), tuple(self.left))

    def close(self) -> BatchOutcome:
        """The batch itself in the trail, and in its row what was left."""
        batch = self.batch
        batch.left = [
            {"case": item.case, "number": item.number, "why": mask_numbers_in(item.why)} for item in self.left
        ]
        batch.save(update_fields=["left"])
        facts = {
            "batch": batch.pk, "number": batch.number, "kind": batch.kind, "act": batch.act, "on": batch.on,
            "cases": self.done, "left": [[item.case, item.code] for item in self.left], "source": batch.source,
        }  # fmt: skip
        told = f"，{len(self.left)} 件不能办理，没有办" if self.left else ""
        trail.record(
            actor=self.actor, action="casework.act_on_cases", subject_kind="cases", subject_id=batch.number,
            summary=f"{batch.number}：成批办理“{batch.act_label}”{len(self.done)} 件{told}",
            after_digest=digest(facts), detail=facts, parts=[part_of(batch.bureau, batch.kind)],
        )  # fmt: skip
        return self.outcome(batch.pk)

    def _check(self, item: CaseToDo, place: int, first: dict[int, int]) -> None:
        """What only a batch can get wrong."""
        if item.troubles:
            raise BatchRowUnfit(problems=dict(item.troubles), why="".join(words for _, words in item.troubles))
        if item.case_id not in self.known:
            raise CaseUnknown(case=f"#{item.case_id}")
        number, kind = self.known[item.case_id]
        if first.setdefault(item.case_id, place) != place:
            raise CaseTwiceInBatch(number=number, first=first[item.case_id])
        if kind != self.new.kind:
            label = next(reversed(case_kind_versions(kind))).label
            raise CaseOfOtherKind(number=number, kind=label, wanted=self.label)

    def _do(self, item: CaseToDo) -> None:
        new = self.new
        for paper in new.papers:
            add_paper(
                actor=self.actor, case_id=item.case_id, kind=paper.kind, received_on=self.actor.day,
                file_name=paper.file_name, data=paper.data,
            )  # fmt: skip
        answers = {**new.answers, **item.answers}
        act = NewAct(act=new.act, on=new.on, answers=answers, note=new.note, decision=new.decision, seen=item.seen)
        do_act(self.actor, item.case_id, act, batch=self.batch, shared=self.shared)

    def _left(self, place: int, item: CaseToDo, refusal: Refusal) -> CaseLeft:
        number, _ = self.known.get(item.case_id, (item.said or f"#{item.case_id}", ""))
        said = refusal.facts.get("problems")
        problems = tuple((str(name), str(words)) for name, words in said.items()) if isinstance(said, Mapping) else ()
        why = "".join(words for _, words in problems) or str(refusal)
        return CaseLeft(place, item.case_id, number, why, refusal.code, problems)
