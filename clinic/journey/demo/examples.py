"""The address of one example of every page, and who may open it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clinic.core.actor import Role
from clinic.journey.demo.pages import (
    ASKED_FIRST,
    LINKS,
    PAGES,
    PARAMETERS,
    POSTED,
    QUERIES,
    SIGNED_BY,
)
from clinic.journey.demo.rows import NoExample, Rows

UNTOLD = frozenset({"healthz", "readyz"})


@dataclass(frozen=True, kw_only=True)
class Example:
    """One address. `role` is a staff role, "client" (then with the date of birth) or "public"."""

    page: str
    method: str
    role: str
    url: str
    date_of_birth: str | None = None


def examples(rows: Rows) -> list[Example]:
    """One of every page that has a name; without those that a small demo has no row for."""
    found = []
    for name, pattern in sorted(named(get_resolver())):
        if name not in UNTOLD:
            try:
                found.append(_example(name, pattern, rows))
            except NoExample:
                continue
    return found


def _example(name: str, pattern: URLPattern, rows: Rows) -> Example:
    policy = vars(pattern.callback).get("access_policy", "public")
    kwargs: dict[str, Any] = {}
    born = None
    for parameter in pattern.pattern.converters:
        if parameter == "token":
            link = LINKS[name](rows)
            kwargs["token"] = rows.tokens[link.token_sha256]
            born = link.client.date_of_birth.isoformat()
        else:
            kwargs[parameter] = PAGES.get(name, PARAMETERS).get(parameter, PARAMETERS[parameter])(
                rows
            )
    return Example(
        page=name,
        method="POST" if name in POSTED else "GET",
        role=policy if isinstance(policy, str) else _who(name, policy),
        url=reverse(name, kwargs=kwargs) + QUERIES.get(name, ""),
        date_of_birth=born,
    )


def _who(name: str, allowed: frozenset[Role]) -> str:
    first = SIGNED_BY.get(name)
    return (first or next(role for role in ASKED_FIRST if role in allowed)).value


def named(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address that has a name, as "room:page"."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from named(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield space + entry.name, entry
