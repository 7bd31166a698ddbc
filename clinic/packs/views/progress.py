"""Where a draft stands, as its page tells: four steps, the one next thing, and who does it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.packs import queries
from clinic.packs.models import Approval, Draft, Revision, Simulation
from clinic.packs.states import State
from clinic.packs.views.held import Held


@dataclass(frozen=True, kw_only=True)
class Next:
    """The one next thing: a sentence, why, and a way to it where the person may do it."""

    title: str
    text: str
    action: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a draft's page knows of the way to its publication."""

    revision: Revision
    simulation: Simulation | None
    approval: Approval | None
    editors: frozenset[int | None]
    user_id: int | None
    changed: bool

    @property
    def counting(self) -> bool:
        """Whether past answers are being looked at now, for the first time or again."""
        return self.simulation is not None and self.simulation.finished_at is None

    @property
    def is_editor(self) -> bool:
        """Whether the person who looks changed something in the draft."""
        return self.user_id is not None and self.user_id in self.editors


def standing(held: Held, user_id: int | None, *, changed: bool) -> Standing:
    """Load it: three queries."""
    draft, revision = parts_of(held)
    return Standing(
        revision=revision,
        simulation=queries.simulation_of(revision),
        approval=getattr(revision, "approval", None),
        editors=queries.editors(draft),
        user_id=user_id,
        changed=changed,
    )


def parts_of(held: Held) -> tuple[Draft, Revision]:
    """The draft and its newest revision. ValueError for a published pack."""
    if held.draft is None or held.revision is None:
        raise ValueError("a published pack stands nowhere")
    return held.draft, held.revision


def steps(held: Held, now: Standing) -> list[dict[str, Any]]:
    """The strip: draft, simulated, approved, published."""
    draft, _revision = parts_of(held)
    publication = getattr(draft, "publication", None)
    done = _ORDER.get(held.state, 0)
    simulation, approval = now.simulation, now.approval
    finished = simulation.finished_at if simulation else None
    rows: list[tuple[str, str, date | None]] = [
        (_("Draft"), now.revision.actor_name, _day(now.revision.made_at)),
        (_("Simulated"), "", _day(finished)),
        (
            _("Approved"),
            approval.name if approval else "",
            _day(getattr(approval, "approved_at", None)),
        ),
        (_("Published"), "", _day(publication.published_at if publication else None)),
    ]
    return [
        {
            "label": label,
            "say": say if done >= number else "",
            "date": day if done >= number else None,
            "state": _state(held, number, done),
        }
        for number, (label, say, day) in enumerate(rows)
    ]


def _state(held: Held, number: int, done: int) -> str:
    if held.state is State.DISCARDED:
        return "blocked" if number == 0 else "skipped"
    if number <= done and not (number == 0 and done == 0):
        return "done"
    return "now" if number == done + 1 or (number == 0 and done == 0) else "waiting"


_ORDER = {State.DRAFT: 0, State.SIMULATED: 1, State.APPROVED: 2, State.PUBLISHED: 3}


def _day(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None


def next_thing(held: Held, now: Standing) -> Next:
    """What comes next, for the person who looks."""
    draft, _revision = parts_of(held)
    if held.state is State.DISCARDED:
        return Next(title=_("This draft was set aside"), text=draft.ended_cause)
    if held.state is State.PUBLISHED:
        return _published(draft)
    tried = held.state in (State.APPROVED, State.SIMULATED)
    if tried and now.counting:
        return Next(
            title=_("Let the count come to its end"),
            text=_("Past answers are being counted again. Nothing changes for anybody."),
            action=_("Go on") if held.leads else "",
            url=reverse("packs:simulation", args=[draft.pk]),
        )
    if held.state is State.APPROVED:
        return _to_publish(held, draft)
    if held.state is State.SIMULATED:
        return _to_approve(held, draft, now)
    if not now.changed:
        return Next(
            title=_("Change a question or a rule"),
            text=_("This draft says the same as the rules in force."),
            action=_("Go to the rules") if held.leads else "",
            url=reverse("packs:draft_part", args=[draft.pk, "rules"]),
        )
    going = now.simulation is not None
    return Next(
        title=_("Go on trying it on past answers") if going else _("Try it on past answers"),
        text=_("Every past submission is judged by the draft. Nothing changes for anybody."),
        action=(_("Go on") if going else _("Try it")) if held.leads else "",
        url=reverse("packs:simulation", args=[draft.pk]),
    )


def begin_again() -> Next:
    """What comes next for a draft of rules that are no longer in force."""
    return Next(
        title=_("Begin a new draft"),
        text=_(
            "Other rules were published after this draft was begun, so it can no longer be "
            "approved. Begin a new draft from those, and change there what is still wanted."
        ),
        action=_("Begin a draft"),
        url=reverse("packs:start"),
    )


def _published(draft: Draft) -> Next:
    rules = draft.publication.rule_pack
    return Next(
        title=_("These rules were published"),
        text=_("They can no longer be changed. A further change is a new draft."),
        action=_("Open the published rules"),
        url=reverse("packs:pack", args=[rules.pk]),
    )


def _to_publish(held: Held, draft: Draft) -> Next:
    return Next(
        title=_("Publish the rules"),
        text=_("They were approved. From then on they judge everybody."),
        action=_("See what will happen") if held.leads else "",
        url=reverse("packs:publish", args=[draft.pk]),
    )


def _to_approve(held: Held, draft: Draft, now: Standing) -> Next:
    if held.leads and not now.is_editor:
        return Next(
            title=_("Look at the draft and approve it"),
            text=_("You changed nothing in it, so you can be the second person."),
            action=_("Look and approve"),
            url=reverse("packs:approve", args=[draft.pk]),
        )
    return Next(
        title=_("A second person must approve"),
        text=_("Ask a clinical lead who changed nothing in this draft to look at it."),
        action=_("See what they will look at"),
        url=reverse("packs:approve", args=[draft.pk]),
    )
