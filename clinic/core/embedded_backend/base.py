"""Django's PostgreSQL backend, on a server that the first connection starts.

A command that never asks the database (`screen`, `aftercare_sheet`, `collectstatic`) never starts
it. `DATA_DIR` and `SERVER_SETTINGS` of the DATABASES entry go to `clinic.core.embedded.attach`.
"""

from typing import Any

from django.db.backends.postgresql import base

from clinic.core import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded PostgreSQL, as the role that the settings name."""

    def get_connection_params(self) -> dict[str, Any]:
        """Connection parameters, the server's socket among them; starts the server if needed."""
        extra = tuple(self.settings_dict.get("SERVER_SETTINGS", {}).items())
        host = embedded.attach(self.settings_dict["DATA_DIR"], extra)
        return {**super().get_connection_params(), "host": host}
