"""When the database cannot serve: what is the matter, told from the error. Pure."""

import psycopg
from django.db import InterfaceError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AWAY = _("the database does not answer")
BY_STATE: dict[str, str | Promise] = {
    "25006": _("the database can only be read, not written to"),
    "25P03": _("the page took too long"),
    "53100": _("the disk of the database is full"),
    "53300": _("the database has too many connections"),
    "55P03": _("the database is busy: somebody else holds what the page needs"),
    "57014": _("the database took too long"),
}
BY_CLASS: dict[str, str | Promise] = {
    "08": AWAY,
    "53": _("the database is out of room"),
    "57": AWAY,
    "58": _("the database cannot read or write its files"),
}


def trouble(error: BaseException | None) -> str | None:
    """Why the database could not serve, in a few words; None for any other failure."""
    cause = error
    while cause is not None and not isinstance(cause, psycopg.Error):
        cause = cause.__cause__
    state = cause.sqlstate or "" if isinstance(cause, psycopg.Error) else ""
    found = BY_STATE.get(state) or BY_CLASS.get(state[:2])
    if found is None and isinstance(error, (OperationalError, InterfaceError)):
        found = AWAY
    return str(found) if found is not None else None
