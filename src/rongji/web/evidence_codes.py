"""The code that the next piece of evidence gets when nobody types one."""

import re
from collections.abc import Iterable

from rongji.kernel.bureau_year import EvidenceFacts

_NUMBERED = re.compile(r"E(\d+)")


def next_code(items: Iterable[EvidenceFacts]) -> str:
    """E01, E02 … one above the highest in use."""
    used = [int(found.group(1)) for item in items if (found := _NUMBERED.fullmatch(item.code))]
    return f"E{max(used, default=0) + 1:02d}"
