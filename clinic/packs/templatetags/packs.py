"""Template tags of the rules' pages: `{% load packs %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.core.icons import icon_svg
from clinic.packs.editing.case_words import told
from clinic.packs.editing.labels import FIELDS
from clinic.packs.editing.names import Names
from clinic.packs.states import State
from clinic.packs.views.results import ends
from screening.trying import CaseResult, Differs

register = template.Library()

STATES = {
    State.DRAFT: (gettext_lazy("Draft"), "pencil", "advise"),
    State.SIMULATED: (gettext_lazy("Waits for approval"), "person-check", "review"),
    State.APPROVED: (gettext_lazy("Approved, not published"), "check2", "review"),
    State.PUBLISHED: (gettext_lazy("Published"), "check-circle-fill", "clear"),
    State.DISCARDED: (gettext_lazy("Set aside"), "x-circle", "quiet"),
}
CASE_FIELDS: Mapping[str, Any] = {
    "hits": gettext_lazy("what is found"),
    "missing": gettext_lazy("questions without an answer"),
    "defer_until": gettext_lazy("not before"),
    "earliest": gettext_lazy("first day that is clear"),
    "complete": gettext_lazy("everything answered"),
    "answers": gettext_lazy("questions of the case"),
}


@register.simple_tag
def packs_css() -> SafeString:
    """The style sheet of these pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/packs.css"))


@register.simple_tag
def draft_chip(state: State) -> SafeString:
    """Where a draft stands: icon, word and tone together."""
    word, icon, tone = STATES[state]
    return format_html(
        '<span class="chip tone-{}">{}{}</span>', tone, SafeString(icon_svg(icon)), word
    )


@register.filter
def pack_words(pack_id: str) -> str:
    """`microneedling@1.1.0` as people say it."""
    return " ".join(pack_id.split("@"))


@register.simple_tag
def applied_words(applied: Mapping[str, Any]) -> str:
    """What a publication did to live screenings."""
    return ends(applied.get("clearances", 0), applied.get("held", 0))


@register.filter
def differences(one: CaseResult, names: Names) -> tuple[Differs, ...]:
    """What differs in a test case, in words."""
    return told(one, names)


@register.filter
def case_field(what: str) -> str:
    """What of a test case differs."""
    return str(CASE_FIELDS.get(what) or FIELDS.get(what) or what)


@register.filter
def case_value(value: str) -> str:
    """What was expected or found; nothing at all is said in words."""
    return _("nothing") if value in ("", "none") else value
