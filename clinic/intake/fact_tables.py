"""Frozen answers as one narrow row, by which the database judges all screenings at once."""

from django.db import models

from screening.models import RulePack


class FactSlot(models.Model):
    """Where in a row of facts one fact lies. Only ever added: rows are read by these places.

    See `screening.facts.slots` for the kinds; bits and dates are numbered apart.
    """

    kind = models.CharField(max_length=8)
    of = models.TextField()
    value = models.TextField(blank=True)
    dated = models.BooleanField()
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "of", "value"], name="a_fact_lies_in_one_place_only"
            ),
            models.UniqueConstraint(fields=["dated", "place"], name="one_fact_in_one_place"),
        ]


class Facts(models.Model):
    """What one screening went by: see `screening.facts.row`. Never changed.

    The columns of bits and dates (`b0`, …, `d0`, …) are in the table alone: nobody reads them
    but statements that are made from a pack.
    """

    screening = models.OneToOneField(
        "intake.Screening", models.PROTECT, primary_key=True, related_name="facts"
    )
    pack = models.ForeignKey(RulePack, models.PROTECT, related_name="+", db_index=False)
    assessed_on = models.DateField()
    planned_on = models.DateField()
    age_assessed = models.SmallIntegerField()
    age_planned = models.SmallIntegerField()
    depth = models.SmallIntegerField()
    last_depth = models.SmallIntegerField()
    whole = models.BooleanField()
