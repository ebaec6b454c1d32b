"""``python -m benchmarks.outcomes``: ten editions with 5,000 commitments, and how long their lists take at the server.

Makes a database of its own in the embedded server under ``SUMMITRY_HOME``, fills it by a
seed, reads every kind of list as several roles, first by the queries alone and then as
whole pages through middleware, view and template, and drops the database again.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

LIMIT_MS = 200
_FIRST_YEAR = 2013
_AREAS = (
    "risk-analysis",
    "training",
    "returns",
    "coast-guard",
    "documents",
    "technology",
    "information",
    "capacity",
)
_VERBS = ("train", "deliver to", "second officers to", "exchange information with", "equip", "visit")
_THINGS = (
    "document examiners",
    "registration devices",
    "patrol boats",
    "risk analysts",
    "dog handlers",
    "radios",
)
_KINDS = ("training", "equipment", "expert_deployment", "information_exchange", "infrastructure", "event")


def fill(*, editions: int, commitments: int, delegations: int, seed: int) -> Any:
    """Make a series with its outcomes; return its last edition.

    Parameters
    ----------
    commitments
        Over all editions.
    """
    from django.utils import timezone  # noqa: PLC0415 Django only once it is set up

    from summitry.conferences.models import Edition, Host, Series  # noqa: PLC0415 likewise
    from summitry.delegations.models import Delegation  # noqa: PLC0415 likewise
    from summitry.outcomes.models import Area  # noqa: PLC0415 likewise
    from summitry.world.models import Entity  # noqa: PLC0415 likewise

    chance = random.Random(seed)  # noqa: S311 repeatable, nothing secret
    host = Host.objects.create(entity=Entity.objects.get(code="frontex"), slug="frontex")
    series = Series.objects.create(
        host=host, slug="many", name={"en": "Many"}, short_name="Many", cadence_years=2
    )
    entities = list(Entity.objects.filter(kind="state").order_by("code")[:delegations])
    areas = Area.objects.bulk_create(
        Area(series=series, code=code, title={"en": code.replace("-", " ")}, order=order)
        for order, code in enumerate(_AREAS)
    )
    made = []
    for number in range(1, editions + 1):
        met = date(_FIRST_YEAR + 2 * (number - 1), 10, 28)
        noon = datetime(met.year, met.month, met.day, 12, tzinfo=UTC)
        edition = Edition.objects.create(
            series=series, number=number, slug=f"many-{number}", name={"en": f"Edition {number}"}, hosted_by=host,
            year=met.year, starts_on=met, ends_on=met, languages=["en"], clock_offset=noon - timezone.now(),
        )  # fmt: skip
        Delegation.objects.bulk_create(
            Delegation(edition=edition, entity=entity, answer="coming") for entity in entities
        )
        _fill_edition(edition, commitments // editions, entities, areas, chance)
        made.append(edition)
    return made[-1]


def _fill_edition(
    edition: Any, count: int, entities: Sequence[Any], areas: Sequence[Any], chance: random.Random
) -> None:
    """Add an edition's commitments with wordings, parties, areas, milestones and reports."""
    from django.db.models import F  # noqa: PLC0415 Django only once it is set up

    from summitry.outcomes.models import Commitment, CommitmentParty, Milestone, Wording  # noqa: PLC0415 likewise

    met = edition.starts_on
    rows = []
    for number in range(1, count + 1):
        owner = chance.choice(entities)
        thing = chance.choice(_THINGS)
        due = met + timedelta(days=chance.randint(60, 1500)) if chance.random() < 0.9 else None  # noqa: PLR2004 a tenth has none
        row = Commitment(
            edition=edition, number=number, title={"en": thing.capitalize()}, kind=chance.choice(_KINDS),
            owner=owner, due_on=due, report_months=chance.choice([6, 12]),
            confidentiality=chance.choices([0, 1, 2, 3], weights=[20, 20, 57, 3])[0],
            search_text=f"c-{number:03} {thing} {owner.code} will {chance.choice(_VERBS)} them within two years",
        )  # fmt: skip
        rows.append(row)
    made = Commitment.objects.bulk_create(rows, batch_size=500)
    Wording.objects.bulk_create(
        [Wording(commitment=row, number=1, text=row.search_text * 6, language="en") for row in made],
        batch_size=500,
    )
    CommitmentParty.objects.bulk_create(
        [
            CommitmentParty(commitment=row, entity=entity, role=role, order=order)
            for row in made
            for order, (entity, role) in enumerate(_others(row, entities, chance))
        ],
        batch_size=1000,
    )
    through = Commitment.areas.through
    through._default_manager.bulk_create(  # noqa: SLF001 Django's documented name
        [
            through(commitment=row, area=area)
            for row in made
            for area in chance.sample(list(areas), chance.randint(0, 2))
        ],
        batch_size=1000,
    )
    Milestone.objects.bulk_create(
        [
            Milestone(
                commitment=row, number=number, title="A step", due_on=met + timedelta(days=300 * number)
            )
            for row in made
            for number in range(1, chance.randint(1, 4))
        ],
        batch_size=1000,
    )
    agreed = [row.pk for row in made if chance.random() < 0.92]  # noqa: PLR2004 the rest stay drafts
    Commitment.objects.filter(pk__in=agreed).update(
        workflow="approved", agreed_on=met, agreed_elsewhere="Agreed minutes", version=F("version") + 1
    )
    _report(agreed, met, chance)


