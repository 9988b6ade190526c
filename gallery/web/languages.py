"""Which language a page speaks: the person's choice, else what their browser asks for, else English."""

from functools import lru_cache
from urllib.parse import urlsplit

from babel import Locale
from flask import Blueprint, Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from gallery import language
from gallery.errors import NotFound
from gallery.present import words
from gallery.web.sessions import local_path

blueprint = Blueprint("languages", __name__)
COOKIE = "language"
KEPT_S = 365 * 24 * 3600
FOR_PROGRAMS = "/api/"


def init_app(app: Flask) -> None:
    """Speak one language for the length of a request, in templates too."""
    app.before_request(_begin)
    app.teardown_request(lambda _: language.speak(language.ENGLISH))
    app.after_request(_say_what_it_varies_by)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
        language.translated, language.translated_number, newstyle=True
    )
    app.jinja_env.globals.update({"_": _said, "gettext": _said})
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.add_template_filter(words.number, "number")
    app.add_template_filter(language.translated, "said")
    app.context_processor(
        lambda: {
            "language": language.spoken(),
            "direction": language.locale().text_direction,
            "languages": _names,
        }
    )


@blueprint.get("/language/<code>")
def choose(code: str) -> ResponseReturnValue:
    """Keep the choice in this browser as that of light or dark is kept, and go back."""
    if code not in language.LANGUAGES:
        raise NotFound("The gallery does not speak this language.")
    came_from = urlsplit(request.referrer or "")
    here = (
        came_from._replace(scheme="", netloc="", fragment="").geturl()
        if came_from.netloc == request.host
        else ""
    )
    response = redirect(local_path(here), 303)
    response.set_cookie(COOKIE, code, max_age=KEPT_S, samesite="Lax", secure=request.is_secure)
    return response


@pass_context
def _said(context: Context, message: str, /, **values: object) -> str:
    """The extension's own costs thrice as much, and a page has a hundred sentences."""
    said = language.translated(message)
    if context.eval_ctx.autoescape:
        return Markup(said) % values if values else Markup(said % ())  # noqa: S704  # our own words
    return said % values


def _begin() -> None:
    if request.path.startswith(FOR_PROGRAMS):
        return language.speak(language.ENGLISH)
    asked = request.cookies.get(COOKIE, "")
    if asked not in language.LANGUAGES:
        wished = (wish.partition("-")[0].lower() for wish in request.accept_languages.values())
        asked = next((wish for wish in wished if wish in language.LANGUAGES), language.ENGLISH)
    return language.speak(asked)


def _say_what_it_varies_by(response: Response) -> Response:
    if response.mimetype == "text/html" and not g.get("is_program"):
        response.vary.update(("Cookie", "Accept-Language"))
        response.content_language.add(language.spoken())
    return response


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, str], ...]:
    """Each language's code and what it calls itself."""
    return tuple(
        (code, str(Locale.parse(code).get_display_name(code)).capitalize()) for code in language.LANGUAGES
    )
