"""`rescreen`: what a pack would change for everyone with live answers; `--apply` catches up."""

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone

from clinic.core.errors import Refused
from clinic.intake.models import Screening
from clinic.intake.rescreening import counting, under_older
from clinic.packs.actions.applying import Applied, catch_up
from clinic.packs.changes import Change, Hanging, hanging_on, look, reworded
from screening.engine import Pack, PackError
from screening.models import RulePack
from screening.packs import UnknownPack, load_pack
from screening.published import newest_row, pack_of

STEP = 2000


class Command(BaseCommand):
    """Reads only, unless told to apply. Prints ids and counts, never a name or an answer."""

    help = "Say what a pack would change for everyone whose answers still count."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pack", required=True, metavar="NAME@VERSION")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--apply",
            action="store_true",
            help="judge whoever is still under older rules by the pack in force",
        )

    def handle(self, *, pack: str, apply: bool, **options: Any) -> None:
        """Print counts and a line for each client who is judged worse."""
        at = timezone.now()
        today = timezone.localdate(at)
        row = _published(pack)
        if apply and (row is None or row != newest_row(row.name)):
            raise CommandError(f"{pack} is not in force, so it cannot be applied")
        try:
            rules = pack_of(row) if row else load_pack(pack)
        except (UnknownPack, PackError) as error:
            raise CommandError(str(error)) from error
        report = self._look(rules, _among(rules, row, today), today)
        if apply and row is not None:
            report["applied"] = asdict(self._apply(row, at, today, report["screenings"]))
        self._print(report, as_json=options["json"])

    def _look(self, rules: Pack, among: QuerySet[Screening], today: date) -> dict[str, Any]:
        total, done, after = among.count(), 0, 0
        found: Counter[str] = Counter()
        clients: list[dict[str, Any]] = []
        while (looked := look(rules, among, after=after, most=STEP)).ids:
            hanging = hanging_on(looked.changes, today=today)
            for change in looked.changes:
                found[change.comparison.direction] += 1
                clients.append(_line(change, hanging.get(change.screening.pk)))
            found["reworded"] += reworded(rules, looked)
            after, done = looked.ids[-1], done + len(looked.ids)
            self._progress(done, total, "judged")
        return {
            "pack": rules.id,
            "screenings": done,
            "worse": found["WORSE"],
            "better": found["BETTER"],
            "other": found["OTHER"],
            "reworded": found["reworded"],
            "clients": clients,
            "applied": None,
        }

    def _apply(self, row: RulePack, at: datetime, today: date, total: int) -> Applied:
        def progress(done: int) -> None:
            self._progress(done, total, "applied")

        try:
            return catch_up(rules=row, at=at, today=today, progress=progress)
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused

    def _progress(self, done: int, total: int, what: str) -> None:
        self.stderr.write(f"{done:,} of {total:,} {what}")

    def _print(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report))
            return
        self.stdout.write(f"{report['pack']}: {report['screenings']} live screenings")
        self.stdout.write(
            f"worse {report['worse']}, better {report['better']}, other advice {report['other']}, "
            f"other words {report['reworded']}"
        )
        for one in report["clients"]:
            if one["direction"] == "WORSE":
                held = f"clearance {one['clearance']}" if one["clearance"] else "no clearance"
                self.stdout.write(
                    f"worse: client {one['client']}, {held}, bookings {one['bookings']}"
                )
        if report["applied"] is not None:
            told = ", ".join(f"{name} {count}" for name, count in report["applied"].items())
            self.stdout.write(f"applied: {told}")


def _published(pack_id: str) -> RulePack | None:
    name, _, version = pack_id.partition("@")
    return RulePack.objects.filter(name=name, version=version).first()


def _among(rules: Pack, row: RulePack | None, today: date) -> QuerySet[Screening]:
    if row is not None and row == newest_row(row.name):
        return under_older(row, today=today)
    return counting(rules.name, today=today)


def _line(change: Change, hanging: Hanging | None) -> dict[str, Any]:
    return {
        "client": change.screening.client_id,
        "screening": change.screening.pk,
        "direction": change.comparison.direction.value,
        "clearance": hanging.clearance_id if hanging else None,
        "bookings": hanging.bookings if hanging else 0,
    }
