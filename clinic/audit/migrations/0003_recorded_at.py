"""An audited act carries the database's own time beside the one the application tells."""

from django.db import migrations, models

from clinic.core.constraints import RecordedAt


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_by_actor_and_day"), ("core", "0006_evidence")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[RecordedAt("audit_event", "at")],
            state_operations=[
                migrations.AddField(
                    "event", "recorded_at", models.DateTimeField(null=True, editable=False)
                )
            ],
        )
    ]
