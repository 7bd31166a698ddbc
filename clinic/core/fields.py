"""Column groups that several rooms need in the same shape."""

from django.db import models

from clinic.core.actor import Actor


class ActedBy(models.Model):
    """A row that says who made it: a snapshot, so a later change of name rewrites nothing."""

    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Endable(models.Model):
    """A row that stays in force until it is ended once, by somebody, for a cause."""

    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True, default="")
    ended_cause = models.CharField(max_length=500, blank=True, default="")
    live = models.GeneratedField(
        expression=models.ExpressionWrapper(
            models.Q(ended_at__isnull=True), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        abstract = True


def acted_by(actor: Actor) -> dict[str, object]:
    """The `ActedBy` column values for an actor."""
    return {"actor_kind": actor.kind, "actor_id": actor.id, "actor_name": actor.name}
