"""How well a date is known, as controls beside its own: a list, and what fits the choice."""

from typing import Any

from django.template.loader import get_template
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clinic.intake.forms.when import When
from clinic.intake.freezing import date_in_words

KNOWN = [
    ("day", _("I know the day")),
    ("month", _("I know the month and year")),
    ("year", _("I only know the year")),
]
AGO = [
    ("about", _("I know about how long ago")),
    ("within", _("Not sure, but less than … ago")),
]
AHEAD = [
    ("about", _("I know about how long it is until then")),
    ("within", _("Not sure, but less than … from now")),
]
UNITS = [("weeks", _("Weeks")), ("months", _("Months")), ("years", _("Years"))]


def when_parts(name: str, key: str, when: When, *, past: bool, wrong: str = "") -> SafeString:
    """The controls of the date named `name`, whose own control has the id `key`.

    `wrong` is the id of the words that say what is wrong, if anything is.
    """
    hows: list[tuple[str, Any]] = [*KNOWN, *(AGO if past else AHEAD)]
    span = date_in_words(when.how)
    if span:
        hows.append((when.how, _("As it was told before")))
    context = {
        "name": name,
        "key": key,
        "when": when,
        "wrong": wrong,
        "span": span,
        "hows": hows,
        "months": [(str(number), word) for number, word in MONTHS.items()],
        "units": UNITS,
    }
    return SafeString(get_template("intake/when_parts.html").render(context))
