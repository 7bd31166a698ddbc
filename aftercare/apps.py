from django.apps import AppConfig
from django.urls import reverse


class AftercareConfig(AppConfig):
    name = "aftercare"

    def ready(self) -> None:
        """Say where a client's link to a sheet leads."""
        from clinic.clients import links
        from clinic.clients.models import ClientLink

        links.begins_at(
            ClientLink.Purpose.AFTERCARE,
            lambda link, token: reverse("aftercare:client_sheet", args=[token]),
        )
