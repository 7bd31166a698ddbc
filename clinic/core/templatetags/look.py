"""Template tags of the look: `{% load look %}`. Only here does the presentation read the clock."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from clinic.core import words
from clinic.core.icons import icon_svg
from clinic.core.window import draw_windows

register = template.Library()

_QUOTATION = re.compile("“([^“”]*)”")


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "check-circle" %}`: one inline icon of bootstrap-icons."""
    return SafeString(icon_svg(name))


@register.inclusion_tag("partials/level.html")
def level_chip(level: object, detail: str = "", *, big: bool = False) -> dict[str, object]:
    """`{% level_chip finding.level %}`: a level as word, icon and colour."""
    return {"look": words.level_look(level), "detail": detail, "big": big}


@register.inclusion_tag("partials/chip.html")
def state_chip(state: object, detail: str = "", *, big: bool = False) -> dict[str, object]:
    """`{% state_chip row.state %}`: where a client is on the journey today."""
    return {"look": words.state_look(state), "detail": detail, "big": big}


@register.filter
def level_key(level: object) -> str:
    """`class="finding finding-{{ finding.level|level_key }}"`."""
    words.level_look(level)
    return words.key_of(level)


@register.filter
def quoted(text: str) -> SafeString:
    """`{{ finding.message|quoted }}`: what stands in “quotation marks” becomes a `<q>`, and each
    line a line of its own. The text itself is escaped."""
    marked = _QUOTATION.sub(r"<q>\1</q>", escape(text))
    return SafeString(marked.replace("\n", "<br>"))


@register.filter
def step_icon(state: object) -> SafeString:
    """The icon of a journey step's state."""
    return SafeString(icon_svg(words.STEP_ICONS[words.key_of(state)]))


@register.filter
def step_word(state: object) -> str:
    """The word of a journey step's state, for those who do not see the icon."""
    return str(words.STEP_WORDS[words.key_of(state)])


@register.filter(expects_localtime=True)
def when(value: date | datetime | None) -> str:
    """A day or a moment as people say it; nothing for None."""
    if isinstance(value, datetime):
        return words.say_moment(value, timezone.localtime())
    return words.say_day(value, timezone.localdate()) if value else ""


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> str:
    """The day alone, with its weekday, even when it is today."""
    if isinstance(value, datetime):
        value = value.date()
    return words.say_full_day(value, timezone.localdate()) if value else ""


@register.filter(expects_localtime=True)
def short_day(value: date | datetime | None) -> str:
    """The day where there is little room: "today", "16 Jun"."""
    if isinstance(value, datetime):
        value = value.date()
    return words.say_short_day(value, timezone.localdate()) if value else ""


@register.filter(expects_localtime=True)
def distance(value: date | datetime | None) -> str:
    """How far a day is: "in 3 days", "2 weeks ago"."""
    if isinstance(value, datetime):
        value = value.date()
    return words.say_distance(value, timezone.localdate()) if value else ""


@register.filter
def age(born: date | None) -> int | str:
    """Full years today; nothing for None."""
    return words.age_on(born, timezone.localdate()) if born else ""


@register.inclusion_tag("partials/timeline.html")
def timeline(
    spans: Sequence[tuple[date, date, str]],
    marks: Sequence[tuple[date, str]],
    caption: Sequence[str],
) -> dict[str, object]:
    """Windows of days drawn as bars with their dates; `caption` says the same in words."""
    return {"drawing": draw_windows(spans, marks), "caption": caption}


@register.filter
def kind(field: BoundField) -> str:
    """How a form field is laid out: "options", "tick", "select", "group" or "text"."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "options"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.Select):
        return "select"
    return "group" if widget.use_fieldset else "text"


@register.filter
def about(field: BoundField) -> str:
    """What a field is about where several fields have one label; the form's `titles` tell."""
    titles: dict[str, str] = getattr(field.form, "titles", {})
    return titles.get(field.name, "")


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether to say "(optional)". A form with `mark_optional = False` never does."""
    return not field.field.required and getattr(field.form, "mark_optional", True)


@register.simple_tag
def control(field: BoundField, kind: str) -> SafeString:
    """The field's own input with the theme's classes added to its own."""
    classes = [field.field.widget.attrs.get("class", "")]
    if kind != "tick":
        classes.append("form-select" if kind == "select" else "form-control")
    if field.errors:
        classes.append("is-invalid")
    attrs: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    return field.as_widget(attrs=attrs)


@register.filter
def attributes(attrs: dict[str, Any]) -> SafeString:
    """HTML attributes of an option, escaped."""
    return flatatt(attrs)
