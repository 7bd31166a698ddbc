"""A session that turns out not to have been done is cancelled; one done otherwise rests longer.

The rooms above say when a session was not done after all (treatments, migration 0006). The rest of
a done session follows what was really done: it may grow and, after a correction, become shorter
again, never shorter than what its plan asks (`booking_rests_long_enough`).
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION booking_steps() RETURNS trigger LANGUAGE plpgsql{path} AS $$
DECLARE
    step text := OLD.status || '>' || NEW.status;
BEGIN
    IF (NEW.client_id, NEW.site_id, NEW.procedure_id, NEW.booked_at)
        IS DISTINCT FROM (OLD.client_id, OLD.site_id, OLD.procedure_id, OLD.booked_at)
    THEN
        RAISE EXCEPTION 'an appointment stays with its client and procedure'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND step NOT IN (
        'BOOKED>ARRIVED', 'BOOKED>ON_HOLD', 'BOOKED>CANCELLED', 'BOOKED>NO_SHOW',
        'ARRIVED>IN_TREATMENT', 'ARRIVED>ON_HOLD', 'ARRIVED>CANCELLED',
        'IN_TREATMENT>DONE', 'IN_TREATMENT>CANCELLED',
        'ON_HOLD>BOOKED', 'ON_HOLD>CANCELLED', 'ON_HOLD>NO_SHOW'{undone})
    THEN
        RAISE EXCEPTION 'an appointment takes only the steps of the table'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> 'BOOKED' AND (
        NEW.clearance_id, NEW.practitioner_id, NEW.room_id, NEW.starts_at, NEW.ends_at,
        NEW.time_zone, NEW.local_day, {new_rest}NEW.depth_mm, NEW.areas,
        NEW.anaesthetic_planned, NEW.clearance_valid_from, NEW.clearance_valid_until,
        NEW.clearance_depth_mm, NEW.clearance_anaesthetic
    ) IS DISTINCT FROM (
        OLD.clearance_id, OLD.practitioner_id, OLD.room_id, OLD.starts_at, OLD.ends_at,
        OLD.time_zone, OLD.local_day, {old_rest}OLD.depth_mm, OLD.areas,
        OLD.anaesthetic_planned, OLD.clearance_valid_from, OLD.clearance_valid_until,
        OLD.clearance_depth_mm, OLD.clearance_anaesthetic
    ) THEN
        RAISE EXCEPTION 'only a booked appointment can be moved'
            USING ERRCODE = 'check_violation';
    END IF;
{rest}    RETURN NEW;
END $$;
"""
NEW = {
    "path": " SET search_path = pg_catalog, public, pg_temp",
    "undone": ",\n        'DONE>CANCELLED'",
    "new_rest": "",
    "old_rest": "",
    "rest": """    IF NEW.status NOT IN ('BOOKED', 'DONE') AND NEW.rest_until <> OLD.rest_until THEN
        RAISE EXCEPTION 'only a booked appointment can be moved'
            USING ERRCODE = 'check_violation';
    END IF;
""",
}
OLD = {
    "path": "",
    "undone": "",
    "new_rest": "NEW.rest_until, ",
    "old_rest": "OLD.rest_until, ",
    "rest": "",
}


def _filled(words: dict[str, str]) -> str:
    sql = FUNCTION
    for name, text in words.items():
        sql = sql.replace("{" + name + "}", text)
    return sql


class Migration(migrations.Migration):
    dependencies = [("booking", "0003_steps")]

    operations = [migrations.RunSQL(_filled(NEW), _filled(OLD))]
