"""`manage.py aftercare_sheet FILE -o OUT.pdf`: the sheet for a treatment given as JSON."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aftercare.facts import FactsError
from aftercare.pdf import sheet_rendered
from aftercare.reading import current
from aftercare.selection import choose_sheet
from aftercare.treatmentfile import check_printable, parse

BAD_INPUT = 2
LONGEST_LINE = 300


class Command(BaseCommand):
    """Reads facts, writes the PDF. Needs no database. Bad input: one line, exit status 2."""

    help = (
        "Writes the aftercare sheet (PDF) for a treatment given as JSON, by the same code as the"
        " page. Needs no database. Bad input ends with status 2 and one line naming the field."
        " Fields: " + " ".join((parse.__doc__ or "").partition("Keys: ")[2].split())
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, or - for standard input, and where to write."""
        parser.add_argument("file", metavar="FILE", help="the treatment as JSON; - reads stdin")
        parser.add_argument("-o", "--output", required=True, metavar="OUT.pdf")

    def handle(self, *args: Any, file: str, output: str, **options: Any) -> None:
        """Render and write. Raises CommandError with status 2 for input that cannot be used."""
        try:
            text = _read(file)
            facts = parse(text)
            check_printable(text)
        except FactsError as error:
            raise CommandError(_one_line(str(error)), returncode=BAD_INPUT) from error
        rendered = sheet_rendered(choose_sheet(facts, current()))
        try:
            Path(output).write_bytes(rendered.data)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "cannot be written"
            raise CommandError(f"output: {reason}", returncode=BAD_INPUT) from error
        self.stdout.write(f"{output}: {rendered.pages} pages")


def _one_line(message: str) -> str:
    """Without line ends and halves of characters, which a field's name may hold as well."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in message)
    return shown if len(shown) <= LONGEST_LINE else f"{shown[:LONGEST_LINE]}…"


def _read(file: str) -> str:
    try:
        if file == "-":
            return sys.stdin.read()
        return Path(file).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise FactsError("file", reason or "cannot be read") from error
