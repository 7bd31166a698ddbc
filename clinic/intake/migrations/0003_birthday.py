"""Age is evidence: when a date of birth is corrected, what rested on the old one ends."""

from django.db import migrations

PROMISE = """
CREATE FUNCTION intake_end_clearances(of_client bigint, why text) RETURNS void LANGUAGE sql AS $$
    WITH ended AS (
        UPDATE intake_clearance
        SET ended_at = core_at(), ended_by = core_by(), ended_cause = why
        WHERE client_id = of_client AND ended_at IS NULL
        RETURNING id, site_id
    )
    INSERT INTO audit_event (at, verb, object_type, object_id, client_id, site_id, detail,
        actor_kind, actor_id, actor_name)
    SELECT core_at(), 'clearance.ended', 'intake.clearance', id, of_client, site_id, '{}',
        'system', NULL, core_by()
    FROM ended;
$$;
CREATE FUNCTION intake_end_screenings(of_client bigint, why text) RETURNS void LANGUAGE sql AS $$
    WITH ended AS (
        UPDATE intake_screening
        SET ended_at = core_at(), ended_by = core_by(), ended_cause = why
        WHERE client_id = of_client AND ended_at IS NULL
        RETURNING id, site_id
    )
    INSERT INTO audit_event (at, verb, object_type, object_id, client_id, site_id, detail,
        actor_kind, actor_id, actor_name)
    SELECT core_at(), 'screening.ended', 'intake.screening', id, of_client, site_id, '{}',
        'system', NULL, core_by()
    FROM ended;
$$;

CREATE FUNCTION intake_end_on_corrected_birthday() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM intake_end_clearances(NEW.id, 'The date of birth was corrected.');
    PERFORM intake_end_screenings(NEW.id, 'The date of birth was corrected.');
    RETURN NULL;
END $$;
CREATE TRIGGER a_corrected_birthday_ends_what_rests_on_it
    AFTER UPDATE OF date_of_birth ON clients_client
    FOR EACH ROW WHEN (OLD.date_of_birth <> NEW.date_of_birth)
    EXECUTE FUNCTION intake_end_on_corrected_birthday();
"""

UNDO = """
DROP TRIGGER a_corrected_birthday_ends_what_rests_on_it ON clients_client;
DROP FUNCTION intake_end_on_corrected_birthday();
DROP FUNCTION intake_end_screenings(bigint, text);
DROP FUNCTION intake_end_clearances(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_promises"),
        ("clients", "0003_birthday_index"),
        ("audit", "0002_by_actor_and_day"),
        ("core", "0004_acting"),
    ]

    operations = [migrations.RunSQL(PROMISE, UNDO)]
