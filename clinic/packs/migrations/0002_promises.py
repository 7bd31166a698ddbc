"""What the database itself promises about rules: nobody puts their own change in force.

The lock `cleared:rules` is the one of `clinic.intake.rules_lock`: whoever screens holds it shared.
"""

from django.db import migrations

from clinic.core.grants import AllowUpdate
from clinic.core.promises import EndOnce

PROMISES = """
ALTER TABLE screening_rulepack
    ADD CONSTRAINT rule_pack_in_full UNIQUE (id, name, version, sha256);
ALTER TABLE packs_draft ADD CONSTRAINT draft_in_full UNIQUE (id, name, version);
ALTER TABLE packs_revision ADD CONSTRAINT revision_in_full UNIQUE (id, draft_id, sha256);
ALTER TABLE packs_simulation
    ADD CONSTRAINT simulation_when_finished UNIQUE (id, revision_id, finished);
ALTER TABLE packs_approval ADD COLUMN must_be_finished boolean
    GENERATED ALWAYS AS (true) STORED;
ALTER TABLE packs_approval
    ADD CONSTRAINT approval_in_full UNIQUE (id, draft_id, sha256),
    ADD CONSTRAINT an_approval_is_of_a_revision_as_it_stands
        FOREIGN KEY (revision_id, draft_id, sha256)
        REFERENCES packs_revision (id, draft_id, sha256),
    ADD CONSTRAINT an_approval_follows_a_finished_simulation
        FOREIGN KEY (simulation_id, revision_id, must_be_finished)
        REFERENCES packs_simulation (id, revision_id, finished);
ALTER TABLE packs_publication
    ADD CONSTRAINT a_publication_is_of_its_drafts_version
        FOREIGN KEY (draft_id, name, version) REFERENCES packs_draft (id, name, version),
    ADD CONSTRAINT a_publication_rests_on_an_approval_of_its_content
        FOREIGN KEY (approval_id, draft_id, sha256)
        REFERENCES packs_approval (id, draft_id, sha256),
    ADD CONSTRAINT a_publication_is_of_its_own_rules
        FOREIGN KEY (rule_pack_id, name, version, sha256)
        REFERENCES screening_rulepack (id, name, version, sha256);

CREATE FUNCTION packs_open_draft(of_draft bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM packs_draft WHERE id = of_draft AND live FOR UPDATE;
    IF NOT FOUND OR EXISTS (SELECT FROM packs_publication WHERE draft_id = of_draft) THEN
        RAISE EXCEPTION 'the draft is not open' USING ERRCODE = 'check_violation';
    END IF;
END $$;
CREATE FUNCTION packs_newest_revision(of_draft bigint) RETURNS bigint LANGUAGE sql AS $$
    SELECT id FROM packs_revision WHERE draft_id = of_draft ORDER BY number DESC LIMIT 1;
$$;

CREATE FUNCTION packs_revise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM packs_open_draft(NEW.draft_id);
    IF NEW.number <> 1 + (
        SELECT count(*) FROM packs_revision WHERE draft_id = NEW.draft_id
    ) THEN
        RAISE EXCEPTION 'revisions follow each other' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_revision_follows_the_last BEFORE INSERT ON packs_revision
    FOR EACH ROW EXECUTE FUNCTION packs_revise();

CREATE FUNCTION packs_begin_simulation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.finished_at IS NOT NULL OR NEW.done_id <> 0 OR NEW.done <> 0 THEN
        RAISE EXCEPTION 'a simulation begins at the beginning' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_simulation_begins_at_the_beginning BEFORE INSERT ON packs_simulation
    FOR EACH ROW EXECUTE FUNCTION packs_begin_simulation();
CREATE FUNCTION packs_go_on_simulating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.finished_at IS NOT NULL THEN
        RAISE EXCEPTION 'a finished simulation stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.done_id < OLD.done_id OR NEW.until_id < OLD.until_id THEN
        RAISE EXCEPTION 'a simulation only goes on' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.finished_at IS NOT NULL
        AND EXISTS (SELECT FROM intake_screening WHERE id > NEW.done_id)
    THEN
        RAISE EXCEPTION 'a simulation leaves nobody out' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_simulation_leaves_nobody_out BEFORE UPDATE ON packs_simulation
    FOR EACH ROW EXECUTE FUNCTION packs_go_on_simulating();

CREATE FUNCTION packs_approve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM packs_open_draft(NEW.draft_id);
    IF NEW.revision_id <> packs_newest_revision(NEW.draft_id) THEN
        RAISE EXCEPTION 'only the newest revision is approved' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM packs_revision WHERE draft_id = NEW.draft_id AND actor_id = NEW.user_id
    ) THEN
        RAISE EXCEPTION 'nobody approves their own change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nobody_approves_their_own_change BEFORE INSERT ON packs_approval
    FOR EACH ROW EXECUTE FUNCTION packs_approve();

CREATE FUNCTION packs_publish() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM packs_open_draft(NEW.draft_id);
    IF NOT EXISTS (
        SELECT FROM packs_approval a WHERE a.id = NEW.approval_id
            AND a.revision_id = packs_newest_revision(NEW.draft_id)
    ) THEN
        RAISE EXCEPTION 'only an approved newest revision is published'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM screening_rulepack other
        JOIN screening_rulepack mine ON mine.id = NEW.rule_pack_id
        JOIN packs_draft d ON d.id = NEW.draft_id
        WHERE other.name = NEW.name AND other.id NOT IN (mine.id, d.base_id)
            AND (other.published_at, other.id)
                > (SELECT b.published_at, b.id FROM screening_rulepack b WHERE b.id = d.base_id)
    ) OR EXISTS (
        SELECT FROM screening_rulepack other
        JOIN screening_rulepack mine ON mine.id = NEW.rule_pack_id
        WHERE other.name = NEW.name AND other.id <> mine.id
            AND other.published_at >= mine.published_at
    ) THEN
        RAISE EXCEPTION 'other rules were published meanwhile' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_what_was_approved_is_published BEFORE INSERT ON packs_publication
    FOR EACH ROW EXECUTE FUNCTION packs_publish();

CREATE FUNCTION packs_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM packs_open_draft(NEW.id);
    RETURN NEW;
END $$;
CREATE TRIGGER a_published_draft_is_not_set_aside BEFORE UPDATE OF ended_at ON packs_draft
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
    EXECUTE FUNCTION packs_keep_published();

CREATE FUNCTION packs_change_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('cleared:rules', 0));
    RETURN NEW;
END $$;
CREATE TRIGGER nobody_screens_while_rules_change BEFORE INSERT ON screening_rulepack
    FOR EACH ROW EXECUTE FUNCTION packs_change_rules();

CREATE FUNCTION packs_rules_are_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF 1 < (
        SELECT count(*) FROM screening_rulepack r WHERE r.name = NEW.name
            AND NOT EXISTS (SELECT FROM packs_publication p WHERE p.rule_pack_id = r.id)
    ) THEN
        RAISE EXCEPTION 'only the first rules of a name need no approval'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rules_are_approved AFTER INSERT ON screening_rulepack
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION packs_rules_are_approved();
"""

