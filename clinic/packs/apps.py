from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "clinic.packs"
    label = "packs"
