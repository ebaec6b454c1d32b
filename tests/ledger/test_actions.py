from __future__ import annotations

from threading import Barrier, Thread
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitry.accounts.access import SYSTEM, Actor, Held, visible
from summitry.accounts.models import Role
from summitry.config.database.address import OWNER, embedded
from summitry.config.database.prepare import superuser
from summitry.ledger.actions import action, erase_person, record
from summitry.ledger.models import Chain, Entry, PersonKey
from summitry.ledger.queries import Broken, opened, verify_chain
from summitry.ledger.sealing import ERASED, sealed
from summitry.records.models import Record
from support.editions import Small, make_edition


@pytest.fixture
def small(db: None) -> Small:
    return make_edition()


@action
def rename(
    *,
    target: Record | None = None,
    edition_id: int | None = None,
    after: object = "new",
    delegations: list[int] | None = None,
) -> Entry:
    return record(
        by=SYSTEM,
        verb="rename",
        target=target,
        edition_id=edition_id,
        before={"name": "old"},
        after={"name": after},
        delegations=delegations or [],
    )


def test_an_action_enters_who_did_what_to_which_record(small: Small) -> None:
    rename(target=small.edition, edition_id=small.edition.pk)

    entry = Entry.objects.get()
    assert (entry.actor_name, entry.verb) == ("Summitry", "rename")
    assert (entry.target_type, entry.target_id) == ("conferences.edition", small.edition.public_id)
    assert (entry.before, entry.after) == ({"name": "old"}, {"name": "new"})


def test_an_action_that_enters_nothing_is_undone(small: Small) -> None:
    @action
    def forgetful() -> None:
        small.edition.slug = "changed"
        small.edition.save()

    with pytest.raises(RuntimeError, match="entered 0 times"):
        forgetful()
    small.edition.refresh_from_db()
    assert small.edition.slug == "small-1"


def test_an_action_that_enters_twice_is_undone(db: None) -> None:
    @action
    def talkative() -> None:
        for verb in ("one", "two"):
            record(by=SYSTEM, verb=verb, target=None, edition_id=None)

    with pytest.raises(RuntimeError, match="entered 2 times"):
        talkative()
    assert not Entry.objects.exists()


def test_an_action_within_an_action_is_refused(db: None) -> None:
    @action
    def outer() -> None:
        rename()

    with pytest.raises(RuntimeError, match="called within the action"):
        outer()
    assert not Entry.objects.exists()


def test_a_refused_action_leaves_the_next_one_free(db: None) -> None:
    @action
    def failing() -> None:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        failing()
    rename()
    assert Entry.objects.count() == 1


def test_recording_outside_an_action_is_refused(db: None) -> None:
    with pytest.raises(RuntimeError, match="outside an action"):
        record(by=SYSTEM, verb="rename", target=None, edition_id=None)


def test_each_edition_has_its_own_chain(small: Small) -> None:
    other = make_edition("small-2").edition.pk
    for edition_id in (small.edition.pk, other, None, small.edition.pk):
        rename(edition_id=edition_id)

    ends = dict(Chain.objects.values_list("edition_id", "sequence"))
    assert ends == {small.edition.pk: 2, other: 1, None: 1}
    assert [verify_chain(each) for each in ends] == [None, None, None]


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.uuids()
    | st.datetimes()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(_JSON, min_size=1, max_size=8))
