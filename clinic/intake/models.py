"""From the questions to the clearance: drafts, frozen answers, findings, and what they allow."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import Site
from clinic.clients.models import Client
from clinic.core.fields import ActedBy, Endable
from clinic.intake.news_table import News as News
from clinic.procedures.models import Procedure
from screening.models import RulePack

NEVER = date(9999, 12, 31)
"""Stands for "no date on which nothing is left" where a column must not be empty."""


class Level(models.IntegerChoices):
    """The ordered levels of `rules.json`; the worst finding wins."""

    CLEAR = 0, _("Clear")
    ADVISE = 1, _("Advise")
    REVIEW = 2, _("Review")
    DEFER = 3, _("Defer")
    CONTRAINDICATED = 4, _("Contraindicated")


class Plan(models.Model):
    """What is planned: the same columns wherever a plan is asked, screened or cleared."""

    depth_mm = models.DecimalField(max_digits=3, decimal_places=2)
    areas = ArrayField(models.CharField(max_length=20))
    anaesthetic_planned = models.BooleanField()

    class Meta:
        abstract = True


class Intake(Plan):
    """A questionnaire being filled in. The only place where answers can still change.

    `earlier`: answers in view that count for nothing until somebody has gone through them.
    `heard`: by question, the newest news that the page knew on which it was answered.
    `paper_by`: who said that the answers are typed from a paper form, which is kept; "" where
    somebody answers now.
    """

    client = models.ForeignKey(Client, models.PROTECT, related_name="intakes")
    site = models.ForeignKey(Site, models.PROTECT)
    procedure = models.ForeignKey(Procedure, models.PROTECT)
    pack = models.ForeignKey(RulePack, models.PROTECT)
    planned_date = models.DateField()
    test_patch_ok = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    earlier = models.JSONField(default=dict)
    heard = models.JSONField(default=dict)
    sections_saved = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    amends = models.ForeignKey("intake.Submission", models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    paper_by = models.CharField(max_length=200, blank=True, default="")
    paper_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    abandoned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "procedure"],
                condition=models.Q(submitted_at=None, abandoned_at=None),
                name="one_open_intake_per_client_and_procedure",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Still being filled in: neither handed in nor set aside."""
        return self.submitted_at is None and self.abandoned_at is None


class Submission(ActedBy):
    """The answers as given, with the wording each person saw. Never changed.

    `conduct`: by section, `seconds` its page was open (null: not known) and `who` typed; of an
    amended form also the ids of its `questions` then, and `amended`, the same of each change.
    `heard`: as that of the questionnaire.
    """

    intake = models.OneToOneField(Intake, models.PROTECT, related_name="submission")
    client = models.ForeignKey(Client, models.PROTECT, related_name="submissions")
    pack = models.ForeignKey(RulePack, models.PROTECT)
    answers = models.JSONField()
    heard = models.JSONField(default=dict)
    wording = models.JSONField()
    conduct = models.JSONField(default=dict)
    answers_sha256 = models.CharField(max_length=64)
    assessment_date = models.DateField()
    submitted_at = models.DateTimeField()


class Levelled(models.Model):
    """A row with a level, told by its stable name as well as by its rank."""

    level = models.PositiveSmallIntegerField(choices=Level.choices)

    class Meta:
        abstract = True

    @property
    def level_name(self) -> str:
        return Level(self.level).name


