"""Where recognising begins and ends: one letter more or less, one word more or less."""

from __future__ import annotations

import pytest

from screening.engine.lexicon import Entry, Lexicon
from screening.engine.recognise import LONGEST_QUOTE, recognise
from screening.engine.spelling import folded_words
from screening.engine.wording import Wording

WORDING = Wording(
    title="T",
    told="{words}",
    rationale="{quote} {name}",
    practitioner_check="P",
    sources=("BG",),
    evidence="background",
    evidence_note="N",
)


def seen(text: str, *terms: str, ordinary: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Of a lexicon of these terms, each an entry, the named ones, and the words quoted."""
    lexicon = Lexicon(
        wording=WORDING,
        answered="{question} {answer}",
        more="{count}",
        too_long="L",
        long_text="l",
        entries=tuple(
            Entry(id=term, category="c", name=term, terms=(term,), sources=("BG",))
            for term in terms
        ),
        ordinary=ordinary,
    )
    return [(one.entry.id, one.quote) for one in recognise(lexicon, text)]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("insu lin", id="in two pieces"),
        pytest.param("i nsulin", id="the first letter apart"),
        pytest.param("nisulin", id="the first two letters swapped"),
        pytest.param("in su li n", id="in four pieces"),
        pytest.param("i n s u l i n", id="letter by letter"),
        pytest.param("i.n.s.u.l.i.n", id="letter by letter with dots"),
        pytest.param("ＩＮＳＵＬＩＮ", id="in wide letters"),
    ],
)
def test_a_term_is_quoted_as_it_was_written(said: str) -> None:
    assert seen(f"I take {said} daily", "insulin") == [("insulin", said)]


def test_a_term_of_six_letters_is_not_put_together() -> None:
    assert seen("abc def", "abcdef") == []
    assert seen("abc defg", "abcdefg") == [("abcdefg", "abc defg")]


def test_a_term_may_be_cut_into_five_pieces_and_not_six() -> None:
    assert seen("ab cd ef gh ij", "abcdefghij") == [("abcdefghij", "ab cd ef gh ij")]
    assert seen("ab cd ef gh ij kl", "abcdefghijkl") == []


@pytest.mark.parametrize(("length", "whole"), [(LONGEST_QUOTE, True), (LONGEST_QUOTE + 1, False)])
def test_a_quote_has_a_greatest_length(length: int, *, whole: bool) -> None:
    term = ("abcdefghij" * 9)[:length]
    ((_, quote),) = seen(term, term)
    assert len(quote) == LONGEST_QUOTE
    assert quote == (term if whole else f"{term[: LONGEST_QUOTE - 1]}…")


def test_a_short_term_is_spelled_as_it_is() -> None:
    assert seen("gouts", "gout") == [("gout", "gouts")]
    for misspelt in ("xkante", "kant", "kantex", "akntel", "akante", "aknte"):
        assert seen(misspelt, "kante") == []


@pytest.mark.parametrize(("end", "read"), [(20_000, True), (20_001, False)])
def test_a_text_is_read_up_to_its_greatest_length(end: int, *, read: bool) -> None:
    text = f"{'vitamin ' * 2_500}"[: end - len("insulin")] + "insulin"
    assert len(text) == end
    assert bool(seen(text, "insulin")) is read


def test_a_plural_is_not_made_of_a_plural() -> None:
    assert seen("vertiporos s", "vertiporos") == [("vertiporos", "vertiporos")]


def test_short_terms_do_not_crowd_out_a_long_one() -> None:
    assert seen("kantx", "kanta", "kantb", "kantc", "kantxy") == [("kantxy", "kantx")]
    shorter = ("kbcdefgh", "kbcdefgi", "kbcdefhi")
    assert seen("kbcdefghij", *shorter, "kzcdefghiz") == [("kzcdefghiz", "kbcdefghij")]


def test_three_of_many_near_words_are_tried() -> None:
    near = ("kantea", "kanteb", "kantec")
    assert seen("kantex wolf", *near[:2], "kanted wolf") == [("kanted wolf", "kantex wolf")]
    assert seen("kantex wolf", *near, "kanted wolf") == [("kantea", "kantex")]


def test_the_nearest_term_is_meant() -> None:
    assert seen("metforman", "metformin", "metsorman") == [("metformin", "metforman")]
    assert seen("metsormen", "metformin", "metsorman") == [("metsorman", "metsormen")]
    assert seen("metformim", "metborman", "metformin") == [("metformin", "metformim")]


def test_what_is_a_term_is_not_misspelt() -> None:
    assert seen("kantea wolf", "kantea", "kanteb wolf") == [("kantea", "kantea")]


def test_an_ordinary_word_is_none_however_it_is_written_down() -> None:
    assert seen("metformal", "metformin") == [("metformin", "metformal")]
    assert seen("metformal", "metformin", ordinary=("met-formal",)) == []


def test_a_term_begun_and_not_ended_hides_no_other() -> None:
    found = seen("alpha beta delta", "alpha beta gamma", "beta delta")
    assert found == [("beta delta", "beta delta")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("thyroid", "thiroid"),
        ("azithromycin", "asithromycin"),
        ("back", "bak"),
        ("a\u200bb", "ab"),
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("ﬁlgrastim", "filgrastim"),
        ("o'brien", "obrien"),
        ("g o u t", "gout"),
        ("g.o.u.t", "gout"),
        ("a b H.I.V.", "a b hiv"),
        ("H.I.V. a b", "hiv a b"),
        ("a g o u H.I.V. b", "agou hiv b"),
        ("H.I.V. I ask", "hiv i ask"),
        ("H. I. V. today", "hiv today"),
        ("a H.I", "a h i"),
        ("a. b c", "a b c"),
        ("H.I.V. a. b. c", "hiv abc"),
        ("H.I.V. a. b", "hiv a b"),
        ("H.I.V a g o u b.c.d", "hiv agou bcd"),
        ("x y z", "x y z"),
    ],
)
def test_what_is_read_alike(written: str, read: str) -> None:
    assert folded_words(written) == folded_words(read)


def test_a_line_ends_a_word() -> None:
    assert folded_words("é\nb") == ("e", "b")
    assert folded_words("H.I.V.") == ("hiv",)
    assert folded_words("a b H.I.V.") == ("a", "b", "hiv")
