"""Writing past the actions, as the role of the application may."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clinic.core.actor import Actor
from clinic.packs.models import Approval, Draft, Publication, Revision, Simulation
from screening.models import RulePack
from tests.factories import NOW, rules


def attack(statement: str, *values: Any) -> None:
    """One statement, with every promise that is kept for the end of a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(statement: str, *values: Any, match: str = "") -> None:
    with pytest.raises(DatabaseError, match=match):
        attack(statement, *values)


def newest(draft: Draft) -> Revision:
    return draft.revisions.order_by("-number")[0]


def sign(draft: Draft, revision: Revision, simulation: Simulation, by: Actor, **fields: Any) -> Any:
    """An approval written past the action."""
    values: dict[str, Any] = {
        "draft": draft,
        "revision": revision,
        "content_id": revision.sha256,
        "simulation": simulation,
        "user_id": by.id,
        "name": by.name,
        "role": "clinical_lead",
        "meaning": "I approve.",
        "note": "Seen.",
        "approved_at": NOW,
    }
    with transaction.atomic():
        return Approval.objects.create(**(values | fields))


def put_in_force(draft: Draft, **fields: Any) -> None:
    """A publication written past the action."""
    with transaction.atomic():
        row = RulePack.objects.create(
            name=fields.get("name", draft.name),
            version=fields.get("version", draft.version),
            content_id=fields.get("content_id", newest(draft).sha256),
            published_at=fields.pop("published_at", rules.LATER),
        )
        values: dict[str, Any] = {
            "draft": draft,
            "approval": Approval.objects.filter(draft=draft).order_by("-pk").first(),
            "name": draft.name,
            "version": draft.version,
            "content_id": newest(draft).sha256,
            "applied": {},
            "published_at": rules.LATER,
        }
        Publication.objects.create(
            rule_pack=row, **(values | fields), actor_kind="staff", actor_id=1, actor_name="X"
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