def test_a_chain_verifies_whatever_its_entries_hold(db: None, values: list[object]) -> None:
    with transaction.atomic():
        for value in values:
            rename(after=value)
        assert verify_chain(None) is None
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET verb = 'nothing'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "DELETE FROM ledger_chain",
        "UPDATE ledger_chain SET sequence = 0",
    ],
)
def test_the_database_refuses_the_application_and_the_owner_to_rewrite_history(
    fresh_database: str, statement: str
) -> None:
    rename()

    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)
    with (
        psycopg.connect(**embedded(OWNER, name=fresh_database).libpq()) as owner,  # type: ignore[arg-type]  # words are all strings
        pytest.raises(psycopg.errors.RestrictViolation),
    ):
        owner.execute(statement)
    assert verify_chain(None) is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        (
            "UPDATE ledger_entry SET actor_name = 'Somebody else' WHERE sequence = 2",
            (2, "not as it was entered"),
        ),
        (
            "UPDATE ledger_entry SET at = at + interval '1 second' WHERE sequence = 1",
            (1, "not as it was entered"),
        ),
        ("DELETE FROM ledger_entry WHERE sequence = 2", (2, "missing")),
        ("DELETE FROM ledger_entry WHERE sequence = 3", (3, "the chain ends")),
    ],
)
def test_verification_names_the_first_entry_that_somebody_with_all_rights_changed(
    fresh_database: str, statement: str, broken: tuple[int, str]
) -> None:
    for _ in range(3):
        rename()
    with superuser(fresh_database) as almighty:
        almighty.execute("SET session_replication_role = replica")  # triggers are asleep
        almighty.execute(statement)

    found = verify_chain(None)
    assert isinstance(found, Broken)
    assert found.sequence == broken[0]
    assert broken[1] in found.reason


def test_two_actions_that_begin_a_chain_at_once_enter_one_after_the_other(fresh_database: str) -> None:
    together = Barrier(4)

    def enter() -> None:
        together.wait()
        for _ in range(5):
            rename()
        connections.close_all()

    threads = [Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(Entry.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 21))
    assert verify_chain(None) is None


def test_personal_values_are_stored_sealed_and_read_open(db: None) -> None:
    person = uuid4()
    rename(after=[sealed(person, "Aïcha Benali"), "public"])

    entry = Entry.objects.get()
    assert "Benali" not in str(entry.after)
    assert opened([entry])[0].after == {"name": ["Aïcha Benali", "public"]}


def test_erasing_a_person_leaves_the_history_whole_and_the_person_gone(db: None) -> None:
    person, other = uuid4(), uuid4()
    rename(after={"one": sealed(person, "Aïcha Benali"), "two": sealed(other, "Ole Berg")})
    erase_person(person_id=person, by=SYSTEM)
    rename(after=sealed(person, "known again"))  # a new key does not open the old values

    first, _erasure, last = opened(Entry.objects.order_by("sequence"))
    assert first.after == {"name": {"one": ERASED, "two": "Ole Berg"}}
    assert last.after == {"name": "known again"}
    assert verify_chain(None) is None


def test_a_value_cannot_be_read_with_another_persons_key(db: None) -> None:
    one, other = uuid4(), uuid4()
    entry = rename(after=[sealed(one, "one"), sealed(other, "other")])
    assert entry.after is not None
    entry.after["name"][0]["sealed"]["person"] = str(other)

    assert opened([entry])[0].after == {"name": [ERASED, "other"]}


def test_a_lost_installation_key_is_named(db: None, settings: object) -> None:
    entry = rename(after=sealed(uuid4(), "one"))
    settings.SUMMITRY_KEY = "another"  # type: ignore[attr-defined]  # pytest-django's settings

    with pytest.raises(RuntimeError, match="restore its file"):
        opened([entry])


def test_opening_takes_one_statement_for_any_number_of_entries(
    db: None, django_assert_num_queries: object
) -> None:
    found = [rename(after=sealed(uuid4(), "one")) for _ in range(30)]
    assert PersonKey.objects.count() == 30
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture without a public type
        opened(found)


def test_a_focal_point_sees_entries_of_the_own_delegation_alone(small: Small) -> None:
    edition_id = small.edition.pk
    alone = rename(edition_id=edition_id, delegations=[7])
    rename(edition_id=edition_id, delegations=[7, 8])
    rename(edition_id=edition_id)
    rename(edition_id=make_edition("small-2").edition.pk, delegations=[7])

    def seen(*held: Held) -> list[int]:
        return list(visible(Actor(grants=frozenset(held)), Entry).values_list("pk", flat=True))

    assert seen(Held(Role.FOCAL_POINT, edition_id, 7)) == [alone.pk]
    assert seen(Held(Role.DELEGATE, edition_id, 7)) == []
    assert seen(Held(Role.BILATERAL_DESK, edition_id)) == []
    assert len(seen(Held(Role.SECRETARIAT, edition_id))) == 3
    assert seen(Held(Role.SECRETARIAT, edition_id + 1000)) == []
    assert len(seen(Held(Role.ADMINISTRATOR))) == 4
