"""The words that the house knows: modalities, areas, and the flags that later steps act on."""

from collections.abc import Collection, Iterable

from screening.engine import Pack

MODALITIES = ("MN_PEN", "MN_ROLLER", "RF_MN")
FACE_AREAS = frozenset({"forehead", "periorbital", "cheeks", "nose", "perioral", "chin_jaw"})
AREAS = FACE_AREAS | {
    *("neck", "chest", "abdomen", "back", "arms", "hands", "legs", "scalp"),
    *("eyelid", "lip_red", "inside_mouth", "nipple", "genital"),
}

FLAGS = frozenset(
    {
        "anaphylaxis_alert",
        "answers_stale",
        "antiviral_check",
        "antiviral_taken",
        "avoid_adhesive",
        "avoid_alcohol_wipes",
        "avoid_chlorhexidine",
        "avoid_iodine",
        "bdd_screen",
        "bring_inhaler",
        "bruise_risk",
        "deep",
        "diabetes",
        "do_not_stop_medicine",
        "exclude_zone",
        "fat_loss_risk",
        "hormone_sun",
        "hsv_history",
        "infection_watch",
        "isotretinoin_past",
        "koebner",
        "latex_free",
        "leave_out_hair",
        "lie_flat",
        "longer_gap",
        "look_on_the_day",
        "melasma_or_marks",
        "metal_allergy",
        "minoxidil_wait",
        "no_benzocaine",
        "no_ester_anaesthetic",
        "no_prilocaine",
        "no_topical_anaesthetic",
        "numbing_area_limit",
        "pad_away_from_metal",
        "past_reaction",
        "phototype_iv_vi",
        "pih_precautions",
        "prepare_room",
        "product_allergy",
        "rf_prescriber",
        "scar_prone",
        "scar_watch",
        "sensitive_skin",
        "short_numbing_time",
        "slow_healing",
        "slow_healing_advice",
        "speak_alone",
        "stop_home_needling",
        "strict_sun",
        "support_needed",
        "takes_blood_thinner",
        "test_area",
        "test_patch",
    }
)
"""Every flag that a step after screening acts on."""


LAW = "law:"
"""What the flag of a law entry begins with: advice for staff about the place, not the client."""


def of_client(flags: Iterable[str]) -> list[str]:
    """The flags that say something of the client or the plan, sorted."""
    return sorted({flag for flag in flags if not flag.startswith(LAW)})


def strangers(pack: Pack) -> tuple[str, ...]:
    """One line for each word of a pack that nothing after screening would act on.

    A flag nobody knows must not pass in silence, so a pack that raises one is not for use.
    """
    raised = flags_raised(pack)
    return (
        *_unknown("questions.toml: pack: unknown modality", pack.modalities, MODALITIES),
        *_unknown("questions.toml: pack: unknown area", pack.areas, AREAS),
        *_unknown("rules.toml: unknown flag", raised, FLAGS),
    )


def flags_raised(pack: Pack) -> frozenset[str]:
    """Every flag that some rule of a pack can raise."""
    outcomes = (outcome.flags for rule in pack.all_rules for outcome in rule.outcomes)
    always = (entry.flags for rule in pack.all_rules for entry in rule.flag_when)
    return frozenset(flag for flags in (*outcomes, *always) for flag in flags)


def _unknown(where: str, used: Collection[str], known: Collection[str]) -> list[str]:
    return [f"{where} {name!r}" for name in sorted(set(used) - set(known))]
