"""Which files of the vendored packages are served: those that pages load, and no others."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import FileSystemFinder

# In the packages' own folders, under `vendor/<name>/` for `{% static %}`.
PACKAGES = {
    "bootstrap": "bootstrap/dist",
    "signature_pad": "signature_pad/dist",
    "noto-sans": "@fontsource/noto-sans",
}
USED = {
    "vendor/bootstrap": (
        "css/bootstrap.min.css*",
        "css/bootstrap.rtl.min.css*",
        "js/*.bundle.min.*",
    ),
    "vendor/signature_pad": ("signature_pad.umd.min.js*",),
    "vendor/noto-sans": tuple(
        f"files/noto-sans-{script}-{weight}-normal.woff2"
        for script in ("latin", "latin-ext", "greek", "cyrillic", "vietnamese")
        for weight in (400, 600, 700)
    ),
}


def vendored(node_modules: Path) -> list[tuple[str, Path]]:
    """The packages for STATICFILES_DIRS: pairs of prefix and folder."""
    return [(f"vendor/{name}", node_modules / path) for name, path in PACKAGES.items()]


class UsedFilesFinder(FileSystemFinder):
    """Django's finder for STATICFILES_DIRS; of a vendored package it lists only USED."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Pairs of path and storage."""
        for path, storage in super().list(ignore_patterns):
            patterns = USED.get(storage.prefix or "")
            if patterns is None or any(fnmatch(path, pattern) for pattern in patterns):
                yield path, storage
