"""The page of a pack: for a person who has nothing but the file."""

from collections.abc import Collection
from functools import cache

from jinja2 import Environment, FileSystemLoader, Template

from gallery.config import ROOT
from gallery.evidence.manifest import Manifest
from gallery.evidence.records import Records
from gallery.language import locale, spoken, translated, translated_number
from gallery.models.verdict import Reason
from gallery.present.claims.comparison import NAMES
from gallery.present.reviews.review_words import REASONS


def page(told: Records, manifest: Manifest, pictures: Collection[str]) -> bytes:
    """The page, in the language of whoever makes the pack; `manifest` still names no files."""
    decisions: dict[str, list[object]] = {}
    for decision in told.decisions:
        reasons = [REASONS[Reason(reason)] for reason in decision["reasons"]]
        decisions.setdefault(decision["image_id"], []).append({**decision, "reasons": reasons})
    shown = [
        {
            "image": image,
            "claims": claims,
            "decisions": decisions.get(image["id"], []),
            "credentials": credentials,
            "picture": name if (name := f"pictures/{image['id']}.jpg") in pictures else "",
        }
        for image, claims, credentials in zip(told.images, told.claims, told.credentials, strict=True)
    ]
    told_in = {"language": spoken(), "direction": locale().text_direction}
    return _template().render(shown=shown, names=NAMES, manifest=manifest, **told_in).encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
        translated, translated_number, newstyle=True
    )
    environment.policies["ext.i18n.trimmed"] = True
    return environment.get_template("evidence/pack.html")
