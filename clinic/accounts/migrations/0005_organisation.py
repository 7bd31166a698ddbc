"""Sites belong to an organisation. What was there before is one organisation."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from clinic.core.grants import AllowUpdate


def one_for_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Sites of one database have always been run together; it bears the name of the first."""
    alias = schema_editor.connection.alias
    sites = apps.get_model("accounts", "Site").objects.using(alias)
    first = sites.order_by("pk").first()
    if first is None:
        return
    organisations = apps.get_model("accounts", "Organisation").objects.using(alias)
    sites.update(organisation=organisations.create(name=first.name))
    # The keys are checked now: what changes a table next does not wait for them.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


PROMISE = (
    "ALTER TABLE accounts_site ADD CONSTRAINT site_of_organisation UNIQUE (id, organisation_id)"
)
UNDO = "ALTER TABLE accounts_site DROP CONSTRAINT site_of_organisation"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_country")]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
            ],
        ),
        AllowUpdate("accounts_organisation"),
        migrations.AddField(
            "site",
            "organisation",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sites",
                to="accounts.organisation",
            ),
        ),
        migrations.RunPython(one_for_all, migrations.RunPython.noop),
        migrations.AlterField(
            "site",
            "organisation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sites",
                to="accounts.organisation",
            ),
        ),
        migrations.RunSQL(PROMISE, UNDO),
    ]
