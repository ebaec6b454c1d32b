"""Grants of a delegation's roles name a delegation of their edition; members belong to their delegation's edition."""

from django.db import migrations

FORWARDS = """
ALTER TABLE accounts_grant
    ADD CONSTRAINT grant_delegation_in_edition FOREIGN KEY (delegation_id, edition_id)
        REFERENCES delegations_delegation (id, edition_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE delegations_member
    ADD CONSTRAINT member_delegation_in_edition FOREIGN KEY (delegation_id, edition_id)
        REFERENCES delegations_delegation (id, edition_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARDS = """
ALTER TABLE accounts_grant DROP CONSTRAINT grant_delegation_in_edition;
ALTER TABLE delegations_member DROP CONSTRAINT member_delegation_in_edition;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0001_initial"),
        ("accounts", "0001_initial"),
        ("conferences", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
