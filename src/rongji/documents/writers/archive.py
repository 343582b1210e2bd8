"""Zip archives that are equal when their parts are: no clock, no order of the moment."""

import io
import zipfile
from collections.abc import Mapping

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Parts by name, in the order given, as a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def without_clock(archive: bytes) -> bytes:
    """The same archive with the dates of its entries taken out."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return zipped({name: opened.read(name) for name in opened.namelist()})
