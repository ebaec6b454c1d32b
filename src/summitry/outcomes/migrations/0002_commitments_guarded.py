"""What holds of commitments, whoever writes.

- History is only added to: wordings, confirmations, reports, assessments, carry-overs, attached files.
- Terms and wording change only while a commitment is a draft or a change was asked for.
- It counts as agreed when every party that has a delegation at the edition has confirmed the
  last wording in the last round, or when it is said how it is known to be agreed elsewhere.
- Progress, completion, last report and expected day are those of the last report and assessment.
- It is complete only when what was accepted reaches what was promised.
- Nobody of the owner's assesses.
- Nothing from a secret meeting, session or instrument is less secret than it.
"""

from django.db import migrations

from summitry.outcomes.migrations._history import never_deleted, only_added_to

_ADDED_TO = ("wording", "confirmation", "report", "reportfile", "assessment", "carryover")
_KEPT = ("commitment", "area", "followupsettings")

_FORWARDS = """
CREATE FUNCTION outcomes_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what became of outcomes is only added to: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION outcomes_violated(name text, told text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', told USING ERRCODE = 'check_violation', CONSTRAINT = name;
END $$;

ALTER TABLE outcomes_confirmation
    ADD CONSTRAINT confirmation_of_its_wording FOREIGN KEY (wording_id, commitment_id)
        REFERENCES outcomes_wording (id, commitment_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT confirmation_commitment_in_edition FOREIGN KEY (commitment_id, edition_id)
        REFERENCES outcomes_commitment (id, edition_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT confirmation_delegation_in_edition FOREIGN KEY (delegation_id, edition_id)
        REFERENCES delegations_delegation (id, edition_id) DEFERRABLE INITIALLY DEFERRED;

-- Where an outcome came from: of its edition, and no less secret than it.
CREATE FUNCTION outcomes_check_source(edition bigint, meeting bigint, session bigint, level integer)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    source record;
BEGIN
    IF meeting IS NOT NULL THEN
        SELECT m.edition_id, greatest(r.confidentiality, o.confidentiality) AS level INTO source
        FROM bilaterals_meeting AS m
        JOIN bilaterals_request AS r ON r.id = m.request_id
        JOIN bookings_occasion AS o ON o.id = m.occasion_id
        WHERE m.id = meeting FOR SHARE OF r, o;
    ELSIF session IS NOT NULL THEN
        SELECT s.edition_id, o.confidentiality AS level INTO source
        FROM programme_session AS s JOIN bookings_occasion AS o ON o.id = s.occasion_id
        WHERE s.id = session FOR SHARE OF o;
    ELSE
        RETURN;
    END IF;
    IF source.edition_id <> edition THEN
        PERFORM outcomes_violated('outcome_source_of_edition', 'the meeting or session is of another edition');
    END IF;
    IF source.level >= 3 AND level < 3 THEN
        PERFORM outcomes_violated('outcome_as_secret_as_its_source', 'the source is more confidential');
    END IF;
END $$;

CREATE FUNCTION outcomes_commitment_source() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    series bigint := (SELECT series_id FROM conferences_edition WHERE id = NEW.edition_id);
    instrument record;
BEGIN
    PERFORM outcomes_check_source(NEW.edition_id, NEW.meeting_id, NEW.session_id, NEW.confidentiality);
    IF NEW.article_id IS NOT NULL THEN
        SELECT i.series_id, i.confidentiality INTO instrument
        FROM outcomes_article AS a JOIN outcomes_instrument AS i ON i.id = a.instrument_id
        WHERE a.id = NEW.article_id FOR SHARE OF i;
        IF instrument.series_id <> series THEN
            PERFORM outcomes_violated('outcome_source_of_edition', 'the instrument is of another series');
        END IF;
        IF instrument.confidentiality >= 3 AND NEW.confidentiality < 3 THEN
            PERFORM outcomes_violated('outcome_as_secret_as_its_source', 'the instrument is more confidential');
        END IF;
    END IF;
    IF NEW.contact_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM delegations_member AS m JOIN conferences_edition AS e ON e.id = m.edition_id
        WHERE m.id = NEW.contact_id AND e.series_id = series
    ) THEN
        PERFORM outcomes_violated('commitment_contact_of_series', 'the contact is of another series');
    END IF;
    IF NEW.confidentiality >= 3 AND EXISTS (
        SELECT FROM outcomes_fulfilment AS f JOIN outcomes_handover AS h ON h.id = f.handover_id
        WHERE f.commitment_id = NEW.id AND h.confidentiality < 3
    ) THEN
        PERFORM outcomes_violated('outcome_as_secret_as_its_source', 'a handover for it is less confidential');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER commitment_source
    AFTER INSERT OR UPDATE OF edition_id, meeting_id, session_id, article_id, contact_id, confidentiality
    ON outcomes_commitment FOR EACH ROW EXECUTE FUNCTION outcomes_commitment_source();

-- A meeting or session that becomes secret: what came of it is so first.
CREATE FUNCTION outcomes_source_becomes_secret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.confidentiality >= 3 AND EXISTS (
        SELECT FROM bilaterals_meeting AS m
        JOIN (SELECT meeting_id, confidentiality FROM outcomes_commitment
              UNION ALL SELECT meeting_id, confidentiality FROM outcomes_instrument) AS o ON o.meeting_id = m.id
        WHERE o.confidentiality < 3
          AND (TG_TABLE_NAME = 'bilaterals_request' AND m.request_id = NEW.id
               OR TG_TABLE_NAME = 'bookings_occasion' AND m.occasion_id = NEW.id)
        UNION ALL
        SELECT FROM programme_session AS s
        JOIN (SELECT session_id, confidentiality FROM outcomes_commitment
              UNION ALL SELECT session_id, confidentiality FROM outcomes_instrument) AS o ON o.session_id = s.id
        WHERE o.confidentiality < 3 AND TG_TABLE_NAME = 'bookings_occasion' AND s.occasion_id = NEW.id
    ) THEN
        PERFORM outcomes_violated('outcome_as_secret_as_its_source', 'what was agreed there is less confidential');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER outcomes_as_secret AFTER UPDATE OF confidentiality ON bilaterals_request
    FOR EACH ROW WHEN (NEW.confidentiality <> OLD.confidentiality)
    EXECUTE FUNCTION outcomes_source_becomes_secret();
CREATE TRIGGER outcomes_as_secret AFTER UPDATE OF confidentiality ON bookings_occasion
    FOR EACH ROW WHEN (NEW.confidentiality <> OLD.confidentiality)
    EXECUTE FUNCTION outcomes_source_becomes_secret();

CREATE FUNCTION outcomes_area_of_series() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    series bigint;
BEGIN
    IF TG_TABLE_NAME = 'outcomes_commitment_areas' THEN
        SELECT e.series_id INTO series FROM outcomes_commitment AS c
        JOIN conferences_edition AS e ON e.id = c.edition_id WHERE c.id = NEW.commitment_id;
    ELSE
        SELECT i.series_id INTO series FROM outcomes_instrument AS i WHERE i.id = NEW.instrument_id;
    END IF;
    IF series <> (SELECT series_id FROM outcomes_area WHERE id = NEW.area_id) THEN
        PERFORM outcomes_violated('outcome_area_of_series', 'the area is of another series');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER area_of_series AFTER INSERT OR UPDATE ON outcomes_commitment_areas
    FOR EACH ROW EXECUTE FUNCTION outcomes_area_of_series();

-- Which delegations have still to confirm in this round; the owner's must be among those asked.
CREATE FUNCTION outcomes_is_confirmed(c outcomes_commitment) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM delegations_delegation AS d
        WHERE d.edition_id = c.edition_id AND d.entity_id = c.owner_id AND d.answer <> 'regrets'
    ) AND NOT EXISTS (
        SELECT FROM delegations_delegation AS d
        WHERE d.edition_id = c.edition_id AND d.answer <> 'regrets'
          AND (d.entity_id = c.owner_id OR d.entity_id IN (
              SELECT p.entity_id FROM outcomes_commitmentparty AS p
              WHERE p.commitment_id = c.id AND p.role IN ('counterpart', 'beneficiary')))
          AND (SELECT f.answer FROM outcomes_confirmation AS f
               WHERE f.commitment_id = c.id AND f.delegation_id = d.id AND f.round = c.round
               ORDER BY f.id DESC LIMIT 1) IS DISTINCT FROM 'confirmed'
    );
END $$;

CREATE FUNCTION outcomes_commitment_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.workflow <> 'draft' THEN
            PERFORM outcomes_violated('commitment_begins_as_draft', 'a commitment begins as a draft');
        END IF;
        IF NEW.progress <> 'not_started' OR NEW.completion <> '' OR NEW.reported_on IS NOT NULL
            OR NEW.expected_on IS NOT NULL THEN
            PERFORM outcomes_violated('commitment_stands_by_its_reports', 'only reports and assessments say that');
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.edition_id, NEW.number) <> (OLD.edition_id, OLD.number) THEN
        PERFORM outcomes_violated('commitment_keeps_its_number', 'a commitment keeps its edition and number');
    END IF;
    IF (NEW.progress, NEW.completion, NEW.reported_on, NEW.expected_on)
        IS DISTINCT FROM (OLD.progress, OLD.completion, OLD.reported_on, OLD.expected_on)
        AND pg_trigger_depth() < 2 THEN
        PERFORM outcomes_violated('commitment_stands_by_its_reports', 'only reports and assessments say that');
    END IF;
    IF OLD.workflow NOT IN ('draft', 'change_requested')
        AND (NEW.kind, NEW.owner_id, NEW.baseline, NEW.indicator, NEW.target, NEW.unit, NEW.value,
             NEW.currency, NEW.funding_source, NEW.starts_on, NEW.due_on, NEW.dependency, NEW.meeting_id,
             NEW.session_id, NEW.article_id, NEW.publish)
        IS DISTINCT FROM (OLD.kind, OLD.owner_id, OLD.baseline, OLD.indicator, OLD.target, OLD.unit, OLD.value,
             OLD.currency, OLD.funding_source, OLD.starts_on, OLD.due_on, OLD.dependency, OLD.meeting_id,
             OLD.session_id, OLD.article_id, OLD.publish) THEN
        PERFORM outcomes_violated('commitment_terms_stand', 'what is with the parties or agreed does not change');
    END IF;
    IF OLD.agreed_on IS NULL AND NEW.agreed_on IS NOT NULL AND NEW.agreed_elsewhere = ''
        AND NOT outcomes_is_confirmed(NEW) THEN
        PERFORM outcomes_violated('commitment_agreed_by_its_parties', 'not all parties have confirmed');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_terms BEFORE INSERT OR UPDATE ON outcomes_commitment
    FOR EACH ROW EXECUTE FUNCTION outcomes_commitment_terms();

-- What belongs to the terms changes with them alone.
CREATE FUNCTION outcomes_part_of_terms() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    c outcomes_commitment%ROWTYPE;
BEGIN
    SELECT * INTO c FROM outcomes_commitment WHERE id = part.commitment_id FOR NO KEY UPDATE;
    IF c.workflow NOT IN ('draft', 'change_requested')
        OR TG_OP = 'UPDATE' AND OLD.commitment_id <> NEW.commitment_id THEN
        PERFORM outcomes_violated('commitment_terms_stand', 'what is with the parties or agreed does not change');
    END IF;
    IF TG_TABLE_NAME = 'outcomes_commitmentparty' AND TG_OP <> 'DELETE' THEN
        IF NEW.entity_id = c.owner_id THEN
            PERFORM outcomes_violated('commitment_owner_is_no_other_party', 'the owner is a party already');
        END IF;
    END IF;
    RETURN part;
END $$;
CREATE TRIGGER part_of_terms BEFORE INSERT OR UPDATE OR DELETE ON outcomes_commitmentparty
    FOR EACH ROW EXECUTE FUNCTION outcomes_part_of_terms();
CREATE TRIGGER part_of_terms BEFORE DELETE ON outcomes_milestone
    FOR EACH ROW EXECUTE FUNCTION outcomes_part_of_terms();
CREATE TRIGGER changed_part_of_terms BEFORE UPDATE ON outcomes_milestone FOR EACH ROW
    WHEN ((NEW.commitment_id, NEW.number, NEW.title, NEW.due_on)
          IS DISTINCT FROM (OLD.commitment_id, OLD.number, OLD.title, OLD.due_on))
    EXECUTE FUNCTION outcomes_part_of_terms();
CREATE TRIGGER part_of_terms BEFORE INSERT ON outcomes_wording
    FOR EACH ROW EXECUTE FUNCTION outcomes_part_of_terms();

CREATE FUNCTION outcomes_confirmation_in_round() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c outcomes_commitment%ROWTYPE;
BEGIN
    SELECT * INTO c FROM outcomes_commitment WHERE id = NEW.commitment_id FOR NO KEY UPDATE;
    IF c.workflow <> 'submitted' OR NEW.round <> c.round OR NEW.wording_id <> (
        SELECT w.id FROM outcomes_wording AS w WHERE w.commitment_id = c.id ORDER BY w.number DESC LIMIT 1
    ) THEN
        PERFORM outcomes_violated('confirmation_in_its_round', 'only what lies before the parties is answered');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER confirmation_in_its_round BEFORE INSERT ON outcomes_confirmation
    FOR EACH ROW EXECUTE FUNCTION outcomes_confirmation_in_round();

-- What was accepted of what a commitment promised; an inspection that another corrects does not count.
CREATE FUNCTION outcomes_accepted(of_commitment bigint) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
    RETURN (
        SELECT coalesce(sum(i.quantity), 0) FROM outcomes_inspection AS i
        JOIN outcomes_handoveritem AS t ON t.id = i.item_id
        JOIN outcomes_handover AS h ON h.id = t.handover_id
        WHERE t.commitment_id = of_commitment AND NOT t.struck
          AND h.state IN ('agreed', 'signed', 'closed', 'returned')
          AND i.result IN ('accepted', 'accepted_with_remarks')
          AND NOT EXISTS (SELECT FROM outcomes_inspection AS k WHERE k.corrects_id = i.id)
    );
END $$;

CREATE FUNCTION outcomes_may_be_complete(c outcomes_commitment) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RETURN c.target IS NULL
        OR c.kind <> 'equipment' AND NOT EXISTS (
            SELECT FROM outcomes_handoveritem AS t WHERE t.commitment_id = c.id AND NOT t.struck)
        OR outcomes_accepted(c.id) >= c.target;
END $$;

CREATE FUNCTION outcomes_commitment_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c outcomes_commitment%ROWTYPE;
    claimed boolean;
    before record;
BEGIN
    SELECT * INTO c FROM outcomes_commitment WHERE id = NEW.commitment_id FOR NO KEY UPDATE;
    IF c.workflow NOT IN ('approved', 'published') THEN
        PERFORM outcomes_violated('report_of_what_is_agreed', 'only what is agreed and not closed is reported on');
    END IF;
    IF TG_TABLE_NAME = 'outcomes_report' THEN
        claimed := NEW.progress = 'completed';
        SELECT count(*) AS rows, max(r."on") AS last INTO before
        FROM outcomes_report AS r WHERE r.commitment_id = c.id AND r.number < NEW.number;
    ELSE
        claimed := NEW.completion = 'complete';
        SELECT count(*) AS rows, max(a."on") AS last INTO before
        FROM outcomes_assessment AS a WHERE a.commitment_id = c.id AND a.number < NEW.number;
    END IF;
    IF before.rows <> NEW.number - 1 OR before.last > NEW."on" THEN
        PERFORM outcomes_violated('report_in_order', 'reports come one after the other, in order of time');
    END IF;
    IF claimed AND NOT outcomes_may_be_complete(c) THEN
        PERFORM outcomes_violated('commitment_complete_when_accepted', 'less was accepted than was promised');
    END IF;
    IF TG_TABLE_NAME = 'outcomes_report' THEN
        UPDATE outcomes_commitment SET progress = last.progress, reported_on = last."on", expected_on = (
            SELECT s.new_expected_on FROM outcomes_report AS s
            WHERE s.commitment_id = c.id AND s.new_expected_on IS NOT NULL ORDER BY s.number DESC LIMIT 1)
        FROM (SELECT r.progress, r."on" FROM outcomes_report AS r WHERE r.commitment_id = c.id
              ORDER BY r.number DESC LIMIT 1) AS last
        WHERE id = c.id;
    ELSE
        UPDATE outcomes_commitment SET completion = last.completion
        FROM (SELECT a.completion FROM outcomes_assessment AS a WHERE a.commitment_id = c.id
              ORDER BY a.number DESC LIMIT 1) AS last
        WHERE id = c.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER commitment_stands AFTER INSERT ON outcomes_report
    FOR EACH ROW EXECUTE FUNCTION outcomes_commitment_stands();
CREATE TRIGGER commitment_stands AFTER INSERT ON outcomes_assessment
    FOR EACH ROW EXECUTE FUNCTION outcomes_commitment_stands();

CREATE FUNCTION outcomes_assessor_is_independent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner bigint := (SELECT owner_id FROM outcomes_commitment WHERE id = NEW.commitment_id);
BEGIN
    IF NEW.assessor_entity_id = owner OR EXISTS (
        SELECT FROM accounts_grant AS g
        LEFT JOIN delegations_delegation AS d ON d.id = g.delegation_id
        LEFT JOIN conferences_edition AS e ON e.id = g.edition_id AND g.delegation_id IS NULL
        LEFT JOIN conferences_host AS h ON h.id = e.hosted_by_id
        WHERE g.user_id = NEW.assessor_id AND (
            d.entity_id = owner OR h.entity_id = owner
            OR g.edition_id IS NULL AND EXISTS (SELECT FROM conferences_host AS x WHERE x.entity_id = owner))
    ) THEN
        PERFORM outcomes_violated('assessment_not_by_the_owner', 'the assessor is of the owner');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assessor_is_independent BEFORE INSERT ON outcomes_assessment
    FOR EACH ROW EXECUTE FUNCTION outcomes_assessor_is_independent();

CREATE FUNCTION outcomes_carry_over_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM outcomes_commitment AS c
        JOIN conferences_edition AS here ON here.id = c.edition_id
        JOIN conferences_edition AS there ON there.series_id = here.series_id AND there.number > here.number
        WHERE c.id = NEW.commitment_id AND there.id = NEW.edition_id
    ) THEN
        PERFORM outcomes_violated('carry_over_to_later_edition', 'only a later edition of the series takes it over');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER carry_over_goes_on AFTER INSERT ON outcomes_carryover
    FOR EACH ROW EXECUTE FUNCTION outcomes_carry_over_goes_on();
"""

