"""The page of thumbnails, which an album's and everybody's images share."""

from flask import render_template, request

from gallery import current
from gallery.access import Action, may, person, signed_in_user
from gallery.db import db
from gallery.models.album import Album, visible_albums
from gallery.models.scope import Condition
from gallery.present import order
from gallery.present.chips import chip_board
from gallery.present.filter_panel import filter_panel
from gallery.present.filters import Filter
from gallery.present.grid import PAGE_SIZE, grid_page
from gallery.present.narrowing import page_condition

MOST_TARGETS = 500
"""Albums that are offered to move images to."""


def render_grid(template: str, scope: Condition, *, map_path: str, album: Album | None = None) -> str:
    """The scope's images under the address's filter, from where the address says."""
    wanted, keys = Filter.from_query(request.args), current.settings().signing_keys("cursor")
    cursor = request.args.get("after", "")
    after = order.read_cursor(cursor, keys) if cursor else None
    board = chip_board(scope, wanted)
    passing = page_condition(scope, board, after, PAGE_SIZE + 1)
    page = grid_page(passing, current.links(), after)
    query = wanted.query_string()
    more = f"?{query}{'&' if query else ''}after={order.cursor_of(page.last, keys)}" if page.last else ""
    return render_template(
        template,
        album=album,
        can_add=album is not None and may(signed_in_user(), Action.ADD, album),
        can_manage=album is not None and may(signed_in_user(), Action.MANAGE, album),
        can_edit=album is None or may(signed_in_user(), Action.EDIT, album),
        targets=db.session.scalars(visible_albums(person()).limit(MOST_TARGETS)).all(),
        path=request.path,
        query=query,
        board=board,
        panel=filter_panel(board, signed_in_user()),
        page=page,
        is_continued=after is not None,
        more=more,
        map_url=joined(map_path, query),
        image_query=joined("", "&".join(part for part in (query, "" if album else "among=all") if part)),
    )


def joined(path: str, query: str) -> str:
    """The address of a path with a query that may be empty."""
    return f"{path}?{query}" if query else path
