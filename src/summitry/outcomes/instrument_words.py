"""What instruments, their legal nature and the steps of their life are called and explained as on screens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.outcomes.kinds import InstrumentKind, LegalNature, LifecycleState, SilenceState
from summitry.outcomes.rules.instruments import Warned

#: What each kind is, in a line.
KIND_WORDS: Final[Mapping[str, str | Promise]] = {
    InstrumentKind.COOPERATION_PLAN: _(
        "Joint activities over a set time, by area, under an earlier agreement."
    ),
    InstrumentKind.WORKING_ARRANGEMENT: _(
        "A framework for working together, between authorities rather than States."
    ),
    InstrumentKind.MEMORANDUM: _("Operational understandings in a single text, less formal than a treaty."),
    InstrumentKind.LETTER_OF_INTENT: _("One side, or both, say what they mean to do."),
    InstrumentKind.JOINT_DECLARATION: _("What the parties declare together."),
    InstrumentKind.JOINT_STATEMENT: _("What the parties say together in public."),
    InstrumentKind.CHAIR_SUMMARY: _("What the chair notes of the discussion, in the chair's own name."),
    InstrumentKind.AGREED_MINUTES: _("The decisions of two delegations as they noted them together."),
    InstrumentKind.EXCHANGE_OF_LETTERS: _("An offer in one letter, accepted in another."),
    InstrumentKind.AGREEMENT: _("A text called an agreement; whether it binds, its wording decides."),
    InstrumentKind.TECHNICAL_ASSISTANCE: _("A project by which one side supports the other."),
    InstrumentKind.REGIONAL_PROGRAMME: _("Cooperation with the countries of a region, under one roof."),
    InstrumentKind.INTENT_TO_EXPLORE: _("The parties will see together whether they can cooperate further."),
    InstrumentKind.NEXT_EDITION: _("Who holds the next conference, where and when."),
}
#: What each legal nature means, in a line.
NATURE_WORDS: Final[Mapping[str, str | Promise]] = {
    LegalNature.BINDING: _(
        "Creates rights and obligations under international law: the parties agree, shall, enter into force."
    ),
    LegalNature.NON_BINDING: _(
        "The parties mean to keep it, but it creates no legal obligations: they decide, will, come into effect."
    ),
    LegalNature.POLITICAL: _("Commits governments before each other and the public, not in law."),
    LegalNature.ADMINISTRATIVE: _("Binds the authorities within what they may decide by themselves."),
    LegalNature.UNKNOWN: _(
        "Nobody has established yet what it binds to; its title and its kind do not decide it."
    ),
}
STATE_LEVELS: Final[Mapping[str, str]] = {
    LifecycleState.IDEA: "out",
    LifecycleState.IN_EFFECT: "done",
    LifecycleState.AMENDED: "done",
    LifecycleState.RENEWED: "done",
    LifecycleState.UNDER_REVIEW: "amber",
    LifecycleState.SIGNED: "accent",
    LifecycleState.EXPIRED: "out",
    LifecycleState.TERMINATED: "out",
    LifecycleState.SUPERSEDED: "out",
    LifecycleState.ABANDONED: "out",
}
#: The button of each step, and what follows from it.
STEP_WORDS: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    LifecycleState.AGREED_IN_PRINCIPLE: (
        _("Agreed in principle"),
        _("The parties agree to go on. From now on their delegations see it."),
    ),
    LifecycleState.NEGOTIATING: (
        _("Under negotiation"),
        _("Its articles can be changed, and a text can be put under silence."),
    ),
    LifecycleState.TEXT_AGREED: (
        _("Text agreed"),
        _("The text is initialled: from now on its articles stay as they are."),
    ),
    LifecycleState.CLEARED: (_("Cleared for signature"), _("Legal and political clearance is given.")),
    LifecycleState.SIGNED: (
        _("Signed or adopted"),
        _("The record must say the day of signature, and each party's signatory and office."),
    ),
    LifecycleState.IN_EFFECT: (
        _("In effect"),
        _("From this day it is applied; expiry and review are watched."),
    ),
    LifecycleState.UNDER_REVIEW: (_("Under review"), _("It stays in effect while the parties review it.")),
    LifecycleState.AMENDED: (_("Amended"), _("It stays in effect as amended; attach the amended text.")),
    LifecycleState.RENEWED: (
        _("Renewed"),
        _("It goes on. Where a new text renews it, record that as an instrument of its own."),
    ),
    LifecycleState.EXPIRED: (_("Expired"), _("Its time has ended; it can still be renewed.")),
    LifecycleState.TERMINATED: (_("Terminated"), _("It ends before its time, for good. Say why.")),
    LifecycleState.SUPERSEDED: (
        _("Superseded"),
        _("Another instrument takes its place, for good. Say which."),
    ),
    LifecycleState.ABANDONED: (_("Abandoned"), _("It will not come about. Say why.")),
}
#: Steps that end it.
ENDING_STEPS: Final = frozenset(
    {LifecycleState.TERMINATED, LifecycleState.SUPERSEDED, LifecycleState.ABANDONED}
)
WARNED_WORDS: Final[Mapping[str, str | Promise]] = {
    Warned.EXPIRES: _("expires"),
    Warned.NOTICE_ENDS: _("renews itself: last day to give notice"),
    Warned.REVIEW: _("review is due"),
}
SILENCE_LEVELS: Final[Mapping[str, str]] = {
    SilenceState.PROVISIONAL: "amber",
    SilenceState.BROKEN: "red",
    SilenceState.ADOPTED: "done",
}


def state_chip(state: str) -> tuple[str, str]:
    """Return the word and the level of how far an instrument is."""
    return str(LifecycleState(state).label), STATE_LEVELS.get(state, "")
