"""The picture of a map of partnerships: a world, a continent, or a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from django.utils.translation import gettext as _

from summitry.conferences import clock
from summitry.outcomes.queries.ties import Tie
from summitry.outcomes.rules import drawing
from summitry.outcomes.rules.drawing import Canvas, Label, Seat
from summitry.outcomes.rules.globe import Place, Point, Projection, great_circle
from summitry.outcomes.views.common import language
from summitry.outcomes.views.ties_shared import NETWORK, WORLD, Asked, Line, Reader, by_weight, line
from summitry.ui import assets
from summitry.world import reference
from summitry.world.languages import text_in
from summitry.world.models import Entity
from summitry.world.queries import regions, regions_by_entity
from summitry.world.rules import DisplayName

_SQUARE, _MARGIN = 1000, 172
_TYPE, _FAR_TYPE = 12.5, 30.0  # of names at a desk and on a phone, in units of the picture
_CONTINENTS: Final = "m49"
_LONGEST_NAME: Final = 34
_FAR_NAMES: Final = 12

Ties = Mapping[tuple[int, int], Tie]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tie as it is drawn."""

    line: Line
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Spot:
    """An entity as it is drawn; on the network its name is turned by `turn` degrees.

    Attributes
    ----------
    label, far
        Where its name stands at a desk, and on a phone, where letters are larger; none where it does not fit.
    """

    name: DisplayName
    written: str
    x: float
    y: float
    radius: float
    url: str
    is_state: bool
    is_chosen: bool
    label: Label | None = None
    far: Label | None = None
    turn: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A continent's part of the network."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class _Known:
    """An entity's place in the world, none if it has none, and whether it is a State."""

    place: Place | None
    is_state: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What is to be drawn, for whom: ties, names, entities in the order of their names, and how much each has."""

    reader: Reader
    asked: Asked
    found: Ties
    names: Mapping[int, DisplayName]
    order: Sequence[int]
    weights: Mapping[int, int]

    def drawn(self, pair: tuple[int, int], path: str) -> Drawn:
        """Return a tie drawn on a path."""
        tie = self.found[pair]
        told = line(self.reader, self.asked, pair, tie, self.names)
        return Drawn(told, path, round(0.6 + sqrt(tie.weight) * 0.7, 2))

    def pairs(self) -> list[tuple[int, int]]:
        """Return who is tied to whom, the strongest last, so that it lies above the others."""
        return [pair for pair, _tie in reversed(by_weight(self.found, self.names))]


def picture(reader: Reader, asked: Asked, found: Ties, names: Mapping[int, DisplayName]) -> dict[str, Any]:
    """Return what the picture's template draws."""
    weights: dict[int, int] = {}
    for pair, tie in found.items():
        for entity in pair:
            weights[entity] = weights.get(entity, 0) + tie.weight
    order = sorted(weights, key=lambda entity: names[entity].sort_key)
    scene = _Scene(reader=reader, asked=asked, found=found, names=names, order=order, weights=weights)
    return _network(scene) if asked.view == NETWORK else _world(scene)


def _world(scene: _Scene) -> dict[str, Any]:
    drawn = assets.world()
    frame = drawn["frames"][scene.asked.view]
    projection = Projection(turn=frame["turn"], scale=frame["scale"], x=frame["x"], y=frame["y"])
    known = _known(scene.order, drawn["places"])
    homeless = [entity for entity in scene.order if known[entity].place is None]
    stood, canvas = drawing.below(homeless, width=frame["width"], height=frame["height"])
    points = {entity: projection.point(place) for entity in scene.order if (place := known[entity].place)}
    inside = {
        entity: point
        for entity, point in points.items()
        if 0 <= point[0] <= frame["width"] and 0 <= point[1] <= frame["height"]
    }
    is_near = scene.asked.view != WORLD
    radii = {entity: _radius(scene.weights[entity], is_near=is_near) for entity in scene.order}
    points |= drawing.apart(inside, {entity: radii[entity] + 0.6 for entity in inside})
    points |= stood
    shown = [entity for entity in scene.order if entity in inside or entity in stood]
    lines = [
        scene.drawn(pair, _way(projection, known, points, pair))
        for pair in scene.pairs()
        if pair[0] in shown or pair[1] in shown
    ]
    spots = _spots(scene, {entity: points[entity] for entity in shown}, radii, canvas, known)
    return {"canvas": canvas, "land": frame["land"], "lines": lines, "places": spots, "groups": []}


