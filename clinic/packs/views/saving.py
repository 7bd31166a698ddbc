"""Keeping one change of a draft: nothing typed is lost, nothing is half saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.accounts.access import StaffRequest
from clinic.core.errors import Refused
from clinic.packs import actions, content
from clinic.packs.editing.difference import Change, difference
from clinic.packs.editing.numbers import together
from clinic.packs.errors import InvalidPack, NothingChanged, Overtaken
from clinic.packs.forms.saving import SavingForm
from clinic.packs.models import Draft, Revision
from clinic.packs.views.held import Held
from screening.packs import Tables

Build = Callable[[], Mapping[str, Mapping[str, object]]]


@dataclass(kw_only=True)
class Tried:
    """What became of a save. `theirs`: what somebody else changed meanwhile, `who` did."""

    saved: bool = False
    status: HTTPStatus = HTTPStatus.OK
    theirs: tuple[Change, ...] = ()
    who: str = ""


def save(request: StaffRequest, held: Held, form: SavingForm, build: Build, about: str) -> Tried:
    """Keep what the form says as the draft's next revision. `build` makes the new tables once
    the form is valid; `about` names the rule or question in the record."""
    if held.draft is None or held.revision is None:
        raise ValueError("only a draft is changed")
    valid = form.is_valid()
    seen = str(form.data.get("seen", ""))
    if seen != held.revision.sha256:
        return _overtaken(held.draft, form, seen, held.revision)
    if not valid:
        return Tried()
    tables: Tables = together(held.tables, build())
    changes = difference(held.tables, tables)
    if form.ask_why_softer(changes):
        return Tried()
    try:
        _keep(request, held, form, tables, about)
    except Overtaken as overtaken:
        return _overtaken(held.draft, form, seen, overtaken.revision)
    except NothingChanged as refused:
        form.add_error(None, str(refused.message))
        return Tried()
    except InvalidPack as refused:
        form.take(refused.line)
        return Tried()
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return Tried(status=HTTPStatus.CONFLICT)
    messages.success(request, _("Saved. The draft has to be tried on past answers again."))
    return Tried(saved=True)


def _keep(
    request: StaffRequest, held: Held, form: SavingForm, tables: Tables, about: str
) -> Revision:
    if held.draft is None or held.revision is None:
        raise ValueError("only a draft is changed")
    return actions.change(
        actor=request.actor,
        draft=held.draft,
        tables=tables,
        expected_sha256=held.revision.sha256,
        what=f"{about}: {form.reason}",
        at=timezone.now(),
    )


def _overtaken(draft: Draft, form: SavingForm, seen: str, newest: Revision) -> Tried:
    """Both versions: what was typed stays in the form, what they changed is told above it."""
    since = {one.sha256: one for one in draft.revisions.order_by("number")}
    before = since.get(seen)
    theirs = difference(content.tables_of(before), content.tables_of(newest)) if before else ()
    form.seen_is(newest.sha256)
    form.add_error(
        None,
        _("%(who)s changed this draft while you were typing. Look at both, then save again.")
        % {"who": newest.actor_name},
    )
    return Tried(status=HTTPStatus.CONFLICT, theirs=theirs, who=newest.actor_name)
