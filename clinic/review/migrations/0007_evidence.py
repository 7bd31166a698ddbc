"""A decision has all its verdicts from the beginning, and a newer one ends what the old allowed."""

from django.db import migrations

from clinic.core.constraints import ComesWith, RecordedAt, Sealed

PROMISES = """
CREATE FUNCTION review_ends_what_it_replaces() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    WITH ended AS (
        UPDATE intake_clearance
        SET ended_at = core_at(), ended_by = core_by(), ended_cause = 'There is a newer decision.'
        WHERE screening_id = NEW.screening_id AND ended_at IS NULL
        RETURNING id, client_id, site_id
    )
    INSERT INTO audit_event (at, verb, object_type, object_id, client_id, site_id, detail,
        actor_kind, actor_id, actor_name)
    SELECT core_at(), 'clearance.ended', 'intake.clearance', id, client_id, site_id, '{}',
        'system', NULL, core_by()
    FROM ended;
    RETURN NULL;
END $$;
CREATE TRIGGER a_decision_ends_the_clearance_before_it AFTER INSERT ON review_decision
    FOR EACH ROW EXECUTE FUNCTION review_ends_what_it_replaces();

CREATE FUNCTION review_decided_by_a_member() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM accounts_membership m
    WHERE m.user_id = NEW.decided_by_id AND m.site_id = NEW.site_id
        AND m.role = NEW.decided_role;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a decision is by somebody with that role at the site'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_decision_is_by_a_member AFTER INSERT ON review_decision
    FOR EACH ROW EXECUTE FUNCTION review_decided_by_a_member();

CREATE FUNCTION review_confirmed_by_a_member() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM accounts_membership m JOIN review_decision d ON d.id = NEW.decision_id
    WHERE m.user_id = NEW.confirmed_by_id AND m.site_id = d.site_id
        AND m.role = NEW.confirmed_role;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a confirmation is by somebody with that role at the site'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_confirmation_is_by_a_member AFTER INSERT ON review_confirmation
    FOR EACH ROW EXECUTE FUNCTION review_confirmed_by_a_member();
"""
UNDO = """
DROP TRIGGER a_confirmation_is_by_a_member ON review_confirmation;
DROP FUNCTION review_confirmed_by_a_member();
DROP TRIGGER a_decision_is_by_a_member ON review_decision;
DROP FUNCTION review_decided_by_a_member();
DROP TRIGGER a_decision_ends_the_clearance_before_it ON review_decision;
DROP FUNCTION review_ends_what_it_replaces();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0006_withdrawn_reading"),
        ("intake", "0012_evidence"),
        ("accounts", "0003_sign_in_attempts"),
        ("audit", "0003_recorded_at"),
    ]

    operations = [
        RecordedAt("review_decision", "decided_at"),
        RecordedAt("review_confirmation", "confirmed_at"),
        Sealed("review_decision"),
        ComesWith(
            "review_findingdecision",
            "review_decision",
            "decision_id",
            "a verdict comes with its decision",
        ),
        ComesWith(
            "review_decisionnews",
            "review_decision",
            "decision_id",
            "a decision names news from the beginning",
        ),
        migrations.RunSQL(PROMISES, UNDO),
    ]
