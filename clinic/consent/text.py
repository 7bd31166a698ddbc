"""The consent text as values: every statement with its sources and how well it is founded. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from clinic.intake.lines import Audience

EVIDENCE = ("source", "source+policy", "source+background", "policy", "background")
TIERS = ("common", "less_common", "rare_serious")
SHOWS = ("people", "benefits", "personal", "risks", "contacts", "alternatives", "time")
CHECK_IN = "check_in"
OWN = "own_"
"""Begins the name of a tick that belongs to a personal line."""


@dataclass(frozen=True, kw_only=True)
class Statement(Audience):
    """One statement, and for whom it is.

    `sources` are keys of the screening pack; `evidence` is one of `EVIDENCE`.
    """

    id: str
    text: str
    sources: tuple[str, ...]
    evidence: str
    title: str = ""

    @property
    def awaits_sign_off(self) -> bool:
        """Whether a clinician must still agree: anything of policy or background in it."""
        return self.evidence != "source" or "BG" in self.sources


@dataclass(frozen=True, kw_only=True)
class Variant(Audience):
    """How long an effect lasts, or how it is said, for whom."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Risk(Statement):
    """Something that can go wrong.

    The first of `durations` that applies wins over `duration`, of `variants` over `text`.
    """

    tier: str
    duration: str = ""
    durations: tuple[Variant, ...] = ()
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Personal(Statement):
    """What is special to this client; `acknowledge` is ticked by itself, empty for nothing."""

    acknowledge: str = ""


@dataclass(frozen=True, kw_only=True)
class Benefit(Statement):
    """What needling may do for what the client hopes for, and what it cannot."""

    limits: str


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(Statement):
    """What the client ticks, under the part it belongs to.

    `asked_at` is CHECK_IN for what is asked on the day itself and is not part of this paper.
    """

    part: str
    asked_at: str = ""


@dataclass(frozen=True, kw_only=True)
class Wait(Statement):
    """A reason to wait, in hours from when the text is given."""

    hours: int


@dataclass(frozen=True, kw_only=True)
class Part:
    """One short part to read. `shows` are sets (see `SHOWS`) that follow its lines."""

    id: str
    title: str
    lines: tuple[Statement, ...]
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Text:
    """One published version. `sha256` is of the bytes of its file, in hex."""

    name: str
    version: str
    language: str
    title: str
    sha256: str
    expires_after_months: int
    parts: tuple[Part, ...]
    risks: tuple[Risk, ...]
    personal: tuple[Personal, ...]
    benefits_intro: Statement
    benefits: tuple[Benefit, ...]
    alternatives: tuple[Statement, ...]
    acknowledgements: tuple[Acknowledgement, ...]
    photos: tuple[Statement, ...]
    waits: tuple[Wait, ...]
    process: tuple[Statement, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything that must name its sources."""
        lines = [line for part in self.parts for line in part.lines]
        return (
            *lines,
            *self.risks,
            *self.personal,
            self.benefits_intro,
            *self.benefits,
            *self.alternatives,
            *self.acknowledgements,
            *self.photos,
            *self.waits,
            *self.process,
        )
