"""Work that waits: queued with what caused it, done by the worker."""

from django.db import models


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
