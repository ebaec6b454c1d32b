"""Contents are what their hash says, and neither they nor what is known of them ever change.

Only retention takes a file away: the tables' owner, who says so for the transaction by
``SET LOCAL summitry.retention = 'on'``. The application's role cannot.
"""

from django.db import migrations

_FORWARDS = """
ALTER TABLE files_contents ADD CONSTRAINT contents_are_what_their_hash_says
    CHECK (encode(sha256(content), 'hex') = sha256);

CREATE FUNCTION files_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('summitry.retention', true) = 'on'
        AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'a stored file does not change: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER files_storedfile_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON files_storedfile
    FOR EACH STATEMENT EXECUTE FUNCTION files_refuse();
CREATE TRIGGER files_contents_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON files_contents
    FOR EACH STATEMENT EXECUTE FUNCTION files_refuse();

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'summitry_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON files_storedfile, files_contents FROM summitry_app;
    END IF;
END $$;
"""

_BACKWARDS = """
DROP TRIGGER files_contents_immutable ON files_contents;
DROP TRIGGER files_storedfile_immutable ON files_storedfile;
DROP FUNCTION files_refuse();
ALTER TABLE files_contents DROP CONSTRAINT contents_are_what_their_hash_says;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'summitry_app') THEN
        GRANT UPDATE, DELETE ON files_storedfile, files_contents TO summitry_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [migrations.RunSQL(_FORWARDS, _BACKWARDS)]
