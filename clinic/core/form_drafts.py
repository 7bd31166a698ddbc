"""What is typed into a form is kept on the server as it is typed.

One mechanism for every long form. A page sends the whole form with the version it knows, a token
of its own and a number that grows; a save that comes late, or from a page that is behind, never
overwrites a newer one. Whoever hands the form in calls `forget` in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by
from clinic.core.locks import lock_key
from clinic.core.models import FormDraft

NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "typed_by", "typed_kept", "password"})
OF_THE_PAGE = "autosave_"
LARGEST = 100_000
NEWER = _("This form was changed on another page since you opened it. Load it again to go on.")
HANDED_IN = _("This form was handed in. Nothing more is kept of it.")
TOO_LARGE = _("This is more than can be kept. Please shorten it.")


class ChangedElsewhere(Refused):
    """Another page has saved this form since; `version` is what is kept now."""

    def __init__(self, version: int) -> None:
        super().__init__(NEWER)
        self.version = version


@dataclass(frozen=True, kw_only=True)
class Save:
    """One save as a page sends it: the form, the version it knows, its token and its number."""

    values: dict[str, list[str]]
    base: int
    page: str
    sequence: int

    @classmethod
    def read(cls, sent: QueryDict) -> "Save":
        """Raises Refused for what no page of ours sends."""
        values = {
            name: sent.getlist(name)
            for name in sent
            if name not in NEVER_KEPT and not name.startswith(OF_THE_PAGE)
        }
        if sum(len(one) for found in values.values() for one in found) > LARGEST:
            raise Refused(TOO_LARGE)
        return cls(
            values=values,
            base=_number(sent, "base"),
            page=sent.get(f"{OF_THE_PAGE}page", "")[:40],
            sequence=_number(sent, "sequence"),
        )


def _number(sent: QueryDict, name: str) -> int:
    text = sent.get(f"{OF_THE_PAGE}{name}", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@transaction.atomic
def keep(*, key: str, actor: Actor, save: Save, at: datetime) -> int:
    """Keep a form as it is typed; returns the version that is now kept.

    The same save again changes nothing. Raises ChangedElsewhere for a page that is behind, and
    Refused where the form was handed in.
    """
    lock_key(f"form:{key}")
    kept = FormDraft.objects.filter(key=key).first()
    if kept is None:
        if save.base:
            raise Refused(HANDED_IN)
        kept = FormDraft(key=key, version=0)
    elif kept.page == save.page:
        if save.sequence <= kept.sequence:
            return kept.version
    elif kept.version != save.base:
        raise ChangedElsewhere(kept.version)
    kept.values, kept.page, kept.sequence = save.values, save.page, save.sequence
    kept.version, kept.saved_at = kept.version + 1, at
    for name, value in acted_by(actor).items():
        setattr(kept, name, value)
    kept.save()
    return kept.version


def kept_of(key: str) -> FormDraft | None:
    """What is kept of a form that is not handed in yet."""
    return FormDraft.objects.filter(key=key).first()


def forget(key: str) -> None:
    """The form is handed in, or no longer wanted. Call it in the same transaction."""
    lock_key(f"form:{key}")
    FormDraft.objects.filter(key=key).delete()


def restore(form: forms.BaseForm, draft: FormDraft | None) -> None:
    """Show in an unbound form what was typed, and nothing as wrong yet."""
    if draft is None or form.is_bound:
        return
    sent = QueryDict(mutable=True)
    for name, values in draft.values.items():
        sent.setlist(name, values)
    for name, field in form.fields.items():
        if not field.disabled:
            form.initial[name] = field.widget.value_from_datadict(sent, {}, form.add_prefix(name))
