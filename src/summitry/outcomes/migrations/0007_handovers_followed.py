"""What holds of planned visits, of settled remarks, and of what was accepted, whoever writes.

- A planned visit is of a handover in effect; it stands as it was planned until the visit, of the
  same handover, is noted or it is called off, and then for good.
- Remarks are settled of what was accepted with remarks, for as much of it, and not before that day;
  after the closing too.
- A handover of which something was accepted is not cancelled.
"""

from django.db import migrations

from summitry.outcomes.migrations._history import never_deleted

_FORWARDS = """
ALTER TABLE outcomes_plannedvisit
    ADD CONSTRAINT planned_visit_of_handover FOREIGN KEY (visit_id, handover_id)
        REFERENCES outcomes_endusevisit (id, handover_id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION outcomes_planned_visit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    handed text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT h.state INTO handed FROM outcomes_handover AS h WHERE h.id = NEW.handover_id FOR SHARE;
        IF handed NOT IN ('agreed', 'signed', 'closed') THEN
            PERFORM outcomes_violated('handover_under_way', 'the handover is not effective');
        END IF;
        IF NEW.visit_id IS NOT NULL OR NEW.called_off <> '' THEN
            PERFORM outcomes_violated('planned_visit_stands', 'a visit is planned before it is over');
        END IF;
    ELSIF OLD.visit_id IS NOT NULL OR OLD.called_off <> ''
        OR (NEW.handover_id, NEW.due_on, NEW.visitor_id, NEW.subject)
        IS DISTINCT FROM (OLD.handover_id, OLD.due_on, OLD.visitor_id, OLD.subject) THEN
        PERFORM outcomes_violated('planned_visit_stands', 'what is planned stands until it ends');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER planned_visit_stands BEFORE INSERT OR UPDATE ON outcomes_plannedvisit
    FOR EACH ROW EXECUTE FUNCTION outcomes_planned_visit_stands();

CREATE FUNCTION outcomes_remarks_settled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    earlier outcomes_inspection%ROWTYPE;
BEGIN
    SELECT * INTO earlier FROM outcomes_inspection WHERE id = NEW.corrects_id;
    IF earlier.result <> 'accepted_with_remarks' OR earlier.quantity <> NEW.quantity
        OR earlier.inspected_on > NEW.inspected_on THEN
        PERFORM outcomes_violated('inspection_settles_remarks', 'there are no remarks of that kind to settle');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER remarks_settled BEFORE INSERT ON outcomes_inspection
    FOR EACH ROW WHEN (NEW.settles) EXECUTE FUNCTION outcomes_remarks_settled();

CREATE OR REPLACE FUNCTION outcomes_under_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    handed text;
    open_to text[] := '{agreed,signed}';
BEGIN
    IF TG_TABLE_NAME IN ('outcomes_inspection', 'outcomes_disposal') THEN
        SELECT h.state INTO handed FROM outcomes_handoveritem AS t
        JOIN outcomes_handover AS h ON h.id = t.handover_id WHERE t.id = NEW.item_id FOR SHARE OF h;
    ELSE
        SELECT h.state INTO handed FROM outcomes_handover AS h WHERE h.id = NEW.handover_id FOR SHARE;
    END IF;
    IF TG_TABLE_NAME IN ('outcomes_disposal', 'outcomes_endusevisit')
        OR TG_TABLE_NAME = 'outcomes_inspection' AND (to_jsonb(NEW) ->> 'settles')::boolean THEN
        open_to := '{agreed,signed,closed}';
    END IF;
    IF handed <> ALL (open_to) THEN
        PERFORM outcomes_violated('handover_under_way', 'the handover is not in a state for it');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION outcomes_accepted_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM outcomes_inspection AS i JOIN outcomes_handoveritem AS t ON t.id = i.item_id
        WHERE t.handover_id = NEW.id AND i.result <> 'rejected'
          AND NOT EXISTS (SELECT FROM outcomes_inspection AS k WHERE k.corrects_id = i.id)
    ) THEN
        PERFORM outcomes_violated('handover_accepted_is_kept', 'something of it was accepted');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accepted_is_kept BEFORE UPDATE OF state ON outcomes_handover
    FOR EACH ROW WHEN (NEW.state = 'cancelled' AND OLD.state <> 'cancelled')
    EXECUTE FUNCTION outcomes_accepted_is_kept();
"""

_BACKWARDS = """
DROP TRIGGER accepted_is_kept ON outcomes_handover;
DROP FUNCTION outcomes_accepted_is_kept();
CREATE OR REPLACE FUNCTION outcomes_under_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    handed text;
BEGIN
    IF TG_TABLE_NAME IN ('outcomes_inspection', 'outcomes_disposal') THEN
        SELECT h.state INTO handed FROM outcomes_handoveritem AS t
        JOIN outcomes_handover AS h ON h.id = t.handover_id WHERE t.id = NEW.item_id FOR SHARE OF h;
    ELSE
        SELECT h.state INTO handed FROM outcomes_handover AS h WHERE h.id = NEW.handover_id FOR SHARE;
    END IF;
    IF TG_TABLE_NAME IN ('outcomes_disposal', 'outcomes_endusevisit') THEN
        IF handed NOT IN ('agreed', 'signed', 'closed') THEN
            PERFORM outcomes_violated('handover_under_way', 'the handover is not effective');
        END IF;
    ELSIF handed NOT IN ('agreed', 'signed') THEN
        PERFORM outcomes_violated('handover_under_way', 'the handover is not under way');
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER remarks_settled ON outcomes_inspection;
DROP FUNCTION outcomes_remarks_settled();
DROP TRIGGER planned_visit_stands ON outcomes_plannedvisit;
DROP FUNCTION outcomes_planned_visit_stands();
ALTER TABLE outcomes_plannedvisit DROP CONSTRAINT planned_visit_of_handover;
"""


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0006_visits_planned")]
    operations = [migrations.RunSQL(_FORWARDS, _BACKWARDS), never_deleted("plannedvisit")]
