"""The shape of the house, kept by the build."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(settings.BASE_DIR)
APPS = ("screening", "clinic", "aftercare")
LONGEST = 300
SOURCES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SKELETONS = ("base.html", "client_base.html", "signed_out.html", "error_base.html")
PAGES = [page for page in TEMPLATES if "partials" not in page.parts]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, address)
        else:
            yield address, entry


def test_rooms_import_only_earlier_rooms(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_address_says_who_may_open_it() -> None:
    without = [
        address
        for address, pattern in _patterns(get_resolver())
        if not hasattr(pattern.callback, "access_policy")
    ]
    assert not without, f"no access_policy: {without}"


def test_no_file_is_too_long_to_read_at_once() -> None:
    long = {
        _name(path): lines
        for path in SOURCES
        if "migrations" not in path.parts
        and (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert not long


def test_views_load_through_queries() -> None:
    managers = re.compile(r"\.(objects|_default_manager|_base_manager)\b")
    views = [path for path in SOURCES if path.name == "views.py" or path.parent.name == "views"]
    assert not [_name(path) for path in views if managers.search(path.read_text())]


def test_only_pdf_files_import_the_pdf_library() -> None:
    assert not [
        _name(path)
        for path in SOURCES
        if path.name != "pdf.py" and "weasyprint" in _imports(path.read_text())
    ]


def test_every_text_of_several_lines_counts_a_line_break_as_one_letter() -> None:
    bare = re.compile(r"\bforms\.Textarea\b|import Textarea\b|<textarea\b")
    assert bare.search("widget=forms.Textarea(attrs={})")  # an offender is caught
    assert {_name(path) for path in SOURCES if bare.search(path.read_text())} == {
        "clinic/core/forms.py"
    }


def test_the_domain_has_no_clock() -> None:
    clock = re.compile(r"\b(timezone\.now|localdate|localtime|datetime\.now|date\.today|utcnow)\(")
    domain = ("models.py", "actions.py", "gate.py", "selection.py", "transitions.py", "queries.py")
    timeless = [
        path for path in SOURCES if path.name in domain or "engine" in Path(_name(path)).parts
    ]
    assert not [_name(path) for path in timeless if clock.search(path.read_text())]


@pytest.mark.parametrize("template", PAGES, ids=_name)
def test_a_page_has_one_first_heading_at_most_and_nothing_inline(template: Path) -> None:
    text = template.read_text()
    # A page may choose between headings; each choice then has one.
    for choice in re.split(r"{%\s*(?:el)?if\b|{%\s*else\s*%}", text):
        assert len(re.findall(r"<h1\b", choice)) <= 1
    if "style" not in re.findall(r"<(style)\b", text):  # a sheet for paper carries its own style
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=", text)


@pytest.mark.parametrize("template", [p for p in PAGES if p.name not in SKELETONS], ids=_name)
def test_a_page_on_a_skeleton_names_itself(template: Path) -> None:
    text = template.read_text()
    skeleton = re.search(r'{% extends "(.*?)" %}', text)
    assert skeleton is None or "{% block title %}" in text


def _imports(source: str) -> set[str]:
    """The top-level names of the modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found
