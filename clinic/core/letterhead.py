"""What stands at the top of every page of every paper: whose it is, and which clinic's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

OWN_MARK = "mark.svg"
"""The product's own mark, which stands only in the foot."""


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """One paper's head. `paper_number` is in words ("record no. 7"); `logo` is a PNG or empty.

    `language` is the client's, by tag: how Chinese, Japanese and Korean signs are drawn.
    """

    clinic: str
    name: str
    born: date | None
    client_number: str
    paper_number: str
    language: str = ""
    logo: bytes = b""

    logo_name = "clinic.png"

    @property
    def assets(self) -> Mapping[str, bytes]:
        """The pictures of head and foot, for `clinic.core.pdf.render`."""
        mark = {OWN_MARK: _own_mark()}
        return mark | ({self.logo_name: self.logo} if self.logo else {})


@cache
def _own_mark() -> bytes:
    return (Path(settings.BASE_DIR) / "static/img/logo.svg").read_bytes()
