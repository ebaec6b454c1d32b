"""Who may see and do what with outcomes: denied unless granted.

An outcome outlives its edition. A role held in an edition opens that edition's outcomes
and those of earlier editions of its series, never of later ones:

- the secretariat and the follow-up officer see what the same host recorded up to "the
  parties and the host's desks", and of editions that another host held what the whole
  conference may know;
- the chief of protocol sees those too that are for the parties and protocol alone;
- a delegation's people see what its own entity is a party to, once it is more than the
  host's own draft; what is for the parties and protocol alone only its focal points do;
- the press sees what is cleared, and of its history nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, Final, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from summitry.accounts.access import Actor, Policy, actor_of, register
from summitry.accounts.models import Role, User
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

#: What a link in a reminder allows.
REPORT_LINK: Final = "report_progress"
_SECRET: Final = Confidentiality.CHIEF_OF_PROTOCOL
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
    shared = Q(confidentiality__lt=_SECRET)
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


def _at_work(who: Actor, rows: QuerySet[OutcomeType]) -> QuerySet[OutcomeType]:
    return rows if who.is_administrator else rows.filter(_working(who, rows.model))


def _seen(who: Actor, rows: QuerySet[OutcomeType]) -> QuerySet[OutcomeType]:
    """Return what `who` works with, and to the press what is cleared."""
    if who.is_administrator:
        return rows
    press = _as_host(who, Role.PRESS, same_host=False)
    cleared = Q(cleared_on__isnull=False, confidentiality=Confidentiality.PUBLIC)
    return rows.filter(_anything([_working(who, rows.model), press and press & cleared]))


def _of(path: str, model: type[Outcome], *, shown: bool = False) -> Sees[Any]:
    """Return a rule that shows the rows whose outcome is worked with, or is seen where `shown`."""
    rule = _seen if shown else _at_work

    def see(who: Actor, rows: QuerySet[ModelType]) -> QuerySet[ModelType]:
        if who.is_administrator:
            return rows
        outcomes = rule(who, model._default_manager.all())  # noqa: SLF001 Django's documented name
        return rows.filter(**{f"{path}__in": outcomes.values("pk")})

    return see


def _areas(who: Actor, rows: QuerySet[models.Area]) -> QuerySet[models.Area]:
    if who.is_administrator:
        return rows
    series = Edition.objects.filter(pk__in=who.editions_with(*CONCERNED)).values("series")
    return rows.filter(series__in=series)


def _settings(who: Actor, rows: QuerySet[models.FollowUpSettings]) -> QuerySet[models.FollowUpSettings]:
    return rows if who.is_administrator else rows.filter(edition__in=who.editions_with(*CONCERNED))


def _carried(who: Actor, rows: QuerySet[models.CarryOver]) -> QuerySet[models.CarryOver]:
    """Show where a commitment stood when it was carried over to an edition that the reader's own is not before."""
    if who.is_administrator:
        return rows
    reached = editions_in_reach(who, *CONCERNED, same_host=False)
    seen = _at_work(who, models.Commitment.objects.all())
    return rows.filter(edition__in=reached, commitment__in=seen.values("pk"))


def keeps(who: Actor, outcome: Outcome) -> bool:
    """Tell whether somebody follows an outcome up for its host; one statement unless the role is of its edition."""
    secret = outcome.confidentiality >= _SECRET
    roles = (Role.PROTOCOL,) if secret else KEEPERS
    if who.is_administrator or who.has_role(outcome.edition_id, *roles):
        return True
    return editions_in_reach(who, *roles).filter(pk=outcome.edition_id).exists()


def works_with(who: Actor, outcome: Outcome) -> bool:
    """Tell whether somebody works with an outcome, and is not only shown what is cleared; one statement."""
    model = type(outcome)
    return _at_work(who, model._default_manager.filter(pk=outcome.pk)).exists()  # noqa: SLF001 Django's documented name


def may_record(who: Actor, edition: Edition, *, confidentiality: int) -> bool:
    """Tell whether somebody may record outcomes of an edition at a level of confidentiality."""
    roles = (Role.PROTOCOL,) if confidentiality >= _SECRET else KEEPERS
    return who.is_administrator or who.has_role(edition.pk, *roles)


def reaches(who: Actor, edition: Edition, *, confidentiality: int) -> bool:
    """Tell whether a role held in a later edition lets somebody change what an edition recorded; one statement."""
    roles = (Role.PROTOCOL,) if confidentiality >= _SECRET else KEEPERS
    return editions_in_reach(who, *roles).filter(pk=edition.pk).exists()


def may_settle(who: Actor, edition: Edition) -> bool:
    """Tell whether somebody may change the words and the follow-up settings of an edition."""
    return who.has_role(edition.pk, *KEEPERS)


def speaks_for(who: Actor, delegation: Delegation) -> bool:
    """Tell whether somebody answers in a delegation's name.

    Its focal point does, and the one whom its entity has named for a later edition of the
    series; for the host's own delegation the host's keepers do. One statement at most.
    """
    own = [
        held.delegation_id
        for held in who.grants
        if held.role == Role.FOCAL_POINT and held.delegation_id is not None
    ]
    if delegation.pk in own or (delegation.is_host and who.has_role(delegation.edition_id, *KEEPERS)):
        return True
    edition = delegation.edition
    return (
        bool(own)
        and Delegation.objects.filter(
            pk__in=own,
            entity=delegation.entity_id,
            edition__series=edition.series_id,
            edition__number__gt=edition.number,
        ).exists()
    )


