"""What a demo tells: how to sign in, and where every page can be seen."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from clinic.accounts.models import Membership, Site
from clinic.journey.demo.examples import examples
from clinic.journey.demo.places import SITES, STAFF
from clinic.journey.demo.rows import Rows, tokens
from clinic.journey.demo.running import Made
from clinic.journey.demo.words import password


def users(made: Made) -> list[dict[str, Any]]:
    """Everybody of the demo, with their password; nobody has a second factor yet."""
    mailboxes = {
        f"{mailbox}@{site.lower()}.example"
        for site, staff in STAFF.items()
        for _, mailbox, *_ in staff
    }
    held = Membership.objects.filter(user__email__in=mailboxes).select_related("user", "site")
    return [
        {
            "role": one.role,
            "site": one.site.name,
            "name": one.user.name,
            "email": one.user.email,
            "password": password(made.seed, one.user.email),
            "one_time_code_secret": None,
        }
        for one in held.order_by("pk")
    ]


def tell(made: Made, now: datetime) -> dict[str, Any]:
    """The whole: users, and the address of one example of every page at the first site."""
    site = Site.objects.filter(name=SITES[0]["name"]).order_by("pk").first()
    if site is None:
        return {}
    rows = Rows(site_id=site.pk, today=made.day, at=now, tokens=tokens(made.seed, made.clients))
    return {
        "seed": made.seed,
        "clients": made.clients,
        "day": made.day.isoformat(),
        "users": users(made),
        "addresses": [{"site": site.name, **asdict(one)} for one in examples(rows)],
    }


def table(made: Made) -> str:
    """The sign-ins, one a line."""
    lines = [f"Demo of {made.day:%A} {made.day.day} {made.day:%B}, {made.clients} clients", ""]
    for user in users(made):
        who = f"{user['site']}, {user['role'].replace('_', ' ')}"
        lines.append(f"  {who:26} {user['email']:34} {user['password']}")
    return "\n".join(lines)
