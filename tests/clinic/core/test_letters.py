"""Every name is drawn in its own letters, in each script a client may bear one in."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from noto_cjk_sans_otc import FONT_PATH
from pypdf import PdfReader
from weasyprint.text.ffi import fontconfig

from clinic.core import cjk_face, fonts, pdf
from clinic.core.drawable import undrawable
from clinic.core.fonts import FAMILIES, Family
from tests.clinic.core.letters import (
    by_pdfium,
    by_poppler,
    by_the_face,
    likeness,
    missing_glyphs,
    wrong_patch,
)

SANS, ARABIC, HEBREW, THAI = FAMILIES
CSS = """@page { size: 420mm 60mm; margin: 8mm }
body { font: 22pt var(--letters); margin: 0 }
p { margin: 0; break-after: page }"""

# Name, family (None: the CJK file), language.
NAMES: list[tuple[str, Family | None, str]] = [
    ("Łukasz Wiśniewski", SANS, ""),
    ("Żaneta Żółć Brzęczyszczykiewicz", SANS, ""),
    ("Jiří Dvořák Čeřovský", SANS, ""),
    ("Ayşe Şığırcı İnönü", SANS, ""),
    ("Đặng Nguyễn Thị Ngọc Ẩn", SANS, ""),
    ("Γιώργος Παπαδόπουλος", SANS, ""),
    ("Юлия Щербакова Їжак", SANS, ""),
    ("क्षितिज श्रीवास्तव", SANS, ""),
    ("محمد عبد الله الفهد", ARABIC, ""),
    ("פרץ בן־גוריון", HEBREW, ""),
    ("ณัฐวุฒิ ศรีสุข", THAI, ""),
    ("王小明 䶮喆 𬭎", None, "zh-Hans"),
    ("陳大文 骨返", None, "zh-Hant"),
    ("直骨 葛飾", None, "ja"),
    ("김철수 뷁", None, "ko"),
]
LIKE_ENOUGH = 0.92
AN_ACCENT = 200


def paper(names: list[str], folder: Path, *, language: str = "", tag: str = "span") -> bytes:
    """One name a page."""
    css = folder / "letters.css"
    css.write_text(CSS)
    html = "".join(f"<p><{tag}>{name}</{tag}></p>" for name in names)
    return pdf.render_pdf(html, css=[css], title="Names", lang="en", name_language=language)


def face_of(family: Family | None, language: str, weight: int = 400) -> tuple[bytes, int]:
    """The font file that the name should have been drawn from."""
    if family is None:
        return Path(str(FONT_PATH)).read_bytes(), cjk_face.face_index(language, "")
    return family.path(weight).read_bytes(), 0


@pytest.mark.parametrize(("name", "family", "language"), NAMES)
def test_a_name_is_drawn_in_its_own_letters_by_two_renderers(
    name: str, family: Family | None, language: str, tmp_path: Path
) -> None:
    words = name.split()
    data = paper(words, tmp_path, language=language)
    assert missing_glyphs(data) == []
    for page, word in enumerate(words):
        own = by_the_face(word, *face_of(family, language))
        for drawn in (by_pdfium(data, page), by_poppler(data, page, tmp_path)):
            assert likeness(drawn, own) > LIKE_ENOUGH, word
            assert wrong_patch(drawn, own) < AN_ACCENT, word


@pytest.mark.parametrize(("tag", "weight"), [("em", 600), ("b", 700)])
def test_heavier_letters_are_those_of_the_heavier_face(
    tag: str, weight: int, tmp_path: Path
) -> None:
    name = "Wiśniewski"
    css = "<style>em { font-style: normal; font-weight: 600 }</style>"
    data = paper([f"{css}{name}"], tmp_path, tag=tag)
    own = by_the_face(name, *face_of(SANS, "", weight))
    assert likeness(by_pdfium(data, 0), own) > LIKE_ENOUGH


def test_other_letters_are_unlike(tmp_path: Path) -> None:
    for name, other, family, language in [
        ("Łukasz", "Âukasz", SANS, ""),
        ("Ελένη", "Ελάνα", SANS, ""),
        ("王小明", "玉水朋", None, "zh-Hans"),
    ]:
        drawn = by_pdfium(paper([other], tmp_path, language=language), 0)
        own = by_the_face(name, *face_of(family, language))
        assert likeness(drawn, own) < LIKE_ENOUGH or wrong_patch(drawn, own) > AN_ACCENT


def test_the_letters_that_were_printed_once_would_be_noticed(tmp_path: Path) -> None:
    own = by_the_face("Wiśniewski", *face_of(SANS, ""))
    for wrong in ("WiÚniewski", "Wisniewski", "Wiśniewskı"):
        assert wrong_patch(by_pdfium(paper([wrong], tmp_path), 0), own) > AN_ACCENT


def test_the_clients_language_picks_between_the_four_ways_of_writing(tmp_path: Path) -> None:
    languages = ["zh-Hans", "zh-Hant", "ja", "ko"]
    drawn = {one: by_pdfium(paper(["骨直返"], tmp_path, language=one), 0) for one in languages}
    own = {one: by_the_face("骨直返", *face_of(None, one)) for one in languages}
    for one in languages:
        closest = max(languages, key=lambda other: likeness(drawn[one], own[other]))
        assert likeness(drawn[one], own[one]) == likeness(drawn[one], own[closest])


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("山田 さくら", cjk_face.JAPANESE),
        ("金 철수", cjk_face.KOREAN),
        ("王小明", cjk_face.SIMPLIFIED),
        ("ㄨㄤˊ王", cjk_face.TRADITIONAL),
    ],
)
def test_without_a_language_the_script_decides(text: str, index: int) -> None:
    assert cjk_face.face_index("", text) == index


def _letters(*ranges: tuple[str, str]) -> st.SearchStrategy[str]:
    letters = st.one_of(
        [st.characters(min_codepoint=ord(a), max_codepoint=ord(b)) for a, b in ranges]
    )
    return letters.filter(lambda c: c.isalpha() and not undrawable(c))


def _word(*ranges: tuple[str, str]) -> st.SearchStrategy[str]:
    return st.text(_letters(*ranges), min_size=3, max_size=9)


SCRIPTS: list[tuple[Family | None, str, st.SearchStrategy[str]]] = [
    (SANS, "", _word(("A", "z"), ("À", "ɏ"), ("Ḁ", "ỿ"))),
    (SANS, "", _word(("Ά", "ώ"))),
    (SANS, "", _word(("Ѐ", "ӿ"))),
    (HEBREW, "", _word(("א", "ת"))),
    (ARABIC, "", _word(("ء", "ي"))),
    (THAI, "", _word(("ก", "ฮ"))),
    (SANS, "", _word(("अ", "ह"))),
    (None, "zh-Hans", _word(("丂", "鿿"), ("㐀", "䶿"))),
    (None, "zh-Hant", _word(("丂", "鿿"))),
    (None, "ja", _word(("ぁ", "ヺ"), ("丂", "鿿"))),
    (None, "ko", _word(("가", "힣"))),
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: f"{s[0].file if s[0] else s[1]}")
def test_any_name_of_any_script_is_drawn_in_its_own_letters(
    script: tuple[Family | None, str, st.SearchStrategy[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    family, language, words = script
    folder = tmp_path_factory.mktemp("letters")
    font = face_of(family, language)

    @settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate])
    @given(st.lists(words, min_size=1, max_size=4))
    def check(names: list[str]) -> None:
        data = paper(names, folder, language=language)
        assert missing_glyphs(data) == []
        for number, name in enumerate(names):
            own = by_the_face(name, *font)
            assert likeness(by_pdfium(data, number), own) > LIKE_ENOUGH, name

    check()


def test_what_is_typed_in_parts_is_drawn_whole(tmp_path: Path) -> None:
    whole, parts = "한글 ガ é", "\u1112\u1161\u11ab\u1100\u1173\u11af カ\u3099 e\u0301"
    one, other = (paper([name], tmp_path) for name in (whole, parts))
    assert missing_glyphs(other) == []
    assert likeness(by_pdfium(one, 0), by_pdfium(other, 0)) > 0.99


def test_names_of_all_scripts_on_one_paper_stay_small_and_embed_only_our_faces(
    tmp_path: Path,
) -> None:
    data = paper([name for name, _, _ in NAMES], tmp_path)
    assert missing_glyphs(data) == []
    assert len(data) < 150_000
    families = {family.name.replace(" ", "-") for family in FAMILIES} | {"Cleared-CJK"}
    for page in PdfReader(BytesIO(data)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            name = str(font.get_object()["/BaseFont"]).partition("+")[2]
            assert any(name.startswith(family) for family in families)


def test_a_row_from_before_with_what_cannot_be_drawn_still_becomes_a_paper(tmp_path: Path) -> None:
    data = paper(["Maya \U0001f600 \ue000 \u202e Lind \ud800"], tmp_path)
    assert missing_glyphs(data) == []


def test_no_font_of_the_machine_is_known_to_the_renderer() -> None:
    before = dict(os.environ)
    letters = pdf._letters(fonts.face_rules(pdf.SCHEME), fonts.font_files())
    assert dict(os.environ) == before
    system = fontconfig.FcConfigGetFonts(letters.configuration._config, fontconfig.FcSetSystem)
    assert not system or system.nfont == 0