_BACKWARDS = """
DROP TRIGGER carry_over_goes_on ON outcomes_carryover;
DROP TRIGGER assessor_is_independent ON outcomes_assessment;
DROP TRIGGER commitment_stands ON outcomes_assessment;
DROP TRIGGER commitment_stands ON outcomes_report;
DROP TRIGGER confirmation_in_its_round ON outcomes_confirmation;
DROP TRIGGER part_of_terms ON outcomes_wording;
DROP TRIGGER changed_part_of_terms ON outcomes_milestone;
DROP TRIGGER part_of_terms ON outcomes_milestone;
DROP TRIGGER part_of_terms ON outcomes_commitmentparty;
DROP TRIGGER commitment_terms ON outcomes_commitment;
DROP TRIGGER area_of_series ON outcomes_commitment_areas;
DROP TRIGGER outcomes_as_secret ON bookings_occasion;
DROP TRIGGER outcomes_as_secret ON bilaterals_request;
DROP TRIGGER commitment_source ON outcomes_commitment;
DROP FUNCTION outcomes_carry_over_goes_on();
DROP FUNCTION outcomes_assessor_is_independent();
DROP FUNCTION outcomes_commitment_stands();
DROP FUNCTION outcomes_may_be_complete(outcomes_commitment);
DROP FUNCTION outcomes_accepted(bigint);
DROP FUNCTION outcomes_confirmation_in_round();
DROP FUNCTION outcomes_part_of_terms();
DROP FUNCTION outcomes_commitment_terms();
DROP FUNCTION outcomes_is_confirmed(outcomes_commitment);
DROP FUNCTION outcomes_area_of_series();
DROP FUNCTION outcomes_source_becomes_secret();
DROP FUNCTION outcomes_commitment_source();
DROP FUNCTION outcomes_check_source(bigint, bigint, bigint, integer);
ALTER TABLE outcomes_confirmation
    DROP CONSTRAINT confirmation_of_its_wording,
    DROP CONSTRAINT confirmation_commitment_in_edition,
    DROP CONSTRAINT confirmation_delegation_in_edition;
DROP FUNCTION outcomes_violated(text, text);
DROP FUNCTION outcomes_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0001_initial"),
        ("accounts", "0001_initial"),
        ("bilaterals", "0001_initial"),
        ("bookings", "0001_initial"),
        ("conferences", "0001_initial"),
        ("delegations", "0001_initial"),
        ("programme", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(_FORWARDS, _BACKWARDS),
        *map(only_added_to, _ADDED_TO),
        *map(never_deleted, _KEPT),
    ]
