"""What is typed into the find box, whatever its shape, finds the person meant."""

from datetime import date

import pytest

from clinic.clients import birth_dates, phones, search
from clinic.clients.names import plain

TODAY = date(2026, 6, 1)
APRIL = date(1990, 4, 12)


@pytest.mark.parametrize(
    "typed",
    [
        "12/04/1990",
        "12.4.90",
        "1990-04-12",
        "12-4-1990",
        "12 04 1990",
        "12 April 1990",
        "12 apr 1990",
    ],
)
def test_a_birthday_is_read_day_first_in_any_usual_shape(typed: str) -> None:
    assert birth_dates.birthday(typed, TODAY) == APRIL


@pytest.mark.parametrize("typed", ["", "31/02/1990", "4/1990", "12/13/1990", "soon", "12/04/190"])
def test_what_is_no_date_is_no_birthday(typed: str) -> None:
    assert birth_dates.birthday(typed, TODAY) is None


def test_two_digits_of_a_year_mean_the_last_hundred_years() -> None:
    assert birth_dates.birthday("1.1.26", TODAY) == date(2026, 1, 1)
    assert birth_dates.birthday("1.1.27", TODAY) == date(1927, 1, 1)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("07700 900123", "447700900123"),
        ("+44 7700 900123", "447700900123"),
        ("+44 (0)7700 900123", "447700900123"),
        ("0044 7700 900123", "447700900123"),
        ("(020) 7946-0000", "442079460000"),
        ("+33 6 12 34 56 78", "33612345678"),
        ("", ""),
    ],
)
def test_a_phone_number_is_one_number_however_it_is_written(written: str, digits: str) -> None:
    assert phones.digits(written) == digits


def test_names_lose_accents_case_and_apostrophes() -> None:
    assert [plain(name) for name in ("Zoë", "O’Néill", "Łukasz", "Bjørn-Åge")] == [
        "zoe",
        "oneill",
        "lukasz",
        "bjornage",
    ]


def test_a_birthday_beside_a_name_is_taken_apart() -> None:
    assert search.read("maya 12/04/1990", TODAY) == search.Sought(terms=("maya",), born=APRIL)


def test_digits_with_spaces_are_one_part_of_a_phone_number() -> None:
    assert search.read("07700 900 1", TODAY).terms == ("77009001",)
    assert search.read("+44 7700 900", TODAY).terms == ("447700900",)


def test_nothing_typed_seeks_nothing() -> None:
    assert search.read(" , ' ", TODAY).is_empty


def test_what_was_typed_becomes_a_new_client() -> None:
    assert search.as_new_client("maya lind-smith 12.4.90", TODAY) == {
        "first_name": "Maya",
        "last_name": "Lind-Smith",
        "date_of_birth": "12/04/1990",
    }
    assert search.as_new_client("07700 900123", TODAY) == {"phone": "07700 900123"}
    assert search.as_new_client("maya@example.com", TODAY) == {"email": "maya@example.com"}
