"""Every word that a page shows can be translated."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

SHOWN = ("alt", "aria-label", "aria-description", "data-label", "placeholder", "title")
# A block of class names, such as `body_class`, is no text.
NAMES = re.compile(r"{%\s*block \w*class\s*%}.*?{%\s*endblock[^%]*%}", re.DOTALL)
TRANSLATED = re.compile(
    r"{%\s*(blocktranslate|blocktrans|comment)\b.*?{%\s*end\1\s*%}|{#.*?#}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)


class _Words(HTMLParser):
    """Collects what is left to read once tags and translated text are taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"style", "script"}:
            self.silent = tag
        self.found += [
            value for name, value in attrs if name in SHOWN and value and _readable(value)
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data: str) -> None:
        if not self.silent and _readable(data):
            self.found.append(data.strip())


def _readable(text: str) -> bool:
    # The product's name is the same in every language; `checked` is an attribute of an input
    # whose two halves are kept ready.
    return bool(re.search(r"[^\W\d_]{2}", re.sub(r"&\w+;|\bCleared\b|\bchecked\b", "", text)))


def untranslated(source: str) -> list[str]:
    """The readable pieces of a template that stand outside every translation tag."""
    words = _Words()
    words.feed(TRANSLATED.sub("", NAMES.sub("", source)))
    words.close()
    return words.found


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_shows_only_words_that_can_be_translated(template: Path) -> None:
    assert untranslated(template.read_text()) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<input placeholder="Name">', ["Name"]),
        ('<p>{% translate "Hello" %} · {{ name }}</p>', []),
        ("{% blocktranslate trimmed %}Hello <b>you</b>{% endblocktranslate %}", []),
        ("<img alt=\"{% translate 'Logo' %}\">", []),
        ("{% block body_class %}client{% endblock %}", []),
        ("{# a note #}<style>p { color: red }</style>&nbsp;", []),
    ],
)
def test_what_counts_as_untranslated(source: str, found: list[str]) -> None:
    assert untranslated(source) == found
