"""manage.py open_site: make a site and its first manager, who sets up the rest in the browser."""

import getpass
import sys
from datetime import time
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from clinic.core.errors import Refused
from clinic.procedures.opening import NewSite, open_site


class Command(BaseCommand):
    """Asks for the manager's password, or reads it from standard input when that is no terminal."""

    help = "Make a site with its rooms, the standard procedures and its first manager."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name of the site, such as Riverside")
        parser.add_argument(
            "--organisation",
            default="",
            help="who runs it; made if new, and not needed where there is only one",
        )
        parser.add_argument("--address", required=True)
        parser.add_argument("--phone", required=True)
        parser.add_argument(
            "--emergency-phone", required=True, help="printed on every aftercare sheet"
        )
        parser.add_argument(
            "--country", default="GB", help="where it is, such as GB-SCT, GB-ENG or IE"
        )
        parser.add_argument("--opens", type=time.fromisoformat, default=time(9))
        parser.add_argument("--closes", type=time.fromisoformat, default=time(18))
        parser.add_argument("--rooms", type=int, default=1)
        parser.add_argument("--manager-email", required=True)
        parser.add_argument("--manager-name", required=True)

    def handle(self, *, name: str, **options: Any) -> None:
        password = self._password()
        new = NewSite(
            organisation=options["organisation"],
            name=name,
            address=options["address"],
            phone=options["phone"],
            emergency_phone=options["emergency_phone"],
            opens=options["opens"],
            closes=options["closes"],
            rooms=options["rooms"],
            country=options["country"],
        )
        try:
            validate_password(password)
            open_site(
                new=new,
                manager_email=options["manager_email"],
                manager_name=options["manager_name"],
                password=password,
                at=timezone.now(),
            )
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{name} is open. Sign in as {options['manager_email']}.")

    def _password(self) -> str:
        if sys.stdin.isatty():
            return getpass.getpass("Password for the manager: ")
        return sys.stdin.readline().rstrip("\n")
