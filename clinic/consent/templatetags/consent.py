"""`{% load consent %}`: looking things up in the frozen content."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template

from clinic.consent.models import Signature
from clinic.consent.words import beside_lines

register = template.Library()


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """`{{ choices|at:photo.id }}`: the value of a key, or an empty text."""
    return mapping.get(key, "")


@register.filter
def iso_day(text: str) -> date:
    """A day that was frozen as YYYY-MM-DD."""
    return date.fromisoformat(text)


@register.filter
def beside(signature: Signature, client: str) -> list[str]:
    """What was written down beside a signature, a line each. `client` is the name on record."""
    return beside_lines(signature, client)
