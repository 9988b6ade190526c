"""Promises about the program as a whole, read from its source."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from gallery.config import NAMES
from tests.serving import child_environ

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "gallery").rglob("*.py"))
LAYERS = (
    {"gallery"},
    {"web", "api", "cli"},
    {"access", "current", "demo", "throttle"},
    {
        "batching",
        "evidence",
        "ingest",
        "processing",
        "derivation",
        "renewal",
        "first_look",
        "jobs",
        "schedule",
        "payload",
        "mirror",
        "checkup",
        "resumable",
        "upkeep",
        "upload_upkeep",
    },
    {"notifying", "outside", "webhook_editing", "deeds"},
    {
        "permission",
        "editing",
        "review",
        "signing_in",
    },
    # Presenters stand below the flow: an image's document is written in the transaction of its change.
    {"present"},
    {"upload", "particulars", "original", "belonging", "record_copy", "record_shape", "plain_json"},
    {"index"},
    {"models"},
    {"media", "location"},
    {
        "errors",
        "language",
        "config",
        "secret",
        "gzip_member",
        "web_token",
        "db",
        "kept_readers",
        "prepared",
        "rate_counter",
        "setting",
        "text_list",
        "thresholds",
    },
    {"chain"},
)
"""From the top. Imports point down, or sideways within a layer."""
REQUEST_NAMES = {"request", "session", "g", "url_for", "render_template", "redirect", "make_response"}
EDGE = {"web", "api", "cli"}
PUBLIC = {
    *("/sign-in", "/assets/blank.jpg", "/assets/styles.css", "/healthz", "/readyz", "/metrics", "/api/docs"),
    *("/api/v1/openapi.json", "/manifest.webmanifest", "/offline", "/service-worker.js"),
}
"""Addresses that answer 200 to somebody on this machine who is not signed in, besides `static`."""


def module_of(path: Path) -> str:
    """`gallery.models.album` of its file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    """The package or module right below `gallery`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "gallery"


def layer_of(part: str) -> int:
    """Counted from the top."""
    found = [number for number, parts in enumerate(LAYERS) if part in parts]
    assert found, f"gallery.{part} has no layer; give it one in LAYERS"
    return found[0]


def imports(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """(statement, imported module or module.name) of a file, wherever in it, but for type checkers alone."""
    tree = ast.parse(path.read_text(), str(path))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def test_every_part_has_a_layer() -> None:
    assert len(SOURCES) > 50
    for path in SOURCES:
        layer_of(part_of(module_of(path)))


def test_imports_point_down() -> None:
    up = [
        f"{module_of(path)} imports {name}"
        for path in SOURCES
        for _, name in imports(path)
        if name.split(".")[0] == "gallery" and layer_of(part_of(name)) < layer_of(part_of(module_of(path)))
    ]
    assert up == []


def files_imported_by(path: Path) -> set[Path]:
    """Our own modules that a file imports anywhere, each as its file."""
    found = set()
    for _, name in imports(path):
        parts = name.split(".")
        for end in (len(parts), len(parts) - 1):
            folder = ROOT.joinpath(*parts[:end])
            found |= {folder.with_suffix(".py"), folder / "__init__.py"} & set(SOURCES)
    return found


def test_no_circle_is_opened_by_an_import_inside_a_function() -> None:
    """Wherever an import stands, what it brings in must not lead back."""
    graph = {path: files_imported_by(path) - {path} for path in SOURCES}
    graph = {path: {found for found in graph[path] if found.name != "__init__.py"} for path in graph}
    while leaves := {path for path, found in graph.items() if not found}:
        graph = {path: found - leaves for path, found in graph.items() if path not in leaves}
    assert sorted(map(module_of, graph)) == []


def test_media_and_location_know_no_flask_and_no_sql() -> None:
    known = {"flask", "sqlalchemy", "flask_sqlalchemy", "werkzeug", "flask_login", "gallery.db"}
    found = [
        f"{module_of(path)} imports {name}"
        for path in SOURCES
        if part_of(module_of(path)) in ("media", "location")
        for _, name in imports(path)
        if name.split(".")[0] in known or name.startswith("gallery.db")
    ]
    assert found == []


def test_only_the_edge_knows_the_request() -> None:
    found = [
        f"{module_of(path)} imports {name}"
        for path in SOURCES
        if part_of(module_of(path)) not in EDGE
        for _, name in imports(path)
        if name in {f"flask.{known}" for known in REQUEST_NAMES}
    ]
    assert found == []


SAYS_SO = {"untrashed", "of_album", "of_person", "in_trash_of_person", "trashed_at", "deleted_at"}
OF_IMAGES = {"Image", "Tagging", "SyncDocument"}
SCOPES = {"condition", "conditions", "scope"}
"""Arguments that say it already."""
TRASH_TOO = {
    "gallery.editing.ordering._set_positions": "of images that are given",
    "gallery.belonging._some_originals": "originals of trashed images are kept",
    "gallery.checkup.step_count": "of trashed images, too, all is checked",
    "gallery.checkup.flags": "the flags of trashed images are kept, too",
    "gallery.checkup.documents": "what the documents of trashed images say is looked at",
    "gallery.checkup.originals._named_after": "originals of trashed images are kept",
    "gallery.checkup.originals._is_named": "originals of trashed images are kept",
    "gallery.checkup.orphans._named_among": "originals of trashed images are kept",
    "gallery.checkup.orphans._named_in_transaction": "originals of trashed images are kept",
    "gallery.checkup.processing.process_again": "a trashed image waits until it comes back",
    "gallery.index.image_index._begin_loading": "only how many there are at most",
    "gallery.index.loading._follow_images": "the sets know what lies in the trash",
    "gallery.index.loading._follow_pairs": "what lies in the trash has tags, too",
    "gallery.mirror.originals": "what comes back needs its original, too",
    "gallery.mirror.pulling": "a record that comes again brings its image back",
    "gallery.models.mirrored": "what a mirror may touch is its own, trashed or not",
    "gallery.payload._present": "a record that comes again brings its image back",
    "gallery.models.document_search.conditions": "of documents that are there",
    "gallery.models.document_block._between": "of documents that are there",
    "gallery.models.seen_documents._all_of": "of documents that are there",
    "gallery.models.event._documents": "of documents that are there",
    "gallery.processing._announce_end": "`waiting_numbers` looks",
    "gallery.renewal._renew": "of an image that was found so",
    "gallery.models.tag.put_on_all": "of images that are given",
    "gallery.models.tag.take_off_all": "of images that are given",
    "gallery.editing.tag_editing._join": "what lies in the trash has tags, too",
    "gallery.editing.tag_editing._numbers": "what lies in the trash has tags, too",
    "gallery.editing.tag_editing.delete_tag": "what lies in the trash has tags, too",
    "gallery.models.tag.replace_on_all": "of images that are given",
    "gallery.models.departure.forget_before": "what the trash holds is not forgotten",
    "gallery.record_copy._id_delivered_as": "names stay taken",
    "gallery.editing.merging._places": "what lies in the trash keeps a place, too",
    "gallery.models.lock._locking": "who locks looks afterwards",
    "gallery.models.lock.begin_with_images": "who locks looks afterwards",
    "gallery.models.lock.lock_known": "who locks looks afterwards",
    "gallery.editing.merging._move_images": "what lies in the trash comes along",
    "gallery.editing.rewriting": "what lies in the trash keeps no document",
    "gallery.models.recipe": "what lies in the trash may come back",
    "gallery.models.image_words._fill_after": "what lies in the trash may come back",
    "gallery.models.lock._locked_numbers": "what lies in the trash belongs to its album and has tags",
    "gallery.models.lock.lock_images_with": "the same",
    "gallery.models.scope.tagged_with_any": "stands beside a scope",
    "gallery.models.scope.untagged": "stands beside a scope",
    "gallery.models.audit._things": "what happens to what lies in the trash is written down, too",
    "gallery.models.trash": "is about it",
    "gallery.present.filters.counted_rows._freed": "`Filter.where` a scope",
    "gallery.present.document_amending._stored": "of images that were found so",
    "gallery.present.album_cards._images": "by numbers that were found so",
    "gallery.present.exports.parts._tags": "of images that were found so",
    "gallery.present.image_page._page_count": "pages of a file, not images",
    "gallery.present.reviews.queue.for_reviewer": "stands beside a scope",
    "gallery.present.reviews.queue.images": "the index knows",
    "gallery.present.maps.counted_cells": "a condition of its caller's",
    "gallery.index.loading._follow_places": "_PLACE says it",
    "gallery.present.filters.selection._within_period": "within the scope of the selection",
    "gallery.present.stored_record.stored_records": "of images that were found so",
    "gallery.models.flag.plain_flags": "of images that were found so",
    "gallery.present.sync_document.stored_document": "of an image that was found so",
}
"""Why a query of images may find trashed ones."""


def image_queries(path: Path) -> Iterator[tuple[str, set[str]]]:
    """(function, names in it) of every function of a file that asks the database for images or theirs."""
    for function in ast.walk(ast.parse(path.read_text())):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = {found.id for found in ast.walk(function) if isinstance(found, ast.Name)}
        names |= {found.attr for found in ast.walk(function) if isinstance(found, ast.Attribute)}
        names |= {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
        asked = [
            call
            for call in ast.walk(function)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr in ("select", "select_from", "exists", "where", "get", "get_one", "update")
            and any(isinstance(part, ast.Name) and part.id in OF_IMAGES for part in ast.walk(call))
        ]
        if asked:
            yield f"{module_of(path)}.{function.name}", names


def test_every_query_of_images_says_whether_the_trash_is_meant() -> None:
    found = [query for path in SOURCES for query in image_queries(path)]
    assert len(found) > 25
    excused = {name for name, _ in found if name in TRASH_TOO or name.rpartition(".")[0] in TRASH_TOO}
    silent = {name for name, names in found if not names & (SAYS_SO | SCOPES)}
    assert sorted(silent - excused) == []
    assert (
        sorted(set(TRASH_TOO) - {part for name in excused for part in (name, name.rpartition(".")[0])}) == []
    )


MOST_LINES = 200


def test_no_module_outgrows_a_head() -> None:
    sizes = {module_of(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES} == {}


def tracked_files() -> list[Path]:
    """Every file that is in git or will be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this is no git checkout")
    return [path for name in done.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_template_names_an_element_that_has_no_role() -> None:
    """Readers do not say the name of a plain `span` (WAI-ARIA 1.2, section 5.2.8.6)."""
    named = re.compile(r"<(?:span|bdi|b|i)\b(?![^>]*\brole=)[^>]*\baria-label=")
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert templates
    assert [str(path) for path in templates if named.search(path.read_text())] == []


def test_no_file_names_a_machine_of_ours_or_a_package_registry() -> None:
    folder, registry = (
        "/wo" + "rk/",
        r"registry\.(npm|yarn)|pypi\.org|pythonhosted|--(extra-)?index-url|resolved\":",
    )
    found = []
    for path in tracked_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if folder in text or (path != Path(__file__) and re.search(registry, text)):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def readme() -> str:
    return (ROOT / "README.md").read_text()


def documents() -> str:
    """The README, and what it leads to."""
    return readme() + "".join(path.read_text() for path in sorted((ROOT / "docs").glob("*.md")))


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_stands_in_the_readme(name: str) -> None:
    assert f"GALLERY_{name}" in readme()


def test_no_other_setting_stands_in_the_documents() -> None:
    named = set(re.findall(r"\bGALLERY_([A-Z_]+)\b", documents()))
    assert {name for name in named if not name.startswith("TEST_")} <= set(NAMES)


def test_every_link_of_the_documents_leads_somewhere() -> None:
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
            assert (path.parent / link).exists(), f"{path.name} leads to {link}"


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[str]:
    """`user add` and its like."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name))


def test_every_command_stands_in_the_readme_and_explains_itself(app: Flask) -> None:
    names = list(commands(app.cli))
    ours = [name for name in names if not name.startswith("db ")]
    assert {"serve", "worker", "import", "pull", "user add", "token issue", "db upgrade"} <= set(names)
    text = readme()
    assert [name for name in ours if f"flask {name}" not in text] == []
    for name in ours:
        result = app.test_cli_runner().invoke(args=[*name.split(), "--help"])
        assert (result.exit_code, "Usage:" in result.output) == (0, True)


def test_a_server_starts_without_what_only_some_calls_need(tmp_path: Path) -> None:
    late = {
        "alembic",
        "c2pa",
        "cryptography",
        "folium",
        "httpx",
        "huey",
        "numpy",
        "PIL",
        "prometheus_client",
        "psycopg",
        "pyvips",
    }
    program = "import app, json, sys; print(json.dumps(sorted(sys.modules)))"
    environ = child_environ(INSTANCE=str(tmp_path))
    printed = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, env=environ)
    loaded = set(json.loads(printed))
    assert {"gallery.web", "gallery.api.front", "sqlalchemy"} <= loaded
    assert loaded & late == set()
    models = [path for path in SOURCES if path.parent.name == "models"]
    with_tables = {module_of(path) for path in models if "__tablename__" in path.read_text()}
    assert with_tables <= loaded, "a change of one table needs to know of all"


def sample(rule: Rule) -> str:
    """An address that the rule matches."""
    return re.sub(r"<[^>]+>", "14364f29-c30d-4bbb-992c-19e6031244f7", rule.rule)


def rules(app: Flask, method: str) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and method in (rule.methods or ())
    ]


def test_nothing_but_what_is_listed_is_open_to_everybody(
    app: Flask, client: FlaskClient, make_image: Callable[..., object]
) -> None:
    make_image(album_id="14364f29-c30d-4bbb-992c-19e6031244f7")
    addresses = {sample(rule) for rule in rules(app, "GET")}
    assert "/" in addresses
    for address in addresses - PUBLIC:
        answer = client.get(address)
        refused = answer.status_code in (400, 401, 404)
        sent_to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in")
        assert refused or sent_to_sign_in, f"{address} answers {answer.status_code}"


def test_nothing_can_be_changed_by_everybody(app: Flask, client: FlaskClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for rule in rules(app, method):
            answer = client.open(sample(rule), method=method)
            assert answer.status_code in (400, 401, 403, 404, 405, 412, 422), (
                f"{method} {rule} answers {answer.status_code}"
            )


def test_a_stranger_who_signed_in_sees_no_album_that_is_not_theirs(
    app: Flask,
    sign_in: Callable[..., FlaskClient],
    make_user: Callable[..., object],
    make_image: Callable[..., object],
) -> None:
    image = make_image(album_id="theirs", title="a secret title")
    client = sign_in(make_user())
    for rule in rules(app, "GET"):
        for name in ("theirs", getattr(image, "id", "")):
            address = re.sub(r"<[^>]+>", name, rule.rule)
            answer = client.get(address)
            assert b"a secret title" not in answer.data, address
            if "<" in rule.rule:
                assert answer.status_code in (400, 401, 404), f"{address} answers {answer.status_code}"
