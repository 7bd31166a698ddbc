"""What was done, in words: "client.read" is "Read the record"."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

VERBS: Final[dict[str, "_StrPromise"]] = {
    "account.change_password": _("Changed their password"),
    "account.sign_in": _("Signed in"),
    "account.sign_out": _("Signed out"),
    "answers.read": _("Read the answers"),
    "appointment.arrive": _("Welcomed the client"),
    "appointment.book": _("Booked an appointment"),
    "appointment.cancel": _("Cancelled an appointment"),
    "appointment.check_in": _("Checked the client in"),
    "appointment.done": _("Finished an appointment"),
    "appointment.hold": _("Put an appointment on hold"),
    "appointment.in_treatment": _("Began an appointment"),
    "appointment.move": _("Moved an appointment"),
    "appointment.no_show": _("Noted that the client did not come"),
    "appointment.rebook": _("Booked an appointment again"),
    "audit.read": _("Read who did and read what"),
    "booking.day": _("Looked at the diary"),
    "clearance.ended": _("Ended a clearance"),
    "clearance.granted": _("Gave a clearance"),
    "client.correct": _("Changed the details"),
    "client.find": _("Searched for a client"),
    "client.list": _("Looked at the list of clients"),
    "client.read": _("Read the record"),
    "client.register": _("Added the client"),
    "consent.countersign": _("Countersigned a consent"),
    "consent.give": _("Gave the consent text"),
    "consent.read": _("Read a consent"),
    "consent.refuse": _("Noted that consent was refused"),
    "consent.seal": _("Sealed a consent"),
    "consent.sign": _("Signed a consent"),
    "consent.supersede": _("Replaced a consent"),
    "consent.withdraw": _("Noted that consent was withdrawn"),
    "consent_text.publish": _("Published a consent text"),
    "event.close": _("Closed an adverse event"),
    "event.report": _("Reported an adverse event"),
    "intake.abandon": _("Put an unfinished intake aside"),
    "intake.plan": _("Changed the plan"),
    "intake.read": _("Read an intake"),
    "intake.save": _("Saved answers"),
    "intake.start": _("Began an intake"),
    "intake.submit": _("Sent the answers"),
    "link.issue": _("Made a private link"),
    "link.open": _("Opened a private link"),
    "link.wrong_date": _("Gave a wrong date of birth on a private link"),
    "procedure.change": _("Changed a procedure"),
    "review.confirm": _("Confirmed or refused a decision"),
    "review.decide": _("Decided a case"),
    "review.list": _("Looked at what waits for review"),
    "review.read": _("Read a case"),
    "screening.ended": _("Ended a screening"),
    "screening.made": _("Screened the answers"),
    "site.open": _("Opened a site"),
    "screening.read": _("Read a screening"),
    "sheet.issue": _("Issued an aftercare sheet"),
    "sheet.read": _("Read an aftercare sheet"),
    "staff.add": _("Added a person to the staff"),
    "staff.change": _("Changed a person’s details or roles"),
    "today.list": _("Looked at today’s clients"),
    "treatment.correct": _("Corrected a treatment record"),
    "treatment.read": _("Read a treatment"),
    "treatment.sign": _("Signed a treatment record"),
    "treatment.start": _("Started a treatment"),
    "treatment.stop": _("Stopped a treatment"),
}


def say(verb: str) -> str:
    """The words for a verb; one without words of its own is shown as it is, spaced out."""
    return str(VERBS.get(verb) or verb.replace(".", ": ").replace("_", " ").capitalize())
