"""Django made ready, once, for the tests of the gates under mutation: see tests/mutation.py."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
