"""Phone numbers as people write them. Pure."""

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from clinic.clients.birth_dates import DAY_MONTH_YEAR, YEAR_MONTH_DAY

HOME = "GB"
"""Where a number without a country's code is read, unless told otherwise."""


def parse(text: str, country: str = HOME) -> PhoneNumber | None:
    """The number in `text`, read as in `country` (two letters, "GB") where it names no other.

    None for what cannot be called: too short or too long for its country, or a date.
    """
    if YEAR_MONTH_DAY.fullmatch(text.strip()) or DAY_MONTH_YEAR.fullmatch(text.strip()):
        return None
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    # Numbers of a new range are not known to be valid yet; as mobile numbers they have the length.
    may_be = phonenumbers.is_possible_number_for_type(number, PhoneNumberType.MOBILE)
    return number if phonenumbers.is_valid_number(number) or may_be else None


def as_written(number: PhoneNumber, country: str = HOME) -> str:
    """The number as people of `country` write it: with its country code where it is abroad."""
    home = phonenumbers.country_code_for_region(country) == number.country_code
    shape = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    bare = PhoneNumber(
        country_code=number.country_code,
        national_number=number.national_number,
        italian_leading_zero=number.italian_leading_zero,
        number_of_leading_zeros=number.number_of_leading_zeros,
    )
    written = phonenumbers.format_number(bare, shape)
    return f"{written} ext. {number.extension}" if number.extension else written


def digits(text: str, country: str = HOME) -> str:
    """The number's digits with its country's code, without an extension: "447700900123".

    Of what is no whole number, the digits that stand there.
    """
    number = parse(text, country)
    if number is None:
        return "".join(sign for sign in text if sign.isdecimal())
    return (
        phonenumbers.format_number(number, PhoneNumberFormat.E164).removeprefix("+").split(";")[0]
    )
