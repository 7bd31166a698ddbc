"""The words of this room: endpoints, limits from the screening, and why something is refused."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from clinic.procedures.areas import AREA_WORDS
from clinic.treatments.checks import Problem
from clinic.treatments.deviations import Differs, Kind
from screening.vocabulary import of_client

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ENDPOINTS = {
    "redness": _("Redness"),
    "pinpoint_bleeding": _("Pinpoint bleeding"),
    "swelling": _("Swelling"),
    "none": _("None of these"),
}

MEANING = _(
    "I carried out this treatment as recorded here. I checked the settings, the cartridge and the "
    "products, and I take responsibility for this record."
)
CORRECTION_MEANING = _(
    "This corrects an earlier record of the same treatment. It says what was really done, and I "
    "take responsibility for it."
)

FLAGS: dict[str, "_StrPromise"] = {
    "no_topical_anaesthetic": _("No numbing cream"),
    "exclude_zone": _("Leave out the spots you agreed on: mole, tattoo, wart, filler or metal"),
    "do_not_stop_medicine": _("Do not stop medicine: the client keeps taking it as prescribed"),
    "anaphylaxis_alert": _("Severe allergy in the past: have the emergency kit beside you"),
    "latex_free": _("Reacts to latex: use latex-free gloves"),
    "avoid_chlorhexidine": _("Reacts to chlorhexidine: use another antiseptic"),
    "avoid_iodine": _("Reacts to iodine: use another antiseptic"),
    "avoid_alcohol_wipes": _("Reacts to alcohol wipes: clean the skin with something else"),
    "avoid_adhesive": _("Reacts to plasters and tape: use none"),
    "metal_allergy": _("Reacts to a metal: check the needle material first"),
    "product_allergy": _("Reacts to a skin product: read every label first"),
    "past_reaction": _("Reacted to a treatment before: read the answers first"),
    "antiviral_check": _("Cold sores: ask whether the prescribed tablets were started"),
    "bruise_risk": _("Bruises easily: press longer, use a cold cloth"),
    "infection_watch": _(
        "Higher risk of infection: take extra care, photograph on days 1, 3 and 7"
    ),
    "slow_healing_advice": _("May heal slowly"),
    "scar_watch": _("Raised scars in the family or before: watch for thick scars"),
    "fat_loss_risk": _("Radiofrequency: risk of fat loss, photograph at weeks 4 and 12"),
    "pih_precautions": _("Risk of dark marks: work gently, strict sun protection after"),
    "strict_sun": _("Skin is sensitive to sun: strict sun protection after"),
    "sensitive_skin": _("Sensitive skin: fewer products, no heat"),
    "test_patch": _("A test patch is needed first"),
    "lie_flat": _("Has fainted before: treat lying flat"),
    "prepare_room": _("Prepare the room for this client's needs"),
    "speak_alone": _("Speak with the client alone first"),
    "support_needed": _("Needs support: ask what helps"),
    "bdd_screen": _("Talk about what the client hopes for before you start"),
    "stop_home_needling": _("Needles at home: ask that it stops during the course"),
    "answers_stale": _("The answers are old: have them confirmed before you start"),
    "antiviral_taken": _("Cold sores: takes prescribed tablets around this treatment"),
    "bring_inhaler": _("Uses an inhaler: have it within reach"),
    "deep": _("1.5 mm or more: check the depth for every area"),
    "diabetes": _("Diabetes: take extra care against infection"),
    "hormone_sun": _("Takes hormones: sun can leave dark marks, strict sun protection after"),
    "hsv_history": _("Has had cold sores"),
    "isotretinoin_past": _("Took isotretinoin, or is not sure: read the answer first"),
    "koebner": _("Skin disease can spread to needled skin: work gently"),
    "leave_out_hair": _("Leave out brows, beard and hairline"),
    "longer_gap": _("Plan the next session after 42 days or more"),
    "look_on_the_day": _("Look at the dark patches before you start"),
    "melasma_or_marks": _("Dark patches or marks: look at them before you start"),
    "minoxidil_wait": _("Minoxidil on the scalp: agree when it is used again"),
    "no_benzocaine": _("No benzocaine"),
    "no_ester_anaesthetic": _("No tetracaine, benzocaine or other ester anaesthetic"),
    "no_prilocaine": _("No prilocaine"),
    "numbing_area_limit": _("Numbing cream on fewer areas, or none"),
    "pad_away_from_metal": _("Keep the return pad away from the metal"),
    "phototype_iv_vi": _("Skin tone IV to VI, or not sure: dark marks come more easily"),
    "rf_prescriber": _("Radiofrequency: decided by a prescriber"),
    "scar_prone": _("Gets raised scars, or close family does"),
    "short_numbing_time": _("Eczema: numbing cream for 15 to 30 minutes at most"),
    "slow_healing": _("Cuts heal slowly, or not sure: take extra care against infection"),
    "takes_blood_thinner": _("Takes a medicine that thins the blood: press longer"),
    "test_area": _("Start with a small test area"),
}
"""Flags of the screening pack as what the practitioner does; most urgent first."""

PROBLEMS = {
    Problem.NO_AREA: _(
        "Tick at least one treated area. If nothing was treated, stop the treatment instead."
    ),
    Problem.TWICE: _("Each side of an area is recorded once, at its greatest depth."),
    Problem.NO_DEPTH: _("Give a depth of more than 0 mm."),
    Problem.PASSES: _("Give a whole number from 1 to 20."),
    Problem.NUMBING_AMOUNT: _("Give a number of more than 0."),
    Problem.ZONES_MISSING: _(
        "Write which spots you left out, or tick that they were not left out. The client's sheet "
        "names them, so that they can be watched."
    ),
    Problem.ZONES_TOO_MANY: _("Name at most 8 spots, in a few words each."),
    Problem.FINISHED_BEFORE_START: _("This is before the treatment began."),
    Problem.FINISHED_IN_FUTURE: _("This is later than now."),
}

DEVIATIONS: dict[Kind, "_StrPromise"] = {
    Kind.TOO_DEEP: _("Deeper than cleared"),
    Kind.OTHER_AREA: _("An area that was not cleared"),
    Kind.CARTRIDGE_EXPIRED: _("A cartridge out of date"),
    Kind.PRODUCT_EXPIRED: _("A product out of date"),
    Kind.NUMBING: _("Numbing cream that was not cleared"),
    Kind.SPOTS_TREATED: _("Spots that should have been left out"),
    Kind.START_TIME: _("Another start than recorded"),
    Kind.AFTER_THE_STOP: _("Carried on after the stop"),
    Kind.WRONG_CLIENT: _("The record of another client"),
}
_DIFFERS: dict[Kind, "_StrPromise"] = {
    Kind.TOO_DEEP: _("%(about)s: %(done)s mm; cleared were at most %(planned)s mm."),
    Kind.OTHER_AREA: _("%(about)s was not cleared for this visit."),
    Kind.CARTRIDGE_EXPIRED: _("Lot %(about)s was to be used by %(planned)s."),
    Kind.PRODUCT_EXPIRED: _("%(about)s was to be used by %(planned)s."),
    Kind.NUMBING: _("%(about)s was used; numbing cream was not cleared for this visit."),
    Kind.SPOTS_TREATED: _("The spots that the screening asks to leave out were treated."),
    Kind.START_TIME: _("It began at %(done)s; %(planned)s was recorded."),
    Kind.AFTER_THE_STOP: _("It was stopped at %(planned)s and ended at %(done)s."),
}
BESIDE: dict[Kind, "_StrPromise"] = {
    Kind.TOO_DEEP: _(
        "This is deeper than what was cleared. Check the number. If it was really this deep, say "
        "why below."
    ),
    Kind.CARTRIDGE_EXPIRED: _(
        "A cartridge was out of date on the day of treatment. Check the date on the pack. If it is "
        "right, say why below."
    ),
    Kind.NUMBING: _("Numbing cream is not cleared for this visit. If it was used, say why below."),
}
"""What is said beside the field itself, where a slip of the pen is likely."""
NOT_EXPLAINED = _("Some of this differs from what was cleared. Say why, and what you did about it.")


def say_difference(differs: Differs) -> str:
    """One deviation as a sentence with its facts."""
    about = str(AREA_WORDS.get(differs.about, differs.about))
    facts = {"about": about, "planned": differs.planned, "done": differs.done}
    return str(_DIFFERS[differs.kind]) % facts


NOT_A_CLINICIAN = _("Only a practitioner can do this.")
NOT_A_PERFORMER = _(
    "You are not on the list of people who perform this procedure. A manager can add you."
)
NOT_YOURS = _("%(name)s began this treatment and signs for it. The clinical lead may do so too.")
ALREADY_STARTED = _("%(name)s began this treatment at %(time)s. Nothing was started twice.")
NOT_TREATABLE = _("This treatment cannot start now. The page says what is missing.")
STOPPED_MEANWHILE = _(
    "This treatment was stopped a moment ago. Sign what was done until then, or say that nothing "
    "was done."
)
ALREADY_ENDED = _("This treatment has already ended. Nothing of yours was stored.")
NOT_SIGNED = _("This record was not signed. Please check the answers that are marked.")
STILL_RUNNING = _("This treatment is still running. Sign its record first.")
CORRECTED_MEANWHILE = _(
    "Somebody else has corrected this record while you had it open. Nothing of yours was stored. "
    "Read the new record first."
)
VOID_MEANING = _(
    "The record in place of which this stands is of another client. Nothing in it was done to "
    "%(name)s."
)
VOID_STAYS = _("This record was voided. Start a new treatment for what was done.")
NO_ACTION = _("Say what was done about it, in a few words.")
LEADS_ONLY = _("Only the clinical lead can do this.")
NO_NOTE = _("Write a note, in a few words.")
SEEN_ALREADY = _("Somebody has already acknowledged this.")
NO_CAUSE = _("Say why, in a few words.")

START_PROMISES = {
    "a_running_treatment_holds_a_live_appointment": _(
        "The appointment has changed or is on hold. Look at it again before you start."
    ),
    "a_running_treatment_holds_a_live_consent": _(
        "The consent is no longer in force. Nothing may start without it."
    ),
    "the_consent_is_for_that_text": _("The consent is for another text."),
    "the_text_is_current": _("The consent text has changed. The client needs to read the new one."),
    "the_client_has_signed": _("The client has not signed the consent yet."),
    "the_practitioner_has_countersigned": _("The consent waits for a countersignature."),
    "checked_in_today_with_nothing_new": _("The client is not checked in today with nothing new."),
    "nothing_new_at_check_in": _("Something new was said at check-in. It must be looked at first."),
    "not_before_the_cooling_off_has_passed": _("The client's time to think is not over yet."),
    "no_deeper_than_consented": _("This is deeper than what the client agreed to."),
    "treated_on_the_day": _("This appointment is for another day."),
    "a consent to other answers": _(
        "The answers have changed since the consent text was given. Give the new text."
    ),
    "an area, numbing or day that was not consented to": _(
        "The client has not agreed to this area, to numbing, or the consent has run out."
    ),
    "appointment_id": _("Somebody else has just started this treatment."),
}
"""Constraints that `start` may meet when something changes between looking and writing."""

RECORD_PROMISES = {
    "an_area_has_a_depth": PROBLEMS[Problem.NO_DEPTH],
    "a_cartridge_has_a_lot": _("Give the lot on the cartridge's pack."),
    "one_first_record_per_treatment": ALREADY_ENDED,
    "what has ended stays ended": ALREADY_ENDED,
    "nothing was done, so there is no record": ALREADY_ENDED,
    "supersedes_id": CORRECTED_MEANWHILE,
}


ALLERGENS = {
    "latex_free": ("latex", _("latex")),
    "avoid_chlorhexidine": ("chlorhexidine", _("chlorhexidine")),
    "avoid_adhesive": ("adhesive", _("plaster glue")),
    "avoid_iodine": ("iodine", _("iodine")),
    "avoid_alcohol_wipes": ("alcohol", _("alcohol")),
}
"""By flag: what a care product may contain that this client reacts to, and its word."""


def reacts_to(flags: Iterable[str]) -> dict[str, "_StrPromise"]:
    """The contents that this client must not get, with their words."""
    return dict(ALLERGENS[flag] for flag in ALLERGENS if flag in set(flags))


def say_flags(flags: Iterable[str]) -> list["_StrPromise | str"]:
    """The flags as sentences, most urgent first; one without words is told by its code."""
    chosen = set(of_client(flags))
    known = [words for flag, words in FLAGS.items() if flag in chosen]
    return [*known, *sorted(chosen - FLAGS.keys())]
