"""The form of a treatment's record: what is missing is said beside its field."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.core.forms import PlainForm, say_plainly
from clinic.treatments.checks import Found, Problem
from clinic.treatments.deviations import Differs, Explained, Kind
from clinic.treatments.forms import fields as make
from clinic.treatments.forms import values
from clinic.treatments.forms.fields import ALL, NO, ROWS, SETTINGS, YES
from clinic.treatments.forms.layout import record_layout
from clinic.treatments.values import Done, Limits
from clinic.treatments.wording import BESIDE, DEVIATIONS, NOT_EXPLAINED, PROBLEMS, say_difference

FILL = _("Please fill this in.")
CHOOSE = _("Please choose an answer.")
EMPTY: tuple[object, ...] = (None, "", [])


class RecordForm(PlainForm):
    """What was done, on the areas in `limits`.

    `reacts_to` maps contents of care products that this client may react to, to their words.
    `stopping`: the treatment ends early, and the stop fields count. `correcting`: with a reason.
    """

    mark_optional = False

    def __init__(
        self,
        data: Any = None,
        *,
        areas: Iterable[str],
        limits: Limits,
        reacts_to: Mapping[str, object],
        now: datetime,
        stopping: bool = False,
        correcting: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.areas, self.limits, self.now = list(areas), limits, now
        self.differs: list[Differs] = []
        self.reacts_to, self.stopping, self.correcting = reacts_to, stopping, correcting
        super().__init__(data, initial=initial)
        self.fields.update(self._fields())
        for field in self.fields.values():
            say_plainly(field)
        self.nothing_needled = stopping and (data or {}).get("needled") == NO
        if self.nothing_needled:
            self._ask_nothing_of_the_record()
        self.helper.layout = record_layout(self.fields, self.areas)

    def _fields(self) -> make.Fields:
        found: make.Fields = {}
        if self.correcting:
            found |= make.correction_fields()
        heat = self.limits.radiofrequency
        found |= make.area_fields(self.areas, self.limits.max_depth_mm, radiofrequency=heat)
        found |= make.device_fields(radiofrequency=heat)
        found |= make.numbing_fields(cleared=self.limits.numbing)
        found |= make.topical_fields()
        found |= make.product_fields(values.say_list(self.reacts_to.values()))
        found |= make.closing_fields(zones_left_out=self.limits.zones_left_out)
        if not self.correcting:
            found |= make.stop_fields()
        for kind in Kind:
            found |= make.deviation_fields(kind)
        return found

    def _ask_nothing_of_the_record(self) -> None:
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        """What must be given because of another answer."""
        given = super().clean() or {}
        if self.stopping:
            self._need("stop_reason", "needled", says=CHOOSE)
            self._need("stop_words", says=FILL)
        if self.nothing_needled:
            return given
        for row in values.rows_treated(given, self.areas):
            self._take_what_was_the_same(row)
            self._need(*(f"{part}_{row}" for part in SETTINGS if part != "endpoints"), says=FILL)
            self._need(f"endpoints_{row}", says=CHOOSE)
            self._none_stands_alone(f"endpoints_{row}")
        if given.get("numbing_used") == YES:
            names = ("product", "strength", "grams", "minutes")
            self._need(*(f"numbing_{name}" for name in names), says=FILL)
            self._need("numbing_removed", says=CHOOSE)
        if self.limits.zones_left_out and not given.get("spots_treated"):
            self._need("excluded_zones", says=PROBLEMS[Problem.ZONES_MISSING])
        if given.get("reaction_seen") == YES:
            self._need("reactions", says=FILL)
        for number in make.MORE_CARTRIDGES:
            self._whole_row(f"cartridge_{number}", ("lot", "expiry"))
        for number in ROWS:
            self._whole_row(f"topical_{number}", ("name", "lot", "expiry"))
            self._whole_row(f"product_{number}", ("name", "how_often", "contains"))
        return given

    def _need(self, *names: str, says: Any) -> None:
        for name in names:
            empty = self.cleaned_data.get(name) in EMPTY
            if name in self.fields and empty and name not in self.errors:
                self.add_error(name, says)

    def _take_what_was_the_same(self, area: str) -> None:
        for setting in SETTINGS:
            own, same = f"{setting}_{area}", self.cleaned_data.get(f"{setting}_{ALL}")
            if own not in self.errors and self.cleaned_data.get(own) in EMPTY and same:
                self.cleaned_data[own] = same

    def _none_stands_alone(self, name: str) -> None:
        chosen = self.cleaned_data.get(name) or []
        if "none" in chosen and len(chosen) > 1:
            self.add_error(name, _("Choose “None of these” alone, or leave it out."))

    @property
    def explained(self) -> list[Explained]:
        """What was written about deviations. After `is_valid`."""
        return [
            Explained(
                kind=kind,
                what="",
                why=self.cleaned_data.get(f"why_{kind}") or "",
                action=self.cleaned_data.get(f"action_{kind}") or "",
            )
            for kind in Kind
        ]

    def ask_why(self, differs: list[Differs]) -> None:
        """Something was done otherwise than cleared: ask for why and action beside it."""
        self.add_error(None, NOT_EXPLAINED)
        for kind in dict.fromkeys(one.kind for one in differs):
            self._need(f"why_{kind}", f"action_{kind}", says=FILL)
        for one in differs:
            field = {
                Kind.TOO_DEEP: f"depth_{one.about}",
                Kind.CARTRIDGE_EXPIRED: "cartridge_expiry",
                Kind.NUMBING: "numbing_used",
            }.get(one.kind, "")
            if field in self.fields:
                self.add_error(field, BESIDE[one.kind])
        self.differs = differs

    @property
    def deviations(self) -> list[dict[str, Any]]:
        """Each kind that differs, or was written about, with its words and its two fields."""
        return [
            {
                "title": DEVIATIONS[kind],
                "what": [say_difference(one) for one in self.differs if one.kind == kind],
                "why": self[f"why_{kind}"],
                "action": self[f"action_{kind}"],
            }
            for kind in Kind
            if any(one.kind == kind for one in self.differs) or self._written_about(kind)
        ]

    def _written_about(self, kind: Kind) -> bool:
        return any(self[f"{part}_{kind}"].value() for part in ("why", "action"))

    def _whole_row(self, row: str, parts: tuple[str, ...]) -> None:
        names = [name for part in parts if (name := f"{row}_{part}") in self.fields]
        if any(self.cleaned_data.get(name) for name in names):
            for name in names:
                chosen = name.endswith("_contains")
                self._need(name, says=CHOOSE if chosen else FILL)

    @property
    def done(self) -> Done | None:
        """What was typed, as values; None where nothing was needled. After `is_valid`."""
        if self.nothing_needled:
            return None
        return values.done_from(
            self.cleaned_data,
            areas=self.areas,
            limits=self.limits,
            contents=tuple(self.reacts_to),
            finished=self.initial.get("finished") or self.limits.stopped_at or self.now,
        )

    @property
    def stop_cause(self) -> str:
        """Why it was stopped, in words. After `is_valid`."""
        reason = make.STOP_REASONS[self.cleaned_data["stop_reason"]]
        return f"{reason}. {self.cleaned_data['stop_words']}"

    @property
    def stopped_by_client(self) -> bool:
        """The client asked to stop. After `is_valid`."""
        return bool(self.cleaned_data["stop_reason"] == "client")

    def take(self, found: Iterable[Found]) -> None:
        """Show problems of the record beside their fields."""
        for one in found:
            field = one.field if one.field in self.fields else None
            self.add_error(field, PROBLEMS[one.problem])
