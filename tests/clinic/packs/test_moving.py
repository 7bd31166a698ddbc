"""That a question is asked afresh each time is shown and changed with the pack, like any field."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.packs import queries
from clinic.packs.content import tables_of
from clinic.packs.models import Draft
from tests.clinic.packs.filling import filled
from tests.factories import Cast

pytestmark = pytest.mark.django_db
FIELD = "moves_with_time"


def question(draft: Draft, name: str) -> Any:
    tables: Any = tables_of(queries.newest_revision(draft))
    asked = (one for part in tables["questions"]["section"] for one in part["question"])
    return next(one for one in asked if one["id"] == name)


def test_it_is_ticked_and_shown(client: Client, cast: Cast, draft: Draft) -> None:
    client.force_login(cast.lena)
    url = reverse("packs:question", args=[draft.pk, "smoking"])
    shown: Any = client.get(url)
    assert "Asked afresh each time" in shown.content.decode()
    sent = filled(shown.context["form"], moves_with_time=True, why="People stop, and begin again.")
    assert client.post(url, sent).status_code == 302
    assert question(draft, "smoking")[FIELD] is True
    told = client.get(reverse("packs:difference", args=[draft.pk])).content.decode()
    assert "asked afresh each time" in told.casefold()
    part = client.get(
        reverse("packs:draft_part", args=[draft.pk, "questions"]), {"q": "smoke or vape"}
    )
    assert "an earlier answer says nothing of today" in part.content.decode()


def test_to_ask_it_no_more_is_softer_and_needs_a_reason(
    client: Client, cast: Cast, draft: Draft
) -> None:
    client.force_login(cast.lena)
    url = reverse("packs:question", args=[draft.pk, "open_skin"])
    shown: Any = client.get(url)
    refused: Any = client.post(url, filled(shown.context["form"], moves_with_time=False, why="x"))
    assert "asked afresh each time" in str(refused.context["form"].errors["softer"])
    assert question(draft, "open_skin")[FIELD] is True
    sent = filled(
        refused.context["form"], moves_with_time=False, why="x", softer="It is seen on the day."
    )
    assert client.post(url, sent).status_code == 302
    assert FIELD not in question(draft, "open_skin")


@pytest.mark.parametrize(("kind", "kept"), [("yes_no", True), ("date", False)])
def test_a_new_question_may_be_asked_afresh_unless_it_is_a_date(
    client: Client, cast: Cast, draft: Draft, kind: str, *, kept: bool
) -> None:
    client.force_login(cast.lena)
    url = reverse("packs:new_question", args=[draft.pk])
    shown: Any = client.get(url)
    sent = filled(
        shown.context["form"],
        text="Do you have a cough?",
        type=kind,
        after="smoking",
        moves_with_time=True,
        why="Season.",
    )
    answer: Any = client.post(url, sent)
    assert (answer.status_code == 302) is kept
    if kept:
        assert question(draft, "do_you_have_a_cough")[FIELD] is True
    else:
        assert "A date stays true" in str(answer.context["form"].errors[FIELD])


def test_who_may_only_read_sees_it(client: Client, cast: Cast, draft: Draft) -> None:
    client.force_login(cast.mark)
    told = client.get(reverse("packs:question", args=[draft.pk, "open_skin"])).content.decode()
    assert "Asked afresh each time" in told
    assert FIELD not in told
