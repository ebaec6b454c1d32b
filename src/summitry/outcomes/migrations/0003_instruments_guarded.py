"""What holds of instruments, whoever writes.

- An instrument is of its edition's series, and so is what it rests on and what it renews; neither chain has a circle.
- Its state is that of the last event of its life; events, replies and files are only added.
- An objection or an amendment that comes in time breaks the silence, and none of another kind or later does;
  without one, and not before its exact end, the text is adopted.
- The articles of what is signed do not change.
"""

from django.db import migrations

from summitry.outcomes.migrations._history import never_deleted, only_added_to

_ADDED_TO = ("lifecycleevent", "instrumentfile", "silencereply")
_KEPT = ("instrument", "silenceprocedure")

_FORWARDS = """
ALTER TABLE conferences_edition ADD CONSTRAINT edition_in_series UNIQUE (id, series_id);
ALTER TABLE outcomes_instrument
    ADD CONSTRAINT instrument_edition_in_series FOREIGN KEY (edition_id, series_id)
        REFERENCES conferences_edition (id, series_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT instrument_parent_in_series FOREIGN KEY (parent_id, series_id)
        REFERENCES outcomes_instrument (id, series_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT instrument_predecessor_in_series FOREIGN KEY (predecessor_id, series_id)
        REFERENCES outcomes_instrument (id, series_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE outcomes_silencereply
    ADD CONSTRAINT silence_reply_in_edition FOREIGN KEY (procedure_id, edition_id)
        REFERENCES outcomes_silenceprocedure (id, edition_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT silence_reply_delegation_in_edition FOREIGN KEY (delegation_id, edition_id)
        REFERENCES delegations_delegation (id, edition_id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION outcomes_instrument_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM outcomes_check_source(NEW.edition_id, NEW.meeting_id, NEW.session_id, NEW.confidentiality);
    IF NEW.confidentiality >= 3 AND EXISTS (
        SELECT FROM outcomes_commitment AS c JOIN outcomes_article AS a ON a.id = c.article_id
        WHERE a.instrument_id = NEW.id AND c.confidentiality < 3
    ) THEN
        PERFORM outcomes_violated('outcome_as_secret_as_its_source', 'a commitment from it is less confidential');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER instrument_source AFTER INSERT OR UPDATE OF edition_id, meeting_id, session_id, confidentiality
    ON outcomes_instrument FOR EACH ROW EXECUTE FUNCTION outcomes_instrument_source();
CREATE TRIGGER area_of_series AFTER INSERT OR UPDATE ON outcomes_instrument_areas
    FOR EACH ROW EXECUTE FUNCTION outcomes_area_of_series();

CREATE FUNCTION outcomes_activity_in_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM outcomes_instrument_areas AS l
        WHERE l.instrument_id = NEW.instrument_id AND l.area_id = NEW.area_id
    ) THEN
        PERFORM outcomes_violated('activity_in_area_of_instrument', 'the instrument does not have this area');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER activity_in_area_of_instrument AFTER INSERT OR UPDATE ON outcomes_activity
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION outcomes_activity_in_area();

-- One lock per series, so that two who join the ends of a chain at once do not close a circle.
CREATE FUNCTION outcomes_chain_has_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.parent_id IS NULL AND NEW.predecessor_id IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('summitry.outcomes.chain'), NEW.series_id::integer);
    IF EXISTS (
        WITH RECURSIVE above (id) AS (
            SELECT NEW.parent_id UNION SELECT i.parent_id FROM above JOIN outcomes_instrument AS i USING (id)
        ) SELECT FROM above WHERE id = NEW.id
    ) OR EXISTS (
        WITH RECURSIVE earlier (id) AS (
            SELECT NEW.predecessor_id
            UNION SELECT i.predecessor_id FROM earlier JOIN outcomes_instrument AS i USING (id)
        ) SELECT FROM earlier WHERE id = NEW.id
    ) THEN
        PERFORM outcomes_violated('instrument_chain_has_no_circle', 'an instrument neither rests on nor renews itself');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER chain_has_no_circle AFTER INSERT OR UPDATE OF parent_id, predecessor_id ON outcomes_instrument
    FOR EACH ROW EXECUTE FUNCTION outcomes_chain_has_no_circle();

CREATE FUNCTION outcomes_instrument_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'idea' THEN
            PERFORM outcomes_violated('instrument_stands_by_its_events', 'only events say that');
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.edition_id, NEW.series_id, NEW.number) <> (OLD.edition_id, OLD.series_id, OLD.number) THEN
        PERFORM outcomes_violated('instrument_keeps_its_number', 'an instrument keeps its edition and number');
    END IF;
    IF NEW.state <> OLD.state AND pg_trigger_depth() < 2 THEN
        PERFORM outcomes_violated('instrument_stands_by_its_events', 'only events say that');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER instrument_state BEFORE INSERT OR UPDATE ON outcomes_instrument
    FOR EACH ROW EXECUTE FUNCTION outcomes_instrument_state();

CREATE FUNCTION outcomes_event_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before record;
BEGIN
    PERFORM FROM outcomes_instrument WHERE id = NEW.instrument_id FOR NO KEY UPDATE;
    SELECT count(*) AS rows, max(e."on") AS last INTO before
    FROM outcomes_lifecycleevent AS e WHERE e.instrument_id = NEW.instrument_id AND e.number < NEW.number;
    IF before.rows <> NEW.number - 1 OR before.last > NEW."on" THEN
        PERFORM outcomes_violated('lifecycle_in_order', 'events come one after the other, in order of time');
    END IF;
    UPDATE outcomes_instrument SET state = last.state
    FROM (SELECT e.state FROM outcomes_lifecycleevent AS e WHERE e.instrument_id = NEW.instrument_id
          ORDER BY e.number DESC LIMIT 1) AS last
    WHERE id = NEW.instrument_id;
    RETURN NULL;
END $$;
CREATE TRIGGER event_moves_on AFTER INSERT ON outcomes_lifecycleevent
    FOR EACH ROW EXECUTE FUNCTION outcomes_event_moves_on();

CREATE FUNCTION outcomes_article_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM outcomes_instrument WHERE id = OLD.instrument_id)
        NOT IN ('idea', 'agreed_in_principle', 'negotiating') THEN
        PERFORM outcomes_violated('article_stands', 'the articles of an agreed text do not change');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER article_stands BEFORE UPDATE OR DELETE ON outcomes_article
    FOR EACH ROW EXECUTE FUNCTION outcomes_article_stands();

CREATE FUNCTION outcomes_silence_reply_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    p outcomes_silenceprocedure%ROWTYPE;
BEGIN
    SELECT * INTO p FROM outcomes_silenceprocedure WHERE id = NEW.procedure_id FOR NO KEY UPDATE;
    IF p.state <> 'provisional' OR NEW.at < p.opened_at
        OR NEW.kind IN ('objection', 'amendment') AND NEW.at >= p.expires_at THEN
        PERFORM outcomes_violated('silence_reply_in_time', 'the silence is over');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER silence_reply_in_time BEFORE INSERT ON outcomes_silencereply
    FOR EACH ROW EXECUTE FUNCTION outcomes_silence_reply_in_time();

CREATE FUNCTION outcomes_silence_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_broken boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'provisional' THEN
            PERFORM outcomes_violated('silence_ends_as_it_was_kept', 'a silence procedure begins provisional');
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.instrument_id, NEW.edition_id, NEW.text, NEW.language, NEW.opened_at, NEW.expires_at)
        <> (OLD.instrument_id, OLD.edition_id, OLD.text, OLD.language, OLD.opened_at, OLD.expires_at)
        OR OLD.state <> 'provisional' AND NEW.state <> OLD.state THEN
        PERFORM outcomes_violated('silence_stands', 'what lies under silence does not change');
    END IF;
    is_broken := EXISTS (
        SELECT FROM outcomes_silencereply AS r WHERE r.procedure_id = NEW.id AND r.kind IN ('objection', 'amendment'));
    IF NEW.state = 'adopted' AND is_broken OR NEW.state = 'broken' AND NOT is_broken THEN
        PERFORM outcomes_violated('silence_ends_as_it_was_kept', 'the replies say otherwise');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER silence_ends BEFORE INSERT OR UPDATE ON outcomes_silenceprocedure
    FOR EACH ROW EXECUTE FUNCTION outcomes_silence_ends();
"""

