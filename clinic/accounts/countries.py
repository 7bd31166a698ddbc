"""Where a site may be: countries by ISO 3166-1, nations of the United Kingdom by ISO 3166-2. Pure.

The law that staff are shown and the emergency numbers that clients are given go by it. "EU" is for
a country of the European Union that has no entry of its own.
"""

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