def _others(row: Any, entities: Sequence[Any], chance: random.Random) -> Iterable[tuple[Any, str]]:
    drawn = chance.sample(entities, 4)
    roles = ["beneficiary", *chance.choices(["counterpart", "supporter", "beneficiary"], k=2)]
    return zip(
        (entity for entity in drawn if entity != row.owner), roles[: chance.randint(1, 3)], strict=False
    )


def _report(agreed: Sequence[int], met: date, chance: random.Random) -> None:
    from summitry.outcomes.models import Report  # noqa: PLC0415 Django only once it is set up

    reports = []
    for pk in agreed:
        day = met
        for number, progress in enumerate(
            ("in_progress_25", "in_progress_50", "in_progress_75", "suspended")[: chance.randint(0, 4)], 1
        ):
            day += timedelta(days=chance.randint(90, 500))
            reports.append(
                Report(
                    commitment_id=pk,
                    number=number,
                    on=day,
                    author_name="A focal point",
                    progress=progress,
                    narrative="Work went on as planned.",
                )
            )
    Report.objects.bulk_create(reports, batch_size=1000)


def _reads(edition: Any, entities: Sequence[str]) -> dict[str, Callable[[Any], object]]:
    """Return what is read, by what a reader would call it; each takes who reads."""
    from summitry.outcomes import queries  # noqa: PLC0415 Django only once it is set up
    from summitry.outcomes.queries import Wanted  # noqa: PLC0415 likewise
    from summitry.world.models import Entity  # noqa: PLC0415 likewise

    def page(order: str = "due", number: int = 1, **wanted: Any) -> Callable[[Any], object]:
        return lambda who: queries.commitment_page(
            who=who, edition=edition, wanted=Wanted(**wanted), order=order, page=number
        )

    one, other = (Entity.objects.get(code=code).pk for code in entities)
    return {
        "first page": page(),
        "page 40": page(number=40),
        "by number": page(order="number"),
        "of a party": page(party=entities[0]),
        "of an area": page(area="returns"),
        "of an edition": page(edition="many-5"),
        "overdue": page(due="overdue"),
        "red light": page(light="red"),
        "late": page(timeliness="late"),
        "words": page(text="patrol boats equip"),
        "all at once": page(party=entities[0], area="returns", timeliness="lapsed", text="will"),
        "counts": lambda who: queries.tally(edition=edition, who=who, whole_series=True),
        "statement": lambda who: queries.review_statement(edition=edition, who=who),
        "between two": lambda who: queries.between(one, other, edition=edition, who=who),
        "reports due": lambda who: list(queries.reports_due(who=who, edition=edition)[:50]),
    }


