"""manage.py publish_consent: put the release's consent text in force."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clinic.consent.actions import publish_text
from clinic.consent.reading import TextError, current
from clinic.core.actor import SYSTEM
from clinic.core.errors import Refused


class Command(BaseCommand):
    """Publishes for every modality; a version that is in force already is left as it is."""

    help = "Put this release's consent text in force for every modality."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = current()
            publish_text(actor=SYSTEM, text=text, at=timezone.now())
        except (TextError, Refused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"In force: {text.name} {text.version} ({text.sha256[:12]})")
