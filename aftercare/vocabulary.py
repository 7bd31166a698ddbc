"""The words a treatment is told in, those of the screening pack: modalities, areas, flags."""

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
    {
        "anaphylaxis_alert",
        "antiviral_check",
        "avoid_adhesive",
        "avoid_alcohol_wipes",
        "avoid_chlorhexidine",
        "avoid_iodine",
        "bdd_screen",
        "bruise_risk",
        "do_not_stop_medicine",
        "exclude_zone",
        "fat_loss_risk",
        "infection_watch",
        "latex_free",
        "lie_flat",
        "metal_allergy",
        "no_topical_anaesthetic",
        "past_reaction",
        "pih_precautions",
        "prepare_room",
        "product_allergy",
        "scar_watch",
        "sensitive_skin",
        "slow_healing_advice",
        "speak_alone",
        "stop_home_needling",
        "strict_sun",
        "support_needed",
        "test_patch",
    }
)
CONTENTS = ("latex", "chlorhexidine", "adhesive", "iodine", "alcohol")
"""What a care product may contain that a client may react to."""
