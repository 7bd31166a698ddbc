from django.apps import AppConfig
from django.urls import reverse


class AftercareConfig(AppConfig):
    name = "aftercare"

    def ready(self) -> None:
        """Say where a client's link to a sheet leads, and how the demo issues one."""
        from aftercare.demo import give_sheet
        from clinic.clients import links
        from clinic.clients.models import ClientLink
        from clinic.journey.demo.sheets import sheets_come_from

        links.begins_at(
            ClientLink.Purpose.AFTERCARE,
            lambda link, token: reverse("aftercare:client_sheet", args=[token]),
        )
        sheets_come_from(give_sheet)
