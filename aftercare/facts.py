"""What was really done, as plain values: the only input of the aftercare sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MODALITIES = ("MN_PEN", "MN_ROLLER", "RF_MN")
BANDS = ("LT_0_5", "B0_5_1", "B1_1_5", "GT_1_5", "RF")
PHOTOTYPES = ("I", "II", "III", "IV", "V", "VI")
FACE_AREAS = frozenset({"forehead", "periorbital", "cheeks", "nose", "perioral", "chin_jaw"})
AREAS = FACE_AREAS | {
    *("neck", "chest", "abdomen", "back", "arms", "hands", "legs", "scalp"),
    *("eyelid", "lip_red", "inside_mouth", "nipple", "genital"),
}
HEAD_AREAS = FACE_AREAS | {"scalp", "eyelid", "lip_red", "inside_mouth"}

# Every flag the screening pack can raise; a flag nobody knows must not pass in silence.
FLAGS = frozenset(
    "anaphylaxis_alert antiviral_check avoid_adhesive avoid_alcohol_wipes avoid_chlorhexidine"
    " avoid_iodine bdd_screen bruise_risk do_not_stop_medicine exclude_zone fat_loss_risk"
    " infection_watch latex_free lie_flat metal_allergy no_topical_anaesthetic past_reaction"
    " pih_precautions prepare_room product_allergy scar_watch sensitive_skin slow_healing_advice"
    " speak_alone stop_home_needling strict_sun support_needed test_patch".split()
)
CONTENTS = ("latex", "chlorhexidine", "adhesive", "iodine", "alcohol")


class FactsError(ValueError):
    """A fact is missing or cannot be right. ``field`` names it, ``problem`` says what to do."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class MissingEmergencyContact(FactsError):
    """The clinic has no emergency number, so no sheet may be issued."""


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """The clinic as the client reaches it."""

    name: str
    address: str
    phone: str
    emergency_phone: str
    out_of_hours: str


@dataclass(frozen=True, kw_only=True)
class Product:
    """A care product given at the visit. ``contains`` names what a client may react to."""

    name: str
    how_often: str
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Session:
    """An earlier session, for what is different this time. Depth in millimetres."""

    modality: str
    depth_mm: float


@dataclass(frozen=True, kw_only=True)
class TreatmentFacts:
    """One treatment. ``depths_mm`` maps each treated area to its greatest depth in millimetres.

    ``treated_at`` is the end of treatment, aware; ``time_zone`` is the clinic's, by IANA name.
    ``phototype`` is Fitzpatrick I–VI, or None where it is not known. Raises ``FactsError``.
    """

    first_name: str
    full_name: str
    treated_at: datetime
    time_zone: str
    modality: str
    depths_mm: Mapping[str, float]
    clinic: Clinic
    practitioner: str
    numbing_used: bool
    session_number: int
    phototype: str | None = None
    flags: frozenset[str] = frozenset()
    products: tuple[Product, ...] = ()
    excluded_zones: tuple[str, ...] = ()
    previous: Session | None = None
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_people(self)
        _check_clinic(self.clinic)
        _check_treatment(self)
        try:
            object.__setattr__(self, "_zone", ZoneInfo(self.time_zone))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise FactsError("time_zone", f"there is no time zone {self.time_zone!r}") from error

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone."""
        return self._zone

    @property
    def areas(self) -> tuple[str, ...]:
        """The treated areas, in the order recorded."""
        return tuple(self.depths_mm)

    @property
    def greatest_depth_mm(self) -> float:
        """The deepest of all areas."""
        return max(self.depths_mm.values())

    @property
    def band(self) -> str:
        """The depth band; the deepest area decides."""
        return band_of(self.modality, self.greatest_depth_mm)

    @property
    def effective_flags(self) -> frozenset[str]:
        """The flags, with dark-mark precautions for phototypes IV–VI and for an unknown one."""
        if self.phototype in ("I", "II", "III"):
            return self.flags
        return self.flags | {"pih_precautions"}


def band_of(modality: str, depth_mm: float) -> str:
    """The depth band: below 0.5, below 1.0, to 1.5 included, above; RF is its own at any depth."""
    if modality == "RF_MN":
        return "RF"
    if depth_mm < 0.5:
        return "LT_0_5"
    if depth_mm < 1.0:
        return "B0_5_1"
    return "B1_1_5" if depth_mm <= 1.5 else "GT_1_5"


def _check_people(facts: TreatmentFacts) -> None:
    for name in ("first_name", "full_name", "practitioner"):
        if not getattr(facts, name).strip():
            raise FactsError(name, "a name is needed")


def _check_clinic(clinic: Clinic) -> None:
    if sum(c.isdigit() for c in clinic.emergency_phone) < 3:
        raise MissingEmergencyContact(
            "clinic.emergency_phone", "the clinic's emergency number is needed on every sheet"
        )
    for name in ("name", "phone", "out_of_hours"):
        if not getattr(clinic, name).strip():
            raise FactsError(f"clinic.{name}", "this is needed, so that the client can reach you")


def _check_treatment(facts: TreatmentFacts) -> None:
    if facts.treated_at.utcoffset() is None:
        raise FactsError("treated_at", "the time needs its offset, as in 2026-06-16T14:30+02:00")
    if facts.modality not in MODALITIES:
        raise FactsError("modality", f"must be one of {', '.join(MODALITIES)}")
    if facts.phototype is not None and facts.phototype not in PHOTOTYPES:
        raise FactsError("phototype", f"must be one of {', '.join(PHOTOTYPES)}, or not known")
    if facts.session_number < 1:
        raise FactsError("session_number", "the first session is number 1")
    if not facts.depths_mm:
        raise FactsError("depths_mm", "at least one treated area and its depth is needed")
    for area, depth in facts.depths_mm.items():
        if area not in AREAS:
            raise FactsError("depths_mm", f"there is no area {area!r}")
        if not (isfinite(depth) and 0 < depth <= 10):
            raise FactsError(f"depths_mm.{area}", "must be more than 0 and at most 10 mm")
    if unknown := sorted(facts.flags - FLAGS):
        raise FactsError("flags", f"there is no flag {unknown[0]!r}")
    for product in facts.products:
        if unknown := sorted(set(product.contains) - set(CONTENTS)):
            raise FactsError("products.contains", f"{unknown[0]!r} is not one of {CONTENTS}")