def _known(entities: Sequence[int], places: Mapping[str, Sequence[float]]) -> dict[int, _Known]:
    """Return what is known of where entities are: States lie in their land, organisations at their seat."""
    seats = reference.seats()
    known = {}
    for key, code, m49 in Entity.objects.filter(pk__in=entities).values_list("pk", "code", "m49"):
        state = places.get(m49 or "")
        known[key] = _Known((state[0], state[1]) if state else seats.get(code), m49 is not None)
    return known


def _way(
    projection: Projection, known: Mapping[int, _Known], points: Mapping[int, Point], pair: tuple[int, int]
) -> str:
    one, other = known[pair[0]].place, known[pair[1]].place
    if one is None or other is None:
        return drawing.bent(points[pair[0]], points[pair[1]])
    return drawing.as_path(
        drawing.tied(great_circle(projection, one, other), points[pair[0]], points[pair[1]])
    )


def _radius(weight: int, *, is_near: bool) -> float:
    least, most, growth = (4.0, 9.0, 0.5) if is_near else (2.4, 6.0, 0.35)
    return round(min(most, least + sqrt(weight) * growth), 1)


def _spots(
    scene: _Scene,
    points: Mapping[int, Point],
    radii: Mapping[int, float],
    canvas: Canvas,
    known: Mapping[int, _Known],
) -> list[Spot]:
    names, asked = scene.names, scene.asked
    ranked = sorted(points, key=lambda entity: (names[entity].code != asked.of, -scene.weights[entity]))
    written = [(entity, _short(names[entity].short)) for entity in ranked]
    near = drawing.labels(written, points, radii, canvas, size=_TYPE)
    large = {entity: radius * 2 for entity, radius in radii.items()}  # as the style sheet draws them there
    far = drawing.labels(written[:_FAR_NAMES], points, large, canvas, size=_FAR_TYPE)
    return [
        Spot(
            names[entity],
            _short(names[entity].short),
            *points[entity],
            radii[entity],
            scene.reader.of(asked, names[entity].code),
            known[entity].is_state,
            names[entity].code == asked.of,
            near.get(entity),
            far.get(entity),
        )
        for entity in points
    ]


def _short(name: str) -> str:
    """Return a name as it fits beside a point; its title and the list have it whole."""
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[:_LONGEST_NAME].rsplit(' ', 1)[0]} …"


def _network(scene: _Scene) -> dict[str, Any]:
    titles, groups = _grouped(scene)
    seats, arcs = drawing.on_circle(groups, size=_SQUARE, margin=_MARGIN)
    middle = _SQUARE / 2
    lines = [
        scene.drawn(pair, drawing.drawn_in(seats[pair[0]].point, seats[pair[1]].point, middle))
        for pair in scene.pairs()
    ]
    states = dict(Entity.objects.filter(pk__in=scene.order).values_list("pk", "m49"))
    spots = [
        _seated(scene, entity, seat, is_state=states[entity] is not None) for entity, seat in seats.items()
    ]
    told = [Group(title or _("Organisations"), arc.path) for title, arc in zip(titles, arcs, strict=True)]
    return {
        "canvas": Canvas(_SQUARE, _SQUARE),
        "land": "",
        "lines": lines,
        "places": spots,
        "groups": told,
    }


def _seated(scene: _Scene, entity: int, seat: Seat, *, is_state: bool) -> Spot:
    """Return an entity on the circle, its name turned outwards and never upside down."""
    (x, y), name = seat.point, scene.names[entity]
    turned_over = seat.angle > drawing.HALF_TURN
    beside = -10 if turned_over else 10
    return Spot(
        name,
        _short(name.short),
        x,
        y,
        round(min(6.0, 2.6 + sqrt(scene.weights[entity]) * 0.4), 1),
        scene.reader.of(scene.asked, name.code),
        is_state,
        name.code == scene.asked.of,
        Label(round(x + beside, 1), round(y + 4, 1), "end" if turned_over else "start"),
        None,
        round(seat.angle + (90 if turned_over else -90), 1),
    )


def _grouped(scene: _Scene) -> tuple[list[str], list[list[int]]]:
    """Return continents with the entities that count there, then the organisations: names and members."""
    where = regions_by_entity(_CONTINENTS, on=clock.today(scene.reader.edition), entity_ids=list(scene.order))
    names = {region.code: text_in(region.name, language()) for region in regions(_CONTINENTS)}
    found: dict[str, list[int]] = {code: [] for code in (*names, "")}
    for entity in scene.order:
        found[where[entity].code if entity in where else ""].append(entity)
    filled = {code: members for code, members in found.items() if members}
    return [names.get(code, "") for code in filled], list(filled.values())
