"""Templates compiled once for an installation, as Python compiles its modules once."""

import os
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


def compile_all(environment: Environment) -> None:
    """Compile what is not yet, so that the first visitor does not wait for it; nothing where nothing is kept.

    What cannot be compiled, and what else lies among the templates, is for whoever opens it to hear of.
    """
    loader, compiled = environment.loader, environment.bytecode_cache
    if loader is None or not isinstance(compiled, CompiledTemplates) or not compiled.keeps:
        return
    for name in environment.list_templates():
        with suppress(jinja2.TemplateError, UnicodeDecodeError, OSError):
            loader.load(environment, name)  # not `get_template`, which would keep it in memory


class CompiledTemplates(FileSystemBytecodeCache):
    """Files beside the code, where this process may write there and Python keeps what it compiles.

    A file that is damaged, or was made of another text or by other rules, is as good as none.
    """

    def __init__(self, folder: Path, environment: Environment) -> None:
        super().__init__(str(folder))
        self._environment = environment
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                folder.mkdir(mode=0o755, exist_ok=True)

    @property
    def keeps(self) -> bool:
        """Whether what is compiled stays for the next process."""
        return not sys.dont_write_bytecode and os.access(self.directory, os.W_OK)

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
        if self.keeps:
            with suppress(OSError):
                super().dump_bytecode(bucket)
