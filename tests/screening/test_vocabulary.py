"""A pack raises only what later steps act on."""

from dataclasses import replace

from screening.packs import available, latest, load_pack
from screening.vocabulary import FLAGS, flags_raised, strangers


def test_every_released_pack_speaks_words_that_the_house_knows() -> None:
    assert [strangers(load_pack(name)) for name in available()] == [()] * len(available())


def test_every_flag_is_raised_by_some_rule() -> None:
    assert flags_raised(latest()) == FLAGS


def test_a_stranger_is_named() -> None:
    pack = latest()
    first = pack.rules[0]
    outcome = replace(first.outcomes[0], flags=("sunny_day",))
    odd = replace(
        pack,
        rules=(replace(first, outcomes=(outcome, *first.outcomes[1:])), *pack.rules[1:]),
        areas=(*pack.areas, "soul"),
        modalities=(*pack.modalities, "LASER"),
    )
    assert strangers(odd) == (
        "questions.toml: pack: unknown modality 'LASER'",
        "questions.toml: pack: unknown area 'soul'",
        "rules.toml: unknown flag 'sunny_day'",
    )
