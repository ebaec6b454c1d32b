"""What holds of handovers, whoever writes.

- Deliveries, inspections, visits, disposals and files are only added; one entered wrongly is corrected by another.
- The list stands once it is agreed; later lines can be added, as replacements of what was rejected.
- An item is effective while its handover is, unless it was struck off or, being of one piece, rejected.
- Accepted and rejected together never exceed what was delivered, which never exceeds the quantity;
  no more is disposed of than was accepted.
- A commitment that is complete stays so: what it rests on is not corrected away behind its back.
- A handover serves commitments of its series, and is no less secret than they are.
"""

from django.db import migrations

from summitry.outcomes.migrations._history import never_deleted, only_added_to

_ADDED_TO = (
    "delivery",
    "deliveryline",
    "inspection",
    "endusevisit",
    "endusevisit_items",
    "disposal",
    "handoverfile",
)
_KEPT = ("handover", "handoveritem")

_FORWARDS = """
ALTER TABLE outcomes_handoveritem
    ADD CONSTRAINT handover_item_for_its_commitments FOREIGN KEY (handover_id, commitment_id)
        REFERENCES outcomes_fulfilment (handover_id, commitment_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE outcomes_deliveryline
    ADD CONSTRAINT delivery_line_of_handover FOREIGN KEY (delivery_id, handover_id)
        REFERENCES outcomes_delivery (id, handover_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT delivery_line_item_of_handover FOREIGN KEY (item_id, handover_id)
        REFERENCES outcomes_handoveritem (id, handover_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE outcomes_delivery
    ADD CONSTRAINT delivery_corrects_its_own FOREIGN KEY (corrects_id, handover_id)
        REFERENCES outcomes_delivery (id, handover_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE outcomes_inspection
    ADD CONSTRAINT inspection_of_item UNIQUE (id, item_id);
ALTER TABLE outcomes_inspection
    ADD CONSTRAINT inspection_corrects_its_own FOREIGN KEY (corrects_id, item_id)
        REFERENCES outcomes_inspection (id, item_id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION outcomes_handover_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            PERFORM outcomes_violated('handover_begins_as_draft', 'a handover begins as a draft');
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.edition_id, NEW.number) <> (OLD.edition_id, OLD.number) THEN
        PERFORM outcomes_violated('handover_keeps_its_number', 'a handover keeps its edition and number');
    END IF;
    IF OLD.state <> 'draft' AND (
        NEW.state = 'draft'
        OR (NEW.transfer_type, NEW.transferor_id, NEW.title_holder_id, NEW.custodian_id, NEW.transferee_id,
            NEW.transferee_body, NEW.title_passes, NEW.title_passes_on, NEW.end_use, NEW.resale_allowed,
            NEW.maintenance, NEW.insurance, NEW.inspection_right)
        IS DISTINCT FROM (OLD.transfer_type, OLD.transferor_id, OLD.title_holder_id, OLD.custodian_id,
            OLD.transferee_id, OLD.transferee_body, OLD.title_passes, OLD.title_passes_on, OLD.end_use,
            OLD.resale_allowed, OLD.maintenance, OLD.insurance, OLD.inspection_right)) THEN
        PERFORM outcomes_violated('handover_terms_stand', 'what is agreed does not change');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handover_stands BEFORE INSERT OR UPDATE ON outcomes_handover
    FOR EACH ROW EXECUTE FUNCTION outcomes_handover_stands();

CREATE FUNCTION outcomes_handover_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM outcomes_check_source(NEW.edition_id, NULL, NEW.ceremony_id, NEW.confidentiality);
    IF NEW.confidentiality < 3 AND EXISTS (
        SELECT FROM outcomes_fulfilment AS f JOIN outcomes_commitment AS c ON c.id = f.commitment_id
        WHERE f.handover_id = NEW.id AND c.confidentiality >= 3
    ) THEN
        PERFORM outcomes_violated('outcome_as_secret_as_its_source', 'a commitment it serves is more confidential');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER handover_source AFTER INSERT OR UPDATE OF edition_id, ceremony_id, confidentiality
    ON outcomes_handover FOR EACH ROW EXECUTE FUNCTION outcomes_handover_source();

CREATE FUNCTION outcomes_fulfilment_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    h record;
    c record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF (SELECT state FROM outcomes_handover WHERE id = OLD.handover_id) <> 'draft' THEN
            PERFORM outcomes_violated('handover_terms_stand', 'what is agreed does not change');
        END IF;
        RETURN OLD;
    END IF;
    SELECT x.confidentiality, e.series_id INTO h FROM outcomes_handover AS x
    JOIN conferences_edition AS e ON e.id = x.edition_id WHERE x.id = NEW.handover_id FOR SHARE OF x;
    SELECT x.confidentiality, e.series_id INTO c FROM outcomes_commitment AS x
    JOIN conferences_edition AS e ON e.id = x.edition_id WHERE x.id = NEW.commitment_id FOR SHARE OF x;
    IF h.series_id <> c.series_id THEN
        PERFORM outcomes_violated('fulfilment_in_series', 'the commitment is of another series');
    END IF;
    IF c.confidentiality >= 3 AND h.confidentiality < 3 THEN
        PERFORM outcomes_violated('outcome_as_secret_as_its_source', 'the commitment is more confidential');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fulfilment_fits BEFORE INSERT OR UPDATE OR DELETE ON outcomes_fulfilment
    FOR EACH ROW EXECUTE FUNCTION outcomes_fulfilment_fits();

CREATE FUNCTION outcomes_item_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    handed text;
BEGIN
    SELECT state INTO handed FROM outcomes_handover WHERE id = NEW.handover_id FOR SHARE;
    IF TG_OP = 'INSERT' AND handed NOT IN ('draft', 'agreed', 'signed') THEN
        PERFORM outcomes_violated('handover_terms_stand', 'nothing is added to what is over');
    END IF;
    IF TG_OP = 'UPDATE' AND (handed <> 'draft' OR NEW.handover_id <> OLD.handover_id)
        AND to_jsonb(NEW) - '{version,is_effective,asset_tag,warranty_to}'::text[]
        <> to_jsonb(OLD) - '{version,is_effective,asset_tag,warranty_to}'::text[] THEN
        PERFORM outcomes_violated('handover_terms_stand', 'what is agreed does not change');
    END IF;
    NEW.is_effective := handed IN ('agreed', 'signed', 'closed') AND NOT NEW.struck AND NOT (
        NEW.serial_number <> '' AND EXISTS (
            SELECT FROM outcomes_inspection AS i WHERE i.item_id = NEW.id AND i.result = 'rejected'
              AND NOT EXISTS (SELECT FROM outcomes_inspection AS k WHERE k.corrects_id = i.id)));
    RETURN NEW;
END $$;
CREATE TRIGGER item_stands BEFORE INSERT OR UPDATE ON outcomes_handoveritem
    FOR EACH ROW EXECUTE FUNCTION outcomes_item_stands();

CREATE FUNCTION outcomes_items_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE outcomes_handoveritem SET is_effective = is_effective WHERE handover_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER items_follow AFTER UPDATE OF state ON outcomes_handover
    FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION outcomes_items_follow();

-- The sums of one item; its row is locked, so that of two who deliver or inspect at once the later sees the other.
CREATE FUNCTION outcomes_check_item(checked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    item outcomes_handoveritem%ROWTYPE;
    delivered numeric;
    accepted numeric;
    rejected numeric;
    disposed numeric;
BEGIN
    SELECT * INTO item FROM outcomes_handoveritem WHERE id = checked FOR NO KEY UPDATE;
    SELECT coalesce(sum(l.quantity), 0) INTO delivered
    FROM outcomes_deliveryline AS l WHERE l.item_id = item.id
      AND NOT EXISTS (SELECT FROM outcomes_delivery AS k WHERE k.corrects_id = l.delivery_id);
    SELECT coalesce(sum(i.quantity) FILTER (WHERE i.result <> 'rejected'), 0),
           coalesce(sum(i.quantity) FILTER (WHERE i.result = 'rejected'), 0) INTO accepted, rejected
    FROM outcomes_inspection AS i WHERE i.item_id = item.id
      AND NOT EXISTS (SELECT FROM outcomes_inspection AS k WHERE k.corrects_id = i.id);
    SELECT coalesce(sum(d.quantity), 0) INTO disposed FROM outcomes_disposal AS d WHERE d.item_id = item.id;
    IF item.struck AND delivered > 0 THEN
        PERFORM outcomes_violated('item_delivered_within_quantity', 'the item was taken off the list');
    END IF;
    IF delivered > item.quantity THEN
        PERFORM outcomes_violated('item_delivered_within_quantity', 'more is delivered than is on the list');
    END IF;
    IF accepted + rejected > delivered THEN
        PERFORM outcomes_violated('item_accepted_within_delivered', 'more is inspected than was delivered');
    END IF;
    IF disposed > accepted THEN
        PERFORM outcomes_violated('item_disposed_within_accepted', 'more is disposed of than was accepted');
    END IF;
END $$;

CREATE FUNCTION outcomes_delivery_line_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM outcomes_check_item(NEW.item_id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER delivery_line_fits AFTER INSERT ON outcomes_deliveryline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION outcomes_delivery_line_fits();
CREATE CONSTRAINT TRIGGER disposal_fits AFTER INSERT ON outcomes_disposal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION outcomes_delivery_line_fits();

CREATE FUNCTION outcomes_correction_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM outcomes_check_item(l.item_id) FROM outcomes_deliveryline AS l
    WHERE l.delivery_id = NEW.corrects_id ORDER BY l.item_id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER correction_fits AFTER INSERT ON outcomes_delivery
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL)
    EXECUTE FUNCTION outcomes_correction_fits();

CREATE FUNCTION outcomes_inspection_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c outcomes_commitment%ROWTYPE;
BEGIN
    PERFORM outcomes_check_item(NEW.item_id);
    UPDATE outcomes_handoveritem SET is_effective = is_effective WHERE id = NEW.item_id AND serial_number <> '';
    IF NEW.corrects_id IS NOT NULL THEN
        SELECT x.* INTO c FROM outcomes_commitment AS x
        JOIN outcomes_handoveritem AS t ON t.commitment_id = x.id WHERE t.id = NEW.item_id FOR NO KEY UPDATE OF x;
        IF FOUND AND (c.progress = 'completed' OR c.completion = 'complete') AND NOT outcomes_may_be_complete(c) THEN
            PERFORM outcomes_violated('commitment_complete_when_accepted', 'the commitment is told complete');
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inspection_fits AFTER INSERT ON outcomes_inspection
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION outcomes_inspection_fits();

CREATE FUNCTION outcomes_under_way() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER under_way BEFORE INSERT ON outcomes_delivery
    FOR EACH ROW EXECUTE FUNCTION outcomes_under_way();
CREATE TRIGGER under_way BEFORE INSERT ON outcomes_inspection
    FOR EACH ROW EXECUTE FUNCTION outcomes_under_way();
CREATE TRIGGER under_way BEFORE INSERT ON outcomes_disposal
    FOR EACH ROW EXECUTE FUNCTION outcomes_under_way();
CREATE TRIGGER under_way BEFORE INSERT ON outcomes_endusevisit
    FOR EACH ROW EXECUTE FUNCTION outcomes_under_way();
"""

