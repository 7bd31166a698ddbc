from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "clinic.journey"
    label = "journey"
