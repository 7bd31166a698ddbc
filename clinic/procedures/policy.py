"""The least a procedure may promise, whatever the clinic prefers. Pure.

The numbers are those of `policy.toml` of the newest rules, held equal by a test. Intervals: 28
days, and 42 days after RF or a depth of 1.5 mm or more (rule `session_interval`; policy, resting on
trials with 30 days). Cooling-off: 24 hours for pen and roller, 48 hours for RF and from 1.5 mm
(consent_process "Cooling-off"; policy, the GMC asks for enough time to decide). A clinic may
lengthen these, never shorten them.
"""

from dataclasses import dataclass

RF = "RF_MN"
SHORTEST_INTERVAL = 28
DEEP_INTERVAL = 42
DEEP_MM = 1.5
"""From this depth on a session counts as deep."""
COOLING_OFF = {RF: 48}
COOLING_OFF_DEEP = 48
COOLING_OFF_OTHERWISE = 24


@dataclass(frozen=True, kw_only=True)
class Floors:
    """The least values for one modality: days, days, hours."""

    interval_days: int
    deep_interval_days: int
    cooling_off_hours: int


def floors(modality: str) -> Floors:
    """The least values for MN_PEN, MN_ROLLER or RF_MN."""
    return Floors(
        interval_days=DEEP_INTERVAL if modality == RF else SHORTEST_INTERVAL,
        deep_interval_days=DEEP_INTERVAL,
        cooling_off_hours=COOLING_OFF.get(modality, COOLING_OFF_OTHERWISE),
    )
