"""A finding that rests on a program's reading of somebody's own words says so."""

from django.db import migrations, models

EARLIER = """
ALTER TABLE intake_finding ADD CONSTRAINT finding_with_reading UNIQUE (id, reading);
UPDATE intake_finding SET reading = true WHERE outcome = 'named' AND code LIKE 'named_in_%';
"""
UNDO = "ALTER TABLE intake_finding DROP CONSTRAINT finding_with_reading;"


class Migration(migrations.Migration):
    dependencies = [("intake", "0009_news")]

    operations = [
        migrations.AddField("finding", "reading", models.BooleanField(default=False)),
        migrations.RunSQL(EARLIER, UNDO),
    ]
