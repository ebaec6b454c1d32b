"""What the demonstration's press office keeps, and the release it has published."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from summitry.accounts.access import actor_of
from summitry.accounts.models import User
from summitry.conferences.models import Edition
from summitry.demonstration.outcomes import texts
from summitry.newsroom.actions import (
    Profile,
    clear_release,
    draft_release,
    issue_release,
    keep_profile,
    keep_terms,
)
from summitry.newsroom.models import Release

SLUG: Final = "warsaw"
PRESS: Final = "press@demo.example"
SECRETARIAT: Final = "secretariat@demo.example"
PROFILE: Final = Profile(
    audience=texts(
        "law enforcement executives",
        "responsables des services répressifs",
        "responsables de las fuerzas del orden",
    ),
    about=texts(
        "Frontex, the European Border and Coast Guard Agency, supports the Member States of the European Union and the "
        "countries associated with Schengen in the management of their external borders.",
        "Frontex, l’Agence européenne de garde-frontières et de garde-côtes, appuie les États membres de l’Union "
        "européenne et les pays associés à l’espace Schengen dans la gestion de leurs frontières extérieures.",
        "Frontex, la Agencia Europea de la Guardia de Fronteras y Costas, apoya a los Estados miembros de la Unión "
        "Europea y a los países asociados a Schengen en la gestión de sus fronteras exteriores.",
    ),
    contact="press@demo.example",
)
#: How offices and services are written in French and Spanish.
TERMS: Final = {
    "Executive Director": {"fr": "directeur exécutif", "es": "director ejecutivo"},
    "Acting Deputy Secretary": {"fr": "secrétaire adjoint par intérim", "es": "secretario adjunto interino"},
    "Department of Homeland Security": {
        "fr": "département de la Sécurité intérieure",
        "es": "Departamento de Seguridad Nacional",
    },
    "Wali/Governor, Director-General": {
        "fr": "wali et gouverneur, directeur général",
        "es": "valí y gobernador, director general",
    },
    "Ministry of the Interior": {"fr": "ministère de l’Intérieur", "es": "Ministerio del Interior"},
    "Commissioner": {"fr": "commissaire", "es": "comisario"},
    "Australian Border Force": {
        "fr": "Force frontalière australienne",
        "es": "Fuerza Fronteriza Australiana",
    },
}


def is_loaded(edition: Edition) -> bool:
    """Tell whether the press office has begun its work."""
    return Release.objects.filter(edition=edition).exists()


@transaction.atomic
def load_news(edition: Edition) -> Release:
    """Keep the profile and the terms, and draft, clear and publish the release; all or nothing."""
    press = actor_of(User.objects.get(email=PRESS))
    keep_profile(edition=edition, profile=PROFILE, by=press)
    keep_terms(edition=edition, terms=TERMS, by=press)
    release = draft_release(edition=edition, slug=SLUG, by=press)
    clear_release(release=release, by=actor_of(User.objects.get(email=SECRETARIAT)))
    issue_release(release=release, by=press)
    return release
