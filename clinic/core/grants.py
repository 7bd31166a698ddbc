"""Migration operations that widen what the application's role may do, table by table.

From `core.0001_roles` on, the application may SELECT and INSERT on every new table and nothing
else. A table whose rows may change or go says so in its own migration:

    operations = [
        AllowUpdate("clients_client", columns=["name", "phone"]),
        AllowDelete("intake_draft"),
    ]

PostgreSQL asks for UPDATE on at least one column before `SELECT … FOR UPDATE` as well.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class _Grant(Operation):
    """GRANT on the way forward, REVOKE on the way back; the models' state stays as it is."""

    reduces_to_sql = True
    reversible = True
    verb: str

    def __init__(self, table: str, columns: Sequence[str] | None = None) -> None:
        self.table = table
        self.columns = columns

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: privileges are not part of a model."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Grant to the application's role."""
        schema_editor.execute(self._statement(schema_editor, "GRANT", "TO"))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take it back."""
        schema_editor.execute(self._statement(schema_editor, "REVOKE", "FROM"))

    def _statement(self, schema_editor: BaseDatabaseSchemaEditor, act: str, to: str) -> str:
        quote = schema_editor.quote_name
        columns = f" ({', '.join(map(quote, self.columns))})" if self.columns else ""
        role = quote(settings.DATABASE_APP_ROLE)
        return f"{act} {self.verb}{columns} ON {quote(self.table)} {to} {role}"

    def describe(self) -> str:
        """One line for `migrate --plan`."""
        what = f" of {', '.join(self.columns)}" if self.columns else ""
        return f"Allow the application {self.verb}{what} on {self.table}"


class AllowUpdate(_Grant):
    """The application may UPDATE `table`: all of it, or only `columns` (database names)."""

    verb = "UPDATE"


class AllowDelete(_Grant):
    """The application may DELETE from `table`."""

    verb = "DELETE"

    def __init__(self, table: str) -> None:
        super().__init__(table)
