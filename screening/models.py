"""Rule packs as they were published, and what they hold. Neither is ever changed."""

from django.db import models


class PackContent(models.Model):
    """The canonical text of one pack, by its hash: the database itself checks that it fits."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()


class RulePack(models.Model):
    """One published version of the questions and rules."""

    name = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    content = models.ForeignKey(
        PackContent, models.PROTECT, db_column="sha256", related_name="published_as"
    )
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_pack_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def sha256(self) -> str:
        """The hash of its content."""
        return self.content_id
