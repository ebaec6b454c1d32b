"""Children stay in their edition, and what the floors below keep as numbers names editions that exist."""

from django.db import migrations

_FORWARDS = """
ALTER TABLE conferences_room ADD CONSTRAINT room_zone_of_edition
    FOREIGN KEY (zone_id, edition_id) REFERENCES conferences_zone (id, edition_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE accounts_grant ADD CONSTRAINT grant_edition_exists
    FOREIGN KEY (edition_id) REFERENCES conferences_edition (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ledger_chain ADD CONSTRAINT chain_edition_exists
    FOREIGN KEY (edition_id) REFERENCES conferences_edition (id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION conferences_walk_in_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(DISTINCT edition_id) FROM conferences_zone
        WHERE id IN (NEW.from_zone_id, NEW.to_zone_id)) > 1 THEN
        RAISE EXCEPTION 'a walk joins two zones of one edition'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'walk_in_one_edition';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER walk_in_one_edition AFTER INSERT OR UPDATE ON conferences_walk
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION conferences_walk_in_edition();
"""

_BACKWARDS = """
DROP TRIGGER walk_in_one_edition ON conferences_walk;
DROP FUNCTION conferences_walk_in_edition();
ALTER TABLE ledger_chain DROP CONSTRAINT chain_edition_exists;
ALTER TABLE accounts_grant DROP CONSTRAINT grant_edition_exists;
ALTER TABLE conferences_room DROP CONSTRAINT room_zone_of_edition;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("conferences", "0001_initial"),
        ("ledger", "0001_initial"),
    ]
    operations = [migrations.RunSQL(_FORWARDS, _BACKWARDS)]
