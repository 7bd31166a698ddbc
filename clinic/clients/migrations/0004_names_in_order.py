"""Lists by name sort by a key that Python computes, alike on every PostgreSQL."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from clinic.clients.names import sort_key


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The keys of the clients who are there already."""
    clients = apps.get_model("clients", "Client").objects.using(schema_editor.connection.alias)
    for client in clients.only("first_name", "last_name").iterator():
        key = sort_key(first_name=client.first_name, last_name=client.last_name)
        clients.filter(pk=client.pk).update(name_key=key or "?")


class Migration(migrations.Migration):
    dependencies = [("clients", "0003_birthday_index")]

    operations = [
        migrations.AlterField(
            model_name="client",
            name="last_name",
            field=models.CharField(blank=True, max_length=80, verbose_name="Last name"),
        ),
        migrations.AddField(
            model_name="client",
            name="name_key",
            field=models.CharField(db_collation="C", default="", max_length=170),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop, elidable=True),
        migrations.RemoveIndex(model_name="client", name="client_by_name"),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["site", "name_key", "id"], name="client_by_name"),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=~models.Q(first_name="") & ~models.Q(name_key=""),
                name="a_client_has_a_name",
            ),
        ),
    ]
