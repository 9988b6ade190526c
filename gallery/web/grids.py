"""The page of thumbnails, which an album's and everybody's images share."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from flask import render_template, request

from gallery import current
from gallery.access import Action, may, person, signed_in_user
from gallery.language import gettext as _
from gallery.language import later, spoken
from gallery.models.album import Album
from gallery.models.album_name import names_of_visible
from gallery.models.scope import Condition
from gallery.present import order, time_order
from gallery.present.filters.chips import chip_board
from gallery.present.filters.filter import Filter
from gallery.present.filters.filter_query import View
from gallery.present.filters.narrowing import board_numbers, narrowed
from gallery.present.filters.panel import filter_panel
from gallery.present.grid import GridPage, grid_page
from gallery.present.months import years
from gallery.present.table import table_rows
from gallery.present.time_order import TimeOrder
from gallery.web.exports import export_menu

SORTS = (
    (None, later("Album order")),
    (TimeOrder.TAKEN_LAST, later("Taken: newest first")),
    (TimeOrder.TAKEN, later("Taken: oldest first")),
    (TimeOrder.ADDED_LAST, later("Added: newest first")),
    (TimeOrder.ADDED, later("Added: oldest first")),
)


def render_grid(template: str, scope: Condition, *, map_path: str, album: Album | None = None) -> str:
    """The scope's images under the address's filter, from where the address says, as grid or table."""
    wanted, settings = Filter.from_query(request.args), current.settings()
    after, by = _after(wanted.sort), wanted.sort
    board = chip_board(scope, wanted)
    numbers = board_numbers(scope, board, after, by)
    page = grid_page(numbers, current.links(), after, by, settings.time_zone)
    query = wanted.query_string()
    return render_template(
        template,
        album=album,
        **_rights(album),
        path=request.path,
        query=query,
        board=board,
        panel=filter_panel(board, signed_in_user()),
        exports=export_menu(album, wanted, board.total),
        page=page,
        rows=table_rows(page.tiles, settings) if wanted.view is View.TABLE else None,
        is_continued=after is not None,
        more=_more(page, by, query),
        sorts=_sorts(wanted, spoken()),
        grid_url=joined(request.path, replace(wanted, view=None).query_string()),
        table_url=joined(request.path, replace(wanted, view=View.TABLE).query_string()),
        map_url=joined(map_path, replace(wanted, view=None).query_string()),
        image_query=joined("", "&".join(part for part in (query, "" if album else "among=all") if part)),
    )


def render_months(scope: Condition, title: str) -> str:
    """The months of the scope's images under the address's filter, each a link into the grid."""
    wanted = replace(Filter.from_query(request.args), sort=TimeOrder.TAKEN_LAST)
    found = years(narrowed(scope, wanted), current.settings().signing_keys("cursor"))
    path = request.path.removesuffix("/months")
    return render_template(
        "images/months.html", years=found, title=title, path=path, query=wanted.query_string()
    )


@lru_cache(maxsize=64)
def _sorts(wanted: Filter, _language: str) -> tuple[tuple[str, str, bool], ...]:
    """What each order is called, the page's query with it, and whether it is on."""
    return tuple(
        (_(name), replace(wanted, sort=sort).query_string(), sort is wanted.sort) for sort, name in SORTS
    )


def joined(path: str, query: str) -> str:
    """The address of a path with a query that may be empty."""
    return f"{path}?{query}" if query else path


def _after(by: TimeOrder | None) -> order.Place | time_order.TimePlace | None:
    cursor, keys = request.args.get("after", ""), current.settings().signing_keys("cursor")
    if not cursor:
        return None
    return time_order.read_cursor(by, cursor, keys) if by else order.read_cursor(cursor, keys)


def _more(page: GridPage, by: TimeOrder | None, query: str) -> str:
    if page.last is None:
        return ""
    keys = current.settings().signing_keys("cursor")
    if by:
        cursor = time_order.cursor_of(by, time_order.place_of(by, page.last, page.last_day), keys)
    else:
        cursor = order.cursor_of(order.Place.of(page.last), keys)
    return f"?{query}{'&' if query else ''}after={cursor}"


def _rights(album: Album | None) -> dict[str, Any]:
    user = signed_in_user()
    return {
        "can_add": album is not None and may(user, Action.ADD, album),
        "can_manage": album is not None and may(user, Action.MANAGE, album),
        "can_edit": album is None or may(user, Action.EDIT, album),
        "targets": names_of_visible(person()),
    }
