"""Templates compiled once for an installation, as Python compiles its modules once."""

import sys
from contextlib import suppress
from pathlib import Path

import jinja2
from flask import Flask
from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from gallery.config import ROOT

FOLDER = ROOT / ".compiled-templates"


def init_app(app: Flask) -> None:
    """Have pages find what is compiled; whatever is not yet is compiled when it is first shown, and kept."""
    app.jinja_env.bytecode_cache = CompiledTemplates(FOLDER, app.jinja_env)


def compile_all(app: Flask) -> None:
    """Compile what is not yet, so that the first visitor does not wait for it."""
    environment = app.jinja_env
    if environment.loader is None or not isinstance(environment.bytecode_cache, CompiledTemplates):
        return
    for name in environment.list_templates():
        environment.loader.load(environment, name)  # not `get_template`, which would keep it in memory


class CompiledTemplates(FileSystemBytecodeCache):
    """Files beside the code, where this process may write there and Python keeps what it compiles.

    A file that is damaged, or was made of another text or by other rules, is as good as none.
    """

    def __init__(self, folder: Path, environment: Environment) -> None:
        with suppress(OSError):
            folder.mkdir(mode=0o755, exist_ok=True)
        super().__init__(str(folder))
        self._environment = environment

    def get_source_checksum(self, source: str) -> str:
        """Of the text, and of what else the compiled code depends on."""
        rules = (
            jinja2.__version__,
            sorted(self._environment.extensions),
            self._environment.policies["ext.i18n.trimmed"],
        )
        return super().get_source_checksum(f"{rules}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, or leave it empty."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001  # of a damaged file: pickle raises whatever it stumbles over
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the bucket holds, where that is possible."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
