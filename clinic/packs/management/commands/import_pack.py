"""`import_pack FILE`: a pack from a file, checked whole and begun as a draft."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clinic.core.errors import Refused
from clinic.packs import bringing
from clinic.packs.models import Draft
from screening.exchange import ExchangeError
from screening.exchange.formats import MAX_BYTES


class Command(BaseCommand):
    """Nothing is kept unless the whole file makes a sound pack. Exit code 2 where it does not."""

    help = (
        "Begin a draft from an archive (export_pack) or from a FHIR Questionnaire, which replaces "
        "the questions of the rules in force."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--by", metavar="E-MAIL", help="the clinical lead who brings it in")
        parser.add_argument("--why", metavar="TEXT", help="the reason for new rules")
        parser.add_argument("--as-version", metavar="VERSION", help="else as in the file")
        parser.add_argument("--check", action="store_true", help="only say whether it can be used")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = _read(options["file"])
            if options["check"]:
                pack = bringing.look(data, options["as_version"] or "")
                self.stdout.write(f"{pack.id}: {pack.sha256}")
                return
            draft = self._begin(data, options)
        except (ExchangeError, Refused) as error:
            shown = str(error.message if isinstance(error, Refused) else error)
            raise CommandError(shown, returncode=2) from error
        self.stdout.write(f"{draft}: draft {draft.pk}")

    def _begin(self, data: bytes, options: dict[str, Any]) -> Draft:
        if not options["by"] or not options["why"]:
            raise CommandError("--by and --why are needed, or --check alone", returncode=2)
        return bringing.begin(
            actor=bringing.lead(options["by"]),
            data=data,
            version=options["as_version"] or "",
            why=options["why"],
            at=timezone.now(),
        )


def _read(name: str) -> bytes:
    try:
        with Path(name).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "cannot be read"
        raise CommandError(f"{name!r}: {reason}", returncode=2) from error
