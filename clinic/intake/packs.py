"""From a published pack's row to its questions and rules, and back."""

from django.utils.translation import gettext_lazy as _

from clinic.core.errors import Refused
from screening import published
from screening.engine import Pack, PackError
from screening.models import RulePack


def pack_of(row: RulePack) -> Pack:
    """The pack that a row stands for. Refused when this release cannot read it."""
    try:
        return published.pack_of(row)
    except PackError as error:
        raise Refused(_("The health questions cannot be read.")) from error


def newest() -> RulePack:
    """The row of the pack in force. Refused until one has been published."""
    row = published.newest_row()
    if row is None:
        raise Refused(_("The health questions have not been published yet."))
    return row


def is_newest(row: RulePack) -> bool:
    """Whether no pack has been published after it."""
    return row == published.newest_row(row.name)
