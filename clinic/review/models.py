"""A practitioner's decisions on findings. Only ever added; a new one supersedes the old."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import ROLE_LABELS, Site, User
from clinic.clients.models import Client
from clinic.core.actor import Role
from clinic.intake.conditions import Conditions
from clinic.intake.models import Finding, Level, News, Screening
from clinic.review.patch_models import PatchReading as PatchReading
from clinic.review.patch_models import PatchTest as PatchTest


class Decision(models.Model):
    """The overall decision on one screening, signed with name, role, time and meaning.

    From `greatest_depth_mm` to `patch_test_first`: the conditions, which the clearance repeats.
    """

    class Outcome(models.TextChoices):
        CLEARED = "CLEARED", _("May be booked")
        DEFERRED = "DEFERRED", _("Not before a date")
        MORE_INFO = "MORE_INFO", _("An answer is needed first")
        DECLINED = "DECLINED", _("We will not treat")
        PRESCRIBER = "PRESCRIBER", _("A prescriber is asked")

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="decisions")
    client = models.ForeignKey(Client, models.PROTECT, related_name="decisions")
    site = models.ForeignKey(Site, models.PROTECT)
    hard_stop = models.BooleanField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField()
    meaning = models.TextField()
    defer_until = models.DateField(null=True)
    needs_confirmation = models.BooleanField()
    greatest_depth_mm = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    areas_left_out = ArrayField(models.CharField(max_length=20), default=list)
    no_anaesthetic = models.BooleanField(default=False)
    look_again_on = models.DateField(null=True)
    patch_test_first = models.BooleanField(default=False)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_name = models.CharField(max_length=200)
    decided_role = models.CharField(max_length=20)
    registration = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["screening"],
                condition=models.Q(supersedes=None),
                name="one_first_decision_per_screening",
            ),
            models.CheckConstraint(
                name="only_clinicians_decide",
                condition=models.Q(
                    decided_role__in=["practitioner", "prescriber", "clinical_lead"]
                ),
            ),
            models.CheckConstraint(
                name="a_hard_stop_is_never_cleared",
                condition=~models.Q(hard_stop=True, outcome="CLEARED"),
            ),
            models.CheckConstraint(
                name="a_deferral_has_a_date",
                condition=~models.Q(outcome="DEFERRED") | models.Q(defer_until__isnull=False),
            ),
            models.CheckConstraint(name="a_decision_has_a_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="only_a_clearance_has_conditions",
                condition=models.Q(outcome="CLEARED")
                | models.Q(
                    greatest_depth_mm=None,
                    areas_left_out=[],
                    no_anaesthetic=False,
                    look_again_on=None,
                    patch_test_first=False,
                ),
            ),
        ]

    @property
    def conditions(self) -> Conditions:
        return Conditions(
            greatest_depth_mm=self.greatest_depth_mm,
            areas_left_out=frozenset(self.areas_left_out),
            no_anaesthetic=self.no_anaesthetic,
            look_again_on=self.look_again_on,
            patch_test_first=self.patch_test_first,
        )

    @property
    def role_label(self) -> str:
        return str(ROLE_LABELS[Role(self.decided_role)])


class FindingDecision(models.Model):
    """The decision on one flagged answer; the database holds it to level, rule and role."""

    class Verdict(models.TextChoices):
        ACCEPT = "ACCEPT", _("Go ahead, with care")
        OVERRIDE = "OVERRIDE", _("Override")
        WAIT = "WAIT", _("Keep the waiting time")
        STOP = "STOP", _("Do not treat")
        ASK = "ASK", _("Get a clear answer first")
        WITHDRAW = "WITHDRAW", _("Reading withdrawn as mistaken")
        REFER = "REFER", _("A prescriber is asked")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="findings")
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="decisions")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    override_by = models.CharField(max_length=12)
    reading = models.BooleanField(default=False)
    decided_role = models.CharField(max_length=20)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "finding"], name="one_verdict_per_finding_and_decision"
            ),
            models.CheckConstraint(
                name="never_means_never",
                condition=~models.Q(override_by="never", verdict__in=["ACCEPT", "OVERRIDE"]),
            ),
            models.CheckConstraint(
                name="prescriber_findings_need_a_prescriber",
                condition=~models.Q(override_by="prescriber", verdict__in=["ACCEPT", "OVERRIDE"])
                | models.Q(decided_role="prescriber"),
            ),
            models.CheckConstraint(
                name="accept_is_for_review_override_for_worse",
                condition=~models.Q(verdict="ACCEPT", level__gte=3)
                & ~models.Q(verdict="OVERRIDE", level__lte=2),
            ),
            models.CheckConstraint(
                name="only_a_window_can_be_waited_for",
                condition=~models.Q(verdict="WAIT") | models.Q(level=3),
            ),
            models.CheckConstraint(
                name="a_prescriber_withdraws_a_reading_and_nothing_else",
                condition=~models.Q(verdict="WITHDRAW")
                | models.Q(reading=True, decided_role="prescriber"),
            ),
            models.CheckConstraint(name="a_verdict_has_a_reason", condition=~models.Q(reason="")),
        ]


class DecisionNews(models.Model):
    """What was told since the answers were given, and the decider had in view. Only ever added."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="news")
    news = models.ForeignKey(News, models.PROTECT, related_name="decisions")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "news"], name="a_decision_names_news_once"),
        ]


class Confirmation(models.Model):
    """A second, different clinician's word on a decision that overrides a stop or a window."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="confirmation")
    decided_by_id = models.BigIntegerField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_name = models.CharField(max_length=200)
    confirmed_role = models.CharField(max_length=20)
    agreed = models.BooleanField()
    note = models.TextField()
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="no_one_confirms_their_own_decision",
                condition=~models.Q(confirmed_by=models.F("decided_by_id")),
            ),
            models.CheckConstraint(
                name="only_clinicians_confirm",
                condition=models.Q(
                    confirmed_role__in=["practitioner", "prescriber", "clinical_lead"]
                ),
            ),
        ]
