"""What a finding is about, in words for the client. The pack's own title where none is here.

Titles of rules are written for clinicians ("Phototype IV–VI and dark marks").
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TOPICS: "dict[str, _StrPromise]" = {
    "free_choice_and_support": _("Your own choice"),
    "body_image_concern": _("How you feel about your looks"),
    "bruising_products": _("Pills that cause bruises"),
    "immunosuppression": _("Your defences against germs"),
    "photosensitiser": _("A medicine that makes skin burn more easily"),
    "numbing_cream_risk": _("Numbing cream"),
    "free_text_disclosures": _("What you wrote to us"),
    "contact_allergies": _("Other allergies"),
    "skin_cancer_or_suspicious_mark": _("Marks on your skin"),
    "solar_keratosis": _("Rough patches from the sun"),
    "active_acne": _("Acne"),
    "inflammatory_skin_disease": _("Skin disease, such as eczema or psoriasis"),
    "keloid_or_raised_scars": _("Raised scars"),
    "dark_marks_or_melasma": _("Dark marks"),
    "skin_phototype": _("How your skin takes the sun"),
    "poor_healing": _("How your skin heals"),
    "clotting_disorder": _("How your blood clots"),
    "seizures": _("Fits (seizures)"),
    "depth_limit": _("How deep we planned to go"),
    "session_interval": _("Time since your last session"),
    "combo_under18": _("Age"),
    "combo_dark_skin_recent_sun": _("Sun in the last weeks"),
    "combo_dark_skin_marks": _("Dark marks"),
    "combo_blood_thinner_deep": _("Blood thinners and how deep we planned to go"),
    "combo_two_blood_thinners": _("Two blood thinners"),
    "combo_hsv_near_mouth": _("Cold sores, near the mouth"),
    "combo_hsv_immune": _("Cold sores, and your defences against germs"),
    "combo_diabetes_slow_healing": _("Diabetes and how your skin heals"),
    "combo_two_healing_risks": _("How your skin heals"),
    "combo_keloid_family": _("Raised scars in your family"),
    "combo_photosensitiser_dark_skin": _("Your medicine and the sun"),
    "combo_smoker_deep": _("Smoking and how your skin heals"),
    "combo_anaesthetic_risk_planned": _("Numbing cream"),
    "combo_body_image_pressure": _("Time to think"),
}


def topic(code: str, title: str) -> str:
    """What the finding of a rule is about; `title` is the rule's own."""
    return str(TOPICS.get(code, title))
