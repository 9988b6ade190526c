"""The grid of `location.precision` in SQL: what a filter or a count may know of a place that is not told."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from gallery.location.box import Box
from gallery.location.precision import BANDS, BEYOND, Precision
from gallery.models.image import Image
from gallery.models.scope import Condition

_Column = sa.ColumnElement[Any]
_MARGIN_DEG = 0.2
"""More than a place can be rounded by."""


class _WholePart(sa.sql.functions.GenericFunction[int]):
    """The largest whole number that is not larger than a number of 0 or more."""

    name = "whole_part"
    type = sa.BigInteger()
    inherit_cache = True


@compiles(_WholePart)
def _floor(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(FLOOR({compiler.process(element.clauses, **more)}) AS BIGINT)"


@compiles(_WholePart, "sqlite")
def _truncated(element: Any, compiler: Any, **more: Any) -> str:
    """SQLite has no FLOOR unless it was built with it; its cast cuts the fraction off."""
    return f"CAST({compiler.process(element.clauses, **more)} AS INTEGER)"


def cells_of(condition: Condition, precision: Precision) -> sa.CTE:
    """(number, processed, cell_row, cell_column) of the images that have a position.

    Step by step, because a database works out an expression as often as it is named.
    """
    rows = sa.select(Image.number, Image.processed, Image.longitude, _row(precision).label("cell_row"))
    found = _kept("placed", rows.where(condition, Image.latitude.is_not(None)))
    wide = sa.select(found, _width(found.c.cell_row, precision).label("width"))
    parts = _kept("parted", wide).c
    column = _column(parts.longitude, parts.width, precision).label("cell_column")
    return _kept("celled", sa.select(parts.number, parts.processed, parts.cell_row, column))


def inside_rounded(box: Box, precision: Precision) -> sa.ColumnElement[bool]:
    """The images whose rounded position lies in the box."""
    row, rows = _row(precision), _number(precision.rows_per_degree)
    width = _width(row, precision)
    column = _column(Image.longitude, width, precision)
    longitude = (column + _number(0.5)) * width / rows - _number(180.0)
    between = sa.or_ if box.crosses_180 else sa.and_
    return sa.and_(
        Image.latitude.between(box.south - _MARGIN_DEG, box.north + _MARGIN_DEG),  # follows, and is quicker
        _latitude(row, precision).between(_number(box.south), _number(box.north)),
        between(longitude >= _number(box.west), longitude <= _number(box.east)),
    )


def _row(precision: Precision) -> _Column:
    rows = precision.rows_per_degree
    return _below(_WholePart((Image.latitude + _number(90.0)) * _number(rows)), sa.literal(180 * rows))


def _column(longitude: sa.SQLColumnExpression[Any], width: _Column, precision: Precision) -> _Column:
    rows = _number(precision.rows_per_degree)
    fraction = (longitude + _number(180.0)) * rows / width
    return _below(_WholePart(fraction), _number(360.0) * rows / width)


def _kept(name: str, query: sa.SelectBase) -> sa.CTE:
    return query.cte(name).prefix_with("MATERIALIZED")


def _below(number: _Column, most: _Column) -> _Column:
    return sa.case((number >= most, sa.cast(most, sa.BigInteger) - 1), else_=number)


def _latitude(row: _Column, precision: Precision) -> _Column:
    return (row + _number(0.5)) / _number(precision.rows_per_degree) - _number(90.0)


def _width(row: _Column, precision: Precision) -> _Column:
    latitude = sa.func.abs(_latitude(row, precision))
    bands = [(latitude < _number(degrees), _number(times)) for degrees, times in BANDS]
    return sa.case(*bands, else_=_number(BEYOND))


def _number(value: float) -> _Column:
    return sa.cast(sa.literal(float(value), sa.Double()), sa.Double())
