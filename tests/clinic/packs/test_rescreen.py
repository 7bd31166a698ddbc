"""`manage.py rescreen`: what a pack would change, and catching up."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from clinic.intake.models import Clearance, Rescreening, Screening
from clinic.packs import content
from clinic.packs.actions import applying
from tests import factories
from tests.clinic.packs.conftest import RETINOL, Submitted, longer, submit
from tests.factories import NOW, Cast, rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_that_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def rescreen(pack_id: str, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("rescreen", pack=pack_id, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def visit(cast: Cast, submitted: Submitted) -> Any:
    """Maya's booking on a clearance that a longer wait would end."""
    held = Clearance.objects.get(screening=submitted(**RETINOL))
    held.refresh_from_db()
    return factories.appointment(cast, held.client, held=held)


def test_what_a_published_pack_changes_is_said_without_names_or_answers(
    cast: Cast, visit: Any
) -> None:
    submit(cast, factories.client(cast.riverside, first_name="Ada"))
    rules.published_only(cast, longer())
    out, err = rescreen("microneedling@1.3.0")
    assert out.splitlines() == [
        "microneedling@1.3.0: 2 live screenings",
        "worse 1, better 0, other advice 0, other words 0",
        f"worse: client {visit.client_id}, clearance {visit.clearance_id}, bookings 1",
    ]
    assert "2 of 2 judged" in err
    for word in ("Maya", "Lind", "topical", "Strong skin"):
        assert word not in out + err
    assert Screening.objects.filter(ended_at=None).count() == 2, "it only looked"
    assert not Rescreening.objects.exists()


def test_applied_it_catches_up_and_then_there_is_nothing_left(cast: Cast, visit: Any) -> None:
    submit(cast, factories.client(cast.riverside, first_name="Ada"))
    row = rules.published_only(cast, longer())
    out, _ = rescreen("microneedling@1.3.0", apply=True, json=True)
    report = json.loads(out)
    assert (report["worse"], report["applied"]["stricter"], report["applied"]["same"]) == (1, 1, 1)
    assert report["clients"] == [
        {
            "client": visit.client_id,
            "screening": visit.clearance.screening_id,
            "direction": "WORSE",
            "clearance": visit.clearance_id,
            "bookings": 1,
        }
    ]
    visit.refresh_from_db()
    assert visit.status == "ON_HOLD"
    assert rules.live(visit.clearance.screening).pack == row
    out, _ = rescreen("microneedling@1.3.0", apply=True)
    assert "0 live screenings" in out


def test_it_is_seen_to_go_on_while_it_applies(
    cast: Cast, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(cast, factories.client(cast.riverside, first_name="Ada"), **RETINOL)
    rules.published_only(cast, longer())
    monkeypatch.setattr(applying, "STEP", 1)
    _, err = rescreen("microneedling@1.3.0", apply=True)
    assert err.splitlines() == ["2 of 2 judged", "1 of 2 applied", "2 of 2 applied"]


def test_a_pack_of_this_release_can_be_tried_before_it_is_brought_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, visit: Any
) -> None:
    tables = longer(version="7.0.0")
    from clinic.packs.management.commands import rescreen as command

    def load(pack_id: str) -> Any:
        return content.checked(tables) if pack_id == "microneedling@7.0.0" else None

    monkeypatch.setattr(command, "load_pack", load)
    out, _ = rescreen("microneedling@7.0.0")
    assert "worse 1" in out
    with pytest.raises(CommandError, match="not in force"):
        rescreen("microneedling@7.0.0", apply=True)


def test_only_the_rules_in_force_are_applied(cast: Cast, visit: Any) -> None:
    first = str(rules.in_force())
    rules.published(cast, longer())
    with pytest.raises(CommandError, match="not in force"):
        rescreen(first, apply=True)


@pytest.mark.parametrize("pack_id", ["microneedling@0.0.1", "nonsense", "@", "../x@1.0.0"])
def test_an_unknown_pack_is_one_line(cast: Cast, pack_id: str) -> None:
    with pytest.raises(CommandError, match="there is no pack") as told:
        rescreen(pack_id)
    assert "\n" not in str(told.value)
