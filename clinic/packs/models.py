"""How the rules change: a draft, its revisions, what each would change, a second person's
approval, and the publication. Only a draft that is set aside and a simulation under way are ever
updated; the promises are in migration 0002."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import Site, User
from clinic.core.fields import ActedBy, Endable
from clinic.intake.models import Clearance, Level, Screening
from screening.models import PackContent, RulePack


class Direction(models.TextChoices):
    """What new rules mean for one person."""

    WORSE = "WORSE", _("Stricter")
    BETTER = "BETTER", _("Milder")
    OTHER = "OTHER", _("Other advice")


class Draft(ActedBy, Endable):
    """A version that is being made from `base`. Ends when it is set aside; never once published."""

    name = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    base = models.ForeignKey(RulePack, models.PROTECT, related_name="drafts")
    why = models.TextField()
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"], condition=Q(live=True), name="one_draft_per_version"
            ),
            models.CheckConstraint(name="a_draft_has_a_reason", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


class Revision(ActedBy):
    """One state of a draft's content, by its hash. Never changed: a change is a new revision."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.ForeignKey(PackContent, models.PROTECT, db_column="sha256", related_name="+")
    what = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="revisions_are_counted"),
            models.CheckConstraint(name="a_revision_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="a_person_makes_a_revision",
                condition=Q(actor_kind="staff", actor_id__isnull=False),
            ),
        ]

    @property
    def sha256(self) -> str:
        """The hash of the content (64 hexadecimal digits)."""
        return str(self.content_id)


class Simulation(ActedBy):
    """A revision tried on every past submission, in steps.

    Submissions are taken by their newest screening, in the order of its id: those up to `done_id`
    have been looked at, those up to `until_id` are to be. `total` and `done` count them; `worse`,
    `better` and `other` those judged differently, `reworded` those that would only read otherwise.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="simulations")
    started_at = models.DateTimeField()
    until_id = models.BigIntegerField()
    done_id = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    worse = models.PositiveIntegerField(default=0)
    better = models.PositiveIntegerField(default=0)
    other = models.PositiveIntegerField(default=0)
    reworded = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    finished = models.GeneratedField(
        expression=Case(When(finished_at__isnull=False, then=Value(True))),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(finished_at=None),
                name="one_simulation_under_way_per_revision",
            ),
        ]


class Difference(models.Model):
    """Somebody whom a revision judges otherwise. Only ever added.

    `codes` are the rules it comes from; `changes` tells each (see `clinic.intake.comparing`).
    `clearance` is the live one that rests on the old judgement, `bookings` how many appointments
    still to come hold it.
    """

    simulation = models.ForeignKey(Simulation, models.PROTECT, related_name="differences")
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    direction = models.CharField(max_length=6, choices=Direction.choices)
    old_level = models.PositiveSmallIntegerField(choices=Level.choices)
    new_level = models.PositiveSmallIntegerField(choices=Level.choices)
    old_clear_from = models.DateField()
    new_clear_from = models.DateField()
    codes = ArrayField(models.CharField(max_length=60))
    changes = models.JSONField()
    clearance = models.ForeignKey(Clearance, models.PROTECT, null=True, related_name="+")
    bookings = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["simulation", "screening"], name="one_difference_per_screening"
            ),
        ]
        indexes = [
            models.Index(
                fields=["simulation", "direction", "site", "id"], name="differences_in_order"
            )
        ]


class Approval(models.Model):
    """A second person's signature under one revision: its hash, and the simulation they saw."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="approvals")
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="approval")
    content = models.ForeignKey(PackContent, models.PROTECT, db_column="sha256", related_name="+")
    simulation = models.ForeignKey(Simulation, models.PROTECT, related_name="approvals")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    registration = models.CharField(max_length=120, blank=True)
    meaning = models.TextField()
    note = models.TextField()
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_a_clinical_lead_approves", condition=Q(role="clinical_lead")
            ),
            models.CheckConstraint(name="an_approval_has_a_note", condition=~Q(note="")),
        ]


class Publication(ActedBy):
    """An approved revision in force, from now on and as it is.

    `applied` counts what it did to live screenings: see `clinic.packs.actions.applying.Applied`.
    """

    draft = models.OneToOneField(Draft, models.PROTECT, related_name="publication")
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="publication")
    rule_pack = models.OneToOneField(RulePack, models.PROTECT, related_name="publication")
    name = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    content = models.ForeignKey(PackContent, models.PROTECT, db_column="sha256", related_name="+")
    applied = models.JSONField()
    published_at = models.DateTimeField()
