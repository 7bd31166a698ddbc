"""What was done otherwise than cleared is stored with a signed explanation, never refused.

The checks "never deeper than cleared" and "a cartridge is in date" kept the truth out of the
record. In their place each record is compared, when its transaction ends, with what was cleared:
for every kind of difference there is a deviation row that says what, why and what was done.
"""

from django.db import migrations

PROMISES = """
CREATE FUNCTION treatments_differs(of_record bigint) RETURNS TABLE (kind text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH whole AS (
        SELECT r.*, t.started_at AS pressed_at, t.ended_at, t.stopped_cause,
            b.areas AS planned, b.anaesthetic_planned, s.flags
        FROM treatments_treatmentrecord r
        JOIN treatments_treatment t ON t.id = r.treatment_id
        JOIN booking_appointment b ON b.id = t.appointment_id
        JOIN intake_clearance c ON c.id = b.clearance_id
        JOIN intake_screening s ON s.id = c.screening_id
        WHERE r.id = of_record
    )
    SELECT 'WRONG_CLIENT' FROM whole WHERE voids
    UNION SELECT 'TOO_DEEP' FROM treatments_treatedarea
        WHERE record_id = of_record AND depth_mm > max_depth_mm
    UNION SELECT 'OTHER_AREA' FROM treatments_treatedarea a, whole
        WHERE a.record_id = of_record AND NOT a.area = ANY (planned)
    UNION SELECT 'CARTRIDGE_EXPIRED' FROM whole WHERE NOT voids AND (
        cartridge_expiry < performed_on OR EXISTS (
            SELECT FROM jsonb_array_elements(more_cartridges) one
            WHERE (one ->> 'expiry')::date < performed_on))
    UNION SELECT 'PRODUCT_EXPIRED' FROM whole WHERE NOT voids AND EXISTS (
        SELECT FROM jsonb_array_elements(topicals) one
        WHERE (one ->> 'expiry')::date < performed_on)
    UNION SELECT 'NUMBING' FROM whole WHERE NOT voids
        AND jsonb_typeof(anaesthetic) = 'object'
        AND NOT (anaesthetic_planned AND NOT 'no_topical_anaesthetic' = ANY (flags))
    UNION SELECT 'SPOTS_TREATED' FROM whole WHERE NOT voids
        AND excluded_zones = '' AND 'exclude_zone' = ANY (flags)
    UNION SELECT 'START_TIME' FROM whole WHERE NOT voids
        AND started_at <> pressed_at
    UNION SELECT 'AFTER_THE_STOP' FROM whole WHERE NOT voids
        AND stopped_cause <> '' AND finished_at > ended_at;
$$;

CREATE FUNCTION treatments_differences_explained() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    of_record bigint;
    unexplained text;
BEGIN
    IF TG_TABLE_NAME = 'treatments_treatedarea' THEN
        of_record := NEW.record_id;
        IF EXISTS (SELECT FROM treatments_treatmentrecord WHERE id = of_record AND voids) THEN
            RAISE EXCEPTION 'a void record has no areas' USING ERRCODE = 'check_violation';
        END IF;
    ELSE
        of_record := NEW.id;
    END IF;
    SELECT string_agg(d.kind, ', ' ORDER BY d.kind) INTO unexplained
    FROM treatments_differs(of_record) d
    WHERE NOT EXISTS (
        SELECT FROM treatments_deviation e WHERE e.record_id = of_record AND e.kind = d.kind
    );
    IF unexplained IS NOT NULL THEN
        RAISE EXCEPTION 'what was done otherwise than cleared is explained: %', unexplained
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_deviation_explains_what_differs
    AFTER INSERT ON treatments_treatmentrecord DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION treatments_differences_explained();
CREATE CONSTRAINT TRIGGER a_deviation_explains_an_area
    AFTER INSERT ON treatments_treatedarea DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION treatments_differences_explained();
CREATE TRIGGER a_signed_record_takes_no_further_deviation
    BEFORE INSERT ON treatments_deviation
    FOR EACH ROW EXECUTE FUNCTION treatments_area_of_this_signing();

CREATE OR REPLACE FUNCTION treatments_undone() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM treatments_treatment t
        WHERE t.appointment_id = NEW.id AND (t.nothing_done_at IS NOT NULL OR EXISTS (
            SELECT FROM treatments_treatmentrecord r
            WHERE r.treatment_id = t.id AND r.voids AND NOT EXISTS (
                SELECT FROM treatments_treatmentrecord newer WHERE newer.supersedes_id = r.id)))
    ) THEN
        RAISE EXCEPTION 'an appointment takes only the steps of the table: what was done stays done'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

UNDO = """
CREATE OR REPLACE FUNCTION treatments_undone() RETURNS trigger
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
DROP TRIGGER a_signed_record_takes_no_further_deviation ON treatments_deviation;
DROP TRIGGER a_deviation_explains_an_area ON treatments_treatedarea;
DROP TRIGGER a_deviation_explains_what_differs ON treatments_treatmentrecord;
DROP FUNCTION treatments_differences_explained();
DROP FUNCTION treatments_differs(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0007_deviations_are_recorded"),
        ("intake", "0005_after_level"),
        ("booking", "0004_done_or_not_after_all"),
    ]

    operations = [migrations.RunSQL(PROMISES, UNDO)]
