"""What is told makes the questions it touches unanswered, whatever was answered before."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

PROMISES = """
CREATE FUNCTION intake_news_waits() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- One at a time for each client: whoever clears somebody holds the same lock.
    PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
    RETURN NEW;
END $$;
CREATE TRIGGER news_waits_for_who_clears_the_client BEFORE INSERT ON intake_news
    FOR EACH ROW EXECUTE FUNCTION intake_news_waits();

CREATE FUNCTION intake_news_ends_clearances() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    resting record;
BEGIN
    FOR resting IN
        SELECT id, site_id FROM intake_clearance
        WHERE client_id = NEW.client_id AND ended_at IS NULL ORDER BY id FOR NO KEY UPDATE
    LOOP
        BEGIN
            UPDATE intake_clearance
            SET ended_at = NEW.recorded_at, ended_by = NEW.actor_name, ended_cause = NEW.cause
            WHERE id = resting.id;
            INSERT INTO audit_event (at, verb, object_type, object_id, client_id, site_id, detail,
                actor_kind, actor_id, actor_name)
            VALUES (NEW.recorded_at, 'clearance.ended', 'intake.clearance', resting.id,
                NEW.client_id, resting.site_id, '{}', 'system', NULL, NEW.actor_name);
        EXCEPTION WHEN foreign_key_violation THEN
            -- A treatment is under way on it. It stays what it was begun on, and what was told is
            -- kept all the same; nothing else can come to rest on it (migration 0005 of booking).
            NULL;
        END;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER news_ends_what_was_cleared AFTER INSERT ON intake_news
    FOR EACH ROW EXECUTE FUNCTION intake_news_ends_clearances();

CREATE FUNCTION intake_news_empties_drafts() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE intake_intake AS open SET
        earlier = open.earlier || COALESCE((
            SELECT jsonb_object_agg(key, value) FROM jsonb_each(open.answers)
            WHERE NEW.everything OR key = ANY (NEW.question_ids)), '{}'),
        answers = COALESCE((
            SELECT jsonb_object_agg(key, value) FROM jsonb_each(open.answers)
            WHERE NOT (NEW.everything OR key = ANY (NEW.question_ids))), '{}'),
        version = open.version + 1
    WHERE open.client_id = NEW.client_id
        AND open.submitted_at IS NULL AND open.abandoned_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER news_makes_open_answers_unanswered AFTER INSERT ON intake_news
    FOR EACH ROW EXECUTE FUNCTION intake_news_empties_drafts();

CREATE FUNCTION intake_news_answered(news bigint, everything boolean, question_ids varchar[],
    answers jsonb, heard jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    -- Each touched question that these answers hold was answered by somebody who had this news in
    -- view, and at least one was; where none of them is asked any more, every answer was.
    WITH given AS (
        SELECT everything OR one.key = ANY (question_ids) AS touched,
            COALESCE((heard ->> one.key)::bigint, 0) >= news AS afresh
        FROM jsonb_each(answers) AS one
    )
    SELECT COALESCE(
        CASE WHEN bool_or(touched) THEN bool_and(afresh) FILTER (WHERE touched)
            ELSE bool_and(afresh) END, false)
    FROM given;
$$;

CREATE FUNCTION intake_news_of_birthday() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO intake_news (client_id, kind, words, told_by, question_ids, everything, cause,
        recorded_at, actor_kind, actor_id, actor_name)
    VALUES (NEW.id, 'BIRTHDAY', '', '', '{dob}', false, 'The date of birth was corrected.',
        core_at(), 'staff', NULL, core_by());
    RETURN NULL;
END $$;
CREATE TRIGGER corrected_birthday_is_news AFTER UPDATE OF date_of_birth ON clients_client
    FOR EACH ROW WHEN (OLD.date_of_birth <> NEW.date_of_birth)
    EXECUTE FUNCTION intake_news_of_birthday();

CREATE FUNCTION intake_news_of_event() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO intake_news (client_id, kind, words, told_by, question_ids, everything, cause,
        recorded_at, actor_kind, actor_id, actor_name)
    VALUES (NEW.client_id, 'ADVERSE_EVENT', NEW.what, '', '{}', true,
        'An adverse event was reported.', NEW.reported_at, NEW.actor_kind, NEW.actor_id,
        NEW.actor_name);
    RETURN NULL;
END $$;
CREATE TRIGGER an_adverse_event_is_news AFTER INSERT ON clients_adverseevent
    FOR EACH ROW EXECUTE FUNCTION intake_news_of_event();

-- Answers that were opened to be changed were all chosen beforehand: they are gone through again.
UPDATE intake_intake SET earlier = answers, answers = '{}', sections_saved = '{}',
    version = version + 1
WHERE amends_id IS NOT NULL AND submitted_at IS NULL AND abandoned_at IS NULL;
INSERT INTO intake_news (client_id, kind, words, told_by, question_ids, everything, cause,
    recorded_at, actor_kind, actor_id, actor_name)
SELECT client_id, 'ADVERSE_EVENT', what, '', '{}', true, 'An adverse event was reported.',
    reported_at, actor_kind, actor_id, actor_name
FROM clients_adverseevent WHERE ended_at IS NULL ORDER BY id;
"""

UNDO = """
DROP TRIGGER an_adverse_event_is_news ON clients_adverseevent;
DROP FUNCTION intake_news_of_event();
DROP TRIGGER corrected_birthday_is_news ON clients_client;
DROP FUNCTION intake_news_of_birthday();
DROP FUNCTION intake_news_answered(bigint, boolean, varchar[], jsonb, jsonb);
DROP TRIGGER news_makes_open_answers_unanswered ON intake_news;
DROP FUNCTION intake_news_empties_drafts();
DROP TRIGGER news_ends_what_was_cleared ON intake_news;
DROP FUNCTION intake_news_ends_clearances();
DROP TRIGGER news_waits_for_who_clears_the_client ON intake_news;
DROP FUNCTION intake_news_waits();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0008_rescreening"),
        ("clients", "0003_birthday_index"),
        ("audit", "0002_by_actor_and_day"),
        ("core", "0004_acting"),
    ]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="earlier",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="intake",
            name="heard",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="submission",
            name="heard",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="News",
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
                            ("CHECK_IN", "At check-in"),
                            ("PHONE", "On the phone"),
                            ("MESSAGE", "In a message"),
                            ("IN_PERSON", "In person"),
                            ("AFTERCARE", "In a check-in after treatment"),
                            ("BIRTHDAY", "Date of birth corrected"),
                            ("ADVERSE_EVENT", "Adverse event"),
                        ],
                        max_length=14,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("told_by", models.CharField(blank=True, max_length=200)),
                (
                    "question_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("everything", models.BooleanField()),
                ("cause", models.CharField(max_length=500)),
                ("recorded_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["client", "id"], name="news_by_client")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("everything", True),
                            models.Q(("question_ids", []), _negated=True),
                            _connector="OR",
                        ),
                        name="news_touches_a_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cause", ""), _negated=True), name="news_has_a_cause"
                    ),
                    models.UniqueConstraint(fields=("id", "client"), name="news_of_client"),
                ],
            },
        ),
        migrations.RunSQL(PROMISES, UNDO),
    ]
