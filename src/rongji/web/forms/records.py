"""Writing the registers by forms that come out of their declarations: enter, correct, take back, add a file."""

from dataclasses import dataclass, replace

from django.urls import reverse

from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import Actor
from rongji.law.asked import AskedKind
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.services.policies import KEEP_RECORDS
from rongji.services.selectors import record_page
from rongji.services.services import add_record, attach_file, change_record, detach_file, withdraw_record
from rongji.services.types import RecordPage
from rongji.web.forms.fields import Choice, Field, FieldKind, declared_fields
from rongji.web.forms.form import Done, Form, Subject, Values
from rongji.web.record_desk import bureau_of, keeping_scope, station_choices

_OF = "record/<int:record>"
WHY = Field("why_of_it", "原因", FieldKind.LONG, hint="会记入这条登记的历史和审计记录", most=250)
_FILE = Field("file", "文件", FieldKind.FILE, hint="pdf、图片、Word、Excel、OFD，不超过 20 兆")
_FILE_TITLE = Field("file_title", "题名", is_needed=False, hint="不填就用文件名")


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """A register of one bureau that is written into."""

    register: Register
    bureau: OrganisationFacts


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """A record with everything about it. version: the one from which a change is made; file: an attachment of it."""

    page: RecordPage
    version: int = 0
    file: int = 0

    @property
    def register(self) -> Register:
        """The register in which it stands."""
        return self.page.register


def fields_of(actor: Actor, register: Register, bureau: str) -> tuple[Field, ...]:
    """The fields of a register as a form asks for them; the only station that there is stands in it already."""
    stations: tuple[Choice, ...] = ()
    if any(item.kind is AskedKind.STATION for item in register.fields):
        stations = station_choices(actor, bureau)
    fields = declared_fields(register.fields, choices={"station": stations})
    only = stations[0].value if len(stations) == 1 else ""
    return tuple(replace(item, initial=only) if item.name == register.station else item for item in fields)


def _about_register(actor: Actor, *, bureau: str, register: str) -> Subject:
    """A register in which the actor may write. Raises: UnknownRegister, OrganisationUnknown, NotAllowed."""
    declared, facts = declared_register(register), bureau_of(actor, bureau, KEEP_RECORDS)
    back = reverse("web:records_of", kwargs={"bureau": bureau, "register": register})
    scope = keeping_scope(actor, facts)
    return Subject(declared.label, scope, back, RegisterFacts(declared, facts), f"登记{declared.label}", declared.note)


def _about_record(actor: Actor, *, record: int, version: int = 0, file: int = 0) -> Subject:
    """A record. Raises: RecordUnknown, NotAllowed."""
    page = record_page(actor, record)
    back = reverse("web:record", kwargs={"record": record})
    heading = f"{page.register.label}　{page.row.title or page.row.day.isoformat()}"
    return Subject(heading, page.row.scope, back, RecordFacts(page, version, file))


def _new_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    facts: RegisterFacts = subject.facts
    fields = fields_of(actor, facts.register, facts.bureau.code)
    today = actor.day.isoformat()
    is_day = {item.id for item in facts.register.fields if item.id == facts.register.day}
    return tuple(
        replace(item, initial=today) if item.name in is_day and item.kind is FieldKind.DAY else item for item in fields
    )


def _held_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    """The fields with what the record says now, and why it is changed."""
    facts: RecordFacts = subject.facts
    page = facts.page
    fields = fields_of(actor, facts.register, page.bureau)
    return (*(replace(item, initial=_held(page, item)) for item in fields), WHY)


def _held(page: RecordPage, field: Field) -> str:
    """What the record says in one field, as the field would be filled in."""
    is_station = field.declared is not None and field.declared.kind is AskedKind.STATION
    return str(page.row.values.get(field.name, "")) if is_station else page.row.cells[field.name]


def _answers(register: Register, values: Values) -> dict[str, str]:
    return {item.id: values.get(item.id, "") for item in register.fields}


def _add(actor: Actor, subject: Subject, values: Values) -> Done:
    facts: RegisterFacts = subject.facts
    answers = _answers(facts.register, values)
    made = add_record(actor=actor, bureau=facts.bureau.code, register=facts.register.id, answers=answers)
    return Done(f"已登记（编号 {made}）。", reverse("web:record", kwargs={"record": made}))


def _change(actor: Actor, subject: Subject, values: Values) -> Done:
    facts: RecordFacts = subject.facts
    version = change_record(
        actor=actor,
        record_id=facts.page.row.id,
        version=facts.version,
        answers=_answers(facts.register, values),
        reason=values[WHY.name],
    )
    return Done("没有变化，未作更正。" if version == facts.version else "已更正，原来的内容留在历史里。")


def _withdraw(actor: Actor, subject: Subject, values: Values) -> Done:
    withdraw_record(actor=actor, record_id=subject.facts.page.row.id, reason=values[WHY.name])
    return Done("已撤销：这条登记不再计数，内容和历史仍可查看。")


def _attach(actor: Actor, subject: Subject, values: Values) -> Done:
    (upload, *_) = values[_FILE.name]
    record = subject.facts.page.row.id
    attach_file(
        actor=actor, record_id=record, file_name=upload.name, data=upload.read(), title=values[_FILE_TITLE.name]
    )
    return Done("附件已保存。")


def _detach(actor: Actor, subject: Subject, values: Values) -> Done:
    detach_file(actor=actor, file_id=subject.facts.file, reason=values[WHY.name])
    return Done("附件已移除。")


def _stands(facts: RecordFacts) -> bool:
    return facts.page.row.withdrawn_on is None


RECORD_FORMS: tuple[Form, ...] = (
    Form(code="new_record", title="登记", button="登记一条", policy=KEEP_RECORDS,
         route="records/<str:bureau>/<str:register>/new/", subject=_about_register, fields=_new_fields,
         carry_out=_add, icon="plus"),
    Form(code="change_record", title="更正", button="更正", policy=KEEP_RECORDS,
         route=f"{_OF}/change/<int:version>/", subject=_about_record, fields=_held_fields, carry_out=_change,
         place="record", applies=_stands),
    Form(code="attach_record_file", title="添加附件", button="添加附件", policy=KEEP_RECORDS, route=f"{_OF}/attach/",
         subject=_about_record, fields=lambda actor, subject: (_FILE, _FILE_TITLE), carry_out=_attach,
         icon="paperclip", place="files", applies=_stands),
    Form(code="detach_record_file", title="移除附件", button="移除", policy=KEEP_RECORDS,
         route=f"{_OF}/files/<int:file>/remove/", subject=_about_record, fields=lambda actor, subject: (WHY,),
         carry_out=_detach, icon="x", is_grave=True, applies=_stands,
         note="附件从这条登记上移走；是哪一个文件、为什么移走，留在审计记录里。"),
    Form(code="withdraw_record", title="撤销登记", button="撤销", policy=KEEP_RECORDS, route=f"{_OF}/withdraw/",
         subject=_about_record, fields=lambda actor, subject: (WHY,), carry_out=_withdraw, icon="trash",
         place="record", is_grave=True, applies=_stands, note="登错了、重复了才撤销；情况变了请用更正。"),
)  # fmt: skip
