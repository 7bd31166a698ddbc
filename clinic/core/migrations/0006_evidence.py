"""What the database does for evidence in any room: seal it, hash it, and note when it came.

`clinic.core.constraints` holds the operations that put these functions to use.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION core_latest() RETURNS timestamptz LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS
    $$ SELECT clock_timestamp() + interval '10 minutes' $$;

CREATE FUNCTION core_recorded() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told timestamptz;
BEGIN
    NEW.recorded_at := clock_timestamp();
    EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO told USING NEW;
    IF told > core_latest() THEN
        RAISE EXCEPTION 'nothing is dated ahead of the clock' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION core_canonical_json(given jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    CASE jsonb_typeof(given)
        WHEN 'object' THEN
            RETURN '{' || COALESCE((
                SELECT string_agg(to_json(key)::text || ':' || core_canonical_json(value), ','
                    ORDER BY key COLLATE "C")
                FROM jsonb_each(given)), '') || '}';
        WHEN 'array' THEN
            RETURN '[' || COALESCE((
                SELECT string_agg(core_canonical_json(value), ',' ORDER BY place)
                FROM jsonb_array_elements(given) WITH ORDINALITY AS one (value, place)), '')
                || ']';
        ELSE RETURN given::text;
    END CASE;
END $$;

CREATE FUNCTION core_seal() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('INSERT INTO %I (id) VALUES ($1) ON CONFLICT DO NOTHING', TG_ARGV[0])
        USING NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION core_refuse_when_sealed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sealed boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = ($1).%I)', TG_ARGV[0], TG_ARGV[1])
        INTO sealed USING NEW;
    IF sealed THEN
        RAISE EXCEPTION '%', TG_ARGV[2] USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
UNDO = """
DROP FUNCTION core_refuse_when_sealed();
DROP FUNCTION core_seal();
DROP FUNCTION core_canonical_json(jsonb);
DROP FUNCTION core_recorded();
DROP FUNCTION core_latest();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0005_functions_look_only_here")]

    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
