"""Who may see and do what: denied unless granted.

Every app registers a :class:`Policy` for each of its models in its ``access.py``, and
every view declares what it requires (:func:`public`, :func:`signed_in`, or a decorator
of a later floor built on :func:`declare`). An object is obtained only through
:func:`visible` and :func:`obtain`, so that no view can forget the check; what an actor
may not see does not exist for them (404), what they may see but not do is refused (403).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from summitry.accounts.models import Role, User
from summitry.records.models import Record

ModelType = TypeVar("ModelType", bound=Model)
Parameters = ParamSpec("Parameters")


@dataclass(frozen=True, slots=True)
class Held:
    """One grant as an actor holds it; no edition: everywhere; no delegation: the whole edition."""

    role: Role
    edition_id: int | None = None
    delegation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """The one thing that a link in a letter allows: one verb with one record, to one person (see :mod:`.links`)."""

    purpose: str
    target_type: str
    target_id: UUID
    recipient_id: UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks: a user with grants, nobody (no user), who comes by a link, or the system itself."""

    user: User | None = None
    grants: frozenset[Held] = field(default_factory=frozenset)
    name: str = ""
    link: Linked | None = None

    def came_by_link(self, purpose: str, record: Record) -> bool:
        """Tell whether the actor came by a link for this purpose with this record."""
        return (
            self.link is not None
            and (self.link.purpose, self.link.target_type, self.link.target_id)
            == (purpose, record._meta.label_lower, record.public_id)  # noqa: SLF001 Django's documented name
        )

    @property
    def is_administrator(self) -> bool:
        """Tell whether the actor administers the whole installation."""
        return Held(Role.ADMINISTRATOR) in self.grants

    def roles_in(self, edition_id: int) -> frozenset[Role]:
        """Return the roles held in an edition; an administrator's are those of the secretariat too."""
        roles = {held.role for held in self.grants if held.edition_id == edition_id}
        if self.is_administrator or Role.ADMINISTRATOR in roles:
            roles |= {Role.ADMINISTRATOR, Role.SECRETARIAT}
        return frozenset(roles)

    def has_role(self, edition_id: int, *roles: Role) -> bool:
        """Tell whether the actor holds one of `roles` in an edition."""
        return not self.roles_in(edition_id).isdisjoint(roles)

    def delegations_in(self, edition_id: int) -> frozenset[int]:
        """Return the ids of the delegations that the actor belongs to or speaks for in an edition."""
        return frozenset(
            held.delegation_id
            for held in self.grants
            if held.edition_id == edition_id and held.delegation_id is not None
        )

    def editions_with(self, *roles: Role) -> frozenset[int]:
        """Return the ids of the editions in which one of `roles` is held (an administrator of all: see `is_administrator`)."""
        wanted = {*roles, Role.ADMINISTRATOR} if Role.SECRETARIAT in roles else set(roles)
        return frozenset(h.edition_id for h in self.grants if h.edition_id is not None and h.role in wanted)

    def delegations_everywhere(self) -> frozenset[int]:
        """Return the ids of all delegations that the actor belongs to or speaks for."""
        return frozenset(held.delegation_id for held in self.grants if held.delegation_id is not None)


#: What the system does of itself: loading, planning, expiring.
SYSTEM = Actor(name="Summitry", grants=frozenset({Held(Role.ADMINISTRATOR)}))
NOBODY = Actor()


def actor_of(user: User | AnonymousUser | None) -> Actor:
    """Return the actor for a user, with one query for the grants."""
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    known = user
    grants = known.grants.values_list("role", "edition_id", "delegation_id")
    return Actor(
        user=known,
        name=str(known),
        grants=frozenset(Held(Role(role), edition, delegation) for role, edition, delegation in grants),
    )


def actor(request: HttpRequest) -> Actor:
    """Return who makes a request; asked for once and kept with it."""
    kept: Actor | None = getattr(request, "_actor", None)
    if kept is None:
        kept = actor_of(request.user)
        request._actor = kept  # type: ignore[attr-defined]  # noqa: SLF001 the request carries it
    return kept


@dataclass(frozen=True, slots=True)
class Policy(Generic[ModelType]):
    """Who may see which rows of a model, and who may do what with one.

    Parameters
    ----------
    model
        The model spoken for.
    see
        Narrows a queryset to the rows an actor may see.
    verbs
        For each verb of the model's actions, whether an actor may do it with a row.
    """

    model: type[ModelType]
    see: Callable[[Actor, QuerySet[ModelType]], QuerySet[ModelType]]
    verbs: Mapping[str, Callable[[Actor, ModelType], bool]] = field(default_factory=dict)


_policies: dict[type[Model], Policy[Any]] = {}


def register(*policies: Policy[Any]) -> None:
    """Register policies; an app does so once, from its ``access.py``, when it starts."""
    for policy in policies:
        if policy.model in _policies:
            message = f"{policy.model.__name__} has two access policies"
            raise RuntimeError(message)
        _policies[policy.model] = policy


def policies() -> Mapping[type[Model], Policy[Any]]:
    """Return all registered policies by model."""
    return dict(_policies)


def visible(who: Actor, model: type[ModelType]) -> QuerySet[ModelType]:
    """Return the rows of `model` that `who` may see; a model without a policy shows none and says so."""
    try:
        policy = _policies[model]
    except KeyError:
        message = f"{model.__name__} has no access policy"
        raise RuntimeError(message) from None
    rows: QuerySet[ModelType] = policy.see(who, model._default_manager.all())  # noqa: SLF001 Django's documented name
    return rows


def obtain(who: Actor, model: type[ModelType], **lookup: object) -> ModelType:
    """Return the one row that `lookup` names, if `who` may see it.

    Raises
    ------
    Http404
        Where there is none, or none that `who` may see: the two are not told apart.
    """
    found = visible(who, model).filter(**lookup).first()
    if found is None:
        raise Http404
    return found


def allowed(who: Actor, verb: str, record: Model) -> bool:
    """Tell whether `who` may do `verb` with `record`; a verb nobody registered is denied."""
    policy = _policies.get(record.__class__)  # not its type: a request's user is a lazy stand-in
    test = policy.verbs.get(verb) if policy else None
    return bool(test and test(who, record))


def require(who: Actor, verb: str, record: Model) -> None:
    """Refuse unless `who` may do `verb` with `record`.

    Raises
    ------
    PermissionDenied
        Where the policy does not allow it.
    """
    if not allowed(who, verb, record):
        message = f"{who.name or 'Nobody'} may not {verb.replace('_', ' ')} this."
        raise PermissionDenied(message)


View = Callable[..., HttpResponseBase]


def declare(view: View, requirement: str) -> View:
    """Note on a view what it requires; the middleware refuses a view that declares nothing."""
    view.requirement = requirement  # type: ignore[attr-defined]
    return view


def public(
    view: Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]:
    """Declare a view open to everybody."""
    return declare(view, "public")


def signed_in(
    view: Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]:
    """Declare a view open to whoever is logged in; others are led to the log-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Parameters.args, **words: Parameters.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **words)

    return declare(guarded, "signed in")
