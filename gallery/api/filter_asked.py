"""The filter's parameters as the API describes them: those of pages' addresses."""

from typing import Annotated

from msgspec import Meta

from gallery.api.operation import Asked

Names = Annotated[str, Meta(description="Names with commas between; `\\,` is a comma inside a name.")]
Day = Annotated[str, Meta(description="A day (UTC) or an instant with an offset, by when it was taken.")]


class FilterAsked(Asked, kw_only=True, rename={"not_": "not", "from_": "from"}):
    """All but the box, which the map calls otherwise."""

    tags: Annotated[Names, Meta(description="With all of them.")] = ""
    any: Annotated[Names, Meta(description="With one of them at least.")] = ""
    not_: Annotated[Names, Meta(description="With none of them.")] = ""
    untagged: Annotated[str, Meta(description="`1`: without any tag.")] = ""
    q: Annotated[
        str,
        Meta(
            description="Words, all of which stand in title, description, file name, tags or camera; of the "
            "last the beginning is enough. Case and accents do not matter."
        ),
    ] = ""
    format: Annotated[str, Meta(description="Of one of these formats, such as `jpg,heic`.")] = ""
    uploader: Annotated[str, Meta(description="Brought by one of these people: ids with commas between.")] = (
        ""
    )
    position: Annotated[str, Meta(description="`with` or `without` a position.")] = ""
    flag: Annotated[
        str,
        Meta(
            description="With one of these flags: codes such as `pair_mismatch`, or `note`, `doubt`, "
            "`conflict` for at least so grave a one."
        ),
    ] = ""
    verdict: Annotated[
        str,
        Meta(description="In one of these states of review, such as `unreviewed,changed`."),
    ] = ""
    from_: Day = ""
    to: Day = ""
