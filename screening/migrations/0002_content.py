"""What a published pack holds moves into the database, by its hash."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from screening.packs import available, canonical_text, hash_of_tables, tables_of

PROMISE = """
ALTER TABLE screening_packcontent ADD CONSTRAINT a_pack_is_known_by_its_hash
    CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'));
"""
UNDO = "ALTER TABLE screening_packcontent DROP CONSTRAINT a_pack_is_known_by_its_hash;"


def keep_what_was_published(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Packs published so far came from the files of a release, which are still here."""
    owner = schema_editor.connection.alias
    rows = apps.get_model("screening", "RulePack").objects.using(owner)
    published = {row.sha256 for row in rows}
    content = apps.get_model("screening", "PackContent").objects.using(owner)
    for tables in map(tables_of, available()):
        if (sha256 := hash_of_tables(tables)) in published:
            content.create(sha256=sha256, text=canonical_text(tables))


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PackContent",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunSQL(PROMISE, UNDO),
        migrations.RunPython(keep_what_was_published, migrations.RunPython.noop),
        migrations.RenameField("rulepack", "sha256", "content"),
        migrations.AlterField(
            "rulepack",
            "content",
            models.ForeignKey(
                db_column="sha256",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="published_as",
                to="screening.packcontent",
            ),
        ),
    ]
