"""Rule packs as they were published. A published pack is never changed."""

from django.db import models


class RulePack(models.Model):
    """One published version of the questions and rules, with the hash of its content."""

    name = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_pack_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"
