"""Which screenings other rules might judge differently."""

from clinic.intake.models import Screening
from screening.engine import Pack
from screening.models import RulePack


def candidates(new: Pack, old: RulePack, *, after: int, until: int) -> list[int]:
    """Ids of screenings (after < id <= until, screened under `old`) that `new` might judge
    differently: a superset, which never misses one."""
    rows = Screening.objects.filter(pack=old, pk__gt=after, pk__lte=until)
    return list(rows.order_by("pk").values_list("pk", flat=True))
