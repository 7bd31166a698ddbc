"""The time to think runs from the moment the text is in the client's hands; signing comes after.

Consents from before keep what they say: their text counted as given when it was made ready.
"""

from django.db import migrations, models

from clinic.core.grants import AllowUpdate

PROMISES = """
ALTER TABLE consent_consent ADD CONSTRAINT the_whole_time_to_think
    CHECK (cooling_off_until >= given_at + make_interval(
        hours => COALESCE((content #>> '{cooling_off,hours}')::int, 0)));
ALTER TABLE consent_consent ADD COLUMN given_recorded_at timestamptz;

CREATE FUNCTION consent_handed_once() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.given_at, NEW.cooling_off_until, NEW.handed)
            IS NOT DISTINCT FROM (OLD.given_at, OLD.cooling_off_until, OLD.handed)
        THEN
            RETURN NEW;
        END IF;
        IF OLD.given_at IS NOT NULL THEN
            RAISE EXCEPTION 'a text is handed over once' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.given_at > core_latest() OR NEW.given_at < NEW.prepared_at THEN
        RAISE EXCEPTION 'a text is handed over after it is made, and not ahead of the clock'
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.given_recorded_at := CASE WHEN NEW.given_at IS NOT NULL THEN clock_timestamp() END;
    RETURN NEW;
END $$;
CREATE TRIGGER a_text_is_handed_over_once
    BEFORE INSERT OR UPDATE OF given_at, cooling_off_until, handed ON consent_consent
    FOR EACH ROW EXECUTE FUNCTION consent_handed_once();

CREATE FUNCTION consent_signed_after_thinking() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM consent_consent c
        WHERE c.id = NEW.consent_id AND NEW.signed_at >= c.cooling_off_until
    ) THEN
        RAISE EXCEPTION 'signed_after_the_time_to_think' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'signed_after_the_time_to_think';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_signature_comes_after_the_time_to_think BEFORE INSERT ON consent_signature
    FOR EACH ROW EXECUTE FUNCTION consent_signed_after_thinking();
"""
UNDO = """
DROP TRIGGER a_signature_comes_after_the_time_to_think ON consent_signature;
DROP FUNCTION consent_signed_after_thinking();
DROP TRIGGER a_text_is_handed_over_once ON consent_consent;
DROP FUNCTION consent_handed_once();
ALTER TABLE consent_consent DROP COLUMN given_recorded_at;
ALTER TABLE consent_consent DROP CONSTRAINT the_whole_time_to_think;
"""
RECORD_THE_MAKING = """
DROP TRIGGER consent_consent_is_recorded ON consent_consent;
CREATE TRIGGER consent_consent_is_recorded BEFORE INSERT ON consent_consent FOR EACH ROW
    EXECUTE FUNCTION core_recorded('prepared_at');
"""
RECORD_THE_GIVING = RECORD_THE_MAKING.replace("prepared_at", "given_at")
FROM_BEFORE = "UPDATE consent_consent SET prepared_at = given_at, handed = 'TABLET';"


class Migration(migrations.Migration):
    dependencies = [("consent", "0005_asked_again_after_an_event")]

    operations = [
        migrations.AddField("consent", "prepared_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "consent",
            "handed",
            models.CharField(
                max_length=8,
                choices=[
                    ("", "Not yet"),
                    ("LINK", "opened by private link"),
                    ("TABLET", "shown on the clinic's tablet"),
                    ("PRINTED", "handed over in print"),
                ],
                blank=True,
                default="",
                db_default="",
            ),
        ),
        migrations.RunSQL(FROM_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE;", migrations.RunSQL.noop),
        migrations.AlterField("consent", "prepared_at", models.DateTimeField()),
        migrations.AlterField("consent", "given_at", models.DateTimeField(null=True)),
        migrations.AlterField("consent", "cooling_off_until", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "consent",
            models.CheckConstraint(
                name="the_time_runs_from_the_handing_over",
                condition=models.Q(handed="", given_at=None, cooling_off_until=None)
                | (
                    ~models.Q(handed="")
                    & models.Q(given_at__isnull=False, cooling_off_until__isnull=False)
                ),
            ),
        ),
        migrations.RunSQL(RECORD_THE_MAKING, RECORD_THE_GIVING),
        migrations.RunSQL(PROMISES, UNDO),
        AllowUpdate("consent_consent", ["handed", "given_at", "cooling_off_until"]),
    ]
