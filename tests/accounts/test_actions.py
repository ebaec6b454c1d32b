from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from summitry.accounts.access import NOBODY, SYSTEM, Actor, actor_of, visible
from summitry.accounts.actions import change_own_account, close_account, grant_role, open_account, revoke_role
from summitry.accounts.models import Grant, Role, User
from summitry.delegations.models import Delegation
from summitry.ledger.models import Entry
from summitry.ledger.queries import opened, verify_chain
from summitry.records import RefusedError
from summitry.world.models import Entity
from support.editions import Small, make_edition

PASSWORD = "walrus-lantern-42"


@pytest.fixture
def small(db: None) -> Small:
    return make_edition()


@pytest.fixture
def secretariat(small: Small) -> Actor:
    return small.actor(Role.SECRETARIAT)


@pytest.fixture
def morocco(small: Small) -> Delegation:
    return Delegation.objects.create(edition=small.edition, entity=Entity.objects.get(code="ma"))


def opened_by(secretariat: Actor, small: Small, email: str = "Aicha.Benali@example.org") -> User:
    return open_account(
        email=email, name="Aïcha Benali", by=secretariat, edition_id=small.edition.pk, password=PASSWORD
    )


def test_an_opened_account_logs_in_however_the_address_is_capitalised(
    small: Small, secretariat: Actor
) -> None:
    opened_by(secretariat, small)
    answer = Client().post("/account/login/", {"login": "aicha.BENALI@example.org", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_the_ledger_keeps_the_address_sealed(small: Small, secretariat: Actor) -> None:
    opened_by(secretariat, small)
    entry = Entry.objects.get()
    assert "benali" not in str(entry.after).lower()
    assert opened([entry])[0].after == {"email": "aicha.benali@example.org", "name": "Aïcha Benali"}


@pytest.mark.parametrize(
    ("email", "told"), [("no address", "no e-mail"), ("AICHA.benali@example.org", "already")]
)
def test_an_account_needs_an_address_of_its_own(
    small: Small, secretariat: Actor, email: str, told: str
) -> None:
    opened_by(secretariat, small)
    with pytest.raises(RefusedError, match=told) as refused:
        opened_by(secretariat, small, email)
    assert refused.value.field == "email"


def test_only_the_secretariat_opens_accounts(small: Small) -> None:
    for by in (NOBODY, small.actor(Role.PROTOCOL), make_edition("small-2").actor(Role.SECRETARIAT)):
        with pytest.raises(PermissionDenied):
            opened_by(by, small)


def test_a_granted_focal_point_speaks_for_the_delegation_alone(
    small: Small, secretariat: Actor, morocco: Delegation
) -> None:
    user = opened_by(secretariat, small)
    grant_role(
        user=user,
        role=Role.FOCAL_POINT,
        by=secretariat,
        edition_id=small.edition.pk,
        delegation_id=morocco.pk,
    )

    who = actor_of(user)
    assert who.delegations_in(small.edition.pk) == {morocco.pk}
    assert list(visible(who, Delegation)) == [morocco]
    assert Entry.objects.get(verb="grant_role").delegation_ids == [morocco.pk]
    assert verify_chain(small.edition.pk) is None


def test_a_role_and_its_scope_go_together(small: Small, secretariat: Actor, morocco: Delegation) -> None:
    user = opened_by(secretariat, small)
    edition_id = small.edition.pk
    elsewhere = make_edition("small-2")
    foreign = Delegation.objects.create(edition=elsewhere.edition, entity=Entity.objects.get(code="no"))
    for role, delegation_id, field in (
        (Role.FOCAL_POINT, None, "delegation"),
        (Role.PROTOCOL, morocco.pk, "delegation"),
        (Role.FOCAL_POINT, foreign.pk, "delegation"),
    ):
        with pytest.raises(RefusedError) as refused:
            grant_role(
                user=user, role=role, by=secretariat, edition_id=edition_id, delegation_id=delegation_id
            )
        assert refused.value.field == field
    grant_role(user=user, role=Role.PROTOCOL, by=secretariat, edition_id=edition_id)
    with pytest.raises(RefusedError, match="already"):
        grant_role(user=user, role=Role.PROTOCOL, by=secretariat, edition_id=edition_id)
    with pytest.raises(RefusedError, match="Choose an edition"):
        grant_role(user=user, role=Role.PROTOCOL, by=SYSTEM)


def test_nobody_grants_beyond_what_they_keep(small: Small, secretariat: Actor) -> None:
    user = opened_by(secretariat, small)
    other = make_edition("small-2").edition.pk
    for role, edition_id in (
        (Role.ADMINISTRATOR, None),
        (Role.ADMINISTRATOR, small.edition.pk),
        (Role.PRESS, other),
    ):
        with pytest.raises(PermissionDenied):
            grant_role(user=user, role=role, by=secretariat, edition_id=edition_id)
    with pytest.raises(PermissionDenied):
        grant_role(user=user, role=Role.PRESS, by=actor_of(user), edition_id=small.edition.pk)


def test_revoking_a_role_ends_the_sessions_at_once(small: Small, secretariat: Actor) -> None:
    user = opened_by(secretariat, small)
    grant = grant_role(user=user, role=Role.PROTOCOL, by=secretariat, edition_id=small.edition.pk)
    client = Client()
    client.force_login(user)
    assert client.get("/account/profile/").status_code == 200

    revoke_role(grant=grant, by=secretariat)

    assert client.get("/account/profile/").status_code == 302
    assert not Grant.objects.filter(user=user).exists()


def test_a_closed_account_neither_stays_in_nor_gets_in(small: Small, secretariat: Actor) -> None:
    user = opened_by(secretariat, small)
    client = Client()
    client.force_login(user)

    close_account(user=user, by=SYSTEM)

    assert client.get("/account/profile/").status_code == 302
    answer = Client().post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in answer.client.session
    assert actor_of(user) == NOBODY
    with pytest.raises(RefusedError, match="already"):
        close_account(user=user, by=SYSTEM)


def test_only_an_administrator_closes_accounts(small: Small, secretariat: Actor) -> None:
    with pytest.raises(PermissionDenied):
        close_account(user=opened_by(secretariat, small), by=secretariat)


def test_the_last_administrator_stays(db: None) -> None:
    one = open_account(email="one@example.org", name="One", by=SYSTEM)
    first = grant_role(user=one, role=Role.ADMINISTRATOR, by=SYSTEM)
    for take_away in (
        lambda: close_account(user=one, by=SYSTEM),
        lambda: revoke_role(grant=first, by=SYSTEM),
    ):
        with pytest.raises(RefusedError, match="last administrator"):
            take_away()
    two = open_account(email="two@example.org", name="Two", by=SYSTEM)
    grant_role(user=two, role=Role.ADMINISTRATOR, by=SYSTEM)
    revoke_role(grant=first, by=SYSTEM)


def test_an_account_is_changed_by_its_own_user_alone(small: Small, secretariat: Actor) -> None:
    user = opened_by(secretariat, small)
    changed = change_own_account(user=user, name="A. Benali", language="fr", by=actor_of(user))
    assert (changed.name, changed.language) == ("A. Benali", "fr")
    with pytest.raises(PermissionDenied):
        change_own_account(user=user, name="X", language="en", by=secretariat)
