"""What the database itself promises about clients and their adverse events."""

from django.db import migrations

from clinic.core.grants import AllowDelete, AllowUpdate
from clinic.core.promises import EndOnce

PROMISES = """
ALTER TABLE clients_client ADD CONSTRAINT client_by_event_free UNIQUE (id, event_free);
ALTER TABLE clients_adverseevent ADD COLUMN client_event_free boolean
    GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN false END) STORED;
ALTER TABLE clients_adverseevent ADD CONSTRAINT an_open_event_marks_its_client
    FOREIGN KEY (client_id, client_event_free) REFERENCES clients_client (id, event_free);
"""

UNDO = """
ALTER TABLE clients_adverseevent DROP CONSTRAINT an_open_event_marks_its_client;
ALTER TABLE clients_adverseevent DROP COLUMN client_event_free;
ALTER TABLE clients_client DROP CONSTRAINT client_by_event_free;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]

    operations = [
        migrations.RunSQL(PROMISES, UNDO),
        EndOnce("clients_adverseevent"),
        EndOnce("clients_clientlink"),
        AllowUpdate("clients_client"),
        AllowUpdate("clients_searchword"),
        AllowDelete("clients_searchword"),
        AllowUpdate("clients_adverseevent", ["ended_at", "ended_by", "ended_cause"]),
        AllowUpdate(
            "clients_clientlink", ["ended_at", "ended_by", "ended_cause", "failed_attempts"]
        ),
    ]
