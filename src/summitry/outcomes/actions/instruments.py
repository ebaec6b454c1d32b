"""Recording instruments, and their life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences.models import Edition
from summitry.ledger.actions import action
from summitry.outcomes import rules
from summitry.outcomes.actions.content import Content, Provision, Signing, check_content
from summitry.outcomes.actions.shared import (
    NewFile,
    attach,
    check_now,
    check_version,
    constraint_of,
    day_or_today,
    differing,
    enter,
    locked,
    next_number,
    searchable,
)
from summitry.outcomes.kinds import InstrumentFileKind, LifecycleState
from summitry.outcomes.models import (
    Activity,
    Article,
    Instrument,
    InstrumentFile,
    InstrumentParty,
    LifecycleEvent,
)
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.records import RefusedError

#: While its text is not agreed, its articles can be changed.
_TEXT_OPEN: Final = (LifecycleState.IDEA, LifecycleState.AGREED_IN_PRINCIPLE, LifecycleState.NEGOTIATING)


@action
def record_instrument(
    *,
    edition: Edition,
    content: Content,
    by: Actor,
    state: str = LifecycleState.IDEA,
    on: date | None = None,
    reason: str = "",
) -> Instrument:
    """Record an instrument, at whatever point of its life it is.

    Parameters
    ----------
    edition
        Where it is recorded; it belongs to the edition's series.
    state, on, reason
        How far it is, since when (none: today) and why, as the first event of its life.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    RefusedError
        Where it cannot be so; it names the field.
    """
    check_content(edition, content, by)
    if state not in LifecycleState:
        raise RefusedError(_("Choose how far it is."), field="state")
    if state == LifecycleState.SIGNED:
        _check_signed(content.kind, content.parties, content.signed_on)
    if rules.needs_reason("", state) and not reason.strip():
        raise RefusedError(_("Say why."), field="reason")
    instrument = Instrument(
        edition=edition,
        series_id=edition.series_id,
        number=next_number(Instrument, edition),
        **content.fields(),
    )
    instrument.search_text = searchable(instrument, content.reference)
    _save(instrument)
    _set_parts(instrument, content)
    _add_event(instrument, state=state, on=day_or_today(on, edition), reason=reason, by=by)
    instrument.refresh_from_db()
    enter(
        by=by,
        verb="record_instrument",
        outcome=instrument,
        after={
            "title": dict(content.title),
            "kind": content.kind,
            "legal_nature": content.legal_nature,
            "state": state,
            "parties": [party.entity.code for party in content.parties],
        },
    )
    return instrument


@action
def edit_instrument(*, instrument: Instrument, content: Content, version: int, by: Actor) -> Instrument:
    """Change what is recorded of an instrument; how far it is, only events say.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where it cannot be so, changes the articles of an agreed text, closes a circle of
        what it rests on or renews, or somebody else has changed it since.
    """
    require(by, "edit_instrument", instrument)
    instrument = locked(instrument)
    check_version(instrument, version)
    check_content(instrument.edition, content, by)
    fields = content.fields()
    before = {name: getattr(instrument, name) for name in fields}
    for name, value in fields.items():
        setattr(instrument, name, value)
    if instrument.confidentiality != Confidentiality.PUBLIC:
        instrument.cleared_on = instrument.cleared_by = None
    instrument.search_text = searchable(instrument, content.reference)
    instrument.version += 1
    _save(instrument)
    _set_parts(instrument, content)
    old, new = differing(before, fields)
    enter(
        by=by,
        verb="edit_instrument",
        outcome=instrument,
        before=old,
        after={**new, "parties": [_entered(party) for party in content.parties]},
    )
    return instrument


@action
def note_lifecycle(
    *,
    instrument: Instrument,
    state: str,
    by: Actor,
    on: date | None = None,
    reason: str = "",
    edition: Edition | None = None,
) -> LifecycleEvent:
    """Note a step in an instrument's life, with its date and where needed its reason.

    Parameters
    ----------
    edition
        On whose clock it is noted; none: the instrument's own edition.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where it cannot become that from where it is, is not fit to be signed, or lies
        before the last event.
    """
    require(by, "note_lifecycle", instrument)
    instrument = locked(instrument)
    if state not in LifecycleState or not rules.instrument_may_become(instrument.state, state):
        raise RefusedError(
            _("%(ref)s is “%(state)s”: it cannot become that from there.")
            % {"ref": instrument.ref, "state": instrument.get_state_display()},
            field="state",
        )
    if rules.needs_reason(instrument.state, state) and not reason.strip():
        raise RefusedError(_("Say why."), field="reason")
    if state == LifecycleState.SIGNED:
        parties = [
            Signing(entity=p.entity, signatory=p.signatory, office=p.office) for p in _parties(instrument)
        ]
        _check_signed(instrument.kind, parties, instrument.signed_on)
    before = instrument.state
    event = _add_event(
        instrument, state=state, on=day_or_today(on, edition or instrument.edition), reason=reason, by=by
    )
    enter(
        by=by,
        verb="note_lifecycle",
        outcome=instrument,
        before={"state": before},
        after={"state": state, "on": event.on, "reason": event.reason},
    )
    return event


@action
def attach_to_instrument(*, instrument: Instrument, files: Sequence[NewFile], by: Actor) -> None:
    """Attach files to an instrument: its text, a signed copy, an annex; each is kept for good, by its hash."""
    require(by, "attach_file", instrument)
    instrument = locked(instrument)
    attach(InstrumentFile, files, by=by, kinds=InstrumentFileKind.values, instrument=instrument)
    enter(by=by, verb="attach_to_instrument", outcome=instrument, after={"files": len(files)})


def _entered(party: Signing) -> dict[str, object]:
    """Return of a party what the ledger keeps: who signed, the record itself says."""
    return {
        "entity": party.entity.code,
        "office": party.office,
        "authority": party.authority,
        "credentials_ok": party.credentials_ok,
    }


def _parties(instrument: Instrument) -> list[InstrumentParty]:
    return list(instrument.parties.select_related("entity"))


def _add_event(instrument: Instrument, *, state: str, on: date, reason: str, by: Actor) -> LifecycleEvent:
    past = instrument.events.aggregate(last=Max("number"), day=Max("on"))
    if past["day"] is not None and on < past["day"]:
        raise RefusedError(
            _("Something is noted for %(day)s already: give that day or a later one.")
            % {"day": past["day"].isoformat()},
            field="on",
        )
    return LifecycleEvent.objects.create(
        instrument=instrument,
        number=(past["last"] or 0) + 1,
        state=state,
        on=on,
        reason=reason.strip(),
        by=by.user,
        by_name=by.name,
    )


def add_event(instrument: Instrument, *, state: str, on: date, reason: str, by: Actor) -> None:
    """Add a step to an instrument's life: for actions in which it follows from something else."""
    _add_event(instrument, state=state, on=on, reason=reason, by=by)


