"""What the client reads: a topic beside every message, what it means, and no alarm."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clinic.clients import links
from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.models import Finding, Intake, Level
from clinic.intake.telling import NEVER_STOP, concerns_medicine, tell
from screening.packs import latest
from tests.factories import Cast

JARGON = re.compile(r"\b(RF|MN|phototype|anticoagulant|keratosis|melasma|IV|VI)\b", re.IGNORECASE)
PACK = latest()


def finding(code: str, level: int, **fields: Any) -> Finding:
    rule = PACK.rule_by_code[code]
    values = {"code": code, "level": level, "title": rule.title, "message": f"About {code}."}
    return Finding(**(values | fields))


def test_every_rule_has_a_topic_without_jargon() -> None:
    for rule in PACK.all_rules:
        assert rule.client_topic
        assert not JARGON.search(rule.client_topic.replace("Heat (RF)", "Heat")), rule.code


def test_a_client_reads_the_words_of_the_pack_not_the_title_for_clinicians() -> None:
    (group,) = tell(PACK, [finding("combo_smoker_deep", 2)], [])
    assert [told.topic for told in group.told] == ["Smoking and how your skin heals"]


def test_a_rule_that_nobody_has_worded_keeps_its_title() -> None:
    made = Finding(code="made_in_the_editor", level=2, title="Garlic", message="About garlic.")
    (group,) = tell(PACK, [made], [])
    assert [told.topic for told in group.told] == ["Garlic"]


def test_each_level_says_what_it_means_the_most_serious_first() -> None:
    every = [finding("smoking", 1), finding("rosacea", 2), finding("pregnancy", 4)]
    groups = tell(PACK, [*every, finding("unwell_now", 3)], [])
    assert [str(group.heading) for group in groups] == [
        "Why we do not plan it as things are",
        "What needs time first",
        "What a practitioner looks at first",
        "Good to know",
    ]
    assert [group.told[0].topic for group in groups][2:] == ["Rosacea", "Smoking or vaping"]
    assert "This is not a no." in str(groups[2].meaning)


def test_a_wait_that_is_over_by_then_is_told_once() -> None:
    wait = {"code": "unwell_now", "title": "Ill", "message": "Get well.", "until": None}
    (alone,) = tell(PACK, [], [wait])
    assert alone.told[0].message == "Get well."
    (both,) = tell(PACK, [finding("unwell_now", Level.ADVISE)], [wait])
    assert str(both.heading) == "Good to know"


@pytest.mark.parametrize(
    "code",
    [
        "topical_actives",
        "blood_thinners",
        "combo_two_blood_thinners",
        "combo_photosensitiser_dark_skin",
    ],
)
def test_what_is_about_a_medicine(code: str) -> None:
    assert concerns_medicine(PACK, code)


@pytest.mark.parametrize("code", ["rosacea", "combo_smoker_deep", "noticed_beside_the_rules"])
def test_what_is_about_no_medicine_or_says_so_itself(code: str) -> None:
    assert not concerns_medicine(PACK, code)


@pytest.mark.django_db
def test_the_client_s_page_names_the_topic_and_never_says_to_stop_a_medicine(
    client: Browser, filled: Callable[..., Intake], maya: Client, fred: Actor, cast: Cast
) -> None:
    today = timezone.localdate()
    draft = filled(rosacea="calm", topical_actives="yes", topical_actives_date=today.isoformat())
    token = links.issue(
        actor=fred, client=maya, purpose="INTAKE", object_id=draft.pk, at=timezone.now()
    )
    client.post(reverse("intake:client_start", args=[token]), {"link_date_of_birth": "1990-04-12"})
    actions.submit(actor=fred, intake=draft, at=timezone.now(), today=today)
    page = client.get(reverse("intake:client_done", args=[token])).text
    calm = page.split("<dt>Rosacea</dt>")[1].split("</div>")[0]
    assert "A practitioner must agree a gentle plan or say no." in calm
    assert str(NEVER_STOP) not in calm
    products = page.split("<dt>Strong skin products</dt>")[1].split("</div>")[0]
    assert "These products need a break of 5 days before needling." in products
    assert str(NEVER_STOP) in products
    assert "This is not a no." in page


@pytest.mark.django_db
def test_the_desk_reads_the_same_beside_the_words_for_the_client(
    client: Browser, filled: Callable[..., Intake], fred: Actor, cast: Cast
) -> None:
    today = timezone.localdate()
    draft = filled(rosacea="calm", topical_actives="yes", topical_actives_date=today.isoformat())
    made = actions.submit(actor=fred, intake=draft, at=timezone.now(), today=today)
    client.force_login(cast.fred)
    page = client.get(reverse("intake:submitted", args=[made.pk])).text
    words = "These products need a break of 5 days before needling. If one was prescribed for you,"
    assert words in page
    assert page.count(str(NEVER_STOP)) == 1
