"""A gallery of its own for each test: real folders, a real database, no mock."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from werkzeug.test import TestResponse
from xdist.scheduler.loadscope import LoadScopeScheduling

from gallery import create_app
from gallery.config import Settings, load_settings
from gallery.db import begin_write, db
from gallery.ingest import Upload, keep
from gallery.jobs import queue_of
from gallery.models import token
from gallery.models.album import Album, create_album, find_album
from gallery.models.image import Image
from gallery.models.user import Role, User
from tests import postgresql
from tests.drawing import drawn_jpeg
from tests.engines import POSTGRESQL, engine_of
from tests.serving import Server, child_environ, serving

pytest_plugins = ["tests.photographs"]
hypothesis.settings.register_profile("steady", deadline=None)  # a busy machine is no error
hypothesis.settings.load_profile("steady")

PASSWORD = "correct horse"
NewGallery = Callable[..., AbstractContextManager[dict[str, str]]]


class EngineScheduling(LoadScopeScheduling):
    """Of several processes one runs all that needs PostgreSQL, so that one server is enough; else files are
    what is given out, because the tests of a file share what it sets up.

    The groups of pytest-xdist 3.8 do nothing under pytest 9.2, which keeps a test's id elsewhere.
    """

    def _split_scope(self, nodeid: str) -> str:
        return POSTGRESQL if engine_of(nodeid) == POSTGRESQL else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> EngineScheduling:
    """Give out the tests this way, and in their order, whatever the options say."""
    config.option.loadscopereorder = False
    return EngineScheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is begun first, so that no process works alone at the end."""
    slow_files = {item.path for item in items if item.get_closest_marker("slow")}
    browser_files = {item.path for item in items if item.get_closest_marker("browser")}

    def rank(item: pytest.Item) -> int:
        if engine_of(item.nodeid) == POSTGRESQL:
            return 0
        return 1 if item.path in slow_files else 2 if item.path in browser_files else 3

    items.sort(key=rank)


def migrated(settings: Settings) -> None:
    """Bring the settings' database to the newest migration."""
    app = create_app(settings)
    result = app.test_cli_runner().invoke(args=["album", "add", ""])
    assert result.exit_code == 1, result.output
    close(app)