_BACKWARDS = """
DROP TRIGGER silence_ends ON outcomes_silenceprocedure;
DROP TRIGGER silence_reply_in_time ON outcomes_silencereply;
DROP TRIGGER article_stands ON outcomes_article;
DROP TRIGGER event_moves_on ON outcomes_lifecycleevent;
DROP TRIGGER instrument_state ON outcomes_instrument;
DROP TRIGGER chain_has_no_circle ON outcomes_instrument;
DROP TRIGGER activity_in_area_of_instrument ON outcomes_activity;
DROP TRIGGER area_of_series ON outcomes_instrument_areas;
DROP TRIGGER instrument_source ON outcomes_instrument;
DROP FUNCTION outcomes_silence_ends();
DROP FUNCTION outcomes_silence_reply_in_time();
DROP FUNCTION outcomes_article_stands();
DROP FUNCTION outcomes_event_moves_on();
DROP FUNCTION outcomes_instrument_state();
DROP FUNCTION outcomes_chain_has_no_circle();
DROP FUNCTION outcomes_activity_in_area();
DROP FUNCTION outcomes_instrument_source();
ALTER TABLE outcomes_silencereply
    DROP CONSTRAINT silence_reply_in_edition, DROP CONSTRAINT silence_reply_delegation_in_edition;
ALTER TABLE outcomes_instrument
    DROP CONSTRAINT instrument_edition_in_series,
    DROP CONSTRAINT instrument_parent_in_series,
    DROP CONSTRAINT instrument_predecessor_in_series;
ALTER TABLE conferences_edition DROP CONSTRAINT edition_in_series;
"""


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0002_commitments_guarded")]
    operations = [
        migrations.RunSQL(_FORWARDS, _BACKWARDS),
        *map(only_added_to, _ADDED_TO),
        *map(never_deleted, _KEPT),
    ]
