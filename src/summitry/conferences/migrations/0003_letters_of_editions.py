"""Letters and links name editions that exist."""

from django.db import migrations

_FORWARDS = """
ALTER TABLE outbox_letter ADD CONSTRAINT letter_edition_exists
    FOREIGN KEY (edition_id) REFERENCES conferences_edition (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE accounts_accesslink ADD CONSTRAINT link_edition_exists
    FOREIGN KEY (edition_id) REFERENCES conferences_edition (id) DEFERRABLE INITIALLY DEFERRED;
"""

_BACKWARDS = """
ALTER TABLE accounts_accesslink DROP CONSTRAINT link_edition_exists;
ALTER TABLE outbox_letter DROP CONSTRAINT letter_edition_exists;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_access_links"),
        ("conferences", "0002_kept_in_their_edition"),
        ("outbox", "0001_initial"),
    ]
    operations = [migrations.RunSQL(_FORWARDS, _BACKWARDS)]
