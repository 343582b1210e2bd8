"""What the map of the station network is drawn over: a file of area shapes, brought by a form."""

from django.urls import reverse

from rongji.accounts.types import Actor
from rongji.services.network.map_file import map_source, remove_map_shapes, set_map_shapes
from rongji.services.network.policies import SET_MAP_SHAPES
from rongji.web.forms.fields import Field, FieldKind
from rongji.web.forms.form import Done, Form, Subject, Values
from rongji.web.record_desk import bureau_of

_SHAPES = Field(
    "shapes", "区划图", FieldKind.FILE, hint="GeoJSON 文件（.geojson、.json），乡镇或村的面，经纬度坐标，不超过 12 MB"
)


def _about_bureau(actor: Actor, *, bureau: str) -> Subject:
    """The network of a bureau. Raises: OrganisationUnknown, NotAllowed."""
    facts = bureau_of(actor, bureau, SET_MAP_SHAPES)
    return Subject("服务站网络", facts.scope, f"{reverse('web:network')}?bureau={bureau}", facts)


def _set(actor: Actor, subject: Subject, values: Values) -> Done:
    (upload, *_) = values[_SHAPES.name]
    shapes = set_map_shapes(actor=actor, bureau=subject.facts.code, file_name=upload.name, data=upload.read())
    named = sum(bool(area.name) for area in shapes.areas)
    return Done(f"已换上区划图：{len(shapes.areas)} 个区域，其中 {named} 个带名称。")


def _remove(actor: Actor, subject: Subject, values: Values) -> Done:
    remove_map_shapes(actor=actor, bureau=subject.facts.code)
    return Done("已移除区划图，站点按坐标单独显示。")


NETWORK_FORMS: tuple[Form, ...] = (
    Form(code="set_map_shapes", title="上传区划图", button="上传区划图", policy=SET_MAP_SHAPES,
         route="network/<str:bureau>/shapes/", subject=_about_bureau, fields=lambda actor, subject: (_SHAPES,),
         carry_out=_set, icon="map-up", place="map",
         note="文件只存在本机的数据目录里，不连任何地图服务。面上有“名称”或“区划代码”的，没有坐标的站点会站在自己的区域中间。"),
    Form(code="remove_map_shapes", title="移除区划图", button="移除区划图", policy=SET_MAP_SHAPES,
         route="network/<str:bureau>/shapes/remove/", subject=_about_bureau, fields=lambda actor, subject: (),
         carry_out=_remove, icon="map-off", place="map", is_grave=True,
         applies=lambda facts: map_source(facts.code) is not None),
)  # fmt: skip
