"""What every act on a draft begins with."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from clinic.core.actor import Actor, Role
from clinic.core.errors import Refused, refusal_for
from clinic.packs import errors
from clinic.packs.models import Draft, Publication, Revision


@contextmanager
def told() -> Iterator[None]:
    """One transaction; a broken promise of the database is told in words."""
    try:
        with transaction.atomic():
            yield
            # Those that are kept for the end must be told here as well.
            transaction.get_connection().check_constraints()
    except IntegrityError as error:
        raise refusal_for(error, errors.PROMISES) from error


def must_lead(actor: Actor) -> None:
    """Refused for everybody but a clinical lead."""
    if actor.kind != "staff" or not actor.has(Role.CLINICAL_LEAD):
        raise Refused(_("Only a clinical lead changes the rules."))


def open_draft(draft: Draft) -> Draft:
    """The draft, locked. Refused once it was published or set aside."""
    held = Draft.objects.select_for_update(of=("self",)).select_related("base").get(pk=draft.pk)
    if held.ended_at is not None or Publication.objects.filter(draft=held).exists():
        raise Refused(errors.NOT_OPEN)
    return held


def newest_of(draft: Draft) -> Revision:
    """The revision that counts: the one made last."""
    return draft.revisions.order_by("-number")[0]


def as_expected(draft: Draft, expected_sha256: str) -> Revision:
    """The newest revision of a locked draft. Overtaken where it is not the one that was seen."""
    newest = newest_of(draft)
    if newest.sha256 != expected_sha256:
        raise errors.Overtaken(newest)
    return newest
