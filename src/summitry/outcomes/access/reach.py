"""Which rows of outcomes somebody reaches: the conditions of their policies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, Final, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from summitry.accounts.access import Actor
from summitry.accounts.models import Role
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes import models
from summitry.outcomes.kinds import HandoverState, LifecycleState, Workflow
from summitry.outcomes.models.vocabulary import Confidentiality, Outcome

ModelType = TypeVar("ModelType", bound=Model)
OutcomeType = TypeVar("OutcomeType", bound=Outcome)
Sees = Callable[[Actor, QuerySet[ModelType]], QuerySet[ModelType]]

#: The host's people who follow outcomes up.
KEEPERS: Final = (Role.SECRETARIAT, Role.FOLLOW_UP)
#: Who looks at all of a conference's outcomes.
DESKS: Final = (*KEEPERS, Role.PROTOCOL, Role.PRESS)
#: Whoever has anything to do with outcomes at an edition.
CONCERNED: Final = (*DESKS, Role.FOCAL_POINT, Role.DELEGATE)

#: For the parties and the chief of protocol alone.
SECRET: Final = Confidentiality.CHIEF_OF_PROTOCOL
#: How an outcome says which entities are its parties: the columns that do, and the table of the others.
_PARTIES: Final[dict[type[Outcome], tuple[tuple[str, ...], type[Model] | None]]] = {
    models.Commitment: (("owner",), models.CommitmentParty),
    models.Instrument: ((), models.InstrumentParty),
    models.Handover: (("transferor", "title_holder", "custodian", "transferee"), None),
}


#: What is still the host's own sketch, which no delegation sees (:func:`is_sketch` says so of one).
_SKETCHES: Final[dict[type[Outcome], Q]] = {
    models.Commitment: Q(workflow=Workflow.DRAFT) | Q(round=0, agreed_on__isnull=True),
    models.Instrument: Q(state=LifecycleState.IDEA),
    models.Handover: Q(state=HandoverState.DRAFT),
}


def is_sketch(outcome: Outcome) -> bool:
    """Tell whether an outcome is still the host's own sketch, which no delegation sees."""
    if isinstance(outcome, models.Commitment):
        never_shown = outcome.round == 0 and outcome.agreed_on is None
        return outcome.workflow == Workflow.DRAFT or never_shown
    if isinstance(outcome, models.Instrument):
        return outcome.state == LifecycleState.IDEA
    return isinstance(outcome, models.Handover) and outcome.state == HandoverState.DRAFT


def editions_in_reach(who: Actor, *roles: Role, same_host: bool = True) -> QuerySet[Edition]:
    """Return the editions whose outcomes one of `roles` opens: those it is held in, and earlier ones of the series.

    Parameters
    ----------
    same_host
        Only editions held by the host in whose edition the role is held.
    """
    held = Edition.objects.filter(
        pk__in=who.editions_with(*roles), series=OuterRef("series"), number__gte=OuterRef("number")
    )
    if same_host:
        held = held.filter(hosted_by=OuterRef("hosted_by"))
    return Edition.objects.filter(Exists(held))


def of_own_entity(who: Actor, model: type[Outcome], *roles: Role) -> Q | None:
    """Return the condition that an entity for which `who` holds one of `roles` is a party; none where they hold none.

    Statements: none; it is a condition of the statement that it becomes part of.
    """
    own = [held.delegation_id for held in who.grants if held.role in roles and held.delegation_id is not None]
    if not own:
        return None
    columns, table = _PARTIES[model]
    entities = Delegation.objects.filter(pk__in=own).values("entity")  # few: the way in by an index

    def up_to(edition: str, entity: str) -> Exists:
        return Exists(
            Delegation.objects.filter(
                pk__in=own,
                entity=OuterRef(entity),
                edition__series=OuterRef(f"{edition}series"),
                edition__number__gte=OuterRef(f"{edition}number"),
            )
        )

    condition = Q()
    for column in columns:
        rows = model._default_manager.filter(up_to("edition__", column), **{f"{column}__in": entities})  # noqa: SLF001 Django's documented name
        condition |= Q(pk__in=rows.values("pk"))
    if table is not None:
        name = str(model._meta.model_name)  # noqa: SLF001 likewise
        parties = table._default_manager.filter(up_to(f"{name}__edition__", "entity"), entity__in=entities)  # noqa: SLF001 likewise
        condition |= Q(pk__in=parties.values(name))
    return condition


