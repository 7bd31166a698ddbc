from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "clinic.intake"
    label = "intake"

    def ready(self) -> None:
        """Links to the health questions begin in this room."""
        from clinic.clients.links import begins_at
        from clinic.intake.views.walk import begin

        begins_at("INTAKE", begin)
