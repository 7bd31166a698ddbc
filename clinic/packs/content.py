"""What a draft's revisions hold: plain tables, checked before they are kept."""

import re

from django.utils.translation import gettext_lazy as _

from clinic.consent.reading import misfit
from clinic.core.errors import Refused
from clinic.packs.errors import InvalidPack
from clinic.packs.models import Revision
from screening import published
from screening.engine import Pack, PackError
from screening.models import PackContent
from screening.packs import Tables, pack_from
from screening.vocabulary import strangers

_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})", re.ASCII)


def checked(tables: Tables) -> Pack:
    """The pack that tables make. InvalidPack, in one line, where they make none."""
    try:
        return pack_from(tables)
    except PackError as error:
        raise InvalidPack(error) from error
    except RecursionError as error:
        raise InvalidPack("something is nested too deeply") from error


def kept(tables: Tables) -> PackContent:
    """The stored content of checked tables."""
    return published.keep(tables)


def tables_of(revision: Revision) -> Tables:
    """The tables of a revision, to show and to change."""
    return published.tables_by(revision.sha256)


def pack_of(revision: Revision) -> Pack:
    """The pack of a revision, built once per process."""
    return published.pack_by(revision.sha256)


def with_version(tables: Tables, version: str) -> Tables:
    """The same tables under another version."""
    questions = dict(tables["questions"])
    head = questions["pack"]
    questions["pack"] = {**(head if isinstance(head, dict) else {}), "version": version}
    return {**tables, "questions": questions}


def numbers(version: str) -> tuple[int, ...]:
    """A version as three numbers, to compare. Refused where it is none."""
    if not _VERSION.fullmatch(version):
        raise Refused(_("A version has three numbers, such as 1.2.0."))
    return tuple(int(part) for part in version.split("."))


def misfits(pack: Pack) -> tuple[str, ...]:
    """One line for all that the steps after screening could not work with."""
    consent = misfit(pack)
    return (*strangers(pack), *((consent,) if consent else ()))
