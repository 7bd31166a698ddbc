"""The icons in use, read from the bootstrap-icons package: each page carries only its own."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[a-z0-9-]+")


@cache
def icon_svg(name: str) -> str:
    """The SVG of one icon, hidden from screen readers: the word beside it speaks.

    Without the installed package there is no icon (a chip still has its word), so that tests need
    no Node packages. Raises ValueError for a name that the installed package does not have.
    """
    folder = Path(settings.BASE_DIR) / "node_modules" / "bootstrap-icons" / "icons"
    if not folder.is_dir():
        return ""
    file = folder / f"{name}.svg"
    if not NAME.fullmatch(name) or not file.is_file():
        raise ValueError(f"bootstrap-icons has no icon {name!r}")
    drawing = " ".join(file.read_text(encoding="utf-8").split())
    head, rest = drawing.split(">", 1)
    view = re.search(r'viewBox="[^"]*"', head)
    box = view.group() if view else 'viewBox="0 0 16 16"'
    ours = 'class="bi" width="16" height="16" fill="currentColor" aria-hidden="true"'
    return f"<svg {ours} {box}>{rest}"
