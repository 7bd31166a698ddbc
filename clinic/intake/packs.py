"""From a published pack's row to its questions and rules, and back."""

from django.utils.translation import gettext_lazy as _

from clinic.core.errors import Refused
from screening.engine import Pack
from screening.models import RulePack
from screening.packs import latest, load_pack


def pack_of(row: RulePack) -> Pack:
    """The pack that a row stands for. Refused when its content is not what was published."""
    pack = load_pack(str(row))
    if pack.sha256 != row.sha256:
        raise Refused(_("The health questions are not the ones that were published."))
    return pack


def newest() -> RulePack:
    """The row of the newest pack. Refused until it has been published."""
    pack = latest()
    row = RulePack.objects.filter(name=pack.name, version=pack.version).first()
    if row is None:
        raise Refused(_("The health questions have not been published yet."))
    pack_of(row)
    return row


def is_newest(row: RulePack) -> bool:
    """Whether no newer pack has been published. Costs a query only where there is a newer one."""
    pack = latest()
    if str(row) == pack.id:
        return True
    return not RulePack.objects.filter(name=pack.name, version=pack.version).exists()
