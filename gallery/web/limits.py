"""How often somebody may try."""

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

SIGN_IN = "10/minute"

limiter = Limiter(get_remote_address, storage_uri="memory://")


def tried_email() -> str:
    """The address that somebody tries to sign in with, however it is typed."""
    return "sign-in " + request.form.get("email", "")[:254].strip().lower()