def _anything(conditions: Iterable[Q | None]) -> Q:
    """Return the condition that one of some holds; nothing where there is none."""
    held = [condition for condition in conditions if condition is not None]
    return reduce(or_, held) if held else Q(pk__in=[])


def _as_host(who: Actor, *roles: Role, same_host: bool = True) -> Q | None:
    if not who.editions_with(*roles):
        return None
    return Q(edition__in=editions_in_reach(who, *roles, same_host=same_host).values("pk"))


def _working(who: Actor, model: type[Outcome]) -> Q:
    """Return the condition of what `who` works with: everything but what the press is shown."""
    shared = Q(confidentiality__lt=SECRET)
    known = Q(confidentiality__lte=Confidentiality.CONFERENCE)
    kept = _as_host(who, *KEEPERS)
    elsewhere = _as_host(who, *KEEPERS, same_host=False)
    told = of_own_entity(who, model, Role.FOCAL_POINT)
    shown = of_own_entity(who, model, Role.DELEGATE)
    return _anything(
        [
            kept and kept & shared,
            elsewhere and elsewhere & known,
            _as_host(who, Role.PROTOCOL),
            told and told & ~_SKETCHES[model],
            shown and shown & shared & ~_SKETCHES[model],
        ]
    )


def at_work(who: Actor, rows: QuerySet[OutcomeType]) -> QuerySet[OutcomeType]:
    """Return what `who` works with."""
    return rows if who.is_administrator else rows.filter(_working(who, rows.model))


def seen(who: Actor, rows: QuerySet[OutcomeType]) -> QuerySet[OutcomeType]:
    """Return what `who` works with, and to the press what is cleared."""
    if who.is_administrator:
        return rows
    press = _as_host(who, Role.PRESS, same_host=False)
    cleared = Q(cleared_on__isnull=False, confidentiality=Confidentiality.PUBLIC)
    return rows.filter(_anything([_working(who, rows.model), press and press & cleared]))


def of(path: str, model: type[Outcome], *, shown: bool = False) -> Sees[Any]:
    """Return a rule that shows the rows whose outcome is worked with, or is seen where `shown`."""
    rule = seen if shown else at_work

    def see(who: Actor, rows: QuerySet[ModelType]) -> QuerySet[ModelType]:
        if who.is_administrator:
            return rows
        outcomes = rule(who, model._default_manager.all())  # noqa: SLF001 Django's documented name
        return rows.filter(**{f"{path}__in": outcomes.values("pk")})

    return see


def areas(who: Actor, rows: QuerySet[models.Area]) -> QuerySet[models.Area]:
    """Return the areas of the series in which `who` has to do with outcomes."""
    if who.is_administrator:
        return rows
    series = Edition.objects.filter(pk__in=who.editions_with(*CONCERNED)).values("series")
    return rows.filter(series__in=series)


def settings(who: Actor, rows: QuerySet[models.FollowUpSettings]) -> QuerySet[models.FollowUpSettings]:
    """Return the settings of the editions in which `who` has to do with outcomes."""
    return rows if who.is_administrator else rows.filter(edition__in=who.editions_with(*CONCERNED))


def carried(who: Actor, rows: QuerySet[models.CarryOver]) -> QuerySet[models.CarryOver]:
    """Show where a commitment stood when it was carried over to an edition that the reader's own is not before."""
    if who.is_administrator:
        return rows
    reached = editions_in_reach(who, *CONCERNED, same_host=False)
    seen = at_work(who, models.Commitment.objects.all())
    return rows.filter(edition__in=reached, commitment__in=seen.values("pk"))
