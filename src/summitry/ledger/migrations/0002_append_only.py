"""Entries can be added, never changed or taken away; a chain's head only moves on.

Triggers bind everybody, the tables' owner too; the rights bind the application once more.
"""

from django.db import migrations

_FORWARDS = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_chain_stays BEFORE DELETE OR TRUNCATE ON ledger_chain
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

CREATE FUNCTION ledger_chain_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.edition_id IS DISTINCT FROM OLD.edition_id OR NEW.sequence <> OLD.sequence + 1 THEN
        RAISE EXCEPTION 'the head of a ledger chain moves on by one entry, nothing else'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_chain_moves_on BEFORE UPDATE ON ledger_chain
    FOR EACH ROW EXECUTE FUNCTION ledger_chain_moves_on();

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'summitry_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry FROM summitry_app;
        REVOKE DELETE, TRUNCATE ON ledger_chain FROM summitry_app;
    END IF;
END $$;
"""

_BACKWARDS = """
DROP TRIGGER ledger_chain_moves_on ON ledger_chain;
DROP TRIGGER ledger_chain_stays ON ledger_chain;
DROP TRIGGER ledger_entry_append_only ON ledger_entry;
DROP FUNCTION ledger_chain_moves_on();
DROP FUNCTION ledger_refuse();
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'summitry_app') THEN
        GRANT UPDATE, DELETE ON ledger_entry, ledger_chain TO summitry_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(_FORWARDS, _BACKWARDS)]
