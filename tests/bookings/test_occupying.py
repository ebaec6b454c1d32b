from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitry.bookings.actions import ClashError, occupy, resources_for, vacate
from summitry.bookings.models import Booking, Occasion, Resource
from summitry.bookings.queries import conflicts, day_of, occupied, overlapping
from summitry.config.database.address import APPLICATION, embedded
from support.editions import Small, at, make_edition

Counting = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def small(db: None) -> Small:
    return make_edition()


def people(small: Small, *names: str) -> list[int]:
    made = resources_for(
        edition_id=small.edition.pk, kind=Resource.Kind.PERSON, records={uuid4(): name for name in names}
    )
    return list(made.values())


def rooms(small: Small) -> list[int]:
    named = {room.public_id: room.name for room in small.rooms}
    made = resources_for(edition_id=small.edition.pk, kind=Resource.Kind.ROOM, records=named)
    return [made[room.public_id] for room in small.rooms]


def book(small: Small, *pairs: tuple[Occasion, list[int]]) -> None:
    with transaction.atomic():
        occupy(
            edition_id=small.edition.pk,
            occasions=[occasion for occasion, _ in pairs],
            resources={occasion.pk: resources for occasion, resources in pairs},
        )


def booked(occasion: Occasion) -> set[int]:
    return set(Booking.objects.filter(occasion=occasion).values_list("resource_id", flat=True))


def test_a_record_has_one_resource_however_often_it_is_asked_for(small: Small) -> None:
    assert rooms(small) == rooms(small)
    assert Resource.objects.count() == 2


def test_an_occasion_books_exactly_what_is_named_last(small: Small) -> None:
    one, two, three = people(small, "One", "Two", "Three")
    talks = small.occasion(at(8))
    book(small, (talks, [one, two]))
    book(small, (talks, [two, three, three]))

    assert booked(talks) == {two, three}


def test_a_moved_occasion_moves_its_bookings(small: Small) -> None:
    (room, _) = rooms(small)
    talks = small.occasion(at(8))
    book(small, (talks, [room]))
    with transaction.atomic():
        talks.starts_at, talks.ends_at = at(9), at(9, 30)
        talks.save()
        book(small, (talks, [room]))

    assert Booking.objects.get().during == DateTimeTZRange(at(9), at(9, 30), "[)")


def test_meetings_may_follow_one_another_without_a_gap(small: Small) -> None:
    (room, _) = rooms(small)
    first, second = small.occasion(at(8)), small.occasion(at(8, 30))
    book(small, (first, [room]), (second, [room]))

    assert Booking.objects.count() == 2


def test_a_clash_names_what_and_which_two_at_the_venues_time_and_undoes_only_the_booking(
    small: Small,
) -> None:
    (room, _) = rooms(small)
    book(small, (small.occasion(at(8), 45, title="Poland – Morocco"), [room]))
    late = small.occasion(at(8, 30), title="Norway – Senegal")
    with transaction.atomic():
        with pytest.raises(ClashError) as caught:
            occupy(edition_id=small.edition.pk, occasions=[late], resources={late.pk: [room]})
        late.title = "still written"
        late.save()

    assert caught.value.message == (
        "Bug is needed by “Poland – Morocco” (2031-05-14 10:00–10:45) and by “Norway – Senegal” "
        "(2031-05-14 10:30–11:00). Choose another time, or somebody or something else."
    )
    assert [(c.first.title, c.second.title) for c in caught.value.clashes] == [
        ("Poland – Morocco", "Norway – Senegal")
    ]
    late.refresh_from_db()
    assert (late.title, booked(late)) == ("still written", set())


def test_a_clash_within_one_call_is_found(small: Small) -> None:
    (person,) = people(small, "Aïcha Benali")
    with pytest.raises(ClashError, match="Aïcha Benali is needed by “One”"):
        book(
            small,
            (small.occasion(at(8), title="One"), [person]),
            (small.occasion(at(8, 15), title="Two"), [person]),
        )
    assert not Booking.objects.exists()


def test_many_clashes_are_counted(small: Small) -> None:
    named = people(small, *(f"Person {n}" for n in range(5)))
    book(small, (small.occasion(at(8)), named))
    with pytest.raises(ClashError, match="There are 2 more clashes"):
        book(small, (small.occasion(at(8)), named))


def test_two_meetings_swap_their_rooms_in_one_call(small: Small) -> None:
    one, other = rooms(small)
    first, second = small.occasion(at(8)), small.occasion(at(8))
    book(small, (first, [one]), (second, [other]))
    book(small, (first, [other]), (second, [one]))

    assert (booked(first), booked(second)) == ({other}, {one})


