"""What the law of the site's place says of a screened plan, in words for staff. Pure.

It is told beside the level and never changes it. Whether an entry binds was judged for the planned
day, and is told as it was judged then.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.accounts.countries import COUNTRIES
from clinic.intake.models import Screening
from screening.engine import Law, Pack, Source

STANDS = {
    "guidance": gettext_lazy("Guidance, not binding"),
    "proposed": gettext_lazy("Planned, not law yet"),
    "not_covering": gettext_lazy("Law that does not cover this treatment"),
}
NEEDS = {
    "age_evidence": gettext_lazy("a look at a document that shows the client’s age"),
    "anaesthetic_is_prescribed": gettext_lazy("a note whether the numbing product is prescribed"),
    "bdd_screen": gettext_lazy("the questions about worry over one’s looks"),
    "complications_discussed": gettext_lazy("a talk about what can go wrong"),
    "permitted_premises": gettext_lazy("premises where it is allowed"),
    "practitioner_licence": gettext_lazy("a licence of the practitioner"),
    "premises_licence": gettext_lazy("a licence of the premises"),
    "prescriber_seen_in_person_on": gettext_lazy(
        "the day on which the prescriber saw the client in person"
    ),
}


@dataclass(frozen=True, kw_only=True)
class LawShown:
    """One entry: whether it binds, what it says, what it asks for, and who says so."""

    title: str
    text: str
    binding: bool
    stands: str
    binds: str
    needs: list[str]
    sources: list[Source]


@dataclass(frozen=True, kw_only=True)
class PlaceShown:
    """The place as staff name it, and its entries that concern the plan, the binding ones first."""

    name: str
    entries: list[LawShown]


def law_shown(screening: Screening, pack: Pack) -> PlaceShown:
    """What `screening` was told of the law, by its rules `pack`."""
    known = {law.id: law for place in pack.jurisdictions.values() for law in place.law}
    kept = [one for one in screening.result.get("law", []) if one["id"] in known]
    entries = [_entry(known[one["id"]], one, pack) for one in kept]
    return PlaceShown(
        name=str(COUNTRIES.get(screening.country, screening.country)),
        entries=sorted(entries, key=lambda entry: not entry.binding),
    )


def _entry(law: Law, kept: dict[str, Any], pack: Pack) -> LawShown:
    return LawShown(
        title=law.title,
        text=law.text,
        binding=kept["binding"],
        stands=stands(law, binding=kept["binding"]),
        binds=law.binds,
        needs=[str(NEEDS.get(need, need)) for need in law.requires],
        sources=[pack.sources[name] for name in law.sources],
    )


def stands(law: Law, *, binding: bool) -> str:
    """How an entry stands on the planned day, in words."""
    if binding:
        return _("Binding on the planned day")
    if law.status in STANDS:
        return str(STANDS[law.status])
    if law.effective_from is None:
        return _("Passed; the day it begins is not known")
    day = date_format(law.effective_from, "j F Y")
    return _("Binding from %(day)s, after the planned day") % {"day": day}
