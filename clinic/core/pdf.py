"""HTML to tagged PDF/A-3a, the same for every paper the clinic hands out.

The renderer can fetch nothing: only the fonts, and the assets given as bytes, by the scheme
``cleared:``. Anything else, a file or a data address included, ends the rendering with an error.
The same input gives the same bytes: no clock and no identifier goes into the file.
"""

import logging
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from threading import Lock
from typing import Any

from clinic.core import cjk_face, fonts
from clinic.core.drawable import undrawable


@contextmanager
def _no_fonts_of_this_machine() -> Iterator[None]:
    """Fontconfig reads only `fonts.conf` beside this file, which names no folder."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


with _no_fonts_of_this_machine(), warnings.catch_warnings():
    # It warns that no fonts are configured: those of the papers come later, by their bytes.
    warnings.filterwarnings("ignore", "No fonts configured")
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

SCHEME = "cleared"
VARIANT = "pdf/a-3a"
_CHAIN_MARK = "var(--letters)"
"""How a style sheet names the faces of paper, in order."""
_TYPES = {"ttf": "font/ttf", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}

# Pango's font map is not safe to share between threads, and one per process is what makes it fast.
_ONE_AT_A_TIME = Lock()


class RenderError(Exception):
    """The document asked for what the renderer may not fetch, or holds what it cannot draw."""


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


@dataclass(frozen=True, kw_only=True)
class _Letters:
    """A font configuration and the style sheet that filled it."""

    configuration: FontConfiguration
    sheet: weasyprint.CSS


def _letters(rules: str, files: Mapping[str, bytes]) -> _Letters:
    with _no_fonts_of_this_machine():
        configuration = FontConfiguration()
    sheet = weasyprint.CSS(
        string=rules, font_config=configuration, url_fetcher=SealedFetcher(files)
    )
    return _Letters(configuration=configuration, sheet=sheet)


@cache
def _letters_of_most_papers() -> _Letters:
    return _letters(fonts.face_rules(SCHEME), fonts.font_files())


def _letters_for(markup: str, language: str) -> _Letters:
    """The faces that a paper needs: those of most, or with the CJK characters it holds."""
    characters = cjk_face.beyond_faces(markup)
    if not characters:
        return _letters_of_most_papers()
    face = cjk_face.face_with(characters, cjk_face.face_index(language, markup))
    rule = (
        f'@font-face{{font-family:"{fonts.CJK_FAMILY}";'
        f'src:url("{SCHEME}:cjk.ttf") format("truetype")}}'
    )
    files = {**fonts.font_files(), "cjk.ttf": face}
    return _letters(fonts.face_rules(SCHEME) + rule, files)


@cache
def _style_sheet(path: Path, _modified_ns: int) -> weasyprint.CSS:
    text = path.read_text(encoding="utf-8").replace(_CHAIN_MARK, fonts.CHAIN)
    return weasyprint.CSS(string=text, url_fetcher=SealedFetcher({}))


def _style_sheets(paths: Sequence[Path]) -> list[weasyprint.CSS]:
    return [_style_sheet(path, path.stat().st_mtime_ns) for path in paths]


def page(body: str, *, title: str, lang: str, body_class: str = "") -> str:
    """A whole HTML document around ``body``, with its title and its language."""
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
    name_language: str = "",
    tagged: bool = True,
) -> Rendered:
    """Lay out the body markup ``html`` with the style sheets ``css``, in order.

    ``assets`` are images as bytes; the markup names them ``cleared:<name>``, and the ending of the
    name tells the type (svg, png, jpg). ``name_language`` is the client's, for how Chinese,
    Japanese and Korean names are drawn; without one their script decides. Not ``tagged``: a mark to
    lay over another paper. Raises ``RenderError``
    for an address not given or an image that cannot be drawn, and ``ValueError`` for an empty title
    or language, which a tagged document requires.
    """
    if not title.strip() or not lang.strip():
        raise ValueError("a tagged document needs a title and a language")
    markup = _drawable(page(html, title=title, lang=lang, body_class=body_class))
    fetcher = SealedFetcher(assets or {})
    try:
        with _ONE_AT_A_TIME, _strict():
            letters = _letters_for(markup, name_language)
            document = weasyprint.HTML(
                string=markup, base_url=f"{SCHEME}:", url_fetcher=fetcher
            ).render(
                font_config=letters.configuration,
                stylesheets=[letters.sheet, *_style_sheets(css)],
            )
            data = document.write_pdf(pdf_variant=VARIANT if tagged else None)
    except FatalURLFetchingError as error:
        # WeasyPrint's own class is a BaseException, which no caller's handler would catch.
        raise RenderError(fetcher.refused) from error
    return Rendered(data=data, pages=len(document.pages))


def _drawable(markup: str) -> str:
    """With a replacement mark for what no face draws: a form refuses it, an old row may hold it."""
    markup = cjk_face.composed(markup)
    unknown = undrawable("".join(set(markup)))
    return markup.translate(dict.fromkeys(map(ord, unknown), "\ufffd"))


@contextmanager
def _strict() -> Iterator[None]:
    """Turns what WeasyPrint only logs, an image that it leaves out, into an error.

    It listens to the call, not to a handler: a level or a switch of the logging set-up would
    otherwise decide whether a paper may lack a part.
    """
    logger = logging.getLogger("weasyprint")
    log = logger.error
    problems = 0

    def count(*args: Any, **kwargs: Any) -> None:
        nonlocal problems
        problems += 1
        log(*args, **kwargs)

    vars(logger)["error"] = count
    try:
        yield
    finally:
        del vars(logger)["error"]
    if problems:
        raise RenderError("a part of the document could not be drawn")


def render_pdf(
    html: str,
    *,
    css: Sequence[Path],
    title: str,
    lang: str,
    assets: Mapping[str, bytes] | None = None,
    name_language: str = "",
) -> bytes:
    """The bytes of ``render``: a tagged PDF/A-3a that is the same for the same input."""
    return render(
        html, css=css, title=title, lang=lang, assets=assets, name_language=name_language
    ).data
