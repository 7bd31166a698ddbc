"""Work that waits, and forms that are being filled in."""

from django.db import models

from clinic.core.fields import ActedBy


class Job(models.Model):
    """One piece of slow or outside work. `arguments` hold ids and codes, never health answers."""

    kind = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True, default="")
    done_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_job_ends_one_way",
                condition=models.Q(done_at__isnull=True) | models.Q(gave_up_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="jobs_that_wait",
                condition=models.Q(done_at__isnull=True, gave_up_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class FormDraft(ActedBy):
    """What has been typed into a form that is not handed in yet: one row a form, the newest state.

    `key` names the form ("treatment:12"). `values` maps each field to what was sent for it. A page
    saves with the version it knows; `page` and `sequence` tell a repeated or a late save of the
    same page from a newer one. Removed when the form is handed in.
    """

    key = models.CharField(max_length=80, unique=True)
    values = models.JSONField()
    version = models.PositiveIntegerField()
    page = models.CharField(max_length=40)
    sequence = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
