"""Every write about editions and their settings."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences.models import Edition, Settings
from summitry.conferences.rules import PlanningSettings, settings_errors
from summitry.ledger.actions import action, record
from summitry.outbox.actions import send_again
from summitry.outbox.models import Letter
from summitry.records import RefusedError


@action
def change_settings(*, edition: Edition, chosen: PlanningSettings, by: Actor, version: int) -> Settings:
    """Change what the planner and the request forms of an edition go by.

    Parameters
    ----------
    version
        The edition's version that the choice was made on.

    Raises
    ------
    RefusedError
        Where the settings do not agree, or somebody else has changed them since.
    PermissionDenied
        Where `by` does not keep the edition.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    settings = Settings.objects.get(edition=locked)
    require(by, "change", settings)
    if locked.version != version:
        raise RefusedError(_("Somebody has changed the settings meanwhile. Look at them and choose again."))
    for field, message in settings_errors(chosen).items():
        raise RefusedError(message, field=field)
    after = asdict(chosen)
    before = {name: getattr(settings, name) for name in after}
    for name, value in after.items():
        setattr(settings, name, list(value) if isinstance(value, list | tuple) else value)
    settings.save()
    locked.version += 1
    locked.save(update_fields=["version"])
    changed = [name for name in after if before[name] != getattr(settings, name)]
    record(
        by=by,
        verb="change_settings",
        target=locked,
        edition_id=locked.pk,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return settings


@action
def send_letter_again(*, letter: Letter, by: Actor) -> None:
    """Have a letter that did not go sent again at once.

    Raises
    ------
    RefusedError
        Where it is on its way, or went already.
    PermissionDenied
        Where `by` does not keep its edition.
    """
    require(by, "send_letter_again", letter)
    before = send_again(letter)
    after = {"state": Letter.State.WAITING, "attempts": 0, "error": ""}
    record(
        by=by,
        verb="send_letter_again",
        target=letter,
        edition_id=letter.edition_id,
        before=before,
        after=after,
    )
