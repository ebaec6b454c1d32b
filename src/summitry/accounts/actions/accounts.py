"""Every write about accounts: opening and closing them, giving and taking roles."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.accounts.models import DELEGATION_ROLES, Grant, Role, User
from summitry.ledger.actions import action, record
from summitry.ledger.sealing import sealed
from summitry.records import RefusedError


@action
def open_account(
    *,
    email: str,
    name: str,
    by: Actor,
    edition_id: int | None = None,
    language: str = "en",
    password: str | None = None,
) -> User:
    """Open an account; it can do nothing until a role is granted.

    Parameters
    ----------
    email
        The address to log in with.
    edition_id
        The edition whose secretariat opens it; none: an administrator does.
    password
        None: the person sets one by the link of "Forgotten password".

    Raises
    ------
    RefusedError
        Where the address is none, or has an account already.
    PermissionDenied
        Where `by` keeps neither the edition nor the installation.
    """
    if not by.is_administrator and (edition_id is None or not by.has_role(edition_id, Role.SECRETARIAT)):
        raise PermissionDenied(_("Only the secretariat opens accounts."))
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise RefusedError(
            _("This is no e-mail address. Write it as name@example.org."), field="email"
        ) from None
    if User.objects.filter(email=address).exists():
        raise RefusedError(_("This address has an account already. Grant it a role instead."), field="email")
    user = User.objects.create_user(address, password, name=name.strip(), language=language)
    record(
        by=by,
        verb="open_account",
        target=user,
        edition_id=edition_id,
        after={"email": sealed(user.public_id, address), "name": sealed(user.public_id, user.name)},
    )
    return user


@action
def grant_role(
    *, user: User, role: Role, by: Actor, edition_id: int | None = None, delegation_id: int | None = None
) -> Grant:
    """Give a user a role in an edition, for one delegation where the role is a delegation's.

    Raises
    ------
    RefusedError
        Where the role and its scope do not go together, or the user has it already.
    PermissionDenied
        Where `by` does not keep the edition.
    """
    grant = Grant(user=user, role=role, edition_id=edition_id, delegation_id=delegation_id, given_by=None)
    require(by, "grant", grant)
    if (role in DELEGATION_ROLES) != (delegation_id is not None):
        raise RefusedError(
            _("A focal point or delegate belongs to a delegation, other roles to none."), field="delegation"
        )
    if edition_id is None and role != Role.ADMINISTRATOR:
        raise RefusedError(
            _("Only administrators are granted for all editions. Choose an edition."), field="role"
        )
    grant.given_by_id = by.user.pk if by.user is not None else None
    try:
        with transaction.atomic():
            grant.save()
            connection.check_constraints()  # now, not when the transaction ends: is there such a delegation?
    except IntegrityError as error:
        _refuse_grant(str(error), error)
    record(
        by=by,
        verb="grant_role",
        target=user,
        edition_id=edition_id,
        after={"role": role, "delegation": delegation_id},
        delegations=[delegation_id] if delegation_id is not None else [],
    )
    return grant


def _refuse_grant(told: str, error: IntegrityError) -> NoReturn:
    if "grant_once" in told:
        raise RefusedError(_("This account has the role already."), field="role") from error
    if "delegation" in told:
        raise RefusedError(_("There is no such delegation in this edition."), field="delegation") from error
    raise error


@action
def revoke_role(*, grant: Grant, by: Actor) -> None:
    """Take a role from a user and end all sessions of the account.

    Raises
    ------
    RefusedError
        Where it is the last administrator's.
    PermissionDenied
        Where `by` does not keep the edition.
    """
    require(by, "revoke", grant)
    if grant.role == Role.ADMINISTRATOR and grant.edition_id is None:
        _keep_an_administrator(grant.user)
    taken = {"role": grant.role, "delegation": grant.delegation_id}
    _end_sessions(grant.user)
    grant.delete()
    record(
        by=by,
        verb="revoke_role",
        target=grant.user,
        edition_id=grant.edition_id,
        before=taken,
        delegations=[grant.delegation_id] if grant.delegation_id is not None else [],
    )


@action
def close_account(*, user: User, by: Actor) -> User:
    """Close an account: nobody logs in with it any more, its sessions end, what it did stays.

    Raises
    ------
    RefusedError
        Where it is closed already, or the last administrator's.
    PermissionDenied
        Where `by` is no administrator.
    """
    require(by, "close", user)
    if not user.is_active:
        raise RefusedError(_("This account is closed already."))
    if user.grants.filter(role=Role.ADMINISTRATOR, edition_id=None).exists():
        _keep_an_administrator(user)
    user.is_active = False
    _end_sessions(user)
    record(
        by=by,
        verb="close_account",
        target=user,
        edition_id=None,
        before={"open": True},
        after={"open": False},
    )
    return user


@action
def change_own_account(*, user: User, name: str, language: str, by: Actor) -> User:
    """Change how a user is called and spoken to.

    Raises
    ------
    PermissionDenied
        Where it is not `by`'s own account.
    """
    require(by, "change_own", user)
    locked = User.objects.select_for_update().get(pk=user.pk)
    before = {"name": sealed(user.public_id, locked.name), "language": locked.language}
    locked.name, locked.language = name.strip(), language
    locked.version += 1
    locked.save(update_fields=["name", "language", "version"])
    record(
        by=by,
        verb="change_own_account",
        target=locked,
        edition_id=None,
        before=before,
        after={"name": sealed(user.public_id, locked.name), "language": language},
    )
    return locked


def _end_sessions(user: User) -> None:
    user.sessions_ended += 1
    user.version += 1
    user.save(update_fields=["is_active", "sessions_ended", "version"])


def _keep_an_administrator(user: User) -> None:
    others = Grant.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, edition_id=None, user__is_active=True
    )
    if not others.exclude(user=user).exists():
        raise RefusedError(_("This is the last administrator. Make somebody else one first."))
