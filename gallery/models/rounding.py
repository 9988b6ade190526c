"""The grid of `location.precision` in SQL: what a filter or a count may know of a place that is not told."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from gallery.location.box import Box
from gallery.location.precision import BANDS, BEYOND, Precision
from gallery.models.image import Image

_Column = sa.ColumnElement[Any]


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


def row_and_column(precision: Precision) -> tuple[_Column, _Column]:
    """The image's cell; NULL without a position."""
    row, width = _row(precision), _width(precision)
    fraction = (Image.longitude + _number(180.0)) * _number(precision.rows_per_degree) / width
    return row, _below(_WholePart(fraction), _number(360.0 * precision.rows_per_degree) / width)


def inside_rounded(box: Box, precision: Precision) -> sa.ColumnElement[bool]:
    """The images whose rounded position lies in the box."""
    row, column = row_and_column(precision)
    rows = _number(precision.rows_per_degree)
    longitude = (column + _number(0.5)) * _width(precision) / rows - _number(180.0)
    between = sa.or_ if box.crosses_180 else sa.and_
    return sa.and_(
        _latitude(row, precision).between(_number(box.south), _number(box.north)),
        between(longitude >= _number(box.west), longitude <= _number(box.east)),
    )


def _row(precision: Precision) -> _Column:
    rows = precision.rows_per_degree
    return _below(_WholePart((Image.latitude + _number(90.0)) * _number(rows)), sa.literal(180 * rows))


def _below(number: _Column, most: _Column) -> _Column:
    return sa.case((number >= most, sa.cast(most, sa.BigInteger) - 1), else_=number)


def _latitude(row: _Column, precision: Precision) -> _Column:
    return (row + _number(0.5)) / _number(precision.rows_per_degree) - _number(90.0)


def _width(precision: Precision) -> _Column:
    latitude = sa.func.abs(_latitude(_row(precision), precision))
    bands = [(latitude < _number(degrees), _number(times)) for degrees, times in BANDS]
    return sa.case(*bands, else_=_number(BEYOND))


def _number(value: float) -> _Column:
    return sa.cast(sa.literal(float(value), sa.Double()), sa.Double())
