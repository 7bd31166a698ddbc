"""How a form was filled in: who typed, and how long each section took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """How the answers were given.

    ``by`` is ``client`` (on a private link), ``staff`` (at the desk), or empty where that is not
    known. ``seconds`` holds, by section id, the whole time in which its page was open before it
    was saved; a section whose time is not known is ``None`` or left out.
    """

    by: str = ""
    seconds: Mapping[str, float | None] = field(default_factory=dict)
