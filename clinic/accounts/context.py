"""What the top bar shows: built by the people room (see `chrome`)."""

from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, object]:
    """Nothing for somebody who is not signed in."""
    return {}
