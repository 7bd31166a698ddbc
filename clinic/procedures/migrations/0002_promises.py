"""The application may change what the clinic offers; what was booked keeps its own copy."""

from django.db import migrations

from clinic.core.grants import AllowDelete, AllowUpdate


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        AllowUpdate("procedures_procedure"),
        AllowUpdate("procedures_room"),
        AllowDelete("procedures_procedure_performers"),
    ]
