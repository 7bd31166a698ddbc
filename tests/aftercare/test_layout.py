"""Any treatment of anybody fits on two pages: nothing overflows, nothing stands there twice."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aftercare.facts import Detail, Product
from aftercare.pdf import sheet_rendered
from aftercare.sheet import Sheet
from aftercare.vocabulary import AREAS, FLAGS
from tests.aftercare.treatment import IN_BAND, sheet
from tests.clinic.core.letters import missing_glyphs
from tests.clinic.core.paper_layout import outside, page_texts, squeezed

LATIN = st.characters(min_codepoint=ord("A"), max_codepoint=0x17F).filter(str.isalpha)
LONG_WORDS = st.text(LATIN, min_size=1, max_size=160)
NAMES = st.one_of(st.lists(LONG_WORDS, min_size=1, max_size=4).map(lambda w: " ".join(w)[:161]))
WORDS = st.text(st.one_of(LATIN, st.just(" ")), min_size=1, max_size=120).filter(str.strip)
PRODUCTS = st.builds(Product, name=WORDS, how_often=WORDS)
DETAILS = st.builds(Detail, label=st.sampled_from(["Device", "Cartridge"]), text=WORDS)

TREATMENTS = st.fixed_dictionaries(
    {
        "full_name": NAMES,
        "practitioner": NAMES,
        "flags": st.frozensets(st.sampled_from(sorted(FLAGS))),
        "session_number": st.integers(1, 3),
        "numbing_used": st.booleans(),
        "phototype": st.sampled_from(["II", "V", None]),
        "products": st.lists(PRODUCTS, max_size=3).map(tuple),
        "excluded_zones": st.lists(WORDS, max_size=2).map(tuple),
        "details": st.lists(DETAILS, max_size=9).map(tuple),
        "stopped": st.one_of(st.just(""), WORDS),
        "reaction": st.one_of(st.just(""), WORDS),
    }
)
ALL_AREAS = dict.fromkeys(sorted(AREAS), 1.5)


def lines(of: Sheet) -> Counter[str]:
    """Every line of the sheet's text, and how often it is in it."""
    shown = [line.text for line in (*of.do, *of.dont)]
    signs = [sign.text + sign.period for group in of.signs for sign in group.signs]
    notes = [line.text for line in of.notes]
    limits = [limit.text for limit in of.limits]
    return Counter(squeezed(text) for text in (*shown, *signs, *notes, *limits))


def assert_well_laid_out(of: Sheet) -> None:
    """Two pages, each with its head; every line as often as it was written; none off the page."""
    rendered = sheet_rendered(of)
    assert rendered.pages <= 2
    assert len(rendered.data) < 300_000
    assert missing_glyphs(rendered.data) == []
    assert outside(rendered.data, side_mm=16, foot_mm=11) == []
    pages = page_texts(rendered.data)
    for number, text in enumerate(pages, 1):
        assert squeezed(of.full_name) in text
        assert "born12April1990·clientno.12·recordno.34" in text
        assert f"Page{number}of{len(pages)}" in text
    assert "Warningsigns,andwhattodo" in pages[0]
    assert "Emergency:callforhelpnow" in pages[0]
    assert of.clinic.emergency_phone.replace(" ", "") in pages[0]
    whole = "".join(pages)
    wanted = lines(of)
    # What a dated limit says as well may be left out for larger letters.
    covered = {squeezed(line.text) for line in (*of.do, *of.dont) if line.covered}
    for text, times in wanted.items():
        inside = sum(n for other, n in wanted.items() if text in other and text != other)
        found = whole.count(text)
        least = 0 if text in covered else times
        assert least <= found <= times + inside, text


@pytest.mark.parametrize("band", IN_BAND)
def test_any_treatment_of_anybody_is_laid_out_well(band: str) -> None:
    @settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate])
    @given(TREATMENTS)
    def check(changes: dict[str, Any]) -> None:
        assert_well_laid_out(sheet(**{**IN_BAND[band], **changes}))

    check()


@pytest.mark.parametrize("band", IN_BAND)
@pytest.mark.parametrize("flags", [frozenset[str](), FLAGS], ids=["plain", "every flag"])
def test_the_lightest_and_the_heaviest(band: str, flags: frozenset[str]) -> None:
    assert_well_laid_out(sheet(**{**IN_BAND[band], "flags": flags, "numbing_used": bool(flags)}))


def test_an_unbroken_word_wraps_wherever_it_stands() -> None:
    word = "W" * 160
    product = Product(name=word, how_often=word)
    assert_well_laid_out(
        sheet(
            full_name=word,
            first_name=word[:80],
            practitioner=word,
            products=(product,) * 3,
            excluded_zones=(word,) * 2,
            details=(Detail(label="Device", text=word),) * 9,
            stopped=word,
            reaction=word,
        )
    )


def test_every_area_of_every_kind_of_skin() -> None:
    assert_well_laid_out(
        sheet(modality="RF_MN", depths_mm=ALL_AREAS, flags=FLAGS, phototype="VI", numbing_used=True)
    )


@pytest.mark.parametrize("name", ["Żółć 王", "محمد عبد الله الفهد", "פרץ בן־גוריון", "山田 さくら"])
def test_names_of_other_scripts(name: str) -> None:
    rendered = sheet_rendered(sheet(full_name=name, practitioner=name))
    assert rendered.pages <= 2
    assert missing_glyphs(rendered.data) == []
    assert outside(rendered.data, side_mm=16, foot_mm=11) == []
    assert len(rendered.data) < 300_000


def test_what_happened_stands_on_the_first_page() -> None:
    happened = {"stopped": "A reaction. Stopped after one cheek.", "reaction": "Hives, gone in 20'"}
    first = page_texts(sheet_rendered(sheet(**happened)).data)[0]
    assert "Thetreatmentwasstoppedearly.Areaction.Stoppedafteronecheek." in first
    assert "Seenduringyourtreatment:Hives,gonein20'" in first


def test_no_keys_of_sources_stand_on_it() -> None:
    whole = "".join(page_texts(sheet_rendered(sheet(**IN_BAND["RF"], flags=FLAGS)).data))
    assert "Sources" not in whole
    assert "R-" not in whole


@pytest.mark.parametrize("band", IN_BAND)
def test_everything_a_record_can_tell_beside_every_flag(band: str) -> None:
    """Device, three cartridges, preparation, settings, products, numbing and deviations."""
    told = tuple(Detail(label="Cartridge", text="word " * 24) for _ in range(9))
    assert_well_laid_out(sheet(**{**IN_BAND[band], "flags": FLAGS, "details": told}))
