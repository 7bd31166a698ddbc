"""What was really done, as plain values: the only input of the aftercare sheet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aftercare.vocabulary import ANSWERS, AREAS, CONTENTS, FLAGS, MODALITIES, PHOTOTYPES
from clinic.accounts.countries import CallForHelp, call_for_help

# Deeper than any device reaches: a slip of the pen, not a treatment.
DEEPEST_MM = 10
SHALLOWEST_MM = 0.01
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""No treatment was, or is yet, outside of these; dates on the sheet reach a year further."""
MOST_SESSIONS = 1000


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
    """The clinic as the client reaches it; `country` is a code of `clinic.accounts.countries`."""

    name: str
    address: str
    phone: str
    emergency_phone: str
    out_of_hours: str
    country: str = ""

    @property
    def help(self) -> CallForHelp:
        """The numbers of its country."""
        return call_for_help(self.country)


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
class Detail:
    """One line of the record in words: the device, a lot, what was put on the skin."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class TreatmentFacts:
    """One treatment. ``depths_mm`` maps each treated area to its greatest depth in millimetres.

    ``treated_at`` is the end of treatment, aware; ``time_zone`` is the clinic's, by IANA name.
    ``phototype`` is Fitzpatrick I–VI, or None where it is not known. ``answers`` are those that the
    advice goes by. ``stopped`` and ``reaction`` are in words, empty when nothing of the kind was;
    ``event_open``: an adverse event of the client is open. Raises ``FactsError``.
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
    answers: Mapping[str, str] = field(default_factory=dict)
    products: tuple[Product, ...] = ()
    excluded_zones: tuple[str, ...] = ()
    previous: Session | None = None
    date_of_birth: date | None = None
    client_number: str = ""
    client_language: str = ""
    record_number: str = ""
    details: tuple[Detail, ...] = ()
    stopped: str = ""
    reaction: str = ""
    event_open: bool = False
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
    def given(self) -> frozenset[str]:
        """The answers, each as ``question=value``."""
        return frozenset(f"{name}={value}" for name, value in self.answers.items())

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
        """The flags, and those that the other facts imply.

        Dark-mark precautions hold for phototypes IV–VI and for an unknown one.
        """
        implied = set() if self.phototype in ("I", "II", "III") else {"pih_precautions"}
        if self.excluded_zones:
            implied.add("exclude_zone")
        return self.flags | implied


def band_of(modality: str, depth_mm: float) -> str:
    """The depth band: below 0.5, below 1.0, below 1.5, from 1.5 on; RF is its own at any depth."""
    if modality == "RF_MN":
        return "RF"
    if depth_mm < 0.5:
        return "LT_0_5"
    if depth_mm < 1.0:
        return "B0_5_1"
    return "B1_1_5" if depth_mm < 1.5 else "GT_1_5"


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
    if not FIRST_YEAR <= facts.treated_at.year <= LAST_YEAR:
        raise FactsError("treated_at", f"the year must be from {FIRST_YEAR} to {LAST_YEAR}")
    if facts.phototype is not None and facts.phototype not in PHOTOTYPES:
        raise FactsError("phototype", f"must be one of {', '.join(PHOTOTYPES)}, or not known")
    if facts.session_number < 1:
        raise FactsError("session_number", "the first session is number 1")
    if facts.session_number > MOST_SESSIONS:
        raise FactsError("session_number", f"must be at most {MOST_SESSIONS}")
    if not facts.depths_mm:
        raise FactsError("depths_mm", "at least one treated area and its depth is needed")
    _check_session("", facts.modality, facts.depths_mm)
    if facts.previous is not None:
        depth = {"depth_mm": facts.previous.depth_mm}
        _check_session("previous.", facts.previous.modality, depth)
    _check_known("depths_mm", facts.depths_mm, AREAS)
    _check_known("flags", facts.flags, FLAGS)
    _check_known("answers", facts.given, ANSWERS)
    for number, product in enumerate(facts.products):
        _check_known(f"products[{number}].contains", product.contains, CONTENTS)


def _check_session(at: str, modality: str, depths_mm: Mapping[str, float]) -> None:
    if modality not in MODALITIES:
        raise FactsError(f"{at}modality", f"must be one of {', '.join(MODALITIES)}")
    for name, depth in depths_mm.items():
        if not (isfinite(depth) and SHALLOWEST_MM <= depth <= DEEPEST_MM):
            raise FactsError(
                f"{at or 'depths_mm.'}{name}", f"must be more than 0 and at most {DEEPEST_MM} mm"
            )


def _check_known(field: str, values: Collection[str], known: Collection[str]) -> None:
    if unknown := sorted(set(values) - set(known)):
        raise FactsError(field, f"there is no {unknown[0]!r}")
