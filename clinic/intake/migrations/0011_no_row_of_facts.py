"""Frozen answers are read as they are: no narrow row of facts beside each screening (ADR 13).

What they said stands in the answers still, so there is no way back.
"""

from django.db import migrations

NO_PROMISE = """
DROP TRIGGER a_screening_has_its_facts ON intake_screening;
DROP FUNCTION intake_screening_has_facts();
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0010_reading")]

    operations = [
        migrations.RunSQL(NO_PROMISE),
        migrations.DeleteModel("Facts"),
        migrations.DeleteModel("FactSlot"),
    ]
