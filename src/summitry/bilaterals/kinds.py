"""The closed vocabularies of this floor."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """At which level a meeting is held."""

    PRINCIPAL = "principal", _("principals")
    DEPUTY = "deputy", _("deputies")
    EXPERT = "expert", _("experts")


class RequestStatus(TextChoices):
    """How far a request is (practice notes, bilaterals)."""

    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: The slug of the room feature that makes a room the host's own: counterparts come to it.
HOST_ROOM = "host-room"
