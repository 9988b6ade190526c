"""Places as a share tells them: one grid, the same in Python and in the database, and nothing finer."""

from collections.abc import Callable
from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st

from gallery.config import Settings
from gallery.db import db
from gallery.index.image_index import image_index
from gallery.location.box import Box
from gallery.location.position import Position, distance_m
from gallery.location.precision import GridCell, Precision, cell_of, centre, rounded
from gallery.location.tile import LEVEL
from gallery.models.album import Album
from gallery.models.image import Image
from gallery.models.rounding import cells_of, inside_rounded
from gallery.models.scope import of_album
from gallery.present.filters.filter import Filter
from gallery.present.maps.placed_cells import PlacedCells
from gallery.present.shares.clusters import shared_clusters
from gallery.present.shares.links import ShareLinks
from tests.engines import both_engines

ROUNDED = (Precision.KM_1, Precision.KM_10)
WORLD = Box(-180, -90, 180, 90)
DRAWN = Box(-180, -85, 180, 85)
"""Beyond it all lies on the edge of the map."""
PLACES = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))
HARD = (
    *(
        Position(latitude, longitude)
        for latitude in (-90, -26, 0, 26, 85, 90)
        for longitude in (-180, 0, 180)
    ),
    *(Position(48.86 + n * 0.001, 2.35 - n * 0.0007) for n in range(20)),
    *(Position(n * 4.73 - 89, n * 9.31 - 179) for n in range(38)),
    Position(63.0, 0.02),
    Position(-53.0, -0.015),
)


@given(PLACES, st.sampled_from(ROUNDED))
@example(Position(84.999, 179.999), Precision.KM_1)
@example(Position(25.9999, -0.0001), Precision.KM_10)
def test_a_rounded_place_is_the_middle_of_its_cell_and_near_the_true_one(
    place: Position, precision: Precision
) -> None:
    told = rounded(place, precision)
    assert told is not None
    assert told == rounded(told, precision), "the cell of the middle is the cell"
    assert -90 <= told.latitude <= 90
    assert -180 <= told.longitude <= 180
    if abs(place.latitude) < 85:
        assert distance_m(place, told) <= precision.radius_m


@given(st.floats(-85, 85), st.floats(-179, 179), st.sampled_from(ROUNDED))
def test_no_cell_is_smaller_than_the_precision(
    latitude: float, longitude: float, precision: Precision
) -> None:
    cell = cell_of(Position(latitude, longitude), precision)
    here, east = centre(cell, precision), centre(GridCell(cell.row, cell.column + 1), precision)
    north = Position(here.latitude + 1 / precision.rows_per_degree, here.longitude)
    assert distance_m(here, east) >= 0.97 * precision.radius_m
    assert distance_m(here, north) >= 0.97 * precision.radius_m


def test_no_place_and_the_exact_place() -> None:
    place = Position(48.8606, 2.3376)
    assert rounded(place, Precision.NONE) is None
    assert rounded(place, Precision.EXACT) == place


@both_engines
@pytest.mark.parametrize("precision", ROUNDED)
def test_the_database_rounds_as_python_does(
    album: Album, add_row: Callable[..., Image], precision: Precision
) -> None:
    for nth, place in enumerate(HARD):
        add_row(album, at=place, filename=str(nth))
    cells = cells_of(of_album(album), precision)
    query = sa.select(Image.filename, cells.c.cell_row, cells.c.cell_column)
    rows = db.session.execute(query.join(cells, Image.number == cells.c.number))
    found = {int(name): GridCell(int(row), int(column)) for name, row, column in rows}
    cells_of_all = {nth: cell_of(place, precision) for nth, place in enumerate(HARD)}
    assert found == cells_of_all
    db.session.commit()
    image_index().wait(10)
    with image_index().sets() as sets:
        assert sets is not None
        spots = PlacedCells(sets, of_album(album), Filter()).spots(precision)
    in_memory = {(cell.latitude, cell.longitude) for cell in spots.cells(DRAWN, LEVEL)}
    middles = {centre(cell, precision) for cell in cells_of_all.values()}
    assert in_memory == {place for place in middles if DRAWN.holds(*place)}
    for box in (Box(2.34, 48.86, 2.36, 48.87), Box(170, -90, -170, 90), Box(-180, -90, 180, 90)):
        inside = db.session.scalars(sa.select(Image.filename).where(inside_rounded(box, precision)))
        told = {nth for nth, place in enumerate(HARD) if box.holds(*(rounded(place, precision) or place))}
        assert {int(name) for name in inside} == told


@both_engines
@pytest.mark.parametrize("precision", ROUNDED)
def test_the_map_is_the_same_wherever_in_their_cells_images_lie(
    album: Album, add_row: Callable[..., Image], precision: Precision, settings: Settings
) -> None:
    """Whatever is asked of it: no view, zoom or box tells two places of one cell from each other."""
    cells = [cell_of(place, precision) for place in HARD[20:40]]
    serial = count(1)
    images = [add_row(album, at=centre(cell, precision), filename=str(next(serial))) for cell in cells]
    add_row(album)
    links = ShareLinks("/s/x")
    views = (WORLD, Box(2.34, 48.85, 2.351, 48.869), Box(170, -60, -150, 80))

    def told() -> list[object]:
        db.session.commit()
        image_index().wait(10)  # it knows what is committed
        in_memory, counted = (
            [
                shared_clusters(scope, Filter(), precision, view, zoom, links)
                for view in views
                for zoom in (0, 3, 9, 16, 24)
            ]
            for scope in (of_album(album), sa.and_(of_album(album)))
        )
        assert in_memory == counted, "whoever counts them"
        return in_memory

    in_the_middle = told()
    for image, cell in zip(images, cells, strict=True):
        middle = centre(cell, precision)
        near = Position(middle.latitude + 0.0031, middle.longitude - 0.0041)
        assert cell_of(near, precision) == cell
        image.place(near)
    assert told() == in_the_middle
    assert in_the_middle[0]["total"] == 20  # type: ignore[index]
    assert in_the_middle[0]["unplaced"] == 1  # type: ignore[index]
