"""The address of every page; what stands in braces differs from gallery to gallery."""

OF_ALL = (
    *("/", "/?archived=1", "/albums/new", "/images", "/images?view=table", "/images/months", "/map"),
    *(
        "/images?tags=tag%20001&any=tag%20005,tag%20009&not=tag%20003&position=with&q=facade",
        "/images?q=none",
    ),
    *("/review", "/review?part=conflict", "/review/agreeing", "/trash", "/audit", "/shares", "/tokens"),
    *("/users", "/users?q=nobody", "/users/new", "/users/{user}", "/account"),
    *("/webhooks", "/webhooks/{webhook}", "/api/docs", "/offline", "/nothing-here"),
    *("/albums/{album}", "/albums/{album}?view=table", "/albums/{album}?sort=-taken"),
    *("/albums/{album}/months", "/albums/{album}/map", "/albums/{album}/upload", "/albums/{album}/order"),
    *("/albums/{album}/settings", "/albums/{album}/place", "/shares/new?album={album}"),
    *("{share}", "{share}/map"),
)
OF_ONE = (
    *("/images/{image}", "/images/{image}/crop", "/images/{image}/history", "/review/{image}"),
    *("{share}/images/{image}", "/batches/{batch}"),
)
"""Those that there are of an image."""
OF_STRANGERS = ("/sign-in", "{locked}/password", "/s/nowhere")
"""Those that are seen by who has not signed in."""
ERRORS = (400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429, 500, 503)
"""Each has its page at an address that only the judged program has."""
OF_ERRORS = tuple(f"/failing/{status}" for status in ERRORS)
