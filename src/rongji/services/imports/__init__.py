"""Tables of records as offices have them: template, reading, dry run, taking over; pasted rows go the same way."""

from rongji.services.imports.importing import import_file, import_rows, preview, preview_rows
from rongji.services.imports.marking import write_marked
from rongji.services.imports.reading import grid_rows
from rongji.services.imports.template import template

__all__ = ["grid_rows", "import_file", "import_rows", "preview", "preview_rows", "template", "write_marked"]
