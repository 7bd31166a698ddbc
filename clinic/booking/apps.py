from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "clinic.booking"
    label = "booking"

    def ready(self) -> None:
        """Whoever changes what appointments rest on is told which ones."""
        from clinic.accounts.touched import register
        from clinic.booking.no_longer_offered import touched

        register(touched)
