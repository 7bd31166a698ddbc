"""Closing an adverse event says what follows; "never again" holds the client for good.

The generated column that holds the client is no longer only about open events: an event closed
with "never again", or with "only after a doctor's word" while none is on record, holds as well.
"""

import django.db.models.deletion
from django.db import migrations, models

from clinic.core.grants import AllowUpdate

HOLDS = """
UPDATE clients_adverseevent SET follows = 'AGAIN' WHERE ended_at IS NOT NULL;
ALTER TABLE clients_adverseevent DROP CONSTRAINT an_open_event_marks_its_client;
ALTER TABLE clients_adverseevent DROP COLUMN client_event_free;
ALTER TABLE clients_adverseevent ADD COLUMN client_event_free boolean GENERATED ALWAYS AS (
    CASE WHEN ended_at IS NULL OR follows = 'NEVER' OR (follows = 'DOCTOR' AND NOT word_given)
        THEN false END) STORED;
ALTER TABLE clients_adverseevent ADD CONSTRAINT an_open_event_marks_its_client
    FOREIGN KEY (client_id, client_event_free) REFERENCES clients_client (id, event_free);

CREATE FUNCTION clients_event_judged_once() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.follows <> '' AND NEW.follows <> OLD.follows OR OLD.word_given AND NOT NEW.word_given
    THEN
        RAISE EXCEPTION 'what was judged of an event stays' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.word_given AND NOT EXISTS (
        SELECT FROM clients_evententry WHERE event_id = NEW.id AND kind = 'WORD'
    ) THEN
        RAISE EXCEPTION 'a doctor''s word is on record' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_event_is_judged_once BEFORE UPDATE ON clients_adverseevent
    FOR EACH ROW EXECUTE FUNCTION clients_event_judged_once();
"""
OPEN_ONLY = """
DROP TRIGGER an_event_is_judged_once ON clients_adverseevent;
DROP FUNCTION clients_event_judged_once();
ALTER TABLE clients_adverseevent DROP CONSTRAINT an_open_event_marks_its_client;
ALTER TABLE clients_adverseevent DROP COLUMN client_event_free;
ALTER TABLE clients_adverseevent ADD COLUMN client_event_free boolean
    GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN false END) STORED;
ALTER TABLE clients_adverseevent ADD CONSTRAINT an_open_event_marks_its_client
    FOREIGN KEY (client_id, client_event_free) REFERENCES clients_client (id, event_free);
"""
FOLLOWS = [
    ("AGAIN", "May be treated again"),
    ("DOCTOR", "Only after a doctor’s word"),
    ("NEVER", "Never again"),
]


class Migration(migrations.Migration):
    dependencies = [("clients", "0005_a_client_stays_where_registered")]

    operations = [
        migrations.AddField(
            "adverseevent",
            "follows",
            models.CharField(blank=True, choices=FOLLOWS, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            "adverseevent", "word_given", models.BooleanField(db_default=False, default=False)
        ),
        migrations.CreateModel(
            name="EventEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor_kind", models.CharField(max_length=8)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ACTION", "What was done"),
                            ("SEEN", "What was seen or told"),
                            ("WORD", "A doctor’s word"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="clients.adverseevent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="an_entry_has_words",
                    )
                ]
            },
        ),
        migrations.RunSQL(HOLDS, OPEN_ONLY),
        AllowUpdate("clients_adverseevent", ["follows", "word_given"]),
    ]