_BACKWARDS = """
DROP TRIGGER under_way ON outcomes_endusevisit;
DROP TRIGGER under_way ON outcomes_disposal;
DROP TRIGGER under_way ON outcomes_inspection;
DROP TRIGGER under_way ON outcomes_delivery;
DROP TRIGGER inspection_fits ON outcomes_inspection;
DROP TRIGGER correction_fits ON outcomes_delivery;
DROP TRIGGER disposal_fits ON outcomes_disposal;
DROP TRIGGER delivery_line_fits ON outcomes_deliveryline;
DROP TRIGGER items_follow ON outcomes_handover;
DROP TRIGGER item_stands ON outcomes_handoveritem;
DROP TRIGGER fulfilment_fits ON outcomes_fulfilment;
DROP TRIGGER handover_source ON outcomes_handover;
DROP TRIGGER handover_stands ON outcomes_handover;
DROP FUNCTION outcomes_under_way();
DROP FUNCTION outcomes_inspection_fits();
DROP FUNCTION outcomes_correction_fits();
DROP FUNCTION outcomes_delivery_line_fits();
DROP FUNCTION outcomes_check_item(bigint);
DROP FUNCTION outcomes_items_follow();
DROP FUNCTION outcomes_item_stands();
DROP FUNCTION outcomes_fulfilment_fits();
DROP FUNCTION outcomes_handover_source();
DROP FUNCTION outcomes_handover_stands();
ALTER TABLE outcomes_inspection
    DROP CONSTRAINT inspection_corrects_its_own, DROP CONSTRAINT inspection_of_item;
ALTER TABLE outcomes_delivery DROP CONSTRAINT delivery_corrects_its_own;
ALTER TABLE outcomes_deliveryline
    DROP CONSTRAINT delivery_line_of_handover, DROP CONSTRAINT delivery_line_item_of_handover;
ALTER TABLE outcomes_handoveritem DROP CONSTRAINT handover_item_for_its_commitments;
"""


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0003_instruments_guarded")]
    operations = [
        migrations.RunSQL(_FORWARDS, _BACKWARDS),
        *map(only_added_to, _ADDED_TO),
        *map(never_deleted, _KEPT),
    ]
