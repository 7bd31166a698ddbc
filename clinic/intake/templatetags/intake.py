"""Words of a plan: `{% load intake %}`."""

from collections.abc import Iterable

from django import template

from clinic.procedures.areas import say_areas

register = template.Library()


@register.filter
def areas(codes: Iterable[str]) -> str:
    """Areas as one readable list."""
    return say_areas(codes)
