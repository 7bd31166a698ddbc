"""Where a site may be: countries by ISO 3166-1, nations of the United Kingdom by ISO 3166-2. Pure.

The law that staff are shown and the emergency numbers that clients are given go by it. "EU" is for
a country of the European Union that has no entry of its own.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

COUNTRIES = {
    "GB-ENG": _("England"),
    "GB-SCT": _("Scotland"),
    "GB-WLS": _("Wales"),
    "GB-NIR": _("Northern Ireland"),
    "GB": _("United Kingdom, nation not told"),
    "IE": _("Ireland"),
    "EU": _("European Union, another country"),
    "US": _("United States"),
    "CA": _("Canada"),
    "AU": _("Australia"),
    "NZ": _("New Zealand"),
}


@dataclass(frozen=True, kw_only=True)
class CallForHelp:
    """Whom to call: with life in danger, and in a hurry."""

    emergency: str
    urgent: str


_GP_OUT_OF_HOURS = "your GP or the GP out-of-hours service"
_NUMBERS = {
    "GB": CallForHelp(emergency="999", urgent="NHS 111"),
    "GB-NIR": CallForHelp(emergency="999", urgent=_GP_OUT_OF_HOURS),
    "IE": CallForHelp(emergency="112", urgent="your GP or GP out-of-hours service"),
    "EU": CallForHelp(emergency="112", urgent="your doctor on call"),
    "US": CallForHelp(emergency="911", urgent="an urgent care clinic"),
    "CA": CallForHelp(emergency="911", urgent="811 or a walk-in clinic"),
    "AU": CallForHelp(emergency="000", urgent="healthdirect or your GP"),
    "NZ": CallForHelp(emergency="111", urgent="Healthline 0800 611 116"),
}
"""By country: GB from R101, NZ from R102, IE from R103 and background; the rest is background, not
read in a document, and to be checked before live use. NHS 111 is not of Northern Ireland."""
_NOT_TOLD = CallForHelp(emergency="your emergency number", urgent="a doctor on call")


def call_for_help(country: str) -> CallForHelp:
    """The numbers of a country, or of the one its nation belongs to: never of several."""
    return _NUMBERS.get(country) or _NUMBERS.get(country.partition("-")[0], _NOT_TOLD)
