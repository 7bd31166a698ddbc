"""Flags carry facts to the plan and the aftercare, whatever outcome matched."""

from __future__ import annotations

from typing import Any

import pytest

from tests.screening.cases import found, screen

BLOOD_THINNER = {"do_not_stop_medicine", "bruise_risk", "takes_blood_thinner"}
ALLERGIES = ["latex", "adhesive", "chlorhexidine", "iodine", "alcohol_wipes", "skincare"]


@pytest.mark.parametrize(
    ("answers", "flags"),
    [
        ({"blood_thinner": "not_sure"}, {"do_not_stop_medicine", "bruise_risk"}),
        ({"hsv_history": "not_sure"}, {"antiviral_check"}),
        ({"phototype": "not_sure"}, {"pih_precautions", "phototype_iv_vi"}),
        ({"phototype": "III"}, set()),
        ({"anaesthetic_reaction": "not_sure"}, {"no_topical_anaesthetic"}),
        (
            {"anaesthetic_risk": ["g6pd"]},
            {"no_topical_anaesthetic", "no_prilocaine", "no_benzocaine"},
        ),
        ({"blood_thinner": "yes", "blood_thinner_kinds": ["doac"]}, BLOOD_THINNER),
        ({"clotting": "bleed_easily"}, {"bruise_risk"}),
        ({"pressured": "yes", "needs_support": "yes"}, {"speak_alone", "support_needed"}),
        (
            {"contact_allergy": ALLERGIES},
            {
                "avoid_chlorhexidine",
                "latex_free",
                "avoid_adhesive",
                "avoid_iodine",
                "avoid_alcohol_wipes",
                "product_allergy",
            },
        ),
        (
            {"contact_allergy": ["latex"]},
            {"prepare_room", "latex_free"},
        ),
    ],
)
def test_flags(answers: dict[str, Any], flags: set[str]) -> None:
    assert set(screen(answers).flags) == flags


def test_a_flag_comes_once_in_the_order_of_the_rules() -> None:
    result = screen(
        {
            "pressured": "yes",
            "photosensitiser": "yes",
            "phototype": "V",
            "planned_sun": "yes",
            "planned_sun_end": "2026-06-20",
        }
    )
    assert result.flags == ("speak_alone", "strict_sun", "pih_precautions", "phototype_iv_vi")


def test_a_wait_that_is_over_leaves_no_flag() -> None:
    result = screen({"sun_exposure": {"tan": "2026-06-01"}})
    assert found(result) == {}
    assert result.flags == ()
