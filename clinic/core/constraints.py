"""Migration operations for what the database promises about evidence, in the same words anywhere.

Their functions are made by `core.0006_evidence`, on which a migration that uses them depends.
"""

from django.db import migrations

HEX = "'^[0-9a-f]{64}$'"


class _Promise(migrations.RunSQL):
    """A statement told by a few arguments, which is all that a migration file shows of it."""

    reduces_to_sql = False

    def __init__(self, forwards: str, backwards: str, *told: str) -> None:
        super().__init__(forwards, backwards)
        self.told = told

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__qualname__, [*self.told], {}


class RecordedAt(_Promise):
    """Rows of `table` carry the database's own time, which no writer chooses, as `recorded_at`.

    `moment` is the column in which the application says when it was; it is never ahead of the
    clock (ten minutes are allowed for clocks that differ). Rows from before have no such time.
    """

    def __init__(self, table: str, moment: str) -> None:
        trigger = f"{table}_is_recorded"
        super().__init__(
            f"ALTER TABLE {table} ADD COLUMN recorded_at timestamptz;"
            f"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} FOR EACH ROW"
            f" EXECUTE FUNCTION core_recorded('{moment}');",
            f"DROP TRIGGER {trigger} ON {table}; ALTER TABLE {table} DROP COLUMN recorded_at;",
            table,
            moment,
        )


class Sealed(_Promise):
    """A row of `parent` is sealed by a row in a table of its own, when its transaction ends."""

    def __init__(self, parent: str) -> None:
        seals = f"{parent}_seal"
        super().__init__(
            f"CREATE TABLE {seals} (id bigint PRIMARY KEY REFERENCES {parent} (id));"  # noqa: S608
            f"INSERT INTO {seals} SELECT id FROM {parent};"
            f"CREATE CONSTRAINT TRIGGER {parent}_is_sealed AFTER INSERT ON {parent}"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
            f" EXECUTE FUNCTION core_seal('{seals}');",
            f"DROP TRIGGER {parent}_is_sealed ON {parent}; DROP TABLE {seals};",
            parent,
        )


class ComesWith(_Promise):
    """Rows of `child` are added in the transaction that adds their row of `parent`, or never.

    `key` refers to `parent`, which is `Sealed`; `refusal` is what is said to who comes later.
    """

    def __init__(self, child: str, parent: str, key: str, refusal: str) -> None:
        trigger = f"{child}_comes_with_its_parent"
        super().__init__(
            f"CREATE TRIGGER {trigger} BEFORE INSERT ON {child} FOR EACH ROW EXECUTE FUNCTION"
            f" core_refuse_when_sealed('{parent}_seal', '{key}', '{refusal}');",
            f"DROP TRIGGER {trigger} ON {child};",
            child,
            parent,
            key,
            refusal,
        )


class HashOfBytes(_Promise):
    """`sha256` of a row of `table` is the hash of its bytes in `column`, in lower-case hex."""

    def __init__(self, table: str, column: str) -> None:
        name = f"{table}_hash_is_of_its_{column}"
        super().__init__(
            f"ALTER TABLE {table} ADD CONSTRAINT {name}"
            f" CHECK (sha256 = encode(sha256({column}), 'hex'));",
            f"ALTER TABLE {table} DROP CONSTRAINT {name};",
            table,
            column,
        )


class HashOfJson(_Promise):
    """`<column>_sha256` of a row of `table` is the hash of its canonical JSON in `column`."""

    def __init__(self, table: str, column: str) -> None:
        name = f"{table}_hash_is_of_its_{column}"
        super().__init__(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column}_sha256 ="
            f" encode(sha256(convert_to(core_canonical_json({column}), 'UTF8')), 'hex'));",
            f"ALTER TABLE {table} DROP CONSTRAINT {name};",
            table,
            column,
        )


class IsAHash(_Promise):
    """`column` of `table` has the shape of a SHA-256 in hex: what it is of lies outside."""

    def __init__(self, table: str, column: str) -> None:
        name = f"{table}_{column}_is_a_hash"
        super().__init__(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} ~ {HEX});",
            f"ALTER TABLE {table} DROP CONSTRAINT {name};",
            table,
            column,
        )
