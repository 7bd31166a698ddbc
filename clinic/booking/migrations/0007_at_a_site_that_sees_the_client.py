"""Nobody is asked, screened or booked at a site that does not see them, nor past a stop elsewhere.

A stop that nobody may override counts at every site, for every procedure of the same modality.
"""

from django.db import migrations

TABLES = {
    "intake_intake": "an_intake_is_at_a_site_that_sees_the_client",
    "intake_screening": "a_screening_is_at_a_site_that_sees_the_client",
    "intake_clearance": "a_clearance_is_at_a_site_that_sees_the_client",
    "consent_consent": "a_consent_is_at_a_site_that_sees_the_client",
    "booking_appointment": "an_appointment_is_at_a_site_that_sees_the_client",
}
PROMISES = "".join(
    f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (client_id, site_id)"
    " REFERENCES clients_clientsite (client_id, site_id);"
    for table, name in TABLES.items()
)
UNDO = "".join(f"ALTER TABLE {table} DROP CONSTRAINT {name};" for table, name in TABLES.items())

STOPS = """
CREATE FUNCTION booking_past_no_stop_elsewhere() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- One at a time for each client: a stop takes the same lock.
    PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM intake_screening s
        JOIN procedures_procedure theirs ON theirs.id = s.procedure_id
        JOIN procedures_procedure ours ON ours.id = NEW.procedure_id
        WHERE s.client_id = NEW.client_id AND s.site_id <> NEW.site_id
            AND s.ended_at IS NULL AND s.hard_stop AND theirs.modality = ours.modality
    ) THEN
        RAISE EXCEPTION 'a stop at another site holds here too' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_stop_holds_at_every_site
    BEFORE INSERT OR UPDATE OF status ON booking_appointment
    FOR EACH ROW WHEN (NEW.status IN ('BOOKED', 'ARRIVED', 'IN_TREATMENT'))
    EXECUTE FUNCTION booking_past_no_stop_elsewhere();

CREATE FUNCTION booking_stop_ends_elsewhere() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    resting record;
    why text;
BEGIN
    PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
    SELECT 'At ' || name || ' an answer ruled this treatment out.' INTO why
    FROM accounts_site WHERE id = NEW.site_id;
    FOR resting IN
        SELECT c.id, c.site_id FROM intake_clearance c
        JOIN procedures_procedure theirs ON theirs.id = c.procedure_id
        JOIN procedures_procedure ours ON ours.id = NEW.procedure_id
        WHERE c.client_id = NEW.client_id AND c.site_id <> NEW.site_id AND c.ended_at IS NULL
            AND theirs.modality = ours.modality ORDER BY c.id
    LOOP
        BEGIN
            UPDATE intake_clearance
            SET ended_at = NEW.screened_at, ended_by = NEW.actor_name, ended_cause = why
            WHERE id = resting.id;
            INSERT INTO audit_event (at, verb, object_type, object_id, client_id, site_id, detail,
                actor_kind, actor_id, actor_name)
            VALUES (NEW.screened_at, 'clearance.ended', 'intake.clearance', resting.id,
                NEW.client_id, resting.site_id, '{}', 'system', NULL, NEW.actor_name);
        EXCEPTION WHEN foreign_key_violation THEN
            -- A treatment is under way on it; nothing else can come to rest on it.
            NULL;
        END;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER a_stop_ends_what_other_sites_cleared AFTER INSERT ON intake_screening
    FOR EACH ROW WHEN (NEW.hard_stop) EXECUTE FUNCTION booking_stop_ends_elsewhere();
"""
UNSTOP = """
DROP TRIGGER a_stop_ends_what_other_sites_cleared ON intake_screening;
DROP FUNCTION booking_stop_ends_elsewhere();
DROP TRIGGER a_stop_holds_at_every_site ON booking_appointment;
DROP FUNCTION booking_past_no_stop_elsewhere();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0006_who_and_where"),
        ("clients", "0007_one_client_many_sites"),
        ("intake", "0012_evidence"),
        ("consent", "0004_evidence"),
    ]

    operations = [migrations.RunSQL(PROMISES + STOPS, UNSTOP + UNDO)]
