"""Languages a client may have told. Chinese, Japanese and Korean write some signs differently."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "ar": _("Arabic"),
    "zh-Hans": _("Chinese, simplified"),
    "zh-Hant": _("Chinese, traditional"),
    "en": _("English"),
    "fr": _("French"),
    "de": _("German"),
    "el": _("Greek"),
    "he": _("Hebrew"),
    "hi": _("Hindi"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "es": _("Spanish"),
    "th": _("Thai"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "vi": _("Vietnamese"),
}
"""By language tag."""