def _save(instrument: Instrument) -> None:
    """Store an instrument; a circle of what it rests on or renews is refused in words."""
    try:
        with transaction.atomic():
            instrument.save()
    except IntegrityError as error:
        match constraint_of(error):
            case "instrument_chain_has_no_circle":
                raise RefusedError(
                    _("It would come to rest on itself or to renew itself: choose another."),
                    field="predecessor" if instrument.predecessor_id else "parent",
                ) from error
            case "outcome_as_secret_as_its_source":
                raise RefusedError(
                    _("What came of it is less confidential: change that first."), field="confidentiality"
                ) from error
        raise


def _check_signed(kind: str, parties: Sequence[Signing], signed_on: date | None) -> None:
    wrong = rules.signing_error(
        kind=kind, parties=[(party.signatory, party.office) for party in parties], signed_on=signed_on
    )
    if wrong:
        raise RefusedError(wrong[1], field=wrong[0])


def _set_parts(instrument: Instrument, content: Content) -> None:
    """Make parties, areas, activities and articles those given."""
    instrument.areas.set(content.areas)
    _set_parties(instrument, content.parties)
    there = {row.number: row for row in instrument.activities.all()}
    for number, doing in enumerate(content.activities, 1):
        row = there.pop(number, None) or Activity(instrument=instrument, number=number)
        row.area, row.title, row.description = doing.area, doing.title.strip(), doing.description.strip()
        row.lead, row.starts_on, row.due_on = doing.lead, doing.starts_on, doing.due_on
        row.save()
    for row in there.values():
        row.delete()
    _set_articles(instrument, content.articles)
    check_now()


def _set_parties(instrument: Instrument, wanted: Sequence[Signing]) -> None:
    there = {row.entity_id: row for row in instrument.parties.all()}
    for order, party in enumerate(wanted):
        row = there.pop(party.entity.pk, None) or InstrumentParty(instrument=instrument, entity=party.entity)
        row.order = order
        row.signatory, row.office = party.signatory.strip(), party.office.strip()
        row.signatory_member, row.authority = party.member, party.authority
        row.credentials_ok = party.credentials_ok
        row.contact_name, row.contact_role = party.contact_name.strip(), party.contact_role.strip()
        row.contact_email = party.contact_email.strip()
        row.save()
    for row in there.values():
        row.delete()


def _set_articles(instrument: Instrument, wanted: Sequence[Provision]) -> None:
    there = {(row.number, row.language): row for row in instrument.articles.all()}
    named = {(article.number.strip(), article.language) for article in wanted}
    gone = [row for key, row in there.items() if key not in named]
    changed = [
        there[key]
        for article in wanted
        if (key := (article.number.strip(), article.language)) in there
        and (there[key].text, there[key].heading) != (article.text, article.heading.strip())
    ]
    if (gone or changed) and instrument.state not in _TEXT_OPEN:
        raise RefusedError(
            _("The text is agreed: article %(number)s cannot be changed or left out.")
            % {"number": (gone or changed)[0].number},
            field="articles",
        )
    if cited := [row for row in gone if row.commitments.exists()]:
        raise RefusedError(
            _("A commitment comes from article %(number)s: keep it.") % {"number": cited[0].number},
            field="articles",
        )
    for row in gone:
        row.delete()
    for order, article in enumerate(wanted, 1):
        key = (article.number.strip(), article.language)
        row = there.get(key) or Article(
            instrument=instrument, number=article.number.strip(), language=article.language
        )
        if row.pk is None or instrument.state in _TEXT_OPEN:
            row.order, row.heading, row.text = order, article.heading.strip(), article.text
            row.save()