def _readers(edition: Any, entity: str) -> dict[str, Any]:
    from summitry.accounts.access import Actor, Held  # noqa: PLC0415 Django only once it is set up
    from summitry.accounts.models import Role  # noqa: PLC0415 likewise
    from summitry.delegations.models import Delegation  # noqa: PLC0415 likewise

    delegation = Delegation.objects.get(edition=edition, entity__code=entity)
    return {
        "administrator": Actor(name="x", grants=frozenset({Held(Role.ADMINISTRATOR)})),
        "secretariat": Actor(name="x", grants=frozenset({Held(Role.SECRETARIAT, edition.pk)})),
        "focal point": Actor(name="x", grants=frozenset({Held(Role.FOCAL_POINT, edition.pk, delegation.pk)})),
        "press": Actor(name="x", grants=frozenset({Held(Role.PRESS, edition.pk)})),
    }


#: Pages, and by whom each is asked for; those of an edition, after its name.
_PAGES = {
    "list": ("outcomes/commitments/", ("follow_up", "focal_point", "press")),
    "page 2": ("outcomes/commitments/?page=2", ("follow_up", "focal_point", "press")),
    "last page": ("outcomes/commitments/?page=100", ("follow_up",)),
    "sorted": ("outcomes/commitments/?sort=-title", ("follow_up",)),
    "of a party": ("outcomes/commitments/?party=al", ("follow_up", "press")),
    "of an owner": ("outcomes/commitments/?owner=al", ("follow_up",)),
    "of an area": ("outcomes/commitments/?area=returns", ("follow_up", "focal_point")),
    "of an edition": ("outcomes/commitments/?edition=many-5", ("follow_up",)),
    "overdue": ("outcomes/commitments/?due=overdue", ("follow_up", "focal_point")),
    "due in a year": ("outcomes/commitments/?due=2031", ("follow_up",)),
    "late": ("outcomes/commitments/?timeliness=late", ("follow_up", "focal_point")),
    "red light": ("outcomes/commitments/?light=red", ("follow_up",)),
    "words": ("outcomes/commitments/?q=patrol+boats", ("follow_up",)),
    "all at once": ("outcomes/commitments/?party=al&area=returns&timeliness=lapsed&q=will", ("follow_up",)),
    "summary": ("outcomes/summary/", ("follow_up", "press")),
    "by area": ("outcomes/summary/?by=area", ("follow_up",)),
    "by edition": ("outcomes/summary/?by=edition", ("follow_up",)),
    "by year": ("outcomes/summary/?by=due", ("follow_up",)),
    "between two": ("outcomes/between/?one=al&other=ar", ("follow_up", "focal_point")),
    "review": ("outcomes/review/", ("follow_up",)),
    "reminders": ("outcomes/reminders/", ("follow_up",)),
    "one commitment": ("one", ("follow_up", "focal_point")),
    "portal": ("portal/commitments/", ("focal_point",)),
}


@dataclass(frozen=True, slots=True)
class Timed:
    """How long a page took, in milliseconds.

    Attributes
    ----------
    median, worst
        By the clock on the wall: they grow with whatever else the machine does.
    processor
        The mean of what this process and its connection's backend used.
    """

    median: float
    worst: float
    processor: float


def measure_pages(edition: Any, entity: str, *, repeat: int) -> list[tuple[str, str, Timed]]:
    """Ask for every page as those who use it; the first answer of each, which fills caches, is left out."""
    clients = _clients(edition, entity)
    found = []
    for name, (path, roles) in _PAGES.items():
        for role in roles:
            client = clients[role]
            url = f"/{edition.slug}/" + (_one(edition, entity) if path == "one" else path)
            answer = client.get(url)
            if answer.status_code != 200:  # noqa: PLR2004 HTTP
                message = f"{url} answers {answer.status_code} to {role}"
                raise SystemExit(message)
            found.append((name, role, _timed(lambda client=client, url=url: client.get(url), repeat)))  # type: ignore[misc]  # bound now
    return found


