"""Rules from a file: read whole, or refused in one line and nothing kept."""

from datetime import datetime

from django.utils.translation import gettext as _

from clinic.accounts.models import User
from clinic.accounts.queries import places
from clinic.core.actor import Actor, Role
from clinic.core.errors import Refused
from clinic.packs import actions, content
from clinic.packs.models import Draft
from screening.engine import Pack
from screening.exchange import bring_in
from screening.packs import Tables
from screening.published import newest_row, tables_by


def look(data: bytes, version: str = "") -> Pack:
    """The pack that a file would bring. Raises ExchangeError, InvalidPack, Refused."""
    return content.checked(_tables(data, version))


def begin(*, actor: Actor, data: bytes, version: str, why: str, at: datetime) -> Draft:
    """Begin a draft from a file: an archive, or a FHIR Questionnaire that replaces the questions
    of the rules in force. `version` takes the place of the one in the file where it is given.

    Raises ExchangeError for what cannot be read, and InvalidPack and Refused as `import_draft`.
    """
    tables = _tables(data, version)
    return actions.import_draft(actor=actor, tables=tables, why=why, at=at)


def lead(email: str) -> Actor:
    """The clinical lead of that e-mail, at the first site where they lead. Refused for others."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    for place in places(user) if user else []:
        if user and Role.CLINICAL_LEAD in place.roles:
            return user.as_actor(place.site, place.roles)
    raise Refused(_("There is no clinical lead with that e-mail."))


def _tables(data: bytes, version: str) -> Tables:
    base = newest_row()
    tables = bring_in(data, tables_by(base.sha256) if base else None)
    if not version:
        return tables
    content.numbers(version)
    return content.with_version(tables, version)
