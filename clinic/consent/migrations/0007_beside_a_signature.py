"""A name that differs is explained; who countersigns states capacity and what was asked.

Signatures from before say nothing of it and stay as they are (NOT VALID).
"""

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models

PROMISES = """
ALTER TABLE consent_signature
    ADD CONSTRAINT capacity_is_stated_by_who_countersigns CHECK (kind <> 'PRACTITIONER'
        OR capacity @> ARRAY['understands', 'retains', 'weighs', 'communicates']::varchar[])
        NOT VALID,
    ADD CONSTRAINT questions_come_with_answers CHECK (kind <> 'PRACTITIONER' OR asked IS FALSE
        OR (asked IS TRUE AND questions <> '' AND answers <> '')) NOT VALID;
"""
UNDO = """
ALTER TABLE consent_signature
    DROP CONSTRAINT questions_come_with_answers,
    DROP CONSTRAINT capacity_is_stated_by_who_countersigns;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0006_time_runs_from_the_handing_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="signature",
            name="answers",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="signature",
            name="asked",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="signature",
            name="capacity",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="name_differs",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="signature",
            name="name_explained",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="signature",
            name="present",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="signature",
            name="questions",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_differs", False),
                    models.Q(("name_explained", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_difference_of_names_is_explained",
            ),
        ),
        migrations.RunSQL(PROMISES, UNDO),
    ]