def test_two_meetings_swap_their_times_in_one_call(small: Small) -> None:
    (room, _) = rooms(small)
    first, second = small.occasion(at(8)), small.occasion(at(9))
    book(small, (first, [room]), (second, [room]))
    with transaction.atomic():
        for occasion, start in ((first, at(9)), (second, at(8))):
            occasion.starts_at, occasion.ends_at = start, start + timedelta(minutes=30)
            occasion.save()
        book(small, (first, [room]), (second, [room]))

    assert conflicts(small.edition.pk) == []


def test_vacating_lets_everything_go(small: Small) -> None:
    talks = small.occasion(at(8))
    book(small, (talks, rooms(small)))
    with transaction.atomic():
        vacate(occasions=[talks])
        talks.status = Occasion.Status.CANCELLED
        talks.save()

    assert not Booking.objects.exists()


@pytest.mark.parametrize("status", [Occasion.Status.DRAFT, Occasion.Status.CANCELLED])
def test_a_draft_or_cancelled_occasion_books_nothing(small: Small, status: str) -> None:
    with pytest.raises(ValueError, match="books nothing"):
        book(small, (small.occasion(at(8), status=status), rooms(small)))


@pytest.mark.parametrize("many", [1, 30])
def test_booking_takes_the_same_number_of_statements_for_one_and_for_many(
    small: Small, many: int, django_assert_num_queries: Counting
) -> None:
    named = people(small, *(f"Person {n}" for n in range(4)))
    occasions = [small.occasion(at(7) + timedelta(minutes=30 * n)) for n in range(many)]
    pairs = {occasion.pk: named for occasion in occasions}
    with transaction.atomic(), django_assert_num_queries(8):
        occupy(edition_id=small.edition.pk, occasions=occasions, resources=pairs)
    assert Booking.objects.count() == 4 * many


def test_the_day_of_a_resource_and_what_is_occupied_are_read_in_order(small: Small) -> None:
    one, other = rooms(small)
    late, early = small.occasion(at(9), title="late"), small.occasion(at(8), title="early")
    book(small, (late, [one]), (early, [one]))

    day = day_of(Resource.objects.get(pk=one), at(0), at(23))
    assert [booking.occasion.title for booking in day] == ["early", "late"]
    found = occupied(edition_id=small.edition.pk, kind=Resource.Kind.ROOM, start=at(0), end=at(23))
    assert found == {one: [(at(8), at(8, 30), early.pk), (at(9), at(9, 30), late.pk)]}
    assert other not in found


def refused_by_the_database(statement: Callable[[], object]) -> str:
    def checked() -> None:
        with transaction.atomic():
            statement()
            connection.check_constraints()

    with pytest.raises(IntegrityError) as caught:
        checked()
    return str(caught.value)


def test_raw_rows_cannot_overlap(small: Small) -> None:
    (room, _) = rooms(small)
    during = DateTimeTZRange(at(8), at(8, 30), "[)")
    first, second = small.occasion(at(8)), small.occasion(at(8))
    Booking.objects.create(occasion=first, resource_id=room, during=during)

    told = refused_by_the_database(
        lambda: Booking.objects.create(occasion=second, resource_id=room, during=during)
    )
    assert "booking_no_overlap" in told


def test_raw_rows_of_a_draft_or_outside_its_time_or_of_another_edition_are_refused(small: Small) -> None:
    (room, _) = rooms(small)
    (elsewhere, _) = rooms(make_edition("small-2"))
    during = DateTimeTZRange(at(8), at(8, 30), "[)")
    draft = small.occasion(at(8), status="draft")
    firm = small.occasion(at(8))
    longer = DateTimeTZRange(at(8), at(9), "[)")

    for occasion, resource, time, why in (
        (draft, room, during, "is draft and books nothing"),
        (firm, room, longer, "outside the time"),
        (firm, elsewhere, during, "two editions"),
    ):
        told = refused_by_the_database(
            lambda occasion=occasion, resource=resource, time=time: Booking.objects.create(  # type: ignore[misc]  # bound now
                occasion=occasion, resource_id=resource, during=time
            )
        )
        assert why in told


def test_an_occasion_cannot_leave_its_bookings_behind(small: Small) -> None:
    talks = small.occasion(at(8))
    book(small, (talks, rooms(small)))
    rows = Occasion.objects.filter(pk=talks.pk)

    for change in ({"status": "cancelled"}, {"starts_at": at(8, 15)}, {"ends_at": at(8, 15)}):
        told = refused_by_the_database(lambda change=change: rows.update(**change))  # type: ignore[misc]  # bound now
        assert "its bookings were not" in told


