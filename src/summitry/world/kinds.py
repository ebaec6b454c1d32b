"""The closed vocabularies of this floor."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntityKind(TextChoices):
    """What an entity is, which decides its place in lists and at the table."""

    STATE = "state", _("State")
    OBSERVER_STATE = "observer_state", _("Observer State")
    ENTITY_IN_FOOTNOTE = "entity_in_footnote", _("Entity named with a footnote")
    EU_INSTITUTION = "eu_institution", _("EU institution")
    EU_AGENCY = "eu_agency", _("EU agency or mission")
    UN_BODY = "un_body", _("United Nations system")
    IGO = "igo", _("Intergovernmental organisation")
    NGO = "ngo", _("Non-governmental organisation")
    PRIVATE = "private", _("Private sector")
    MEDIA = "media", _("Media")
    HOST_ORGANISATION = "host_organisation", _("Host organisation")


#: Kinds that sit and are counted among States.
STATE_KINDS = frozenset({EntityKind.STATE, EntityKind.OBSERVER_STATE})


class StateOrder(TextChoices):
    """The orders between States that a host can pick from, per edition and use."""

    EN_ALPHA = "en_alpha", _("English alphabetical")
    EN_ALPHA_LOT = "en_alpha_lot", _("English alphabetical from a State drawn by lot")
    FR_ALPHA = "fr_alpha", _("French alphabetical")
    ES_ALPHA = "es_alpha", _("Spanish alphabetical")
    EU_PROTOCOL = "eu_protocol", _("European Union protocol order")
