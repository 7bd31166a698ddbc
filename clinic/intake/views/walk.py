"""One walk through the questions, whoever makes it: where each page lies, and how it looks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from clinic.clients.models import ClientLink
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.intake.forms import ClientCheckForm, DeskCheckForm
from clinic.intake.models import Intake

DESK: Final = (Role.FRONT_DESK, *sorted(CLINICAL_ROLES))
"""Who asks the questions."""

PURPOSE: Final = "INTAKE"
"""What a client's link to the health questions is for."""

READERS: Final = (*DESK, Role.AUDITOR)
"""Who may read what was answered."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """The addresses of one walk, and the templates (`intake/<pages>_*.html`) that draw it."""

    pages: str
    section: Callable[[str], str]
    check: str
    out: str
    check_form: type[DeskCheckForm] | type[ClientCheckForm]


def staff_walk(intake: Intake) -> Walk:
    """At the desk, or on the clinic's tablet."""
    return Walk(
        pages="desk",
        section=lambda section: reverse("intake:section", args=[intake.pk, section]),
        check=reverse("intake:check", args=[intake.pk]),
        out=reverse("journey:client", args=[intake.client_id]),
        check_form=DeskCheckForm,
    )


def client_walk(token: str) -> Walk:
    """On the client's own phone."""
    return Walk(
        pages="client",
        section=lambda section: reverse("intake:client_section", args=[token, section]),
        check=reverse("intake:client_check", args=[token]),
        out=reverse("intake:client_start", args=[token]),
        check_form=ClientCheckForm,
    )


def begin(link: ClientLink, token: str) -> str:
    """Where a client's link to the health questions leads."""
    return reverse("intake:client_start", args=[token])


Context = dict[str, Any]