def test_an_empty_or_endless_booking_is_refused(small: Small) -> None:
    (room, _) = rooms(small)
    talks = small.occasion(at(8))
    for during in (
        DateTimeTZRange(at(8), at(8), "[)"),
        DateTimeTZRange(at(8), None, "[)"),
        DateTimeTZRange(at(8), at(8, 30), "[]"),
    ):
        told = refused_by_the_database(
            lambda during=during: Booking.objects.create(occasion=talks, resource_id=room, during=during)  # type: ignore[misc]  # bound now
        )
        assert "booking_half_open" in told


def test_two_connections_that_race_for_one_room_get_it_once(fresh_database: str) -> None:
    small = make_edition()
    (room, _) = rooms(small)
    occasions = [small.occasion(at(8), title=f"Meeting {n}") for n in range(2)]
    together = Barrier(2)
    told: list[str] = []

    def race(occasion: Occasion) -> None:
        together.wait()
        try:
            book(small, (occasion, [room]))
        except ClashError as clash:
            told.append(clash.message)
        else:
            told.append("booked")
        finally:
            connections.close_all()

    for _ in range(5):
        told.clear()
        threads = [Thread(target=race, args=[occasion]) for occasion in occasions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        won, lost = sorted(told, key=lambda text: text != "booked")
        assert won == "booked"
        assert lost.startswith("Bug is needed by “Meeting")
        with transaction.atomic():
            vacate(occasions=occasions)


def test_two_raw_connections_that_race_past_our_code_are_refused_too(fresh_database: str) -> None:
    small = make_edition()
    (room, _) = rooms(small)
    first, second = small.occasion(at(8)), small.occasion(at(8))
    words = embedded(APPLICATION, name=fresh_database).libpq()
    insert = (
        "INSERT INTO bookings_booking (occasion_id, resource_id, during) "
        "SELECT id, %s, tstzrange(starts_at, ends_at, '[)') FROM bookings_occasion WHERE id = %s"
    )
    results: list[str] = []

    def commit(other: psycopg.Connection) -> None:
        try:
            other.commit()
        except psycopg.errors.ExclusionViolation:
            results.append("refused")
        else:
            results.append("booked")

    with psycopg.connect(**words) as one, psycopg.connect(**words) as two:  # type: ignore[arg-type]  # words are all strings
        one.execute(insert, [room, first.pk])
        two.execute(insert, [room, second.pk])  # neither sees the other
        threads = [Thread(target=commit, args=[each]) for each in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert "refused" in results
    assert Booking.objects.count() <= 1
    assert conflicts(small.edition.pk) == []


def test_cancelling_and_booking_at_once_cannot_both_win(fresh_database: str) -> None:
    small = make_edition()
    (room, _) = rooms(small)
    talks = small.occasion(at(8))
    words = embedded(APPLICATION, name=fresh_database).libpq()
    with psycopg.connect(**words) as one, psycopg.connect(**words) as two:  # type: ignore[arg-type]  # words are all strings
        one.execute(
            "INSERT INTO bookings_booking (occasion_id, resource_id, during) VALUES (%s, %s, tstzrange(%s, %s, '[)'))",
            [talks.pk, room, at(8), at(8, 30)],
        )
        two.execute("UPDATE bookings_occasion SET status = 'cancelled' WHERE id = %s", [talks.pk])
        two.commit()
        with pytest.raises(psycopg.errors.CheckViolation):
            one.commit()


_TIMES = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8), st.integers(0, 2)), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(times=_TIMES)
def test_booking_succeeds_exactly_where_nothing_overlaps(
    small: Small, times: list[tuple[int, int, int]]
) -> None:
    with transaction.atomic():
        named = people(small, "One", "Two", "Three")
        pairs = [
            (small.occasion(at(8) + timedelta(minutes=5 * start), 5 * length), [named[person]])
            for start, length, person in times
        ]
        free = all(
            one[2] != other[2] or one[0] + one[1] <= other[0] or other[0] + other[1] <= one[0]
            for index, one in enumerate(times)
            for other in times[:index]
        )
        clashes: tuple[object, ...] = ()
        try:
            book(small, *pairs)
        except ClashError as clash:
            clashes = clash.clashes
        assert bool(clashes) == (not free)
        transaction.set_rollback(True)


@given(times=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=8))
def test_overlaps_are_found_exactly_where_there_are_some(times: list[tuple[int, int]]) -> None:
    found = overlapping([(at(0, start), at(0, start + length), n) for n, (start, length) in enumerate(times)])
    there = any(
        one[0] < other[0] + other[1] and other[0] < one[0] + one[1]
        for index, one in enumerate(times)
        for other in times[:index]
    )
    assert bool(found) == there
