"""Which example a page is shown with. A page that is not named here has what its address asks."""

from collections.abc import Callable, Mapping
from typing import Any

from clinic.booking.models import Appointment
from clinic.clients.models import ClientLink
from clinic.core.actor import Role
from clinic.journey.demo.rows import Rows, key

Purpose = ClientLink.Purpose
Find = Callable[[Rows], Any]
Link = Callable[[Rows], ClientLink]

POSTED = frozenset(
    {
        "accounts:sign_out",
        "accounts:switch_site",
        "packs:advance",
        "packs:bring_in",
        "intake:send_link",
        "review:ask_client",
        "consent:give",
        "consent:hand_over",
        "consent:photos",
        "consent:client_photos",
        "consent:send_link",
        "treatments:start",
        "treatments:sign",
        "treatments:draft",
        "treatments:correction_draft",
        "treatments:nothing_done",
        "aftercare:issue",
        "aftercare:send_link",
    }
)
"""No pages of their own: they answer only to a form that is sent."""

ASKED_FIRST = (
    Role.FRONT_DESK,
    Role.PRESCRIBER,
    Role.CLINICAL_LEAD,
    Role.MANAGER,
    Role.PRACTITIONER,
    Role.AUDITOR,
)
"""Of several roles that may open a page, the one to show it as."""

SIGNED_BY: Mapping[str, Role] = {"review:confirm": Role.CLINICAL_LEAD}
QUERIES: Mapping[str, str] = {"clients:find": "?q=an", "clients:new": "?q=Maya+Lind"}

PARAMETERS: Mapping[str, Find] = {
    "client_id": lambda rows: key(rows.clients()),
    "user_id": lambda rows: key(rows.practitioners(), "user_id"),
    "procedure_id": lambda rows: key(rows.procedures()),
    "intake_id": lambda rows: key(rows.drafts()),
    "section": lambda rows: "medicines",
    "screening_id": lambda rows: key(rows.screenings()),
    "submission_id": lambda rows: key(rows.submissions()),
    "decision_id": lambda rows: key(rows.awaiting()),
    "clearance_id": lambda rows: key(rows.patch_tests(), "clearance_id"),
    "patch_id": lambda rows: key(rows.patch_tests()),
    "consent_id": lambda rows: key(rows.consents(2)),
    "appointment_id": lambda rows: key(rows.appointments()),
    "treatment_id": lambda rows: key(rows.begun()),
    "record_id": lambda rows: key(rows.records()),
    "deviation_id": lambda rows: key(rows.deviations()),
    "sheet_id": lambda rows: key(rows.records(), "sheet__pk"),
    "event_id": lambda rows: key(rows.events()),
    "pack_id": lambda rows: key(rows.rules()),
    "draft_id": lambda rows: key(rows.drafts_of_rules()),
    "part": lambda rows: "rules",
    "code": lambda rows: "topical_actives",
    "direction": lambda rows: "worse",
    "kind": lambda rows: "entry",
    "name": lambda rows: "warfarin",
    "form": lambda rows: "files",
}


def _in_draft(**named: str) -> Mapping[str, Find]:
    """What a draft's page is addressed by, besides the draft."""
    return {parameter: _always(value) for parameter, value in named.items()}


def _always(value: str) -> Find:
    return lambda rows: value


PAGES: Mapping[str, Mapping[str, Find]] = {
    "intake:start": {"client_id": lambda rows: key(rows.screenings(), "client_id")},
    "intake:amend": {
        "client_id": lambda rows: key(rows.screenings(), "client_id"),
        "procedure_id": lambda rows: key(rows.screenings(), "procedure_id"),
    },
    "review:case": {"screening_id": lambda rows: key(rows.flagged())},
    "review:case_file": {
        "screening_id": lambda rows: key(rows.flagged()),
        "form": lambda rows: "fhir-r4b",
    },
    "consent:sign": {"consent_id": lambda rows: key(rows.consents(0))},
    "consent:refuse": {"consent_id": lambda rows: key(rows.consents(0))},
    "consent:countersign": {"consent_id": lambda rows: key(rows.consents(1))},
    "booking:book": {
        "client_id": lambda rows: key(rows.screenings(), "client_id"),
        "procedure_id": lambda rows: key(rows.screenings(), "procedure_id"),
    },
    "treatments:treat": {
        "appointment_id": lambda rows: key(rows.appointments(Appointment.Status.ARRIVED))
    },
    "packs:question": _in_draft(name="topical_actives"),
    "packs:source": _in_draft(name="R34"),
    "packs:asked": _in_draft(name="topical_actives_date"),
    "packs:retire": _in_draft(part="rules", name="topical_actives"),
    "packs:entry": _in_draft(part="lexicon", kind="entry", name="warfarin"),
    "packs:retire_entry": _in_draft(part="lexicon", kind="entry", name="warfarin"),
    "packs:new_entry": _in_draft(part="lexicon"),
    "packs:case": _in_draft(name="V01"),
    "packs:publish": {"draft_id": lambda rows: key(rows.drafts_of_rules(approved=True))},
    "treatments:record": {"treatment_id": lambda rows: key(rows.records(), "treatment_id")},
}

LINKS: Mapping[str, Link] = {
    "clients:link": lambda rows: rows.link(Purpose.INTAKE, rows.drafts()),
    "intake:client_start": lambda rows: rows.link(Purpose.INTAKE, rows.drafts()),
    "intake:client_section": lambda rows: rows.link(Purpose.INTAKE, rows.drafts()),
    "intake:client_check": lambda rows: rows.link(Purpose.INTAKE, rows.drafts()),
    "intake:client_done": lambda rows: rows.link(Purpose.INTAKE, rows.handed_in()),
    "consent:client_sign": lambda rows: rows.link(Purpose.CONSENT, rows.consents(0)),
    "consent:client_read": lambda rows: rows.link(Purpose.CONSENT, rows.consents(0)),
    "consent:client_refuse": lambda rows: rows.link(Purpose.CONSENT, rows.consents(0)),
    "consent:client_withdraw": lambda rows: rows.link(Purpose.CONSENT, rows.consents(2)),
    "consent:client_done": lambda rows: rows.link(Purpose.CONSENT, rows.consents(2)),
    "consent:client_pdf": lambda rows: rows.link(Purpose.CONSENT, rows.consents(2)),
    "consent:client_original": lambda rows: rows.link(Purpose.CONSENT, rows.consents(2)),
    "consent:client_photos": lambda rows: rows.link(Purpose.CONSENT, rows.consents(2)),
    "aftercare:client_sheet": lambda rows: rows.link(
        Purpose.AFTERCARE, rows.records(), "sheet__pk"
    ),
    "aftercare:client_pdf": lambda rows: rows.link(Purpose.AFTERCARE, rows.records(), "sheet__pk"),
    "aftercare:client_original": lambda rows: rows.link(
        Purpose.AFTERCARE, rows.records(), "sheet__pk"
    ),
}
