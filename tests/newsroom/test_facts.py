"""The 14 facts of the news item come out of the demonstration edition, each with the records it rests on."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from summitry.bilaterals.models import Meeting, Request
from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition
from summitry.delegations.models import Member
from summitry.demonstration.actions import set_clock
from summitry.newsroom.facts import gather
from summitry.newsroom.sentences import Draft, drafts
from summitry.outcomes.models import Handover, Instrument

LANGUAGES = ("en", "fr", "es")

#: Fact: rules, words in English, French and Spanish, and the records or lists that it rests on.
FACTS: dict[int, tuple[tuple[str, ...], tuple[str, str, str], tuple[str, ...]]] = {
    1: (("lead",), ("24th International Border Police Conference, hosted by Frontex, .* in Warsaw from 29 to 31 October 2019",
        "24e Conférence internationale de la police des frontières a lieu à Varsovie du 29 au 31 octobre 2019, .* Frontex",
        "24.ª Conferencia Internacional de Policía de Fronteras tiene lugar en Varsovia del 29 al 31 de octubre de 2019, .* Frontex"),
        ("conferences.edition", "world.entity")),
    2: (("next",), ("every two years; the next edition will be hosted by Frontex in 2021",
        "tous les deux ans.*organisée par Frontex en 2021", "cada dos años; Frontex acogerá la próxima edición en 2021"),
        ("conferences.series", "conferences.edition")),
    3: (("headline", "attendance"), ("Law enforcement executives from nearly 100 countries on five continents, .* international organisations, EU institutions and agencies",
        "services répressifs de près de 100 pays répartis sur cinq continents, .*organisations internationales, .*institutions et .*agences de l’Union européenne",
        "fuerzas del orden de casi 100 países de cinco continentes, .* organizaciones internacionales, instituciones y agencias de la Unión Europea"),
        ("countries", "continents", "international-organisations", "eu-institutions", "eu-agencies", "newsroom.pressprofile")),
    4: (("attendance",), ("more than 300 participants", "plus de 300 participants", "más de 300 participantes"), ("participants",)),
    5: (("themes",), ("preparedness, prevention and response to global challenges: terrorism, people smuggling, and document and identity fraud",
        r"la prévention et la réponse aux défis mondiaux \(terrorisme, trafic de migrants, fraude documentaire et à l’identité\)",
        r"la prevención y la respuesta a los retos mundiales \(terrorismo, tráfico ilícito de migrantes, fraude documental y de identidad\)"),
        ("conferences.theme", "conferences.edition")),
    6: (("quotation",), ("cross-border crime is prevented, said Fabrice Leggeri, Executive Director of Frontex",
        "Fabrice Leggeri, directeur exécutif de Frontex", "Fabrice Leggeri, director ejecutivo de Frontex"),
        ("programme.quotation", "programme.speaker", "delegations.person")),
    7: (("keynotes_given",), ("David Pekoske, Acting Deputy Secretary, .*Khalid Zerouali, Wali/Governor, .*Michael Outram, Commissioner, Australian Border Force",
        "David Pekoske.*Khalid Zerouali.*Michael Outram", "David Pekoske.*Khalid Zerouali.*Michael Outram"),
        ("programme.session", "programme.speaker", "delegations.person")),
    8: (("topics",), ("the balance between security and the facilitation of travel; interagency cooperation and combining capabilities in multipurpose sea operations; new technologies and innovation; and managing resources and organisational transformation",
        "équilibre entre la sécurité.*opérations maritimes polyvalentes.*nouvelles technologies.*gestion des ressources",
        "equilibrio entre la seguridad.*operaciones marítimas polivalentes.*nuevas tecnologías.*gestión de recursos"),
        ("programme.session",)),
    9: (("margins",), ("renew partnerships and explore new avenues for cooperation; .* bilateral and multilateral meetings",
        "renouveler des partenariats et explorer de nouvelles pistes de coopération.*réunions bilatérales et multilatérales",
        "renovar alianzas y explorar nuevas vías de cooperación; .*reuniones bilaterales y multilaterales"),
        ("meetings", "bilateral-meetings", "multilateral-meetings", "renewals", "explorations")),
    10: (("meeting",), (r"Frontex and the United States of America \(Department of Homeland Security\) held a bilateral meeting on common challenges and the strengthening of bilateral cooperation",
        r"les États-Unis d’Amérique \(département de la Sécurité intérieure\).*défis communs et renforcement de la coopération bilatérale",
        r"los Estados Unidos de América \(Departamento de Seguridad Nacional\).*retos comunes y refuerzo de la cooperación bilateral"),
        ("bilaterals.meeting", "outcomes.instrument", "outcomes.area")),
    11: (("plan_renewed",), ("Frontex and Belarus renewed their partnership through a new Cooperation Plan for 2020–22",
        "Frontex et le Bélarus ont renouvelé leur partenariat par un nouveau plan de coopération pour 2020-2022",
        "Frontex y Belarús renovaron su asociación mediante un nuevo plan de cooperación para 2020-2022"),
        ("outcomes.instrument", "bilaterals.meeting")),
    12: (("meeting_explored",), (r"Australia \(Australian Border Force\) held a bilateral meeting on mutual areas of interest and agreed to explore cooperation further",
        "domaines d’intérêt mutuel.*ont convenu d’explorer plus avant", "ámbitos de interés mutuo.*acordaron seguir explorando"),
        ("bilaterals.meeting", "outcomes.instrument")),
    13: (("handover",), (r"Within the cooperation with the Western Balkans, Frontex delivered on its commitment to Bosnia and Herzegovina \(technical support\) with an official ceremony .*: the handover of registration devices",
        r"coopération avec les Balkans occidentaux, Frontex a honoré son engagement d’appui technique envers la Bosnie-Herzégovine.*la remise d’appareils d’enregistrement",
        "cooperación con los Balcanes Occidentales, Frontex cumplió su compromiso de apoyo técnico con Bosnia y Herzegovina.*la entrega de dispositivos de registro"),
        ("outcomes.commitment", "outcomes.handover", "outcomes.instrument")),
    14: (("meeting",), (r"Frontex and Morocco \(Ministry of the Interior\) held a bilateral meeting on risk analysis, technology and innovation, and coast guard cooperation",
        "Frontex et le Maroc.*analyse des risques, technologie et innovation, coopération entre garde-côtes",
        "Frontex y Marruecos.*análisis de riesgos, tecnología e innovación"),
        ("bilaterals.meeting", "outcomes.instrument", "outcomes.area")),
}  # fmt: skip


@pytest.mark.parametrize("fact", sorted(FACTS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fact_is_told_with_the_records_it_rests_on(demo: Edition, fact: int, language: str) -> None:
    rules, words, grounds = FACTS[fact]
    told = [one for one in _drafts(demo) if one.language == language and one.rule in rules]
    assert re.search(words[LANGUAGES.index(language)], " ".join(one.text for one in told))
    rests = {ground.model or ground.field for one in told for ground in one.grounds}
    assert set(grounds) <= rests


_CACHE: dict[int, list[Draft]] = {}


def _drafts(edition: Edition) -> list[Draft]:
    """Return the drafts of the edition as it was loaded; asked for once."""
    if edition.pk not in _CACHE:
        _CACHE[edition.pk] = drafts(gather(edition))
    return _CACHE[edition.pk]


def test_every_number_told_is_a_value_of_a_record_or_the_length_of_a_list_that_can_be_opened(
    demo: Edition,
) -> None:
    from summitry.newsroom.rules import rounded

    facts = gather(demo)
    for one in _drafts(demo):
        backed = set()
        for ground in one.grounds:
            if ground.model:
                backed |= set(re.findall(r"\d+", str(ground.value)))
                backed |= {number.lstrip("0") for number in backed} | {number[2:] for number in backed}
            else:
                assert ground.value == len(facts.lists[ground.field])
                backed.add(str(rounded(ground.value).number))
        assert set(re.findall(r"\d+", one.text)) <= backed, one.text


def test_what_is_counted_is_counted_apart_from_what_is_written(demo: Edition) -> None:
    facts = gather(demo)
    approved = Member.objects.filter(edition=demo, accreditation="approved", delegation__answer="coming")
    assert len(facts.lists["participants"]) == approved.count() == 318
    states = approved.filter(delegation__entity__kind="state").values("delegation").distinct()
    assert len(facts.lists["countries"]) == states.count() == 97
    assert len(facts.lists["continents"]) == 5
    both = len(facts.lists["bilateral-meetings"]) + len(facts.lists["multilateral-meetings"])
    assert len(facts.lists["meetings"]) == both


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("where", ["request", "occasion"])
def test_a_confidential_meeting_leaves_no_trace(demo: Edition, level: int, where: str) -> None:
    meeting = Meeting.objects.get(
        edition=demo, request__parties__delegation__entity__code="ma", request__generated=False
    )
    before = gather(demo)
    Instrument.objects.filter(meeting=meeting).update(confidentiality=level, cleared_on=None, cleared_by=None)
    record: Any = getattr(meeting, where)
    record.confidentiality = level
    record.save()
    after = gather(demo)
    counted = {key: len(rows) for key, rows in before.lists.items()}
    if level > 1:
        counted["meetings"] -= 1
        counted["bilateral-meetings"] -= 1
    assert {key: len(rows) for key, rows in after.lists.items()} == counted
    assert not any(ground.record == meeting.public_id for ground in after.grounds())
    told = " ".join(one.text for one in drafts(after) if one.rule != "keynotes_given")
    assert "Morocco" not in told
    assert "Maroc" not in told


def test_only_what_is_confirmed_cleared_and_not_generated_is_told(demo: Edition) -> None:
    def told() -> str:
        return " ".join(one.text for one in drafts(gather(demo)))

    plan = Instrument.objects.filter(edition=demo, kind="cooperation_plan")
    assert "Belarus" in told()
    for changes in ({"cleared_on": None, "cleared_by": None}, {"generated": True}):
        kept = {name: getattr(plan.get(), name) for name in changes}
        plan.update(**changes)
        assert "Cooperation Plan" not in told()
        plan.update(**kept)
    handover = Handover.objects.filter(edition=demo)
    handover.update(ceremony_on=date(2019, 11, 1))
    assert "registration devices" not in told()


def test_what_the_parties_have_not_confirmed_is_not_told(demo: Edition) -> None:
    intent = Instrument.objects.get(edition=demo, kind="intent_to_explore")
    from summitry.accounts.access import SYSTEM
    from summitry.outcomes.actions import note_lifecycle

    note_lifecycle(instrument=intent, state="negotiating", by=SYSTEM)
    assert not any(one.rule == "exploration" for one in drafts(gather(demo)))


def test_a_meeting_counts_once_it_is_over(demo: Edition) -> None:
    meeting = Meeting.objects.filter(edition=demo, request__confidentiality=1).latest("occasion__starts_at")
    counted = len(gather(demo).lists["meetings"])
    end = meeting.occasion.ends_at
    if end > _now(demo):
        Occasion.objects.filter(pk=meeting.occasion_id).update(status="held")
        assert len(gather(demo).lists["meetings"]) == counted + 1
    Request.objects.filter(pk=meeting.request_id).update(status="withdrawn")
    assert len(gather(demo).lists["meetings"]) == counted - (end <= _now(demo))


def _now(edition: Edition) -> Any:
    from summitry.conferences import clock

    return clock.now(edition)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, ("Warsaw to host", "will take place", "aura lieu", "tendrá lugar", "are to be given")),
        (5, ("Warsaw hosted", "took place", "a eu lieu", "tuvo lugar", "dealt with", "served as a platform")),
    ],
)
def test_tenses_follow_the_editions_clock(demo: Edition, days: int, words: tuple[str, ...]) -> None:
    from summitry.demonstration.venue import BEGINS_AT

    set_clock(edition=demo, wall=BEGINS_AT + timedelta(days=days))
    told = " ".join(one.text for one in drafts(gather(demo)))
    assert all(word in told for word in words)


def test_gathering_asks_the_same_number_of_statements_however_much_there_is(demo: Edition) -> None:
    with CaptureQueriesContext(connection) as many:
        gather(demo)
    Meeting.objects.filter(edition=demo, request__generated=True).delete()
    Member.objects.filter(edition=demo, order__gt=1).update(accreditation="draft")
    with CaptureQueriesContext(connection) as few:
        gather(demo)
    assert len(few) == len(many)


def test_a_theme_that_is_only_proposed_is_not_told(demo: Edition) -> None:
    from summitry.conferences.models import Theme

    Theme.objects.create(edition=demo, order=99, title={"en": "Drones"}, proposed=True)
    assert "drones" not in " ".join(one.text for one in drafts(gather(demo)))
