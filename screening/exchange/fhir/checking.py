"""Whether a resource is what the standard says, by the library ``fhir.resources``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..errors import ExchangeError
from .names import Json, Release

if TYPE_CHECKING:
    from pydantic import BaseModel

_ROOTS: dict[Release, str] = {"R4B": "fhir.resources.R4B", "R5": "fhir.resources"}


@cache
def _model(kind: str, release: Release) -> type[BaseModel]:
    # Imported when first needed: the models take half a second that no other page should wait.
    module = import_module(f"{_ROOTS[release]}.{kind.lower()}")
    model: type[BaseModel] = getattr(module, kind)
    return model


def check(resource: Json, release: Release) -> Json:
    """The same resource if it is valid. ExchangeError naming the first element that is not."""
    kind = resource["resourceType"]
    problem = problem_of(resource, str(kind), release)
    if problem:
        raise ExchangeError(f"{kind}: {problem}")
    return resource


def problem_of(resource: object, kind: str, release: Release) -> str:
    """What is wrong with a resource: the element and the reason on one line; "" if nothing."""
    from pydantic import ValidationError

    try:
        _model(kind, release).model_validate(resource)
    except ValidationError as error:
        first: Any = error.errors(include_input=False, include_context=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place or kind}: {first['msg']}"
    except (RecursionError, OverflowError, ArithmeticError) as error:
        return f"cannot be read ({type(error).__name__})"
    return ""
