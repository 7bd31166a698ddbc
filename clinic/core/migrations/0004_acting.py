"""Who acts and when, as told by `clinic.core.acting`, for triggers to put on record."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION core_by() RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT COALESCE(NULLIF(current_setting('cleared.by', true), ''), 'Cleared') $$;
CREATE FUNCTION core_at() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT COALESCE(NULLIF(current_setting('cleared.at', true), '')::timestamptz,
        statement_timestamp()) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_jobs")]

    operations = [migrations.RunSQL(FUNCTIONS, "DROP FUNCTION core_at(); DROP FUNCTION core_by();")]