def close(app: Flask) -> None:
    """Let go of the app's database connections."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at the newest migration."""
    folder = tmp_path_factory.mktemp("template")
    migrated(load_settings({"GALLERY_INSTANCE": str(folder)}))
    return folder / "gallery.db"


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgresql.Cluster]:
    """A PostgreSQL server; without one the test is skipped, and under CI fails."""
    programs = postgresql.programs()
    if programs is None:
        reason = "PostgreSQL's server is not installed; scripts/install-test-servers installs it"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with postgresql.running(programs) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgresql_template(cluster: postgresql.Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty database at the newest migration, by name."""
    name = cluster.create()
    folder = str(tmp_path_factory.mktemp("template"))
    migrated(load_settings({"GALLERY_INSTANCE": folder, "GALLERY_DATABASE_URL": cluster.url(name)}))
    return name


@pytest.fixture(scope="module")
def engine(request: pytest.FixtureRequest) -> str:
    """`sqlite`, or what `both_engines` says."""
    return getattr(request, "param", "sqlite")


@pytest.fixture(scope="session")
def new_gallery(request: pytest.FixtureRequest) -> NewGallery:
    """Make the settings, by name without prefix, of a gallery; its database is gone after the block."""

    @contextmanager
    def make(engine: str, folder: Path, **settings: str) -> Iterator[dict[str, str]]:
        folder.mkdir(parents=True, exist_ok=True)
        if engine == "sqlite":
            shutil.copy(request.getfixturevalue("sqlite_template"), folder / "gallery.db")
            yield {"INSTANCE": str(folder), **settings}
            return
        cluster = request.getfixturevalue("cluster")
        name = cluster.create(request.getfixturevalue("postgresql_template"))
        yield {"INSTANCE": str(folder), "DATABASE_URL": cluster.url(name), **settings}
        cluster.drop(name)

    return make


@pytest.fixture
def environ(new_gallery: NewGallery, engine: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of this test's gallery."""
    with new_gallery(engine, tmp_path / "instance", SECRET_KEY="a secret of the tests") as environ:
        yield environ


@pytest.fixture
def settings(environ: dict[str, str]) -> Settings:
    """This test's gallery, checked."""
    return load_settings({f"GALLERY_{name}": value for name, value in environ.items()})


class Templates(BytecodeCache):
    """Templates as compiled by an earlier app of this process, which saves a page's test half of its time."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if its template has been compiled and has not changed since."""
        if code := self._code.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the bucket holds."""
        self._code[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_templates = Templates()
_statements: dict[Any, Any] = {}
"""What SQLAlchemy compiled for earlier apps of this process, which saves a test a fifth of its time."""
for _dialect in (PGDialect_psycopg, SQLiteDialect_pysqlite):  # they are part of what it finds them by
    _dialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
    _dialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]


class Client(FlaskClient):
    """Reads every answer to its end, so that no file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask."""
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application. No context is pushed: a request must make its own."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = _templates
    app.config["TESTING"] = True
    app.test_client_class = Client
    with app.app_context():
        db.engine.update_execution_options(compiled_cache=_statements)
    yield app
    close(app)


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """An application context for tests of functions; not to be mixed with `client`."""
    with app.app_context():
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture
def make_user(app: Flask) -> Callable[..., User]:
    """Add a person; what comes back is no longer tied to a session."""

    def make(email: str = "ann@example.org", role: Role = Role.MEMBER, **more: Any) -> User:
        with app.app_context():
            begin_write()
            name = email.partition("@")[0]
            user = User(email=email, name=name, role=role, password_hash=_password_hash())
            for field, value in more.items():
                setattr(user, field, value)
            db.session.add(user)
            return _detached(user)

    return make


@pytest.fixture
def make_album(app: Flask) -> Callable[..., Album]:
    """Add an album, or admit more members to one that is there."""

    def make(album_id: str = "00100000123BB175", *members: User) -> Album:
        with app.app_context():
            begin_write()
            album = find_album(album_id) or create_album(album_id)
            for user in members:
                album.admit(user)
            return _detached(album)

    return make


@pytest.fixture
def make_image(app: Flask, settings: Settings, make_album: Callable[..., Album]) -> Callable[..., Image]:
    """Keep a file, drawn unless given, as an upload."""

    def make(
        content: bytes | None = None,
        *,
        album_id: str = "00100000123BB175",
        process: bool = False,
        **more: Any,
    ) -> Image:
        make_album(album_id)
        with app.app_context():
            album = find_album(album_id)
            assert album is not None
            upload = Upload(**{"filename": "photo.jpg", "album": album, **more})
            kept = keep(BytesIO(content or _new_jpeg()), upload, settings)
            numbers = [image.number for image in kept.images]
            db.session.commit()
        for number in numbers if process else ():
            queue_of(app).process_now(number)
        with app.app_context():
            image = db.session.get_one(Image, numbers[0])
            return _detached(image)

    return make


@pytest.fixture
def token_of(settings: Settings) -> Callable[[User], str]:
    """An API token of a person."""
    return lambda user: token.issue(user, settings)


@pytest.fixture
def sign_in(client: FlaskClient) -> Callable[[User], FlaskClient]:
    """Let the client's session be the person's, without the form."""

    def enter(user: User) -> FlaskClient:
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = user.get_id(), True
        return client

    return enter


@pytest.fixture
def server() -> Iterator[Callable[..., Server]]:
    """Start the real server with these settings, as often as wanted; each ends with the test."""
    with ExitStack() as stack:
        yield lambda port=None, **settings: stack.enter_context(serving(child_environ(**settings), port))


@cache
def _password_hash() -> str:
    """Of the tests' password, worked out once: it takes an eighth of a second, as it should."""
    return User.create("anybody@example.org", PASSWORD).password_hash


_colours = iter((100 + number // 120, number % 120, 30) for number in range(18_000))
_drawn: set[bytes] = set()


def _new_jpeg() -> bytes:
    """A drawing that no test was given before: colours that are neighbours may become the same bytes."""
    content = next(content for colour in _colours if (content := drawn_jpeg(colour)) not in _drawn)
    _drawn.add(content)
    return content


def _detached(row: Any) -> Any:
    """The row as committed, with every column loaded, outside of any session."""
    db.session.commit()
    db.session.refresh(row)
    db.session.expunge_all()
    return row
