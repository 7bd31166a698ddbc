"""HTML to tagged PDF/UA-1, the same for every paper the clinic hands out.

The renderer can fetch nothing: only the fonts, and the assets given as bytes, by the scheme
``cleared:``. Anything else, a file or a data address included, ends the rendering with an error.
The same input gives the same bytes: no clock and no identifier goes into the file.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from threading import Lock

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from clinic.core import fonts

SCHEME = "cleared"
_TYPES = {"woff2": "font/woff2", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}

# Pango's font map is not safe to share between threads, and one per process is what makes it fast.
_ONE_AT_A_TIME = Lock()


class RenderError(Exception):
    """The document asked for what the renderer may not fetch, or holds what it cannot draw."""


class _Problems(logging.Handler):
    """Keeps what WeasyPrint reports as an error and then goes on without."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.found += 1


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A finished PDF and how many pages it has."""

    data: bytes
    pages: int


class SealedFetcher:
    """Serves the given bytes under ``cleared:<name>`` and refuses every other address.

    Not a subclass of WeasyPrint's fetcher: that one can open files and the network.
    """

    _fail_on_errors = True  # WeasyPrint reads it: a refusal ends the rendering

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        self._assets = assets
        self.refused = ""

    def __call__(self, url: str) -> URLFetcherResponse:
        """The asset's bytes. Raises ``RenderError`` for anything not given beforehand."""
        scheme, colon, name = url.partition(":")
        if scheme != SCHEME or name not in self._assets:
            # Not the address itself: it may hold what a person typed.
            kind = scheme if colon else "relative"
            self.refused = f"the document may not fetch a {kind} address"
            raise RenderError(self.refused)
        media_type = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        return URLFetcherResponse(url, self._assets[name], {"Content-Type": media_type})


@cache
def _font_configuration() -> FontConfiguration:
    return FontConfiguration()


@cache
def _font_sheet() -> weasyprint.CSS:
    return weasyprint.CSS(
        string=fonts.face_rules(SCHEME),
        font_config=_font_configuration(),
        url_fetcher=SealedFetcher(fonts.font_files()),
    )


@cache
def _style_sheet(path: Path, _modified_ns: int) -> weasyprint.CSS:
    return weasyprint.CSS(
        string=path.read_text(encoding="utf-8"),
        font_config=_font_configuration(),
        url_fetcher=SealedFetcher({}),
    )


def _style_sheets(paths: Sequence[Path]) -> list[weasyprint.CSS]:
    own = [_style_sheet(path, path.stat().st_mtime_ns) for path in paths]
    return [_font_sheet(), *own] if fonts.font_files() else own


def page(body: str, *, title: str, lang: str, body_class: str = "") -> str:
    """A whole HTML document around ``body``, with the title and language that PDF/UA asks for."""
    return (
        f'<!doctype html><html lang="{escape(lang)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>"
        f'<body class="{escape(body_class)}">{body}</body></html>'
    )


def render(
    html: str,
    *,
    css: Sequence[Path],
    title: str,
    lang: str,
    body_class: str = "",
    assets: Mapping[str, bytes] | None = None,
) -> Rendered:
    """Lay out the body markup ``html`` with the style sheets ``css``, in order.

    ``assets`` are images as bytes; the markup names them ``cleared:<name>``, and the ending of the
    name tells the type (svg, png, jpg). Raises ``RenderError`` for an address not given or an
    image that cannot be drawn, and ``ValueError`` for an empty title or language, which PDF/UA
    requires.
    """
    if not title.strip() or not lang.strip():
        raise ValueError("a PDF/UA document needs a title and a language")
    markup = page(html, title=title, lang=lang, body_class=body_class)
    fetcher = SealedFetcher(assets or {})
    try:
        with _ONE_AT_A_TIME, _strict():
            document = weasyprint.HTML(
                string=markup, base_url=f"{SCHEME}:", url_fetcher=fetcher
            ).render(font_config=_font_configuration(), stylesheets=_style_sheets(css))
            data = document.write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as error:
        # WeasyPrint's own class is a BaseException, which no caller's handler would catch.
        raise RenderError(fetcher.refused) from error
    return Rendered(data=data, pages=len(document.pages))


@contextmanager
def _strict() -> Iterator[None]:
    """Turns what WeasyPrint only logs, an image that it leaves out, into an error."""
    problems = _Problems()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(problems)
    try:
        yield
    finally:
        logger.removeHandler(problems)
    if problems.found:
        raise RenderError("a part of the document could not be drawn")


def render_pdf(
    html: str,
    *,
    css: Sequence[Path],
    title: str,
    lang: str,
    assets: Mapping[str, bytes] | None = None,
) -> bytes:
    """The bytes of ``render``: a tagged PDF/UA-1 that is the same for the same input."""
    return render(html, css=css, title=title, lang=lang, assets=assets).data