UNDO = """
DROP TRIGGER rules_are_approved ON screening_rulepack;
DROP FUNCTION packs_rules_are_approved();
DROP TRIGGER nobody_screens_while_rules_change ON screening_rulepack;
DROP FUNCTION packs_change_rules();
DROP TRIGGER a_published_draft_is_not_set_aside ON packs_draft;
DROP FUNCTION packs_keep_published();
DROP TRIGGER only_what_was_approved_is_published ON packs_publication;
DROP FUNCTION packs_publish();
DROP TRIGGER nobody_approves_their_own_change ON packs_approval;
DROP FUNCTION packs_approve();
DROP TRIGGER a_simulation_leaves_nobody_out ON packs_simulation;
DROP FUNCTION packs_go_on_simulating();
DROP TRIGGER a_simulation_begins_at_the_beginning ON packs_simulation;
DROP FUNCTION packs_begin_simulation();
DROP TRIGGER a_revision_follows_the_last ON packs_revision;
DROP FUNCTION packs_revise();
DROP FUNCTION packs_newest_revision(bigint);
DROP FUNCTION packs_open_draft(bigint);
ALTER TABLE packs_publication
    DROP CONSTRAINT a_publication_is_of_its_own_rules,
    DROP CONSTRAINT a_publication_rests_on_an_approval_of_its_content,
    DROP CONSTRAINT a_publication_is_of_its_drafts_version;
ALTER TABLE packs_approval
    DROP CONSTRAINT an_approval_follows_a_finished_simulation,
    DROP CONSTRAINT an_approval_is_of_a_revision_as_it_stands,
    DROP CONSTRAINT approval_in_full,
    DROP COLUMN must_be_finished;
ALTER TABLE packs_simulation DROP CONSTRAINT simulation_when_finished;
ALTER TABLE packs_revision DROP CONSTRAINT revision_in_full;
ALTER TABLE packs_draft DROP CONSTRAINT draft_in_full;
ALTER TABLE screening_rulepack DROP CONSTRAINT rule_pack_in_full;
"""


class Migration(migrations.Migration):
    dependencies = [("packs", "0001_initial"), ("intake", "0002_promises")]

    operations = [
        migrations.RunSQL(PROMISES, UNDO),
        EndOnce("packs_draft"),
        AllowUpdate("packs_draft", ["ended_at", "ended_by", "ended_cause"]),
        AllowUpdate(
            "packs_simulation",
            [
                "until_id",
                "done_id",
                "total",
                "done",
                "worse",
                "better",
                "other",
                "reworded",
                "finished_at",
            ],
        ),
    ]
