"""Every function reads the clinic's own tables, and the application makes none of its own.

PostgreSQL looks for a table among the temporary ones first, unless a function says where to look:
a temporary table named like a real one would otherwise stand in for it inside a trigger.
"""

from typing import ClassVar

from django.conf import settings
from django.db import migrations

LOOK_ONLY_HERE = """
DO $$
DECLARE
    made regprocedure;
BEGIN
    FOR made IN
        SELECT p.oid FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND pg_has_role(p.proowner, 'USAGE')
            AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', made);
    END LOOP;
END $$;
"""
MAKE_NOTHING = f"""
DO $$
BEGIN
    EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC, %I',
        current_database(), '{settings.DATABASE_APP_ROLE}');
END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC, "{settings.DATABASE_APP_ROLE}";
"""


class Migration(migrations.Migration):
    """After every migration that made a function without saying where it looks."""

    dependencies: ClassVar = [
        ("core", "0004_acting"),
        ("intake", "0008_rescreening"),
        ("review", "0004_look_again_after_a_wait"),
        ("consent", "0003_every_statement_ticked"),
        ("booking", "0003_steps"),
        ("treatments", "0005_consent_by_these_rules"),
        ("packs", "0003_to_the_end"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(LOOK_ONLY_HERE, migrations.RunSQL.noop),
        migrations.RunSQL(MAKE_NOTHING, migrations.RunSQL.noop),
    ]
