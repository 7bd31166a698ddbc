"""Small helpers for views."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

P = ParamSpec("P")
T = TypeVar("T")


def or_404(load: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `load`; what is missing, or out of scope, is the same 404."""
    try:
        return load(*args, **kwargs)
    except ObjectDoesNotExist as error:
        raise Http404 from error
