"""Nobody is cleared past what was told, unless a decision names it."""

import django.db.models.deletion
from django.db import migrations, models

PROMISES = """
ALTER TABLE review_decision ADD CONSTRAINT decision_of_client UNIQUE (id, client_id);
ALTER TABLE review_decisionnews
    ADD CONSTRAINT a_decision_names_news_of_its_own_client
        FOREIGN KEY (news_id, client_id) REFERENCES intake_news (id, client_id),
    ADD CONSTRAINT news_is_named_by_a_decision_on_its_client
        FOREIGN KEY (decision_id, client_id) REFERENCES review_decision (id, client_id);

CREATE FUNCTION review_news_was_known() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM review_decision d, intake_news n
        WHERE d.id = NEW.decision_id AND n.id = NEW.news_id AND n.recorded_at <= d.decided_at
    ) THEN
        RAISE EXCEPTION 'a decision names what was told before it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_decision_names_what_was_told_before_it BEFORE INSERT ON review_decisionnews
    FOR EACH ROW EXECUTE FUNCTION review_news_was_known();

CREATE FUNCTION review_told_since(screening bigint, decision bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- Whether something was told that neither the answers know nor the decision names.
    SELECT EXISTS (
        SELECT FROM intake_screening s
        JOIN intake_submission u ON u.id = s.submission_id
        JOIN intake_news n ON n.client_id = s.client_id
        WHERE s.id = screening
            AND NOT intake_news_answered(n.id, n.everything, n.question_ids, u.answers, u.heard)
            AND NOT EXISTS (
                SELECT FROM review_decisionnews d
                WHERE d.decision_id = decision AND d.news_id = n.id)
    );
$$;

CREATE FUNCTION review_clears_past_no_news() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- One at a time for each client: what is told takes the same lock (migration 0009 of intake).
    PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
    IF review_told_since(NEW.screening_id, NEW.decision_id) THEN
        RAISE EXCEPTION 'a clearance waits for what was told' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_clearance_waits_for_what_was_told BEFORE INSERT ON intake_clearance
    FOR EACH ROW EXECUTE FUNCTION review_clears_past_no_news();
"""

UNDO = """
DROP TRIGGER a_clearance_waits_for_what_was_told ON intake_clearance;
DROP FUNCTION review_clears_past_no_news();
DROP FUNCTION review_told_since(bigint, bigint);
DROP TRIGGER a_decision_names_what_was_told_before_it ON review_decisionnews;
DROP FUNCTION review_news_was_known();
ALTER TABLE review_decisionnews
    DROP CONSTRAINT news_is_named_by_a_decision_on_its_client,
    DROP CONSTRAINT a_decision_names_news_of_its_own_client;
ALTER TABLE review_decision DROP CONSTRAINT decision_of_client;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0004_look_again_after_a_wait"),
        ("intake", "0009_news"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionNews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="review.decision",
                    ),
                ),
                (
                    "news",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="intake.news",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "news"), name="a_decision_names_news_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(PROMISES, UNDO),
    ]
