"""Careful reading of FHIR elements: what is not understood is refused, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screening.engine.conditions import ConditionError, parse_condition
from screening.strict_json import BadInput, check_values, read_json

from ..errors import ExchangeError
from .checking import problem_of
from .names import Release

Element = Mapping[str, object]

MAX_BYTES = 4 * 1024 * 1024
MOST_DEPTH = 40
MOST_VALUES = 60_000


def read_resource(data: bytes, kind: str) -> dict[str, object]:
    """One resource of that kind as plain JSON, valid in the release that it is written in.
    ExchangeError naming the element and the reason."""
    if len(data) > MAX_BYTES:
        raise ExchangeError(f"{kind}: is longer than {MAX_BYTES} bytes")
    try:
        resource = read_json(data)
        check_values(resource, "", most=MOST_DEPTH)
    except BadInput as error:
        place = f"{error.field.lstrip('.')}: " if error.field else ""
        raise ExchangeError(f"{kind}: {place}{error.reason}") from error
    if _count(resource) > MOST_VALUES:
        raise ExchangeError(f"{kind}: holds more than {MOST_VALUES} values")
    if not isinstance(resource, dict) or resource.get("resourceType") != kind:
        raise ExchangeError(f"{kind}: resourceType: should be {kind}")
    return resource


def _count(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_count, inner))


def check_release(resource: Element, kind: str, release: Release) -> None:
    """ExchangeError with the first element that the standard does not allow."""
    if problem := problem_of(resource, kind, release):
        raise ExchangeError(f"{kind}: {problem}")


def only(element: Element, known: Iterable[str], where: str) -> None:
    """ExchangeError for a key that nobody reads: what it says would be lost."""
    for key in sorted(set(element) - set(known)):
        raise ExchangeError(f"{where}: {key!r} cannot be read into a pack")


def elements(element: Element, key: str, where: str) -> list[Element]:
    """A list of objects; [] if it is not there."""
    found = element.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise ExchangeError(f"{where}: {key!r} should be a list of objects")
    return found


def text(element: Element, key: str, where: str) -> str:
    """A text that must be there."""
    found = element.get(key)
    if not isinstance(found, str) or not found.strip():
        raise ExchangeError(f"{where}: {key!r} is missing")
    return found


def condition_from_json(written: str) -> dict[str, object]:
    """A condition that goes along as a pack wrote it. ExchangeError if it is none."""
    try:
        raw = read_json(written.encode("utf-8", "surrogatepass"))
        check_values(raw, "")
        parse_condition(raw)
    except (BadInput, ConditionError) as error:
        raise ExchangeError(f"a condition cannot be read: {error}") from error
    return dict(raw) if isinstance(raw, Mapping) else {}


def flag(element: Element, key: str, where: str) -> bool:
    """True or false; false if it is not there."""
    found = element.get(key, False)
    if not isinstance(found, bool):
        raise ExchangeError(f"{where}: {key!r} should be true or false")
    return found


def extensions(element: Element, known: Iterable[str], where: str) -> dict[str, list[Element]]:
    """Its extensions by address. ExchangeError for one that is not known: it may change what the
    element means."""
    found: dict[str, list[Element]] = {url: [] for url in known}
    for extension in elements(element, "extension", where):
        url = extension.get("url")
        if not isinstance(url, str) or url not in found:
            raise ExchangeError(f"{where}: the extension {url!r} cannot be read into a pack")
        found[url].append(extension)
    return found
