"""What is entered of a person, read and refused before anything is written: no database, so that rosters use it too."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from rongji.kernel.bank_card import read_account_number
from rongji.kernel.identity_number import IdentityNumber, read_identity_number
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.kernel.telephone import read_phone
from rongji.people.categories import refuse_unfit_category
from rongji.people.refusals import (
    AfterDeath,
    BeforeBirth,
    BirthDiffers,
    BirthUnknown,
    EndBeforeStart,
    GradeUnfit,
    HolderDiffers,
    InTheFuture,
    NameUnfit,
    OverlappingIdentities,
    OverlappingService,
    ParticipationUnfit,
    SexDiffers,
)
from rongji.people.types import (
    SEX_LABELS,
    DisabilityCause,
    NewAccount,
    NewGrade,
    NewIdentity,
    NewMerit,
    NewParticipation,
    NewPerson,
    NewService,
    Sex,
)

LIGHTEST_GRADE = 10
LIGHTEST_BY_ILLNESS = 6
LONGEST_NAME = 64
_DOTS = str.maketrans(dict.fromkeys("•．・‧∙˙", "·"))
_NAME = re.compile(r"[^\W\d_]+(?:[·\s'-][^\W\d_]+)*")
Report = Callable[[Refusal], None]


@dataclass(frozen=True, slots=True)
class Life:
    """Between which days facts of a person may lie. number: how a refusal names the file."""

    number: str
    born_on: date
    died_on: date | None
    today: date

    @property
    def without_end(self) -> "Life":
        """The same, a death left out of account."""
        return replace(self, died_on=None)


@dataclass(frozen=True, slots=True)
class Entered:
    """A person as entered, read: birth and sex settled, numbers in their plain form."""

    new: NewPerson
    id_number: IdentityNumber | None
    born_on: date
    sex: Sex


def read_person(new: NewPerson, *, today: date) -> Entered:
    """What is entered, read. Raises: the first refusal."""
    return _read(new, today, _raise)


def problems_of(new: NewPerson, *, today: date) -> tuple[Refusal, ...]:
    """Everything that is wrong with what is entered, for a list to be mended at once."""
    found: list[Refusal] = []
    try:
        _read(new, today, found.append)
    except Refusal as last:
        found.append(last)
    return tuple(found)


def read_name(text: str) -> str:
    """A name without stray blanks and with one kind of middle dot.

    Raises: NameUnfit.
    """
    name = unicodedata.normalize("NFKC", text).translate(_DOTS).strip()
    if not re.search(r"[A-Za-z]", name):
        name = re.sub(r"\s+", "", name)
    if not name:
        raise NameUnfit(name="", why="没有填写，请补填")
    if len(name) > LONGEST_NAME:
        raise NameUnfit(name=name[:10] + "…", why=f"超过 {LONGEST_NAME} 个字，请核对")
    if not _NAME.fullmatch(name):
        raise NameUnfit(name=name, why="含有数字或符号，请只填姓名")
    return name


def read_account(new: NewAccount, name: str) -> NewAccount:
    """An account with its plain number.

    Raises: AccountNumberUnfit, HolderDiffers, when it is in another's name without a decision.
    """
    holder = read_name(new.holder or name)
    if holder != name and not new.decision.strip():
        raise HolderDiffers(holder=holder, name=name)
    return replace(new, number=read_account_number(new.number), holder=holder)


def refuse_unfit_identity(new: NewIdentity, life: Life) -> None:
    """Raises: UnknownCategory, CategoryClosed, EndBeforeStart, BeforeBirth, AfterDeath."""
    refuse_unfit_category(new.category, on=new.first_month.first_day, known_on=life.today)
    what = f"身份“{new.category}”"
    if new.last_month is not None and new.last_month < new.first_month:
        raise EndBeforeStart(what=what, start=new.first_month, end=new.last_month)
    if new.first_month < Month.from_day(life.born_on):
        raise BeforeBirth(what=what, day=new.first_month, born=life.born_on)
    if life.died_on and new.first_month > Month.from_day(life.died_on):
        raise AfterDeath(number=life.number, died=life.died_on, what=what, day=new.first_month)


def refuse_unfit_grade(new: NewGrade, life: Life) -> None:
    """Raises: GradeUnfit, BeforeBirth, AfterDeath, InTheFuture."""
    lightest = LIGHTEST_BY_ILLNESS if new.cause == DisabilityCause.ILLNESS else LIGHTEST_GRADE
    if new.cause not in list(DisabilityCause) or not 1 <= new.grade <= lightest:
        raise GradeUnfit(cause=new.cause, grade=new.grade)
    refuse_outside_life("残疾等级评定", new.decided_on, life)


def refuse_unfit_service(new: NewService, life: Life) -> None:
    """Raises: EndBeforeStart, BeforeBirth, AfterDeath, InTheFuture."""
    if new.discharged_on is not None and new.discharged_on < new.enlisted_on:
        raise EndBeforeStart(what="服役经历", start=new.enlisted_on, end=new.discharged_on)
    refuse_outside_life("入伍", new.enlisted_on, life)


def refuse_unfit_merit(new: NewMerit, life: Life) -> None:
    """Raises: BeforeBirth, InTheFuture; merits may be given after a death."""
    refuse_outside_life("立功受奖", new.awarded_on, life.without_end)


def refuse_unfit_participation(new: NewParticipation, life: Life) -> None:
    """Raises: ParticipationUnfit, EndBeforeStart, BeforeBirth, AfterDeath, InTheFuture."""
    if new.kind not in ("war", "nuclear_test"):
        raise ParticipationUnfit(kind=new.kind)
    if new.from_on and new.to_on and new.to_on < new.from_on:
        raise EndBeforeStart(what="参战参试经历", start=new.from_on, end=new.to_on)
    if new.from_on:
        refuse_outside_life("参战参试经历", new.from_on, life)


def refuse_outside_life(what: str, day: date, life: Life) -> None:
    """Raises: BeforeBirth, AfterDeath, InTheFuture."""
    if day < life.born_on:
        raise BeforeBirth(what=what, day=day, born=life.born_on)
    if life.died_on and day > life.died_on:
        raise AfterDeath(number=life.number, died=life.died_on, what=what, day=day)
    if day > life.today:
        raise InTheFuture(what=what, day=day, today=life.today)


def overlap(first: Month, last: Month | None, other_first: Month, other_last: Month | None) -> bool:
    """Whether two runs of months share one; None is an open end."""
    return (other_last is None or first <= other_last) and (last is None or other_first <= last)


def _read(new: NewPerson, today: date, report: Report) -> Entered:
    """The person; every check reports for itself, those without which nothing else can be judged end the reading."""
    name = read_name(new.name)
    with _reporting(report):
        new = replace(new, phone=read_phone(new.phone))
    if new.account is not None:
        with _reporting(report):
            new = replace(new, account=read_account(new.account, name))
    new = replace(new, name=name)
    number = read_identity_number(new.id_number, on=today) if new.id_number.strip() else None
    entered = _settle(new, number, report)
    _check_facts(entered, today, report)
    return entered


def _settle(new: NewPerson, number: IdentityNumber | None, report: Report) -> Entered:
    born = number.born_on if number else new.born_on
    sex = (Sex.MALE if number.is_male else Sex.FEMALE) if number else new.sex
    if born is None or sex is None:
        missing = "出生日期和性别" if born is None and sex is None else "出生日期" if born is None else "性别"
        raise BirthUnknown(name=new.name, missing=missing)
    if new.born_on not in (None, born):
        report(BirthDiffers(name=new.name, stated=new.born_on, read=born))
    if new.sex not in (None, sex):
        report(SexDiffers(name=new.name, stated=SEX_LABELS[Sex(new.sex)], read=SEX_LABELS[sex]))
    return Entered(replace(new, born_on=born, sex=sex), number, born, sex)


def _check_facts(entered: Entered, today: date, report: Report) -> None:
    new = entered.new
    life = Life(new.number or new.name, entered.born_on, new.died_on, today)
    with _reporting(report):
        refuse_outside_life("出生日期", entered.born_on, life.without_end)
    if new.died_on:
        with _reporting(report):
            refuse_outside_life("死亡日期", new.died_on, life.without_end)
    checks: tuple[tuple[tuple, Callable], ...] = (
        (new.identities, refuse_unfit_identity),
        (new.grades, refuse_unfit_grade),
        (new.service, refuse_unfit_service),
        (new.merits, refuse_unfit_merit),
        (new.participations, refuse_unfit_participation),
    )
    for facts, check in checks:
        for fact in facts:
            with _reporting(report):
                check(fact, life)
    for refusal in (*_overlapping_identities(new, life), *_overlapping_service(new, life)):
        report(refusal)


def _overlapping_identities(new: NewPerson, life: Life) -> Iterator[Refusal]:
    for place, one in enumerate(new.identities):
        for other in new.identities[:place]:
            same = one.category == other.category
            if same and overlap(one.first_month, one.last_month, other.first_month, other.last_month):
                yield OverlappingIdentities(
                    number=life.number,
                    category=one.category,
                    first=other.first_month,
                    last=other.last_month or "今",
                    new=one.first_month,
                )


def _overlapping_service(new: NewPerson, life: Life) -> Iterator[Refusal]:
    for place, one in enumerate(new.service):
        for other in new.service[:place]:
            if periods_overlap(one.enlisted_on, one.discharged_on, other.enlisted_on, other.discharged_on):
                yield OverlappingService(number=life.number, first=other.enlisted_on, last=other.discharged_on or "今")


def periods_overlap(first: date, last: date | None, other_first: date, other_last: date | None) -> bool:
    """Whether two periods share more than the day on which one ends and the other begins; None is an open end."""
    return (other_last is None or first < other_last) and (last is None or other_first < last)


@contextmanager
def _reporting(report: Report) -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        report(refusal)


def _raise(refusal: Refusal) -> None:
    raise refusal
