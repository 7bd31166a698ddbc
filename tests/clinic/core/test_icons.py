"""Icons come from the installed package, and only by their names."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings, settings

from clinic.core import words
from clinic.core.icons import icon_svg

ICONS = Path("node_modules", "bootstrap-icons", "icons")
DRAWING = '<svg class="bi" viewBox="0 0 16 16">\n<path d="M1 1"/></svg>'


@pytest.fixture
def package(tmp_path: Path, settings: LazySettings) -> Iterator[Path]:
    icon_svg.cache_clear()
    settings.BASE_DIR = tmp_path
    folder = tmp_path / ICONS
    folder.mkdir(parents=True)
    (folder / "eye.svg").write_text(DRAWING, encoding="utf-8")
    (tmp_path / "node_modules" / "secret.svg").write_text(DRAWING, encoding="utf-8")
    yield folder
    icon_svg.cache_clear()


def test_an_icon_is_inlined_and_hidden_from_screen_readers(package: Path) -> None:
    svg = icon_svg("eye")
    assert 'aria-hidden="true"' in svg
    assert 'viewBox="0 0 16 16"' in svg
    assert svg.endswith('<path d="M1 1"/></svg>')


@pytest.mark.parametrize("name", ["no-such-icon", "", "../../secret", "EYE"])
def test_an_unknown_name_is_an_error_that_names_it(package: Path, name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(name))):
        icon_svg(name)


def test_without_the_package_there_is_no_icon(tmp_path: Path, settings: LazySettings) -> None:
    icon_svg.cache_clear()
    settings.BASE_DIR = tmp_path
    assert icon_svg("eye") == ""
    icon_svg.cache_clear()


def test_every_icon_that_is_named_exists() -> None:
    root = Path(settings.BASE_DIR)
    templates = [file.read_text(encoding="utf-8") for file in root.glob("templates/**/*.html")]
    named = {name for text in templates for name in re.findall(r'{% icon "([^"]+)"', text)}
    named |= {look.icon for look in (*words.LEVELS.values(), *words.STATES.values())}
    named |= set(words.STEP_ICONS.values())
    drawn = {file.stem for file in (root / ICONS).glob("*.svg")}
    assert drawn, "bootstrap-icons is not installed: npm ci"
    assert named <= drawn
