"""What staff type to sign in, and what a manager types about staff."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import ROLE_LABELS, User
from clinic.core.actor import Role
from clinic.core.edits import EditForm
from clinic.core.forms import PaperText, PlainForm


class SignInForm(PlainForm):
    """E-mail and password."""

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        error_messages={"invalid": _("Please give a whole e-mail address.")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordField(forms.CharField):
    """A password to be set. Whether it is good enough is judged with the person's name in view."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("At least 12 characters. Three or four words are good."))
        super().__init__(
            strip=False,
            max_length=200,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            **kwargs,
        )


class PasswordForm(PlainForm):
    """A person's own new password."""

    current = forms.CharField(
        label=_("Your password now"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = NewPasswordField(label=_("New password"))
    again = NewPasswordField(label=_("New password again"), help_text="")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        """Long enough, not common, not the person's own name."""
        return _judged(self.cleaned_data["new"], self.user)

    def clean_again(self) -> str:
        """Typed twice alike, for nobody can see it."""
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise ValidationError(_("The two passwords are not the same."))
        return again


class StaffForm(PlainForm):
    """A person who works at this site, and as what."""

    name = PaperText(label=_("Name"), max_length=200)
    job_title = PaperText(label=_("Job title"), max_length=120, required=False)
    registration = PaperText(
        label=_("Professional registration"),
        help_text=_("Such as NMC 12A3456E. A prescriber must have one."),
        max_length=120,
        required=False,
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles at this site"),
        choices=[(role.value, ROLE_LABELS[role]) for role in Role],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_roles(self) -> frozenset[Role]:
        """The roles as the domain knows them."""
        return frozenset(Role(value) for value in self.cleaned_data["roles"])

    def clean(self) -> dict[str, Any]:
        """A prescriber is somebody whose registration allows it."""
        given = super().clean() or self.cleaned_data
        if Role.PRESCRIBER in given.get("roles", ()) and not given.get("registration"):
            self.add_error("registration", _("Please give the registration of the prescriber."))
        return given


class EditStaffForm(EditForm, StaffForm):
    """As above, with a new password for somebody who has lost theirs."""

    password = NewPasswordField(label=_("New password"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Judged only when one is given."""
        password: str = self.cleaned_data["password"]
        return _judged(password, self.user) if password else ""


class NewStaffForm(StaffForm):
    """A new person, with the e-mail they sign in by and a first password."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    password = NewPasswordField(label=_("First password"))
    field_order = ["name", "email", "job_title", "registration", "roles", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].required = True
        self.fields["roles"].error_messages["required"] = _("Please choose at least one role.")

    def clean_email(self) -> str:
        """In lower case, as it is kept."""
        return str(self.cleaned_data["email"]).lower()

    def clean_password(self) -> str:
        """Long enough, not common, not the person's own name."""
        given = self.cleaned_data
        person = User(name=given.get("name", ""), email=given.get("email", ""))
        return _judged(given["password"], person)


def _judged(password: str, user: User) -> str:
    validate_password(password, user)
    return password
