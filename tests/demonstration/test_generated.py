from __future__ import annotations

from collections import Counter
from itertools import pairwise

from summitry.demonstration import invited, people, venue
from summitry.demonstration.requests import ACCEPTED, MULTILATERAL, requests

ORGANISATIONS = {code: code for code in (*invited.coming(),)}
MEMBERS = people.members(ORGANISATIONS)


def test_97_states_on_five_continents_and_15_organisations_come() -> None:
    assert sum(len(codes.split()) for codes in invited.STATES.values()) == 97
    assert len(invited.STATES) == 5
    assert len(invited.ORGANISATIONS.split()) == 15
    assert len(set(invited.coming())) == 112


def test_326_members_are_named_so_that_318_can_be_accredited() -> None:
    assert len(MEMBERS) == invited.PARTICIPANTS + invited.IN_THE_QUEUE
    assert Counter(member.capacity for member in MEMBERS)["head"] == 112


def test_nobody_is_there_twice_and_everybody_else_is_generated() -> None:
    assert len({member.name.display for member in MEMBERS}) == len(MEMBERS)
    public = {member.name.display for member in MEMBERS if not member.name.generated}
    assert public == {"Fabrice Leggeri", "David Pekoske", "Khalid Zerouali", "Michael Outram"}


def test_the_same_people_and_requests_are_made_every_time() -> None:
    assert people.members(ORGANISATIONS) == MEMBERS
    assert requests(MEMBERS) == requests(MEMBERS)


def test_three_hundred_bilaterals_and_a_few_multilaterals_are_accepted() -> None:
    accepted = [request for request in requests(MEMBERS) if request.status == "accepted"]
    assert len([request for request in accepted if len(request.entities) == 2]) == ACCEPTED
    assert len([request for request in accepted if len(request.entities) > 2]) == MULTILATERAL


def test_everybody_wants_the_host() -> None:
    wanted = Counter(code for request in requests(MEMBERS) for code in request.entities)
    assert wanted.most_common(1)[0][0] == "frontex"
    assert wanted["frontex"] > 3 * wanted["al"]


def test_each_party_brings_somebody_of_its_own() -> None:
    for request in requests(MEMBERS):
        assert [MEMBERS[index].entity for index in request.members] == list(request.entities)


def test_sittings_do_not_overlap() -> None:
    spans = sorted((venue.at(day, start), venue.at(day, end)) for day, start, end in venue.SITTINGS)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
