"""What was done and read, by whom, when. Rows are only ever added."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from clinic.core.fields import ActedBy


class Event(ActedBy):
    """One act. `detail` holds ids, codes and counts, never a health answer.

    `recorded_at` is the database's own time, which nobody who writes a row can choose; `at` is
    what the application says. Rows from before it was kept have none.
    """

    at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True, editable=False)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    client_id = models.BigIntegerField(null=True)
    site_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["client_id", "-id"], name="audit_by_client"),
            models.Index(fields=["site_id", "-id"], name="audit_by_site"),
            models.Index(fields=["actor_id", "-id"], name="audit_by_actor"),
            # Rows come in the order of time, so a few pages tell where a day lies.
            BrinIndex(fields=["at"], name="audit_by_day", autosummarize=True),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_audited_act_has_an_actor",
                condition=models.Q(actor_kind="system") | models.Q(actor_id__isnull=False),
            )
        ]
