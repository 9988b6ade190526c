"""The WSGI application: `flask …` and every server start here."""

from gallery import create_app

app = create_app()
