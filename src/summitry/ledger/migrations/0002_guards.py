"""The ledger only grows: the database refuses to change or take away an entry, whoever asks."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger only grows: % of an entry is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER entry_stays_row BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER entry_stays_all BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'summitry_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry FROM summitry_app;
    END IF;
END $$;
"""
BACKWARDS = """
DROP TRIGGER entry_stays_row ON ledger_entry;
DROP TRIGGER entry_stays_all ON ledger_entry;
DROP FUNCTION ledger_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
