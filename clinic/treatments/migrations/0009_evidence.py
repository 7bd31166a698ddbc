"""A record has all its areas from the beginning: sealed by a row, not by a number of a server.

Numbers of transactions begin anew on a restored server, so that an old record would have opened
again one day.
"""

from django.db import migrations

from clinic.core.constraints import ComesWith, RecordedAt, Sealed

BY_NUMBER = """
ALTER TABLE treatments_treatmentrecord
    ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE FUNCTION treatments_area_of_this_signing() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM treatments_treatmentrecord
        WHERE id = NEW.record_id AND written_in = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'a signed record takes no further area' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_signed_record_takes_no_further_area BEFORE INSERT ON treatments_treatedarea
    FOR EACH ROW EXECUTE FUNCTION treatments_area_of_this_signing();
CREATE TRIGGER a_signed_record_takes_no_further_deviation BEFORE INSERT ON treatments_deviation
    FOR EACH ROW EXECUTE FUNCTION treatments_area_of_this_signing();
"""
NO_LONGER = """
DROP TRIGGER a_signed_record_takes_no_further_deviation ON treatments_deviation;
DROP TRIGGER a_signed_record_takes_no_further_area ON treatments_treatedarea;
DROP FUNCTION treatments_area_of_this_signing();
ALTER TABLE treatments_treatmentrecord DROP COLUMN written_in;
"""
SITE = """
ALTER TABLE treatments_treatment ADD CONSTRAINT a_treatment_is_at_the_site_of_its_appointment
    FOREIGN KEY (appointment_id, site_id) REFERENCES booking_appointment (id, site_id);
"""
NO_SITE = """
ALTER TABLE treatments_treatment DROP CONSTRAINT a_treatment_is_at_the_site_of_its_appointment;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0008_a_deviation_explains_what_differs"),
        ("booking", "0006_who_and_where"),
        ("core", "0006_evidence"),
    ]

    operations = [
        migrations.RunSQL(NO_LONGER, BY_NUMBER),
        Sealed("treatments_treatmentrecord"),
        ComesWith(
            "treatments_treatedarea",
            "treatments_treatmentrecord",
            "record_id",
            "a signed record takes no further area",
        ),
        ComesWith(
            "treatments_deviation",
            "treatments_treatmentrecord",
            "record_id",
            "a signed record takes no further deviation",
        ),
        RecordedAt("treatments_treatment", "started_at"),
        RecordedAt("treatments_treatmentrecord", "signed_at"),
        migrations.RunSQL(SITE, NO_SITE),
    ]
