"""The steps of the journey, each made on top of the one before."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from clinic.booking.models import Appointment, CheckIn
from clinic.clients.models import Client
from clinic.consent.freeze import content_sha256
from clinic.consent.models import Consent, ConsentText, Signature
from clinic.consent.reading import current
from clinic.consent.saying import CAPACITY
from clinic.core.actor import SYSTEM, Actor
from clinic.core.fields import acted_by
from clinic.intake.models import NEVER, Clearance, Finding, Intake, Level, Screening, Submission
from clinic.procedures.models import Procedure
from clinic.treatments.models import TreatedArea, Treatment, TreatmentRecord
from screening.engine import answers_hash
from tests.factories.days import MONDAY, NOW, TUESDAY, at
from tests.factories.people import Cast, pack

PLAN: dict[str, Any] = {
    "depth_mm": "0.50",
    "areas": ["cheeks", "forehead"],
    "anaesthetic_planned": False,
}
ROSACEA: dict[str, Any] = {
    "code": "rosacea",
    "outcome": "calm",
    "level": Level.REVIEW,
    "title": "Rosacea",
    "message": "A practitioner must check that your rosacea is calm.",
    "rationale": "Needling inflamed skin can make a flare worse.",
    "evidence": "source+policy",
    "sources": ["S000", "R51"],
    "question_ids": ["rosacea"],
    "override_by": "practitioner",
}


def _fresh(row: Any) -> Any:
    row.refresh_from_db()  # strings become decimals, generated columns are read
    return row


def intake(who: Client, procedure: Procedure, **fields: Any) -> Intake:
    """An open questionnaire with nothing answered."""
    values = PLAN | {"planned_date": TUESDAY, "started_at": NOW} | fields
    made = Intake.objects.create(
        client=who, site=procedure.site, procedure=procedure, pack=pack(), **values
    )
    return _fresh(made)  # type: ignore[no-any-return]


def submission(
    who: Client, procedure: Procedure, *, answers: Any = None, heard: Any = None, **plan: Any
) -> Submission:
    """Frozen answers (an empty set unless told otherwise)."""
    made_from = intake(who, procedure, submitted_at=NOW, answers=answers or {}, **plan)
    return Submission.objects.create(
        intake=made_from,
        client=who,
        pack=made_from.pack,
        answers=answers or {},
        heard=heard or {},
        wording=[],
        answers_sha256=answers_hash(answers or {}),
        assessment_date=MONDAY,
        submitted_at=NOW,
        **acted_by(SYSTEM),
    )


@transaction.atomic
def screening(
    who: Client,
    procedure: Procedure,
    *,
    findings: list[dict[str, Any]] | None = None,
    answers: Any = None,
    heard: Any = None,
    **fields: Any,
) -> Screening:
    """A live screening: clear without `findings`, else at their worst level.

    Each finding is a dict over `ROSACEA`. `hard_stop` follows from a CONTRAINDICATED "never".
    """
    merged = [ROSACEA | finding for finding in findings or []]
    level = max((int(f["level"]) for f in merged), default=0)
    stop = any(f["level"] == 4 and f["override_by"] == "never" for f in merged)
    plan = {key: fields.pop(key, PLAN[key]) for key in PLAN}
    values = {
        "planned_date": TUESDAY,
        "assessment_date": MONDAY,
        "complete": True,
        "level": level,
        "clear_from": NEVER if level >= 2 else MONDAY,
        "windows_end": MONDAY,
        "hard_stop": stop,
        "result": {},
        "screened_at": NOW,
    } | fields
    frozen = submission(who, procedure, answers=answers, heard=heard, **plan)
    made = Screening.objects.create(
        submission=frozen,
        client=who,
        site=procedure.site,
        procedure=procedure,
        pack=frozen.pack,
        **values,
        **plan,
        **acted_by(SYSTEM),
    )
    for position, finding in enumerate(merged):
        Finding.objects.create(screening=made, position=position, **finding)
    return _fresh(made)  # type: ignore[no-any-return]


def clearance(who: Client, procedure: Procedure, **fields: Any) -> Clearance:
    """A live clearance from a clear screening, valid for 30 days from Monday 1 June 2026."""
    screened = fields.pop("screening", None) or screening(
        who, procedure, **{k: fields[k] for k in PLAN if k in fields}
    )
    values = PLAN | {
        "basis": "SCREENING",
        "screening_clear_from": screened.clear_from,
        "valid_from": MONDAY,
        "valid_until": MONDAY + timedelta(days=30),
        "granted_at": NOW,
    }
    made = Clearance.objects.create(
        client=who,
        site=procedure.site,
        procedure=procedure,
        screening=screened,
        **(values | fields),
        **acted_by(SYSTEM),
    )
    return _fresh(made)  # type: ignore[no-any-return]


def appointment(
    cast: Cast,
    who: Client,
    *,
    held: Clearance | None = None,
    start: datetime | None = None,
    **fields: Any,
) -> Appointment:
    """Booked for Tuesday 16 June 2026 at 10:00 with Petra in Room 1, on a live clearance."""
    held = held or clearance(who, fields.get("procedure") or cast.pen)
    start = start or at(TUESDAY, 10)
    day: date = start.date()
    deep = held.procedure.modality == "RF_MN" or held.depth_mm >= Decimal("1.5")
    values = {
        "procedure": held.procedure,
        "practitioner": cast.petra,
        "room": cast.room,
        "starts_at": start,
        "ends_at": start + timedelta(hours=1),
        "time_zone": "Europe/London",
        "local_day": day,
        "rest_until": day + timedelta(days=42 if deep else 28),
        "clearance_valid_from": held.valid_from,
        "clearance_valid_until": held.valid_until,
        "clearance_depth_mm": held.depth_mm,
        "clearance_anaesthetic": held.anaesthetic_planned,
        "depth_mm": held.depth_mm,
        "areas": held.areas,
        "anaesthetic_planned": held.anaesthetic_planned,
        "booked_at": NOW,
    } | fields
    return _fresh(  # type: ignore[no-any-return]
        Appointment.objects.create(client=who, site=held.site, clearance=held, **values)
    )


def consent(
    cast: Cast,
    who: Client,
    screened: Screening,
    *,
    signed: bool = True,
    countersigned: bool = True,
    expires_on: date = MONDAY + timedelta(days=180),
) -> Consent:
    """A consent given on Monday 1 June 2026, with cooling-off long past by the 16th."""
    text, _ = ConsentText.objects.get_or_create(
        modality=screened.procedure.modality,
        version=current().version,
        defaults={"sha256": current().sha256, "published_at": NOW},
    )
    content = {"client": {"name": who.full_name}}
    made = Consent.objects.create(
        client=who,
        site=screened.site,
        procedure=screened.procedure,
        screening=screened,
        text=text,
        content=content,
        content_sha256=content_sha256(content),
        prepared_at=NOW,
        handed="TABLET",
        given_at=NOW,
        cooling_off_until=NOW + timedelta(hours=48),
        expires_on=expires_on,
        depth_mm=screened.depth_mm,
        areas=screened.areas,
        anaesthetic_planned=screened.anaesthetic_planned,
        **acted_by(cast.actor(cast.fred)),
    )
    if signed:
        _sign(made, "CLIENT", who.full_name, _client_actor(who))
    if signed and countersigned:
        _sign(made, "PRACTITIONER", cast.petra.name, cast.actor(cast.petra), signed_by=cast.petra)
    return _fresh(made)  # type: ignore[no-any-return]


def _client_actor(who: Client) -> Actor:
    return Actor(kind="client", id=who.pk, name=who.full_name, site_id=who.site_id)


def _sign(on: Consent, kind: str, name: str, actor: Actor, **fields: Any) -> None:
    Signature.objects.create(
        consent=on,
        kind=kind,
        method="TYPED",
        printed_name=name,
        meaning="I agree to this treatment.",
        **({"capacity": list(CAPACITY), "asked": False} if kind == "PRACTITIONER" else {}),
        content_sha256=on.content_sha256,
        signed_at=NOW + timedelta(hours=48),
        **fields,
        **acted_by(actor),
    )


def check_in(cast: Cast, booked: Appointment, *, nothing_new: bool = True) -> CheckIn:
    """Identity confirmed at the desk on the day."""
    return CheckIn.objects.create(
        appointment=booked,
        client=booked.client,
        local_day=booked.local_day,
        identity_confirmed=True,
        answers={},
        nothing_new=nothing_new,
        at=booked.starts_at - timedelta(minutes=10),
        **acted_by(cast.actor(cast.fred)),
    )


def treatment(cast: Cast, booked: Appointment, **fields: Any) -> Treatment:
    """A running treatment with everything live that it needs."""
    agreed = consent(cast, booked.client, booked.clearance.screening)
    checked = check_in(cast, booked)
    values = {
        "procedure": booked.procedure,
        "practitioner": booked.practitioner,
        "consent": agreed,
        "text": agreed.text,
        "check_in": checked,
        "time_zone": booked.time_zone,
        "local_day": booked.local_day,
        "cooling_off_until": agreed.cooling_off_until,
        "max_depth_mm": booked.depth_mm,
        "consent_depth_mm": agreed.depth_mm,
        "session_number": 1,
        "started_at": booked.starts_at,
    } | fields
    return _fresh(  # type: ignore[no-any-return]
        Treatment.objects.create(
            appointment=booked,
            client=booked.client,
            site=booked.site,
            **values,
            **acted_by(cast.actor(cast.petra)),
        )
    )


def treatment_record(cast: Cast, under_way: Treatment, **fields: Any) -> TreatmentRecord:
    """The signed record of a treatment on every planned area."""
    values = {
        "device": "SkinPen Precision",
        "cartridge_lot": "LOT-4711",
        "cartridge_expiry": date(2027, 12, 31),
        "performed_on": under_way.local_day,
        "meaning": "This is what I did.",
        "finished_at": under_way.started_at + timedelta(minutes=40),
        "signed_at": under_way.started_at + timedelta(minutes=45),
        "signed_by": under_way.practitioner,
    } | fields
    record = TreatmentRecord.objects.create(
        treatment=under_way, client=under_way.client, **values, **acted_by(cast.actor(cast.petra))
    )
    for area in under_way.appointment.areas:
        TreatedArea.objects.create(
            record=record,
            treatment=under_way,
            area=area,
            depth_mm=under_way.max_depth_mm,
            max_depth_mm=under_way.max_depth_mm,
            passes=3,
        )
    return record
