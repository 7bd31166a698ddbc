"""Migration operations for promises that several tables make in the same words."""

from django.db import migrations

ENDED_ONCE = """
CREATE OR REPLACE FUNCTION core_ended_once() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'what has ended stays ended' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.ended_at IS NOT NULL AND (NEW.ended_by = '' OR NEW.ended_cause = '') THEN
        RAISE EXCEPTION 'an end has somebody and a cause' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class EndOnce(migrations.RunSQL):
    """Rows of `table` (an `Endable`) end at most once, by somebody, for a cause."""

    reduces_to_sql = False

    def __init__(self, table: str) -> None:
        trigger = f"{table}_ends_once"
        super().__init__(
            ENDED_ONCE
            + f"CREATE TRIGGER {trigger} BEFORE UPDATE OF ended_at, ended_by, ended_cause "
            f"ON {table} FOR EACH ROW EXECUTE FUNCTION core_ended_once();",
            f"DROP TRIGGER {trigger} ON {table};",
        )
        self.table = table

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [self.table], {}
