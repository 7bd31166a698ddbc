"""What the clinic offers, by whom, and where."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import Site, User


class Modality(models.TextChoices):
    """The device families of the rule pack (`rules.json`, semantics.modality)."""

    MN_PEN = "MN_PEN", _("Microneedling pen")
    MN_ROLLER = "MN_ROLLER", _("Microneedling roller")
    RF_MN = "RF_MN", _("Radiofrequency microneedling")


class Procedure(models.Model):
    """One bookable procedure: what it may reach, how long it takes, how long to rest after."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="procedures")
    name = models.CharField(max_length=120)
    modality = models.CharField(max_length=10, choices=Modality.choices)
    min_depth_mm = models.DecimalField(max_digits=3, decimal_places=2)
    max_depth_mm = models.DecimalField(max_digits=3, decimal_places=2)
    areas = ArrayField(models.CharField(max_length=20))
    duration_minutes = models.PositiveSmallIntegerField()
    interval_days = models.PositiveSmallIntegerField()
    deep_interval_days = models.PositiveSmallIntegerField()
    cooling_off_hours = models.PositiveSmallIntegerField()
    performers = models.ManyToManyField(User, related_name="procedures")
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="one_procedure_per_name"),
            models.CheckConstraint(
                name="depths_are_a_range",
                condition=models.Q(min_depth_mm__gt=0, max_depth_mm__gte=models.F("min_depth_mm")),
            ),
            models.CheckConstraint(
                name="sessions_are_at_least_28_days_apart",
                condition=models.Q(
                    interval_days__gte=28, deep_interval_days__gte=models.F("interval_days")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A treatment room. Nothing is booked into one that is closed."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="one_room_per_name"),
        ]

    def __str__(self) -> str:
        return self.name
