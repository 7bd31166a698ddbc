"""A simulation finishes only where it has counted as many as there were to look at.

That each of them was judged is what `clinic.packs.actions.simulating` does, not what a trigger
can see: the role of the application writes these numbers.
"""

from django.db import migrations

GO_ON = """
CREATE OR REPLACE FUNCTION packs_go_on_simulating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.finished_at IS NOT NULL THEN
        RAISE EXCEPTION 'a finished simulation stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.done_id < OLD.done_id OR NEW.until_id < OLD.until_id{only_on} THEN
        RAISE EXCEPTION 'a simulation only goes on' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.finished_at IS NOT NULL
        AND ({to_the_end}EXISTS (SELECT FROM intake_screening WHERE id > NEW.done_id))
    THEN
        RAISE EXCEPTION 'a simulation leaves nobody out' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
STRICTER = GO_ON.format(
    only_on=" OR NEW.done < OLD.done",
    to_the_end="NEW.done <> NEW.total OR NEW.done_id < NEW.until_id OR ",
)
BEFORE = GO_ON.format(only_on="", to_the_end="")


class Migration(migrations.Migration):
    dependencies = [("packs", "0002_promises")]

    operations = [migrations.RunSQL(STRICTER, BEFORE)]
