"""An answer that means something else under newer rules is asked again, never judged as it stands.

Under the earlier release "I bleed or bruise too easily" was a stop for a bleeding disorder. Now it
says that no doctor has found one, and a prescriber decides.
"""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clinic.booking.verdicts import Verdict
from clinic.clients.models import Client
from clinic.core.errors import Refused
from clinic.intake import actions as intake
from clinic.intake.errors import Renewed, Unanswered
from clinic.intake.models import Clearance, Intake, Screening
from screening.actions import publish
from screening.packs import latest, tables_of
from tests import factories
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.packs.applied import applied, fresh, verdict
from tests.clinic.packs.conftest import submit
from tests.factories import MONDAY, NOW, TUESDAY, Cast, rules
from tests.screening.cases import without_policy

pytestmark = pytest.mark.django_db
OLD_ANSWER = {"clotting": "bleed_easily"}


@pytest.fixture
def under_the_old(cast: Cast) -> None:
    """Before this release: the answer is a stop that nobody overrides."""
    tables: Any = without_policy(tables_of(latest().id))
    tables["questions"]["pack"]["version"] = rules.OLDER
    del tables["cases"]
    meant = rules.outcome(tables, "clotting_disorder", "easy")
    meant |= {"level": "CONTRAINDICATED", "kind": "permanent"}
    meant["override"] = {"allowed": False, "reason_required": False}
    publish(tables, at=NOW)


def publish_this_release(cast: Cast) -> dict[str, int]:
    return applied(rules.published(cast, tables_of(latest().id)))


def test_a_stop_of_the_old_kind_ends_and_its_question_is_asked_again(
    under_the_old: None, cast: Cast, maya: Client, client: Browser
) -> None:
    old = submit(cast, maya, **OLD_ANSWER)
    assert (old.level, old.hard_stop) == (4, True)
    assert publish_this_release(cast) == {"ended": 1}
    assert fresh(old).ended_at
    assert Screening.objects.get() == old  # nothing was judged in its place
    assert verdict(cast, old) is Verdict.SCREENING_OUTDATED

    fred = cast.actor(cast.fred)
    draft = intake.amend(actor=fred, client=maya, procedure=cast.pen, at=NOW)
    assert "clotting" not in draft.earlier
    assert draft.earlier["diabetes"] == "no"
    client.force_login(cast.fred)
    page = client.get(reverse("intake:section", args=[draft.pk, "health"])).content.decode()
    asked = page[page.index("Do you bleed, bruise or clot more") :]
    assert 'class="before"' not in asked[: asked.index("Do you have an autoimmune")]
    Intake.objects.filter(pk=draft.pk).update(answers=draft.earlier)
    with pytest.raises(Unanswered) as told:
        intake.submit(actor=fred, intake=draft, at=NOW, today=MONDAY)
    assert told.value.ids == ("clotting",)


def test_answered_afresh_it_means_what_it_says_now(
    under_the_old: None, cast: Cast, maya: Client
) -> None:
    submit(cast, maya, **OLD_ANSWER)
    publish_this_release(cast)
    fred = cast.actor(cast.fred)
    draft = intake.amend(actor=fred, client=maya, procedure=cast.pen, at=NOW)
    Intake.objects.filter(pk=draft.pk).update(answers=draft.earlier | OLD_ANSWER)
    new = intake.submit(actor=fred, intake=fresh(draft), at=NOW, today=MONDAY)
    finding = new.findings.get()
    assert (finding.code, finding.outcome) == ("clotting_disorder", "easy")
    assert (finding.level, finding.override_by) == (2, "prescriber")


def test_who_said_something_else_stands(under_the_old: None, cast: Cast, maya: Client) -> None:
    stands = submit(cast, maya)
    assert publish_this_release(cast) == {"same": 1}
    assert Clearance.objects.get(screening=stands).live


def test_an_open_questionnaire_loses_the_old_answer_alone(
    under_the_old: None, cast: Cast, maya: Client, client: Browser
) -> None:
    draft = factories.intake(maya, cast.pen, answers=ALL_CLEAR | OLD_ANSWER)
    publish_this_release(cast)
    with pytest.raises(Renewed):
        intake.submit(actor=cast.actor(cast.fred), intake=draft, at=NOW, today=MONDAY)
    client.force_login(cast.fred)
    client.get(reverse("intake:check", args=[draft.pk]))
    draft = fresh(draft)
    assert draft.pack.version == latest().version
    assert draft.answers == {k: v for k, v in ALL_CLEAR.items() if k != "clotting"}
    with pytest.raises(Unanswered):
        intake.submit(actor=cast.actor(cast.fred), intake=draft, at=NOW, today=MONDAY)


def test_an_old_answer_is_not_judged_under_another_plan(
    under_the_old: None, cast: Cast, maya: Client
) -> None:
    old = submit(cast, maya, **OLD_ANSWER)
    rules.published_only(cast, tables_of(latest().id))
    with pytest.raises(Refused, match="ask them again"):
        intake.change_plan(
            actor=cast.actor(cast.fred),
            screening=old,
            depth_mm=old.depth_mm,
            areas=["neck"],
            anaesthetic_planned=False,
            planned_date=TUESDAY,
            at=NOW,
            today=MONDAY,
        )
    assert fresh(old).live
