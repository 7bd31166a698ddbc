"""Write a pack of this release to a file: ``manage.py export_pack NAME@VERSION -o FILE``.
Needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening.engine import PackError
from screening.exchange import FORMATS, ExchangeError, export
from screening.packs import UnknownPack, tables_of


class Command(BaseCommand):
    """The same pack always gives the same bytes."""

    help = "Write a pack of this release as an archive or as a FHIR Questionnaire."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pack", metavar="NAME@VERSION", help="such as microneedling@1.0.0")
        parser.add_argument("-o", "--output", metavar="FILE", required=True, help="file to write")
        parser.add_argument(
            "--format",
            choices=FORMATS,
            default="files",
            help="files: the whole pack, zipped (default); else its questions as FHIR",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = export(tables_of(options["pack"]), options["format"], status="active")
            written = Path(options["output"]).write_bytes(made.content)
        except (UnknownPack, PackError, ExchangeError) as error:
            raise CommandError(str(error.args[0]), returncode=2) from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "cannot be written"
            raise CommandError(f"{options['output']!r}: {reason}", returncode=2) from error
        self.stdout.write(f"{options['pack']}: {written} bytes, {options['format']}")
