"""What was done, in words: "client.read" is "Read the record"."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

VERBS: Final[dict[str, "_StrPromise"]] = {
    "account.sign_in": _("Signed in"),
    "account.sign_out": _("Signed out"),
    "account.change_password": _("Changed their password"),
    "staff.add": _("Added a person to the staff"),
    "staff.change": _("Changed a person’s details or roles"),
    "procedure.change": _("Changed a procedure"),
    "client.register": _("Added the client"),
    "client.read": _("Read the record"),
    "client.correct": _("Changed the details"),
    "client.find": _("Searched for a client"),
    "client.list": _("Looked at the list of clients"),
    "event.report": _("Reported an adverse event"),
    "event.close": _("Closed an adverse event"),
    "link.issue": _("Made a private link"),
    "link.open": _("Opened a private link"),
    "link.wrong_date": _("Gave a wrong date of birth on a private link"),
    "audit.read": _("Read who did and read what"),
    "clearance.end": _("Ended a clearance"),
    "appointment.hold": _("Put an appointment on hold"),
}


def say(verb: str) -> str:
    """The words for a verb; one without words of its own is shown as it is, spaced out."""
    return str(VERBS.get(verb) or verb.replace(".", ": ").replace("_", " ").capitalize())
