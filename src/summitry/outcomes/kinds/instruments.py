"""The words of instruments (practice notes, outcomes, 5.1)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InstrumentKind(TextChoices):
    """What an instrument is; its title decides nothing, and neither does its kind decide its legal nature."""

    COOPERATION_PLAN = "cooperation_plan", _("cooperation plan")
    WORKING_ARRANGEMENT = "working_arrangement", _("working arrangement")
    MEMORANDUM = "memorandum", _("memorandum of understanding")
    LETTER_OF_INTENT = "letter_of_intent", _("letter of intent")
    JOINT_DECLARATION = "joint_declaration", _("joint declaration")
    JOINT_STATEMENT = "joint_statement", _("joint statement")
    CHAIR_SUMMARY = "chair_summary", _("chair's summary")
    AGREED_MINUTES = "agreed_minutes", _("agreed minutes")
    EXCHANGE_OF_LETTERS = "exchange_of_letters", _("exchange of letters")
    AGREEMENT = "agreement", _("agreement")
    TECHNICAL_ASSISTANCE = "technical_assistance", _("technical assistance project")
    REGIONAL_PROGRAMME = "regional_programme", _("regional programme")
    INTENT_TO_EXPLORE = "intent_to_explore", _("intent to explore")
    NEXT_EDITION = "next_edition", _("decision on the next edition")


class LegalNature(TextChoices):
    """What an instrument binds to."""

    BINDING = "binding", _("legally binding")
    NON_BINDING = "non_binding", _("not legally binding")
    POLITICAL = "political", _("political")
    ADMINISTRATIVE = "administrative", _("administrative")
    UNKNOWN = "unknown", _("not established")


class LifecycleState(TextChoices):
    """How far an instrument is."""

    IDEA = "idea", _("idea")
    AGREED_IN_PRINCIPLE = "agreed_in_principle", _("agreed in principle")
    NEGOTIATING = "negotiating", _("under negotiation")
    TEXT_AGREED = "text_agreed", _("text agreed")
    CLEARED = "cleared", _("cleared for signature")
    SIGNED = "signed", _("signed or adopted")
    IN_EFFECT = "in_effect", _("in effect")
    UNDER_REVIEW = "under_review", _("under review")
    AMENDED = "amended", _("in effect as amended")
    RENEWED = "renewed", _("renewed")
    EXPIRED = "expired", _("expired")
    TERMINATED = "terminated", _("terminated")
    SUPERSEDED = "superseded", _("superseded")
    ABANDONED = "abandoned", _("abandoned")


class Authority(TextChoices):
    """By what a signatory may sign (Vienna Convention on the Law of Treaties, article 7)."""

    OFFICE = "office", _("by office: head of State or government, foreign minister")
    FULL_POWERS = "full_powers", _("full powers")
    HEAD_OF_BODY = "head_of_body", _("head of the body that signs")
    DELEGATED = "delegated", _("delegated authority")


class InstrumentFileKind(TextChoices):
    """What a file of an instrument is."""

    SIGNED_COPY = "signed_copy", _("signed copy")
    TEXT = "text", _("text")
    ANNEX = "annex", _("annex")
    TRANSLATION = "translation", _("translation")
    CREDENTIALS = "credentials", _("credentials")


class SilenceState(TextChoices):
    """How far a silence procedure is (OSCE Rules of Procedure, annex 1 A)."""

    PROVISIONAL = "provisional", _("provisional, under silence")
    BROKEN = "broken", _("silence broken")
    ADOPTED = "adopted", _("adopted")


class ReplyKind(TextChoices):
    """What a delegation writes while silence runs; the first two break it."""

    OBJECTION = "objection", _("objection")
    AMENDMENT = "amendment", _("proposal to amend")
    INTERPRETATIVE_STATEMENT = "interpretative_statement", _("interpretative statement")
    RESERVATION = "reservation", _("formal reservation")
