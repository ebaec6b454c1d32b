"""One instrument: what it is, between whom, in which chain it stands, its articles, its life, its files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from summitry.accounts.access import Actor, actor, allowed, obtain
from summitry.bilaterals.access import CONCERNED as MEETING
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.files.serving import serve_file
from summitry.outcomes import access, queries, rules
from summitry.outcomes.access import CONCERNED
from summitry.outcomes.exchange.columns import LEVELS
from summitry.outcomes.instrument_words import (
    KIND_WORDS,
    NATURE_WORDS,
    SILENCE_LEVELS,
    WARNED_WORDS,
    state_chip,
)
from summitry.outcomes.kinds import LifecycleState, SilenceState
from summitry.outcomes.models import Instrument, InstrumentFile, SilenceProcedure
from summitry.outcomes.queries import InstrumentStory
from summitry.outcomes.queries.instrument_pages import (
    commitments_from,
    instrument_history,
    met_where,
    silence_parties,
)
from summitry.outcomes.queries.instruments import begins, ends, warnings_of
from summitry.outcomes.rules.instruments import BREAKING
from summitry.outcomes.views.common import entity_names, language, page
from summitry.outcomes.views.history import Event
from summitry.outcomes.views.instruments_shared import obtained_instrument
from summitry.outcomes.views.instruments_steps import offered_instrument_steps
from summitry.world.languages import LANGUAGES, text_in
from summitry.world.rules import DisplayName

_HAPPENED: Final = {
    "record_instrument": gettext_noop("Recorded"),
    "edit_instrument": gettext_noop("Record changed"),
    "attach_to_instrument": gettext_noop("Files attached"),
    "open_silence": gettext_noop("Text put under silence"),
    "reply_to_silence": gettext_noop("Reply under silence"),
    "conclude_silence": gettext_noop("Adopted by silence"),
    "clear_outcome": gettext_noop("Cleared for publication"),
    "withdraw_clearance": gettext_noop("Clearance withdrawn"),
    "set_confidentiality": gettext_noop("Who may know of it was changed"),
}
#: From these no commitment is recorded.
_NOT_A_SOURCE: Final = (LifecycleState.IDEA, LifecycleState.ABANDONED)


@dataclass(frozen=True, slots=True)
class Link:
    """Another instrument of a chain."""

    title: str
    ref: str
    url: str
    words: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Quiet:
    """A text under silence, or what became of it.

    Attributes
    ----------
    ends_at
        On the clock of its edition's venue.
    ours
        Delegations for which the reader can reply now.
    parties
        Each that is asked, with its replies.
    """

    procedure: SilenceProcedure
    chip: tuple[str, str]
    opened_at: datetime
    ends_at: datetime
    zone: str
    is_over: bool
    is_running: bool
    parties: list[tuple[DisplayName, list[Any]]]
    statements: list[tuple[Any, DisplayName]]
    may_reply: bool


@edition_view(*CONCERNED)
def instrument(request: HttpRequest, edition: Edition, instrument: UUID) -> HttpResponseBase:
    """Show one instrument."""
    who = actor(request)
    found = obtained_instrument(request, edition, instrument)
    return render(request, "outcomes/instruments/instrument.html", instrument_context(edition, who, found))


def instrument_context(edition: Edition, who: Actor, found: Instrument) -> dict[str, Any]:
    """Return what the page of an instrument is drawn from; a constant number of statements."""
    story = queries.instrument_story(instrument=found, who=who)
    row = story.instrument
    keeper = access.keeps(who, found)
    full = keeper or access.works_with(who, found)
    met = met_where(found) if full else []
    asked = {one.pk: silence_parties(one) for one in story.silence if one.state == SilenceState.PROVISIONAL}
    from_articles = commitments_from(instrument=found, who=who)
    names = entity_names(edition, _entities(story, found, met, asked, from_articles))
    steps = offered_instrument_steps(edition, found, keeper=keeper)
    made: dict[int, list[Any]] = {}
    for one in from_articles:
        made.setdefault(one.article_id or 0, []).append(
            (one, text_in(one.title, language()), page(edition, "commitment", one.public_id))
        )
    return {
        "edition": edition,
        "row": row,
        "source": found,
        "title": text_in(row.title, language()),
        "full": full,
        "keeper": keeper,
        "kind_words": KIND_WORDS[row.kind],
        "nature_words": NATURE_WORDS[row.legal_nature],
        "state_chip": state_chip(row.state),
        "parties": [(party, names[party.entity_id]) for party in row.parties.all()],
        "languages": _languages(row),
        "areas": _areas(row, story, names),
        "articles": [(one, made.get(one.pk, [])) for one in story.articles],
        "may_commit": keeper and row.state not in _NOT_A_SOURCE,
        "line": _links(edition, story.chains.line, found),
        "rests_on": _links(edition, story.chains.rests_on, found),
        "carries": _links(edition, story.chains.carries, found),
        "life": story.events[::-1],
        "files": [(one, LANGUAGES.get(one.language)) for one in story.files],
        "silence": [_quiet(one, who, names, asked.get(one.pk, [])) for one in story.silence][::-1],
        "may_attach": allowed(who, "attach_file", found),
        "may_open_silence": keeper and row.state in {"negotiating", "text_agreed", "cleared"} and not asked,
        "main_steps": [step for step in steps if step.is_main],
        "other_steps": [step for step in steps if not step.is_main],
        "is_in_force": rules.is_in_force(
            state=row.state,
            effect_on=row.effect_on,
            expires_on=row.expires_on,
            today=clock.today(edition),
        ),
        "today": clock.today(edition),
        "warnings": [
            (WARNED_WORDS[one.of], one.on) for one in warnings_of(instrument=found, edition=edition)
        ],
        "met": [names[entity].short for entity in met],
        "may_open_meeting": who.has_role(edition.pk, *MEETING) and found.edition_id == edition.pk,
        "source_session": text_in(found.session.title, language()) if found.session else "",
        "depositary": names.get(found.depositary_id or 0),
        "level": LEVELS[row.confidentiality],
        "own_edition": text_in(row.edition.name, language()),
        "history": _events(found, edition) if full else [],
    }


def _entities(
    story: InstrumentStory,
    found: Instrument,
    met: Iterable[int],
    asked: dict[int, list[Any]],
    made: Iterable[Any],
) -> set[int]:
    named = {party.entity_id for party in story.instrument.parties.all()}
    named |= {one.lead_id for one in story.activities if one.lead_id is not None}
    named |= {reply.delegation.entity_id for one in story.silence for reply in one.replies.all()}
    named |= {one.entity_id for delegations in asked.values() for one in delegations}
    named |= {one.owner_id for one in made} | set(met)
    return named | ({found.depositary_id} if found.depositary_id else set())


def _languages(row: Instrument) -> list[tuple[str, str, bool]]:
    """Return the languages of the text: code, name, whether it is authentic."""
    return [
        (code, LANGUAGES[code].endonym if code in LANGUAGES else code, code in row.authentic_languages)
        for code in row.languages
    ]


def _areas(
    row: Instrument, story: InstrumentStory, names: dict[int, DisplayName]
) -> list[tuple[str, list[tuple[Any, DisplayName | None]]]]:
    """Return the areas with what is to be done in each."""
    return [
        (
            text_in(area.title, language()),
            [(one, names.get(one.lead_id or 0)) for one in story.activities if one.area_id == area.pk],
        )
        for area in row.areas.all()
    ]


def _links(edition: Edition, rows: Iterable[Instrument], here: Instrument) -> list[Link]:
    found = []
    for one in rows:
        days = [day for day in (begins(one), ends(one)) if day]
        years = "–".join(dict.fromkeys(f"{day.year}" for day in days))
        found.append(
            Link(
                text_in(one.title, language()),
                one.ref,
                page(edition, "instrument", one.public_id),
                ", ".join(filter(None, [one.get_kind_display(), years, one.get_state_display()])),
                one.pk == here.pk,
            )
        )
    return found


def _quiet(one: SilenceProcedure, who: Actor, names: dict[int, DisplayName], asked: list[Any]) -> Quiet:
    now = clock.now(one.edition)
    replies = list(one.replies.all())
    provisional = one.state == SilenceState.PROVISIONAL
    is_over = provisional and one.expires_at <= now
    return Quiet(
        procedure=one,
        chip=(_("ended unbroken, to be concluded"), "red")
        if is_over
        else (str(one.get_state_display()), SILENCE_LEVELS[one.state]),
        opened_at=clock.wall(one.edition, one.opened_at),
        ends_at=clock.wall(one.edition, one.expires_at),
        zone=one.edition.timezone,
        is_over=is_over,
        is_running=provisional and not is_over,
        parties=[
            (names[each.entity_id], [reply for reply in replies if reply.delegation_id == each.pk])
            for each in asked
        ],
        statements=[
            (reply, names[reply.delegation.entity_id])
            for reply in replies
            if not provisional or reply.kind not in BREAKING
        ],
        may_reply=provisional
        and (access.keeps(who, one.instrument) or any(access.speaks_for(who, each) for each in asked)),
    )


def _events(found: Instrument, edition: Edition) -> list[Event]:
    """Tell what the ledger holds, the newest first."""
    return [
        Event(one.at, _what(one.verb, one.after), one.by, str(one.after.get("reason") or ""))
        for one in instrument_history(instrument=found, edition=edition)
    ]


def _what(verb: str, after: dict[str, Any]) -> str:
    if verb == "note_lifecycle" and after.get("state") in LifecycleState:
        return str(LifecycleState(after["state"]).label).capitalize()
    return _(_HAPPENED.get(verb, verb.replace("_", " ").capitalize()))


@edition_view(*CONCERNED)
def instrument_file(request: HttpRequest, edition: Edition, instrument: UUID, file: UUID) -> HttpResponseBase:
    """Hand out a file of an instrument."""
    found = obtained_instrument(request, edition, instrument)
    attached = obtain(actor(request), InstrumentFile, instrument=found, public_id=file)
    return serve_file(file=attached.file, name=attached.name)