class Screening(ActedBy, Plan, Levelled, Endable):
    """What the rules say of one submission under one plan. Evidence: only `ended_*` may be set.

    `clear_from`: first date from which nothing above ADVISE is left (`NEVER` if none).
    `windows_end`: first date with nothing against it that the planned date has not (no waiting
    window left, no birthday to come).
    `hard_stop`: a CONTRAINDICATED finding that nobody may override.
    `country`: where its site was then, whose law was told; "" where that was not known.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="screenings")
    client = models.ForeignKey(Client, models.PROTECT, related_name="screenings")
    site = models.ForeignKey(Site, models.PROTECT)
    procedure = models.ForeignKey(Procedure, models.PROTECT)
    pack = models.ForeignKey(RulePack, models.PROTECT)
    planned_date = models.DateField()
    assessment_date = models.DateField()
    complete = models.BooleanField()
    defer_until = models.DateField(null=True)
    clear_from = models.DateField()
    windows_end = models.DateField()
    hard_stop = models.BooleanField()
    flags = ArrayField(models.CharField(max_length=40), default=list)
    result = models.JSONField()
    screened_at = models.DateTimeField()
    country = models.CharField(max_length=6, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "procedure"],
                condition=models.Q(live=True),
                name="one_live_screening_per_client_and_procedure",
            ),
            models.CheckConstraint(
                name="an_incomplete_screening_is_never_clear",
                condition=models.Q(complete=True) | models.Q(level__gte=2, clear_from=NEVER),
            ),
            models.CheckConstraint(
                name="a_hard_stop_is_contraindicated",
                condition=models.Q(hard_stop=False) | models.Q(level=4),
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "planned_date", "id"],
                name="screenings_to_review",
                condition=models.Q(live=True, level__gte=2),
            )
        ]


class Finding(Levelled):
    """One rule that spoke: code, level, reason, sources. Never changed.

    `after_level`: what the rule says once `defer_until` has come. `reading`: it rests on what a
    program made of somebody's own words, so it may be mistaken.
    """

    class OverrideBy(models.TextChoices):
        PRACTITIONER = "practitioner", _("a practitioner")
        PRESCRIBER = "prescriber", _("a prescriber")
        NEVER = "never", _("nobody")

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="findings")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    outcome = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    message = models.TextField()
    rationale = models.TextField()
    practitioner_check = models.TextField(blank=True)
    evidence = models.CharField(max_length=40)
    evidence_note = models.TextField(blank=True)
    sources = ArrayField(models.CharField(max_length=10))
    question_ids = ArrayField(models.CharField(max_length=60))
    defer_until = models.DateField(null=True)
    after_level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.CLEAR)
    override_by = models.CharField(max_length=12, choices=OverrideBy.choices)
    reading = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "code"], name="one_finding_per_rule_and_screening"
            ),
        ]


class Rescreening(models.Model):
    """A live screening judged again under newer rules, which it may stand under. Only ever added.

    Where newer rules judge worse there is no such row: the screening ends and another is made.
    """

    class Verdict(models.TextChoices):
        SAME = "SAME", _("The same")
        BETTER = "BETTER", _("Milder")
        OTHER = "OTHER", _("Other advice")

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="rescreenings")
    pack = models.ForeignKey(RulePack, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    rescreened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "pack"], name="screened_again_once_per_pack"
            ),
        ]


class Clearance(ActedBy, Plan, Endable):
    """This client may be booked for this plan between these days. Ends with its evidence.

    `depth_mm` is the greatest depth cleared. `patch_test_first`: nothing may be booked on it before
    a patch test with a good result. `decision_id` is the review decision it rests on
    (the review room owns that table and its foreign key).
    """

    class Basis(models.TextChoices):
        SCREENING = "SCREENING", _("Nothing found that needs a decision")
        REVIEW = "REVIEW", _("Decided by a practitioner")

    client = models.ForeignKey(Client, models.PROTECT, related_name="clearances")
    site = models.ForeignKey(Site, models.PROTECT)
    procedure = models.ForeignKey(Procedure, models.PROTECT)
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="clearances")
    basis = models.CharField(max_length=10, choices=Basis.choices)
    decision_id = models.BigIntegerField(null=True)
    screening_clear_from = models.DateField()
    patch_test_first = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField()
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "procedure"],
                condition=models.Q(live=True),
                name="one_live_clearance_per_client_and_procedure",
            ),
            models.CheckConstraint(
                name="a_clearance_has_days",
                condition=models.Q(valid_until__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="without_review_only_from_the_clear_date",
                condition=~models.Q(basis="SCREENING")
                | models.Q(valid_from__gte=models.F("screening_clear_from"), decision_id=None),
            ),
            models.CheckConstraint(
                name="a_reviewed_clearance_names_its_decision",
                condition=~models.Q(basis="REVIEW") | models.Q(decision_id__isnull=False),
            ),
        ]
