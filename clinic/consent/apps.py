from django.apps import AppConfig
from django.urls import reverse


class ConsentConfig(AppConfig):
    name = "clinic.consent"
    label = "consent"

    def ready(self) -> None:
        """Links to a consent begin in this room."""
        from clinic.clients.links import begins_at

        begins_at("CONSENT", lambda link, token: reverse("consent:client_sign", args=[token]))
