"""The clinic's sites and the people who work there."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from clinic.accounts.countries import COUNTRIES
from clinic.core.actor import Actor, Role

ROLE_LABELS = {
    Role.FRONT_DESK: _("Front desk"),
    Role.PRACTITIONER: _("Practitioner"),
    Role.PRESCRIBER: _("Prescriber"),
    Role.CLINICAL_LEAD: _("Clinical lead"),
    Role.MANAGER: _("Manager"),
    Role.AUDITOR: _("Auditor"),
}


class Organisation(models.Model):
    """Who runs the sites. Clients belong to it, and nobody sees those of another one."""

    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """One address of the organisation. A site sees the clients it has served or is about to.

    `country` is a code of `accounts.countries`: law and emergency numbers go by it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300)
    phone = models.CharField(max_length=40)
    emergency_phone = models.CharField(max_length=40, blank=True)
    out_of_hours = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=6, choices=[*COUNTRIES.items()], default="GB")
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_site_is_in_a_country_by_its_code",
                condition=models.Q(country__regex=r"^[A-Z]{2}(-[A-Z]{3})?$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A staff member, who signs in by e-mail. Roles come from memberships, site by site."""

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=200)
    job_title = models.CharField(max_length=120, blank=True)
    registration = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("Professional registration, such as NMC 12A3456E."),
    )
    is_active = models.BooleanField(default=True)

    objects = UserManager()
    USERNAME_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_email_is_kept_in_lower_case",
                condition=models.Q(email=Lower("email")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def as_actor(self, site: Site, roles: frozenset[Role]) -> Actor:
        return Actor(kind="staff", id=self.pk, name=self.name, site_id=site.pk, roles=roles)


class Membership(models.Model):
    """What a person may do at a site."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    site = models.ForeignKey(Site, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, ROLE_LABELS[r]) for r in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "site", "role"], name="one_membership_per_role"
            ),
            models.CheckConstraint(
                name="a_role_is_one_of_the_six",
                condition=models.Q(role__in=[r.value for r in Role]),
            ),
        ]


class SignInAttempts(models.Model):
    """How often somebody has tried to sign in with one e-mail lately. The e-mail is not kept."""

    email_key = models.CharField(max_length=64, unique=True)
    attempts = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
