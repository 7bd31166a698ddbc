"""A withdrawn consent or a reported adverse event stops the running treatment at once.

The stop is taken by the database in the same transaction, whoever withdraws and by whatever path,
as with appointments that go on hold. What was done until then is signed afterwards: a treatment
that has ended still owes its record until one is signed, or until somebody says that nothing was
done.
"""

from django.db import migrations, models

from clinic.core.grants import AllowUpdate

PROMISES = """
DROP TRIGGER a_treatment_ends_once ON treatments_treatment;
UPDATE treatments_treatment t SET nothing_done_at = ended_at
WHERE ended_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM treatments_treatmentrecord r WHERE r.treatment_id = t.id);
CREATE OR REPLACE FUNCTION treatments_ends_once() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.stopped_cause, NEW.stopped_by)
        IS DISTINCT FROM (OLD.ended_at, OLD.stopped_cause, OLD.stopped_by)
    THEN
        RAISE EXCEPTION 'what has ended stays ended' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.nothing_done_at IS NOT NULL AND NEW.nothing_done_at IS DISTINCT FROM OLD.nothing_done_at
    THEN
        RAISE EXCEPTION 'what has ended stays ended' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.nothing_done_at IS NOT NULL AND EXISTS (
        SELECT FROM treatments_treatmentrecord WHERE treatment_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'a treatment with a record was done' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_treatment_ends_once BEFORE UPDATE ON treatments_treatment
    FOR EACH ROW EXECUTE FUNCTION treatments_ends_once();

CREATE FUNCTION treatments_record_of_what_was_done() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM treatments_treatment
    WHERE id = NEW.treatment_id AND nothing_done_at IS NULL FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nothing was done, so there is no record' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_record_is_of_what_was_done BEFORE INSERT ON treatments_treatmentrecord
    FOR EACH ROW EXECUTE FUNCTION treatments_record_of_what_was_done();

CREATE FUNCTION treatments_stop(of_client bigint, on_consent bigint, why text, by_name text,
    stopped timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    stopping record;
BEGIN
    FOR stopping IN
        UPDATE treatments_treatment
        SET ended_at = GREATEST(stopped, started_at), stopped_cause = left(why, 500),
            stopped_by = by_name
        WHERE client_id = of_client AND ended_at IS NULL
            AND (on_consent IS NULL OR consent_id = on_consent)
        RETURNING id, appointment_id, site_id, ended_at
    LOOP
        UPDATE booking_appointment SET status = 'DONE'
        WHERE id = stopping.appointment_id AND status = 'IN_TREATMENT';
        INSERT INTO booking_statuschange
            (appointment_id, status, cause, at, actor_kind, actor_id, actor_name)
        VALUES (stopping.appointment_id, 'DONE', left(why, 500), stopping.ended_at, 'system', NULL,
            by_name);
        INSERT INTO audit_event (at, verb, object_type, object_id, client_id, site_id, detail,
            actor_kind, actor_id, actor_name)
        VALUES (stopping.ended_at, 'treatment.stop', 'treatments.treatment', stopping.id, of_client,
            stopping.site_id, '{"recorded": false}', 'system', NULL, by_name);
    END LOOP;
END $$;

CREATE FUNCTION treatments_stop_on_withdrawal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM treatments_stop(NEW.client_id, NEW.id, 'The client withdrew the consent.',
        NEW.ended_by, NEW.ended_at);
    RETURN NEW;
END $$;
CREATE TRIGGER a_withdrawn_consent_stops_its_treatment
    BEFORE UPDATE OF ended_at ON consent_consent
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.end_kind = 'WITHDRAWN')
    EXECUTE FUNCTION treatments_stop_on_withdrawal();

CREATE FUNCTION treatments_stop_on_adverse_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM treatments_stop(NEW.id, NULL, 'An adverse event was reported.', core_by(), core_at());
    RETURN NEW;
END $$;
CREATE TRIGGER an_adverse_event_stops_treatments
    BEFORE UPDATE OF event_free ON clients_client
    FOR EACH ROW WHEN (OLD.event_free AND NOT NEW.event_free)
    EXECUTE FUNCTION treatments_stop_on_adverse_event();

CREATE FUNCTION treatments_undone() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM treatments_treatment
        WHERE appointment_id = NEW.id AND nothing_done_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'an appointment takes only the steps of the table: what was done stays done'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER what_was_done_stays_done BEFORE UPDATE OF status ON booking_appointment
    FOR EACH ROW WHEN (OLD.status = 'DONE' AND NEW.status = 'CANCELLED')
    EXECUTE FUNCTION treatments_undone();
"""

UNDO = """
DROP TRIGGER what_was_done_stays_done ON booking_appointment;
DROP FUNCTION treatments_undone();
DROP TRIGGER an_adverse_event_stops_treatments ON clients_client;
DROP FUNCTION treatments_stop_on_adverse_event();
DROP TRIGGER a_withdrawn_consent_stops_its_treatment ON consent_consent;
DROP FUNCTION treatments_stop_on_withdrawal();
DROP FUNCTION treatments_stop(bigint, bigint, text, text, timestamptz);
DROP TRIGGER a_record_is_of_what_was_done ON treatments_treatmentrecord;
DROP FUNCTION treatments_record_of_what_was_done();
CREATE OR REPLACE FUNCTION treatments_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'what has ended stays ended' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0005_consent_by_these_rules"),
        ("booking", "0004_done_or_not_after_all"),
        ("consent", "0003_every_statement_ticked"),
        ("audit", "0001_initial"),
        ("core", "0004_acting"),
    ]

    operations = [
        migrations.AddField(
            "treatment",
            "stopped_by",
            models.CharField(max_length=200, blank=True, default="", db_default=""),
        ),
        migrations.AddField("treatment", "nothing_done_at", models.DateTimeField(null=True)),
        migrations.RunSQL(PROMISES, UNDO),
        AllowUpdate("treatments_treatment", ["stopped_by", "nothing_done_at"]),
    ]
