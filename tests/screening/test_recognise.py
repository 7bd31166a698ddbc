"""Words are recognised as a person would read them, and ordinary English is left alone."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.lexicon import Entry, Lexicon
from screening.engine.lexicon_index import edits_allowed
from screening.engine.recognise import LONGEST_QUOTE, LONGEST_READ, recognise
from screening.engine.spelling import fold, folded_words, readable, words
from tests.screening.cases import pack
from tests.screening.ordinary_words import SENTENCES

MISSPELT = {
    "warfarin": "warfrin warferin warafrin warfarine wafarin varfarin coumadin cumadin Coumidin "
    "acenocumarol",
    "doac": "apixiban elequis eloquis eliquiss zarelto xeralto rivaroxiban rivoroxaban edoxoban "
    "dabigatrin pradexa",
    "heparin": "heprin heparine enoxiparin clexan fragmine",
    "clopidogrel": "clopidogril clopidigrel plavics ticagrelol brillinta",
    "aspirin": "asprin aspirine asperin",
    "nsaid": "ibuprophen ibuprofin ibruprofen ibuprofine neurofen ibrufen naproxin naproxene "
    "diclofenak",
    "bruising_supplement": "gingko ginko tumeric turmerik curcumine",
    "isotretinoin": "roaccutane roacutane accutane acutane accutaine isotretonin isotretinion",
    "immunosuppressant": "methotrexat methatrexate metotrexate azathiaprine azothioprine "
    "cyclosporine ciclosporine mycophenalate tacrolimis",
    "biologic": "humera adalimumap rituximap ustekinumap dupixant cosentix",
    "steroid_tablet": "prednisilone predisolone prednisalone prednizone dexamethazone",
    "photosensitiser": "doxycyclene doxicyclin doxycycllin minocyclin ciprofloxacine",
    "amiodarone": "amioderone amiodorone",
    "skin_product": "tretinion retinal-A retinole adapaline hydroquinon",
    "numbing": "lidocane lidocain lignocane",
    "cold_sores": "coldsores aciclovire acyclovire aclyclovir herpies",
    "diabetes": "diabetis diabeties diabetic insuline metformine metphormin",
    "seizures": "epilepsey epilepsie seizers convulsions levetiracetm",
    "connective_tissue_disease": "lupis sclerodermia schleroderma",
    "psoriasis": "psorisis psoriasus soriasis",
    "eczema": "exzema excema eczma",
    "keloid": "kelloid keloyd",
    "bleeding": "hemophilia heamophilia haemophillia",
    "hormones": "estrogen oestrogen oestrogin progesteron",
    "methaemoglobinaemia": "methemoglobinemia",
    "lymphoedema": "lymphedema lymphodema",
    "pregnancy": "pregnent pregant pregnacy",
    "breastfeeding": "brestfeeding breast-feeding",
    "anaphylaxis": "anaphalaxis anaphylaxsis",
    "metal_allergy": "nickle",
    "electronic_implant": "pace-maker pacemaker pacemaker. defibrilator",
    "cancer": "leukemia leukaemia tumor tumour lymphona",
    "weight_loss_injection": "ozempick wegovi monjaro semaglutid",
}

HIDDEN = [
    "war\u200bfarin",
    "war\u00adfarin",
    "w\u0430rf\u0430rin",
    "ｗａｒｆａｒｉｎ",
    "wárfärìn",
    "w\u0335a\u0335r\u0335f\u0335a\u0335r\u0335i\u0335n\u0335",
    "\u202ewarfarin\u202c",
    "war\0farin",
    "w a r f a r i n",
    "w.a.r.f.a.r.i.n",
    "war farin",
    "WARFARIN!!!",
    "\U0001d430\U0001d41a\U0001d42b\U0001d41f\U0001d41a\U0001d42b\U0001d422\U0001d427",
    "war\ud800farin",
]


def lexicon() -> Lexicon:
    found = pack().lexicon
    assert found is not None
    return found


def names(text: str) -> list[str]:
    """The ids of what a text names, in its order."""
    return [seen.entry.id for seen in recognise(lexicon(), text)]


def quotes(text: str) -> list[str]:
    return [seen.quote for seen in recognise(lexicon(), text)]


@pytest.mark.parametrize("entry", lexicon().entries, ids=lambda entry: entry.id)
def test_every_term_is_found_as_it_is_written(entry: Entry) -> None:
    for term in entry.terms:
        said = term if term in lexicon().capitals.words else term.lower()
        for text in (term, term.upper(), f"I was told about {said}, years ago."):
            assert entry.id in names(text), text


@pytest.mark.parametrize(("entry", "slips"), MISSPELT.items(), ids=MISSPELT)
def test_common_slips_are_understood(entry: str, slips: str) -> None:
    missed = [slip for slip in slips.split() if entry not in names(f"I take {slip} now")]
    assert missed == []


def test_ordinary_english_names_nothing() -> None:
    assert len(SENTENCES) > 300
    assert {line: quotes(line) for line in SENTENCES if quotes(line)} == {}


@pytest.mark.parametrize("text", HIDDEN, ids=range(len(HIDDEN)))
def test_what_a_person_would_read_is_read(text: str) -> None:
    assert names(text) == ["warfarin"]
    (quote,) = quotes(text)
    quote.encode()  # can be stored and shown
    assert "\0" not in quote


def test_the_dose_is_quoted_too() -> None:
    assert quotes("warfrin 5mg, Fish-Oil 1000 mg and vitamin E 400 IU daily") == [
        "warfrin 5mg",
        "Fish-Oil 1000 mg",
        "vitamin E 400 IU",
    ]


def test_what_is_denied_is_named_all_the_same() -> None:
    assert names("no warfarin, never had cancer") == ["warfarin", "cancer"]


def test_the_longest_term_counts() -> None:
    assert names("skin cancer") == ["skin_cancer"]
    assert names("insulin pump") == ["insulin_pump"]
    assert names("cancer of the skin") == ["cancer"]


def test_the_same_words_are_told_once() -> None:
    assert quotes("warfarin, Warfarin, WARFARIN and warfarin 3 mg") == ["warfarin", "warfarin 3 mg"]


def test_a_letter_too_many_is_forgiven_by_length() -> None:
    assert [edits_allowed(n) for n in (3, 5, 6, 8, 9, 20)] == [0, 0, 1, 1, 2, 2]
    assert names("HIVE ICDS lupusx") == []


def test_only_one_thing_is_wrong_where_the_first_letter_is() -> None:
    assert names("zarelto") == ["doac"]
    assert names("zareltu") == []
    assert names("arelto xxarelto") == ["doac", "doac"]


def test_words_keep_their_place() -> None:
    text = "Ｉ\u200b take wárfarin"
    found = words(text)
    assert [text[word.start : word.end] for word in found] == ["Ｉ", "take", "wárfarin"]


def test_spelling_folds_what_makes_no_difference() -> None:
    for one, other in [
        ("oestrogen", "estrogen"),
        ("haemophilia", "hemophilia"),
        ("anaemia", "anemia"),
        ("tumour", "tumor"),
        ("sulphur", "sulfur"),
        ("accutane", "acutane"),
        ("ciclosporin", "ciclosporin"),
        ("œstrogen", "estrogen"),
    ]:
        assert folded_words(one) == folded_words(other)
    assert fold("warfarin") == "warfarin"


def test_a_quotation_can_be_shown_in_quotation_marks() -> None:
    assert readable("a“b”\n\u200bc\ud800\0d") == 'a"b" cd'
    text = "warfarin" + "\u0301" * 5000
    assert all(len(quote) <= LONGEST_QUOTE for quote in quotes(text + " 5mg"))


@given(
    st.text(max_size=300) | st.text(alphabet="warfin \u200b\u0301\0\ud800æœ’'-.5mg", max_size=80)
)
def test_any_text_is_read_without_a_traceback(text: str) -> None:
    for seen in recognise(lexicon(), text):
        seen.quote.encode()
        assert seen.quote
        assert len(seen.quote) <= LONGEST_QUOTE


@given(noise=st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,.\n", max_size=60), before=st.booleans())
def test_words_around_it_do_not_hide_a_medicine(noise: str, *, before: bool) -> None:
    text = f"{noise}; warfarin" if before else f"warfarin; {noise}"
    assert any("warfarin" in quote for quote in quotes(text))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "warfarin " * 100_000,
        "w " * 500_000,
        "\u0301" * 1_000_000,
        "é" * 1_000_000,
        " ".join(f"warfar{n}n metotrexa{n}" for n in range(50_000)),
        "abcd efgh ijkl " * 60_000,
    ],
    ids=["one word", "one medicine", "letters", "marks", "accents", "nearly", "words"],
)
def test_a_megabyte_takes_no_longer_than_its_beginning(text: str) -> None:
    started = time.process_time()
    recognise(lexicon(), text)
    assert time.process_time() - started < (5 if sys.gettrace() else 1)
    assert len(text) > LONGEST_READ


@pytest.mark.parametrize(
    ("text", "entry"), [("H.I.V.", "hiv"), ("H. I. V. since 2010", "hiv"), ("a D.V.T", "clots")]
)
def test_three_letters_with_dots_are_one_word(text: str, entry: str) -> None:
    lexicon = pack().lexicon
    assert lexicon is not None
    assert [seen.entry.id for seen in recognise(lexicon, text)] == [entry]
    assert not recognise(lexicon, "h i v"), "letters with mere spaces between may be anything"
