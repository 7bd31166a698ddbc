from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "clinic.procedures"
    label = "procedures"
