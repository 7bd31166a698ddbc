"""Why rules cannot be changed like this, in words."""

from django.utils.translation import gettext_lazy as _

from clinic.core.errors import Refused
from clinic.packs.models import Revision
from screening.engine import PackError

OVERTAKEN = _("Somebody else changed this draft a moment ago. Please look at it again.")
OTHER_RULES = _(
    "Other rules were published after this draft was begun. Please begin a new draft from those."
)
COUNTING = _(
    "Past answers are being counted again. Please let that come to its end, and look at what it "
    "finds."
)
NOT_OPEN = _("This draft was published or set aside. It can no longer be changed.")


class Overtaken(Refused):
    """Another revision was made since the one that was seen; `revision` is the newest."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(OVERTAKEN)
        self.revision = revision


class InvalidPack(Refused):
    """The questions or rules do not hold together. `line` names file, place and reason."""

    def __init__(self, error: PackError | str) -> None:
        self.line = str(error)
        super().__init__(_("This cannot be kept: %(line)s") % {"line": self.line})


class NothingChanged(Refused):
    """The same content again."""

    def __init__(self) -> None:
        super().__init__(_("Nothing was changed."))


class Obstructed(Refused):
    """Something keeps the rules from being approved; `lines` tell each."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__(_("These rules cannot be approved yet: %(first)s") % {"first": lines[0]})
        self.lines = lines


PROMISES = {
    "one_draft_per_version": _("There is already a draft or a published pack of this version."),
    "one_pack_per_version": _("This version was published before. Give it another number."),
    "revisions_are_counted": OVERTAKEN,
    "revisions follow each other": OVERTAKEN,
    "the draft is not open": NOT_OPEN,
    "only the newest revision is approved": OVERTAKEN,
    "nobody approves their own change": _(
        "A second person must approve: somebody who changed nothing in this draft."
    ),
    "an_approval_follows_a_finished_simulation": _(
        "Try these rules on past answers first, up to the end."
    ),
    "packs_approval_revision_id": _("Somebody else has just approved this."),
    "only an approved newest revision is published": _("A second person must approve this first."),
    "other rules were published meanwhile": OTHER_RULES,
    "packs_publication_draft_id": NOT_OPEN,
}
"""The promises of the database, as a person is told that one of them stands in the way."""
