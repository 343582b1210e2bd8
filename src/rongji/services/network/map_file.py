"""The area shapes of a bureau: one file in the data directory, read again only when it has changed."""

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import history_of, organisation
from rongji.accounts.types import Actor
from rongji.kernel.china_time import day_of
from rongji.kernel.digest import file_digest
from rongji.services.network.policies import SET_MAP_SHAPES
from rongji.services.network.shapes import Shapes, read_shapes

SUBJECT = "map_shapes"
_FOLDER = "maps"


@dataclass(frozen=True, slots=True)
class MapSource:
    """Whose shapes the map shows: the name of the file, who brought it and when."""

    file: str
    by: str
    on: date


def set_map_shapes(*, actor: Actor, bureau: str, file_name: str, data: bytes) -> Shapes:
    """Take a GeoJSON file as the area shapes of a bureau, in place of any before; returns what was read of it.

    Raises: NotAllowed, OrganisationUnknown, ShapesRefused.
    """
    guard(actor, SET_MAP_SHAPES, organisation(bureau).scope)
    name = Path(file_name.replace("\\", "/")).name[:120]
    shapes = read_shapes(data, name)
    with transaction.atomic():
        trail.lock_head()
        _write(_path(bureau), data)
        trail.record(
            actor=actor, action="services.set_map_shapes", subject_kind=SUBJECT, subject_id=bureau,
            summary=f"更换区划图：“{name}”，{len(shapes.areas)} 个区域", after_digest=file_digest(data),
            detail={"file": name, "areas": len(shapes.areas)},
        )  # fmt: skip
    return shapes


def remove_map_shapes(*, actor: Actor, bureau: str) -> bool:
    """Draw the map without area shapes again; False when there were none. Raises: NotAllowed, OrganisationUnknown."""
    guard(actor, SET_MAP_SHAPES, organisation(bureau).scope)
    path = _path(bureau)
    with transaction.atomic():
        trail.lock_head()
        if not path.is_file():
            return False
        path.unlink()
        trail.record(
            actor=actor, action="services.remove_map_shapes", subject_kind=SUBJECT, subject_id=bureau,
            summary="移除区划图", detail={},
        )  # fmt: skip
    return True


def map_shapes(bureau: str) -> Shapes | None:
    """The area shapes of a bureau, None where it has supplied none."""
    try:
        changed = _path(bureau).stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _read(_path(bureau), changed)


def map_source(bureau: str) -> MapSource | None:
    """Where the shapes come from."""
    entries = [item for item in history_of(SUBJECT, bureau) if item.action == "services.set_map_shapes"]
    if not entries or not _path(bureau).is_file():
        return None
    last = entries[-1]
    detail = last.detail if isinstance(last.detail, dict) else json.loads(last.detail)
    return MapSource(str(detail["file"]), last.actor_label, day_of(last.at))


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> Shapes:
    return read_shapes(path.read_bytes(), path.name)


def _path(bureau: str) -> Path:
    folder: Path = settings.RONGJI.home
    return folder / _FOLDER / f"{quote(bureau, safe='')}.geojson"


def _write(path: Path, data: bytes) -> None:
    """The file appears whole or not at all."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    Path(temporary).replace(path)
