"""Who did and read what: the audit rows with the names of the people they are about."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.accounts.queries import colleagues
from clinic.audit.models import Event
from clinic.audit.queries import Wanted, events
from clinic.audit.words import say
from clinic.clients import actions, queries
from clinic.clients.models import Client
from clinic.core.actor import Role
from clinic.core.forms import DayField, PlainForm


class FilterForm(PlainForm):
    """Which events to show."""

    day = DayField(label=_("Day"), required=False)
    client = forms.IntegerField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Who"),
            choices=[("", _("Everybody")), *people],
            coerce=int,
            empty_value=None,
            required=False,
        )

    def clean_day(self) -> date | None:
        """A day that has one after it, which the last of the calendar has not."""
        day: date | None = self.cleaned_data["day"]
        if day and not MINYEAR < day.year < MAXYEAR:
            raise ValidationError(_("Please check the year."))
        return day

    @property
    def wanted(self) -> Wanted:
        """What is asked for, once the form is valid."""
        given = self.cleaned_data
        since = _midnight(given["day"]) if given["day"] else None
        until = _midnight(given["day"] + timedelta(days=1)) if given["day"] else None
        return Wanted(
            client_id=given["client"], person_id=given["person"], since=since, until=until
        )


@dataclass(frozen=True, kw_only=True)
class Row:
    """One event as it is shown."""

    event: Event
    what: str
    client: Client | None
    shown: int


@staff(Role.AUDITOR, Role.MANAGER, Role.CLINICAL_LEAD)
@require_safe
def records(request: StaffRequest) -> HttpResponse:
    """Who did and read what at this site, newest first, by client, person or day."""
    people = [(one.user.pk, one.user.name) for one in colleagues(request.actor)]
    form = FilterForm(request.GET, people=people)
    wanted = form.wanted if form.is_valid() else Wanted()
    about = _about(request, wanted)
    page = events(
        request.actor, wanted, before=_key(request, "before"), after=_key(request, "after")
    )
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "form": form,
        "about": about,
        "rows": _rows(request, page.events),
        "filtered": bool(kept),
        "all_url": reverse("audit:events"),
        "next_url": _url(kept, before=page.events[-1].pk) if page.older else None,
        "previous_url": _url(kept, after=page.events[0].pk) if page.newer else None,
    }
    return render(request, "audit/events.html", context)


def _about(request: StaffRequest, wanted: Wanted) -> Client | None:
    """The client asked about, whose trail is then read on record; nobody out of scope."""
    if wanted.client_id is None:
        return None
    try:
        return actions.open_record(
            actor=request.actor, client_id=wanted.client_id, at=timezone.now(), verb="audit.read"
        )
    except Client.DoesNotExist:
        return None


def _rows(request: StaffRequest, found: list[Event]) -> list[Row]:
    ids = {event.client_id for event in found if event.client_id is not None}
    named = queries.in_scope(request.actor).in_bulk(ids)
    return [
        Row(
            event=event,
            what=say(event.verb),
            client=named.get(event.client_id) if event.client_id else None,
            shown=len(event.detail.get("clients", ())),
        )
        for event in found
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _key(request: StaffRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _url(kept: dict[str, str], **key: int) -> str:
    return f"{reverse('audit:events')}?{urlencode(kept | {k: str(v) for k, v in key.items()})}"
