"""A clearance may wait for a patch test; a reaction ends it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from clinic.core.constraints import RecordedAt

PROMISES = """
ALTER TABLE intake_clearance ADD CONSTRAINT clearance_of_client UNIQUE (id, client_id);
ALTER TABLE review_patchtest ADD CONSTRAINT a_patch_test_is_for_its_own_client
    FOREIGN KEY (clearance_id, client_id) REFERENCES intake_clearance (id, client_id);

CREATE OR REPLACE FUNCTION review_clears_within_conditions() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF cardinality(NEW.areas) = 0 OR EXISTS (
        SELECT FROM review_decision d WHERE d.id = NEW.decision_id AND (
            NEW.depth_mm > d.greatest_depth_mm
            OR NEW.areas && d.areas_left_out
            OR (NEW.anaesthetic_planned AND d.no_anaesthetic)
            OR (d.patch_test_first AND NOT NEW.patch_test_first)
            OR NEW.valid_until >= d.look_again_on)
    ) THEN
        RAISE EXCEPTION 'a clearance keeps the conditions of its decision'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION review_patch_good(clearance bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- Whether a patch test of the clearance was read as good and none reacted; null for unread.
    SELECT bool_and(r.result = 'GOOD') FROM review_patchreading r
    JOIN review_patchtest t ON t.id = r.patch_id WHERE t.clearance_id = clearance;
$$;

CREATE FUNCTION review_patch_is_in_order() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'review_patchtest' THEN
        PERFORM FROM intake_clearance c WHERE c.id = NEW.clearance_id AND c.ended_at IS NULL
            AND c.patch_test_first AND NEW.area = ANY (c.areas);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a patch test is on a cleared area' USING ERRCODE = 'check_violation';
        END IF;
    ELSE
        PERFORM FROM review_patchtest t WHERE t.id = NEW.patch_id AND t.done_on <= NEW.read_on;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a patch test is read after it' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_patch_test_is_on_a_cleared_area BEFORE INSERT ON review_patchtest
    FOR EACH ROW EXECUTE FUNCTION review_patch_is_in_order();
CREATE TRIGGER a_patch_test_is_read_after_it BEFORE INSERT ON review_patchreading
    FOR EACH ROW EXECUTE FUNCTION review_patch_is_in_order();

CREATE FUNCTION review_reaction_ends_the_clearance() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held intake_clearance;
BEGIN
    SELECT c.* INTO held FROM intake_clearance c
    JOIN review_patchtest t ON t.clearance_id = c.id WHERE t.id = NEW.patch_id;
    PERFORM FROM clients_client WHERE id = held.client_id FOR NO KEY UPDATE;
    BEGIN
        UPDATE intake_clearance SET ended_at = NEW.at, ended_by = NEW.actor_name,
            ended_cause = 'The skin reacted to the patch test.'
        WHERE id = held.id AND ended_at IS NULL;
        IF FOUND THEN
            INSERT INTO audit_event (at, verb, object_type, object_id, client_id, site_id, detail,
                actor_kind, actor_id, actor_name)
            VALUES (NEW.at, 'clearance.ended', 'intake.clearance', held.id, held.client_id,
                held.site_id, '{}', 'system', NULL, NEW.actor_name);
        END IF;
    EXCEPTION WHEN foreign_key_violation THEN
        -- A treatment is under way on it; nothing else can come to rest on it.
        NULL;
    END;
    RETURN NULL;
END $$;
CREATE TRIGGER a_reaction_ends_the_clearance AFTER INSERT ON review_patchreading
    FOR EACH ROW WHEN (NEW.result = 'REACTED')
    EXECUTE FUNCTION review_reaction_ends_the_clearance();
"""
UNDO = """
DROP TRIGGER a_reaction_ends_the_clearance ON review_patchreading;
DROP FUNCTION review_reaction_ends_the_clearance();
DROP TRIGGER a_patch_test_is_read_after_it ON review_patchreading;
DROP TRIGGER a_patch_test_is_on_a_cleared_area ON review_patchtest;
DROP FUNCTION review_patch_is_in_order();
DROP FUNCTION review_patch_good(bigint);
ALTER TABLE review_patchtest DROP CONSTRAINT a_patch_test_is_for_its_own_client;
ALTER TABLE intake_clearance DROP CONSTRAINT clearance_of_client;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_organisation"),
        ("clients", "0007_one_client_many_sites"),
        ("intake", "0015_patch_test_first"),
        ("review", "0008_conditions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PatchReading",
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
                ("read_on", models.DateField()),
                (
                    "result",
                    models.CharField(
                        choices=[("GOOD", "Good: no reaction"), ("REACTED", "The skin reacted")],
                        max_length=7,
                    ),
                ),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PatchTest",
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
                ("area", models.CharField(max_length=20)),
                ("what", models.CharField(max_length=500)),
                ("done_on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="only_a_clearance_has_conditions",
        ),
        migrations.AddField(
            model_name="decision",
            name="patch_test_first",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "CLEARED"),
                    models.Q(
                        ("areas_left_out", []),
                        ("greatest_depth_mm", None),
                        ("look_again_on", None),
                        ("no_anaesthetic", False),
                        ("patch_test_first", False),
                    ),
                    _connector="OR",
                ),
                name="only_a_clearance_has_conditions",
            ),
        ),
        migrations.AddField(
            model_name="patchtest",
            name="clearance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="patch_tests",
                to="intake.clearance",
            ),
        ),
        migrations.AddField(
            model_name="patchtest",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
            ),
        ),
        migrations.AddField(
            model_name="patchreading",
            name="patch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="review.patchtest",
            ),
        ),
        migrations.AddConstraint(
            model_name="patchtest",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="a_patch_test_says_with_what"
            ),
        ),
        RecordedAt("review_patchtest", "at"),
        RecordedAt("review_patchreading", "at"),
        migrations.RunSQL(PROMISES, UNDO),
    ]
