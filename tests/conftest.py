"""What every test may ask for."""

from tests import profiles

profiles.load()
pytest_plugins = ["tests.caretaker", "tests.database", "tests.browser"]