def _timed(ask: Callable[[], object], repeat: int) -> Timed:
    taken = []
    before = time.process_time() + _backend_seconds()
    for _ in range(repeat):
        began = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - began))
    used = time.process_time() + _backend_seconds() - before
    return Timed(sorted(taken)[len(taken) // 2], max(taken), 1000 * used / repeat)


def _backend_seconds() -> float:
    """Return the processor's seconds that the connection's backend has used."""
    from django.db import connection  # noqa: PLC0415 Django only once it is set up

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone() or (0,)
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _one(edition: Any, entity: str) -> str:
    from summitry.outcomes.models import Commitment  # noqa: PLC0415 Django only once it is set up

    rows = Commitment.objects.filter(edition=edition, owner__code=entity, workflow="approved")
    one = rows.exclude(confidentiality=3).order_by("number").first()
    assert one is not None
    return f"outcomes/commitments/{one.public_id}/"


def _clients(edition: Any, entity: str) -> dict[str, Any]:
    """Return somebody logged in for each role."""
    from django.test import Client  # noqa: PLC0415 Django only once it is set up

    from summitry.accounts.models import Grant, User  # noqa: PLC0415 likewise
    from summitry.delegations.models import Delegation  # noqa: PLC0415 likewise

    delegation = Delegation.objects.get(edition=edition, entity__code=entity)
    clients = {}
    for role in ("follow_up", "focal_point", "press"):
        user = User.objects.create(email=f"{role}@example.org", name=role)
        own = delegation.pk if role == "focal_point" else None
        Grant.objects.create(user=user, role=role, edition_id=edition.pk, delegation_id=own)
        clients[role] = Client(SERVER_NAME="localhost")
        clients[role].force_login(user)
    return clients


def measure(edition: Any, *, entities: Sequence[str], repeat: int) -> list[tuple[str, dict[str, float]]]:
    """Return for each read the median milliseconds by reader."""
    readers = _readers(edition, entities[0])
    found = []
    for name, read in _reads(edition, entities).items():
        times = {}
        for reader, who in readers.items():
            taken = []
            for _ in range(repeat):
                before = time.perf_counter()
                read(who)
                taken.append(1000 * (time.perf_counter() - before))
            times[reader] = sorted(taken)[len(taken) // 2]
        found.append((name, times))
    return found


@click.command()
@click.option("--editions", default=10, show_default=True)
@click.option("--commitments", default=5000, show_default=True, help="Over all editions.")
@click.option("--delegations", default=110, show_default=True, help="To each edition.")
@click.option("--seed", default=0, show_default=True)
@click.option("--repeat", default=5, show_default=True, help="The median of so many readings is shown.")
def main(editions: int, commitments: int, delegations: int, seed: int, repeat: int) -> None:
    """Fill a database of its own and time every kind of list; fails where one takes over 200 ms."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summitry.config.settings")
    os.environ["SUMMITRY_DATABASE"] = name = f"bench_outcomes_{os.getpid()}"
    import django  # noqa: PLC0415 only once the database is named

    django.setup()
    from django.db import connection, connections  # noqa: PLC0415 likewise

    from summitry.config.database import Lease, prepare  # noqa: PLC0415 likewise
    from summitry.world.actions import load_reference  # noqa: PLC0415 likewise

    with Lease():
        try:
            prepare.migrate()
            load_reference()
            before = time.perf_counter()
            edition = fill(editions=editions, commitments=commitments, delegations=delegations, seed=seed)
            click.echo(f"filled in {time.perf_counter() - before:.1f} s (seed {seed})")
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            rows = measure(edition, entities=("al", "ar"), repeat=repeat)
            pages = measure_pages(edition, "al", repeat=repeat)
        finally:
            connections.close_all()
            prepare.drop_database(name)
    click.echo(f"{'ms, median':16}" + "".join(f"{reader:>15}" for reader in rows[0][1]))
    for what, times in rows:
        click.echo(f"{what:16}" + "".join(f"{taken:15.1f}" for taken in times.values()))
    click.echo(f"\n{'whole pages, ms':16}{'':15}{'median':>10}{'worst':>10}{'processor':>10}")
    for what, role, timed in pages:
        click.echo(
            f"{what:16}{role:15}{timed.median:10.1f}{timed.worst:10.1f}{timed.processor:10.1f}"
            + (f"  over {LIMIT_MS}" if timed.median > LIMIT_MS else "")
        )
    slowest = max(
        *(taken for _what, times in rows for taken in times.values()), *(t.median for *_who, t in pages)
    )
    used = max(timed.processor for *_who, timed in pages)
    click.echo(f"slowest median {slowest:.0f} ms, most processor time {used:.0f} ms, of {LIMIT_MS}")
    if slowest > LIMIT_MS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
