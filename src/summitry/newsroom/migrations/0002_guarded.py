"""What holds of news, whoever writes.

- An issued version never changes, nor do its sentences and their evidence; an embargo can
  end earlier, never later.
- A version is drafted first, cleared next, issued last.
- A release keeps its edition and its address; withdrawn, it stays withdrawn.
- Nothing of it is deleted but the sentences and evidence of a draft.
"""

from django.db import migrations

_FORWARDS = """
CREATE FUNCTION newsroom_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'news is kept as it was: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION newsroom_violated(name text, told text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', told USING ERRCODE = 'check_violation', CONSTRAINT = name;
END $$;

CREATE FUNCTION newsroom_version_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before newsroom_releaseversion := OLD;
BEGIN
    IF OLD.state = 'issued' THEN
        before.embargo_until := NEW.embargo_until;
        before.version := NEW.version;
        IF NEW IS DISTINCT FROM before OR NEW.embargo_until IS NULL AND OLD.embargo_until IS NOT NULL
            OR NEW.embargo_until > OLD.embargo_until OR OLD.embargo_until IS NULL AND NEW.embargo_until IS NOT NULL
        THEN
            PERFORM newsroom_violated('release_version_issued_is_kept', 'an issued version does not change');
        END IF;
    ELSIF NEW.release_id <> OLD.release_id OR NEW.number <> OLD.number THEN
        PERFORM newsroom_violated('release_version_issued_is_kept', 'a version keeps its release and number');
    ELSIF NEW.state = 'issued' AND OLD.state <> 'cleared' THEN
        PERFORM newsroom_violated('release_version_cleared_first', 'a version is cleared before it is issued');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_kept BEFORE UPDATE ON newsroom_releaseversion
    FOR EACH ROW EXECUTE FUNCTION newsroom_version_kept();

CREATE FUNCTION newsroom_version_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'drafted' THEN
        PERFORM newsroom_violated('release_version_cleared_first', 'a version begins as a draft');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_begins BEFORE INSERT ON newsroom_releaseversion
    FOR EACH ROW EXECUTE FUNCTION newsroom_version_begins();

CREATE FUNCTION newsroom_sentence_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN touched := touched || OLD.release_version_id; END IF;
    IF TG_OP <> 'DELETE' THEN touched := touched || NEW.release_version_id; END IF;
    IF EXISTS (
        SELECT FROM newsroom_releaseversion WHERE id = ANY (touched) AND state <> 'drafted' FOR SHARE
    ) THEN
        PERFORM newsroom_violated('sentence_of_draft', 'only the sentences of a draft change');
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER sentence_kept BEFORE INSERT OR UPDATE OR DELETE ON newsroom_sentence
    FOR EACH ROW EXECUTE FUNCTION newsroom_sentence_kept();

CREATE FUNCTION newsroom_evidence_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN touched := touched || OLD.sentence_id; END IF;
    IF TG_OP <> 'DELETE' THEN touched := touched || NEW.sentence_id; END IF;
    IF EXISTS (
        SELECT FROM newsroom_sentence AS s JOIN newsroom_releaseversion AS v ON v.id = s.release_version_id
        WHERE s.id = ANY (touched) AND v.state <> 'drafted' FOR SHARE OF v
    ) THEN
        PERFORM newsroom_violated('sentence_of_draft', 'only the evidence of a draft changes');
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER evidence_kept BEFORE INSERT OR UPDATE OR DELETE ON newsroom_evidence
    FOR EACH ROW EXECUTE FUNCTION newsroom_evidence_kept();

CREATE FUNCTION newsroom_release_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.edition_id <> OLD.edition_id OR NEW.slug <> OLD.slug OR NEW.kind <> OLD.kind THEN
        PERFORM newsroom_violated('release_keeps_address', 'a release keeps its edition, kind and address');
    END IF;
    IF OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at, NEW.withdrawn_because)
        IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawn_because) THEN
        PERFORM newsroom_violated('release_stays_withdrawn', 'a release that is withdrawn stays so');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER release_kept BEFORE UPDATE ON newsroom_release
    FOR EACH ROW EXECUTE FUNCTION newsroom_release_kept();

CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON newsroom_release
    FOR EACH STATEMENT EXECUTE FUNCTION newsroom_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON newsroom_releaseversion
    FOR EACH STATEMENT EXECUTE FUNCTION newsroom_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON newsroom_sentence
    FOR EACH STATEMENT EXECUTE FUNCTION newsroom_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON newsroom_evidence
    FOR EACH STATEMENT EXECUTE FUNCTION newsroom_refuse();

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'summitry_app') THEN
        REVOKE DELETE, TRUNCATE ON newsroom_release, newsroom_releaseversion FROM summitry_app;
        REVOKE TRUNCATE ON newsroom_sentence, newsroom_evidence FROM summitry_app;
    END IF;
END $$;
"""

_BACKWARDS = """
DROP TRIGGER never_emptied ON newsroom_evidence;
DROP TRIGGER never_emptied ON newsroom_sentence;
DROP TRIGGER never_deleted ON newsroom_releaseversion;
DROP TRIGGER never_deleted ON newsroom_release;
DROP TRIGGER release_kept ON newsroom_release;
DROP TRIGGER evidence_kept ON newsroom_evidence;
DROP TRIGGER sentence_kept ON newsroom_sentence;
DROP TRIGGER version_begins ON newsroom_releaseversion;
DROP TRIGGER version_kept ON newsroom_releaseversion;
DROP FUNCTION newsroom_release_kept();
DROP FUNCTION newsroom_evidence_kept();
DROP FUNCTION newsroom_sentence_kept();
DROP FUNCTION newsroom_version_begins();
DROP FUNCTION newsroom_version_kept();
DROP FUNCTION newsroom_violated(text, text);
DROP FUNCTION newsroom_refuse();
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'summitry_app') THEN
        GRANT DELETE ON newsroom_release, newsroom_releaseversion TO summitry_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial")]
    operations = [migrations.RunSQL(_FORWARDS, _BACKWARDS)]