def speaks_for_entity(who: Actor, outcome: Outcome, *entities: int | None) -> bool:
    """Tell whether somebody speaks for one of `entities` at the outcome's edition or a later one; one statement."""
    own = [
        held.delegation_id
        for held in who.grants
        if held.role == Role.FOCAL_POINT and held.delegation_id is not None
    ]
    wanted = {entity for entity in entities if entity is not None}
    return (
        bool(own and wanted)
        and Delegation.objects.filter(
            pk__in=own,
            entity__in=wanted,
            edition__series__editions=outcome.edition_id,
            edition__number__gte=Edition.objects.filter(pk=outcome.edition_id).values("number")[:1],
        ).exists()
    )


def _owns(who: Actor, commitment: models.Commitment) -> bool:
    return speaks_for_entity(who, commitment, commitment.owner_id)


def _keeps_or_owns(who: Actor, commitment: models.Commitment) -> bool:
    return keeps(who, commitment) or _owns(who, commitment)


def _reports(who: Actor, commitment: models.Commitment) -> bool:
    """Let report who follows it up, who speaks for the owner, and who came by a link sent to one of the latter."""
    if not who.came_by_link(REPORT_LINK, commitment):
        return _keeps_or_owns(who, commitment)
    assert who.link is not None
    recipient = User.objects.filter(public_id=who.link.recipient_id).first()
    return commitment.confidentiality < _SECRET and _owns(actor_of(recipient), commitment)


def may_assess(who: Actor, commitment: models.Commitment) -> bool:
    """Let the host's keepers and those assess to whom it was promised; whether one is of the owner is checked apart."""
    others = [party.entity_id for party in commitment.parties.all() if party.role != "supporter"]
    return keeps(who, commitment) or speaks_for_entity(who, commitment, *others)


def _hands_over(who: Actor, handover: models.Handover) -> bool:
    return keeps(who, handover) or speaks_for_entity(
        who, handover, handover.transferor_id, handover.title_holder_id, handover.custodian_id
    )


def _receives(who: Actor, handover: models.Handover) -> bool:
    return keeps(who, handover) or speaks_for_entity(who, handover, handover.transferee_id)


_COMMITMENT_VERBS: Final = {
    **dict.fromkeys(
        (
            "edit_commitment",
            "submit_commitment",
            "recall_commitment",
            "reject_commitment",
            "correct_commitment",
            "note_agreement",
            "clear_commitment",
            "publish_commitment",
            "unpublish_commitment",
            "close_commitment",
            "reopen_commitment",
            "set_confidentiality",
            "attach_file",
        ),
        keeps,
    ),
    "file_report": _reports,
    "note_milestone": _keeps_or_owns,
    "remind_owner": keeps,
    "assess_commitment": may_assess,
}
_INSTRUMENT_VERBS: Final = dict.fromkeys(
    (
        "edit_instrument",
        "note_lifecycle",
        "clear_instrument",
        "set_confidentiality",
        "open_silence",
        "conclude_silence",
        "attach_file",
    ),
    keeps,
)
_HANDOVER_VERBS: Final = {
    **dict.fromkeys(
        (
            "edit_handover",
            "agree_handover",
            "sign_handover",
            "close_handover",
            "cancel_handover",
            "return_handover",
            "clear_handover",
            "set_confidentiality",
            "note_visit",
        ),
        keeps,
    ),
    **dict.fromkeys(("note_delivery", "attach_file"), _hands_over),
    **dict.fromkeys(("inspect_items", "note_disposal"), _receives),
}

register(
    Policy(models.Area, _areas),
    Policy(models.FollowUpSettings, _settings),
    Policy(models.Commitment, _seen, _COMMITMENT_VERBS),
    Policy(models.CommitmentParty, _of("commitment", models.Commitment, shown=True)),
    Policy(models.Wording, _of("commitment", models.Commitment, shown=True)),
    Policy(models.Milestone, _of("commitment", models.Commitment)),
    Policy(models.Confirmation, _of("commitment", models.Commitment)),
    Policy(models.CarryOver, _carried),
    Policy(models.Report, _of("commitment", models.Commitment)),
    Policy(models.ReportFile, _of("report__commitment", models.Commitment)),
    Policy(models.Assessment, _of("commitment", models.Commitment)),
    Policy(models.Instrument, _seen, _INSTRUMENT_VERBS),
    Policy(models.InstrumentParty, _of("instrument", models.Instrument, shown=True)),
    Policy(models.Activity, _of("instrument", models.Instrument, shown=True)),
    Policy(models.Article, _of("instrument", models.Instrument, shown=True)),
    Policy(models.LifecycleEvent, _of("instrument", models.Instrument)),
    Policy(models.InstrumentFile, _of("instrument", models.Instrument)),
    Policy(models.SilenceProcedure, _of("instrument", models.Instrument)),
    Policy(models.SilenceReply, _of("procedure__instrument", models.Instrument)),
    Policy(models.Handover, _seen, _HANDOVER_VERBS),
    Policy(models.Fulfilment, _of("handover", models.Handover)),
    Policy(models.HandoverItem, _of("handover", models.Handover, shown=True)),
    Policy(models.HandoverSignatory, _of("handover", models.Handover, shown=True)),
    Policy(models.Delivery, _of("handover", models.Handover)),
    Policy(models.DeliveryLine, _of("handover", models.Handover)),
    Policy(models.Inspection, _of("item__handover", models.Handover)),
    Policy(models.EndUseVisit, _of("handover", models.Handover)),
    Policy(models.Disposal, _of("item__handover", models.Handover)),
    Policy(models.HandoverFile, _of("handover", models.Handover)),
)
