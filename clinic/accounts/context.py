"""What the top bar shows of the person: name, role and site."""

from django.http import HttpRequest

from clinic.accounts.queries import say_roles
from clinic.accounts.working import at_work


def chrome(request: HttpRequest) -> dict[str, object]:
    """`person` (name, role), `site` and `sites`; nothing for somebody who is not signed in."""
    working = at_work(request)
    if working is None or working.here is None:
        return {}
    here = working.here
    return {
        "person": {"name": working.user.name, "role": say_roles(here.roles)},
        "site": here.site,
        "sites": [place.site for place in working.everywhere],
    }
