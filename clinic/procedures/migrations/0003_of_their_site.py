"""A procedure and a room are known together with their site, so that others can refer to both."""

from django.db import migrations

PROMISES = """
ALTER TABLE procedures_procedure ADD CONSTRAINT procedure_of_site UNIQUE (id, site_id);
ALTER TABLE procedures_room ADD CONSTRAINT room_of_site UNIQUE (id, site_id);
"""
UNDO = """
ALTER TABLE procedures_room DROP CONSTRAINT room_of_site;
ALTER TABLE procedures_procedure DROP CONSTRAINT procedure_of_site;
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_promises")]

    operations = [migrations.RunSQL(PROMISES, UNDO)]
