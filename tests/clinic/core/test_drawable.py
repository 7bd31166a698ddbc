"""What no font can draw is refused where it is typed, in words."""

import pytest
from django.core.exceptions import ValidationError

from clinic.core.drawable import undrawable, validate_drawable
from clinic.core.forms import PaperText

NAMES = [
    "Maya Lind",
    "Żółć 王",
    "O\u2019Rourke-Łódź",
    "Đặng Thị Ẩn",
    "Ελένη",
    "Юлия",
    "محمد",
    "דָּוִד",
    "क्षितिज",
    "ณัฐวุฒิ",
    "陳大文",
    "山田 さくら",
    "김철수",
    "می\u200cخواهم",
    "first line\r\nsecond line",
    "e\u0301 z\u0307\u0323",
]


@pytest.mark.parametrize("text", NAMES)
def test_names_of_every_script_are_taken(text: str) -> None:
    assert undrawable(text) == ""
    validate_drawable(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Maya 😀", "😀"),
        ("👩\u200d🚀", "👩🚀"),
        ("🇬🇧", "🇬🇧"),
        ("1\ufe0f\u20e3", "\ufe0f\u20e3"),
        ("葛\U000e0100", "\U000e0100"),
        ("a\u202eb\u2066c\u200e", "\u202e\u2066\u200e"),
        ("a\u200bb\ufeff", "\u200b\ufeff"),
        ("\ud800", "\ud800"),
        ("\ue000\U000f0000", "\ue000\U000f0000"),
        ("\u0378\U000fffff", "\u0378\U000fffff"),
        ("\x00\x07\x85\u2028", "\x00\x07\x85\u2028"),
        ("\U00010900", "\U00010900"),
        ("a" + "\u0301" * 9, "\u0301"),
        ("ab\u00adcd", "\u00ad"),
    ],
)
def test_what_cannot_be_drawn_is_named(text: str, found: str) -> None:
    assert undrawable(text) == found
    with pytest.raises(ValidationError) as refused:
        PaperText().clean(f"x{text}")
    message = "".join(refused.value.messages)
    assert message.startswith("This cannot be printed: ") or "Null" in message
    message.encode()  # a message that itself cannot be sent would be no help


def test_an_error_names_at_most_five_characters() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_drawable("".join(chr(0x1F600 + number) for number in range(40)))
    assert str(refused.value.messages[0]).count("“") == 5
