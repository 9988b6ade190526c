"""Evidence packs: strangers can check them, and whatever is done to one later is found."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from flask.testing import FlaskClient

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.evidence.chain_slice import break_in
from gallery.evidence.key import hex_of, public_key_in, public_keys
from gallery.evidence.manifest import EvidenceInvalid, Member, manifest_in, sums
from gallery.evidence.verification import verify
from gallery.media.store import Store
from gallery.models.audit import AuditEntry
from gallery.models.image import Image
from gallery.models.tag import put_on
from gallery.models.user import Role, User
from tests.engines import both_engines
from tests.serving import ROOT

MEMBERS = {"images.json", "claims.json", "decisions.json", "credentials.json", "chain.jsonl", "index.html"}
SIGNED = {"public_key.pem", "SHA256SUMS", "manifest.json", "manifest.sig"}
Pack = Callable[..., Path]


@pytest.fixture(autouse=True)
def no_form_marks(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def reviewer(make_user: Callable[..., User], make_album: Callable[..., object]) -> User:
    user = make_user("ann@example.org", Role.REVIEWER)
    make_album("one", user)
    return user


@pytest.fixture
def packed(
    make_image: Callable[..., Image],
    reviewer: User,
    sign_in: Callable[[User], FlaskClient],
    tmp_path: Path,
) -> Pack:
    """Bring images in as a reviewer's browser does, and save the pack of them."""

    def pack(*images: Image) -> Path:
        chosen = images or (make_image(album_id="one", title="<b>Crane</b>", process=True),)
        client = sign_in(reviewer)
        form = {"deed": "evidence", "image": [image.id for image in chosen]}
        answer = client.post("/batches", data=form, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        path = tmp_path / "pack.zip"
        path.write_bytes(answer.data)
        return path

    return pack


@both_engines
def test_a_pack_holds_all_that_is_known_and_is_as_it_was_signed(
    packed: Pack, make_image: Callable[..., Image], app: Flask, settings: Settings
) -> None:
    other = make_image(album_id="one")
    image = make_image(album_id="one", filename="../a\nb.jpg", process=True)
    with app.app_context():
        begin_write()
        put_on(db.session.get_one(Image, other.number), ["elsewhere"])
        db.session.commit()
    path = packed(image)
    manifest, found = verify(path, public_keys(settings)[0])
    assert found is None
    assert manifest.image_count == 1
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        (original,) = [name for name in names if name.startswith("originals/")]
        assert names == MEMBERS | SIGNED | {original, f"pictures/{image.id}.jpg"}
        assert sha256(archive.read(original)).hexdigest() == image.sha256
        (told,) = json.loads(archive.read("images.json"))
        assert (told["id"], told["original"]["state"]) == (image.id, "whole")
        assert json.loads(archive.read("claims.json"))[0]["image_id"] == image.id
        entries = [json.loads(line) for line in archive.read("chain.jsonl").splitlines()]
    whole = [entry for entry in entries if "deed" in entry]
    assert {entry["image_id"] for entry in whole} == {image.id}
    assert [entry["deed"] for entry in whole][-1] == "evidence_packed"
    assert other.id not in json.dumps(entries)
    with app.app_context():
        assert db.session.query(AuditEntry).count() == entries[-1]["number"]


def test_strangers_tools_agree(packed: Pack, tmp_path: Path) -> None:
    path, folder = packed(), tmp_path / "unpacked"
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, check=True, capture_output=True)
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed; scripts/install-test-servers installs it")
    command = [openssl, "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "public_key.pem"]
    command += ["-in", "manifest.json", "-sigfile", "manifest.sig"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    assert "Success" in done.stdout
    page = (folder / "index.html").read_text()
    assert "&lt;b&gt;Crane&lt;/b&gt;" in page
    assert "<script" not in page
    assert "http-equiv" in page


@pytest.mark.slow
def test_the_command_packs_and_checks_on_another_machine(
    make_image: Callable[..., Image], environ: dict[str, str], settings: Settings, app: Flask, tmp_path: Path
) -> None:
    image, output = make_image(), tmp_path / "pack.zip"
    runner = app.test_cli_runner()
    done = runner.invoke(args=["evidence", "pack", "--image", image.id, "-o", str(output)])
    assert done.exit_code == 0, done.output
    (key,) = runner.invoke(args=["evidence", "key"]).output.split()
    assert key == public_keys(settings)[0]
    elsewhere = {"GALLERY_INSTANCE": str(tmp_path / "elsewhere"), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "flask", "evidence", "verify", str(output), "--key", key, "--json"]
    checked = subprocess.run(command, cwd=ROOT, env=elsewhere, capture_output=True, text=True, check=False)
    assert (checked.returncode, json.loads(checked.stdout)["wrong"]) == (0, None), checked.stderr
    assert not (tmp_path / "elsewhere" / "gallery.db").exists()
    for wrong in (["--image", "no such"], ["--album", "none"], []):
        refused = runner.invoke(args=["evidence", "pack", *wrong, "-o", str(tmp_path / "none.zip")])
        assert (refused.exit_code, "Traceback" in refused.output) == (1, False)
    assert not (tmp_path / "none.zip").exists()


def test_members_pack_nothing_and_strangers_find_nothing(
    make_user: Callable[..., User], make_album: Callable[..., object], app: Flask
) -> None:
    member = make_user("mem@example.org")
    make_album("one", member)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = member.get_id(), True
    answer = client.post("/batches", data={"deed": "evidence", "image": "any"})
    assert (answer.status_code, "reviewers and admins" in answer.text) == (422, True)
    assert client.get("/batches/none/evidence.zip").status_code == 404
    assert app.test_client().get("/batches/none/evidence.zip").status_code == 302


def test_a_file_that_is_gone_or_damaged_is_said(
    packed: Pack, make_image: Callable[..., Image], settings: Settings
) -> None:
    gone, damaged = make_image(album_id="one"), make_image(album_id="one")
    store = Store(settings.originals)
    store.path_of(gone.sha256 or "").unlink()
    store.path_of(damaged.sha256 or "").write_bytes(b"other bytes")
    path = packed(gone, damaged)
    assert verify(path)[1] is None
    with zipfile.ZipFile(path) as archive:
        states = [image["original"]["state"] for image in json.loads(archive.read("images.json"))]
        assert states == ["missing", "damaged"]
        page = archive.read("index.html").decode()
    assert "The file is not in the store." in page
    assert "are not those that came" in page


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The pack with its members changed."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def original_of(members: dict[str, bytes]) -> str:
    return next(name for name in members if name.startswith("originals/"))


TAMPERINGS: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "original": (lambda all: all.update({original_of(all): all[original_of(all)] + b"x"}), "changed"),
    "decisions": (lambda all: all.update({"decisions.json": b"[]"}), "changed"),
    "removed": (lambda all: all.pop("claims.json"), "missing"),
    "added": (lambda all: all.update({"note.txt": b"it was otherwise"}), "added"),
    "manifest": (
        lambda all: all.update({"manifest.json": all["manifest.json"].replace(b"ann", b"bob")}),
        "unsigned",
    ),
    "signature": (lambda all: all.update({"manifest.sig": bytes(64)}), "unsigned"),
    "path": (lambda all: all.update({"../../etc/cron.d/x": b""}), "unsafe"),
    "twice": (lambda all: all.update({"INDEX.html": b""}), "unsafe"),
    "bomb": (lambda all: all.update({"decisions.json": bytes(5_000_000)}), "changed"),
}


@pytest.mark.parametrize(("change", "kind"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_whatever_is_done_to_a_pack_is_found(packed: Pack, change: Callable[..., None], kind: str) -> None:
    path = packed()
    assert verify(path)[1] is None
    _, found = verify(rewritten(path, change))
    assert found is not None
    assert found.kind == kind, found


def test_another_key_is_told_and_what_is_no_pack_is_named(packed: Pack, tmp_path: Path) -> None:
    path = packed()
    _, found = verify(path, "00" * 32)
    assert (found and found.kind) == "other_key"
    with zipfile.ZipFile(path) as archive:
        pem = archive.read("public_key.pem").decode()
    assert verify(path, public_key_in(pem))[1] is None
    lzma = tmp_path / "lzma.zip"
    with zipfile.ZipFile(lzma, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("manifest.json", b"{}")
    for content in (lzma.read_bytes(), b"", b"PK\x05\x06" + bytes(18), b"not a zip", path.read_bytes()[:-30]):
        other = tmp_path / "other.zip"
        other.write_bytes(content)
        with pytest.raises(EvidenceInvalid):
            verify(other)


def forged(members: dict[str, bytes], images: bytes) -> None:
    """Sign it with a key of one's own, with another list of images."""
    key, members["images.json"] = Ed25519PrivateKey.generate(), images
    files = [Member.of(name, content) for name, content in members.items() if name not in SIGNED]
    members["SHA256SUMS"] = sums(files)
    manifest = msgspec.structs.replace(
        manifest_in(members["manifest.json"]),
        files=[*files, Member.of("SHA256SUMS", members["SHA256SUMS"])],
        public_key=hex_of(key.public_key()),
    )
    del members["public_key.pem"]
    members["manifest.json"] = manifest.content
    members["manifest.sig"] = key.sign(manifest.content)


@pytest.mark.parametrize(
    ("images", "said"),
    [
        (b"[\n  {\n" + b" " * 17_000_000 + b"\n  }\n]\n", "longer record"),
        (b"[\n  {\n", "ends within a record"),
        (b"[\n  {]\n  }\n", "cannot be read"),
    ],
)
def test_a_forged_pack_fills_no_memory_and_is_refused_in_words(
    packed: Pack, images: bytes, said: str
) -> None:
    path = rewritten(packed(), lambda members: forged(members, images))
    with pytest.raises(EvidenceInvalid, match=said):
        verify(path)


def test_a_slice_that_was_changed_or_cut_is_found_although_it_was_signed(packed: Pack) -> None:
    path = packed()
    manifest, _ = verify(path)
    with zipfile.ZipFile(path) as archive:
        lines = [json.loads(line) for line in archive.read("chain.jsonl").splitlines()]
    head = manifest.chain_head.head
    assert break_in(lines, head) == ""
    changed = [{**lines[0], "actor_name": "nobody"}, *lines[1:]]
    for wrong in (changed, lines[:-1], [{**lines[0], "hash": "0" * 64}, *lines[1:]]):
        assert break_in(wrong, head)
