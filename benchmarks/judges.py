"""Strangers' programs that judge pages: Lighthouse, the Nu HTML checker, axe. None reaches outside."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

PROGRAMS = Path(__file__).with_name("node_modules")
LIGHTHOUSE, NU = PROGRAMS / ".bin" / "lighthouse", PROGRAMS / "vnu-jar" / "build" / "dist" / "vnu.jar"
AXE = PROGRAMS / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or ""
FLAGS = "--headless=new --no-sandbox --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"
TRIES = 3
"""Now and then Lighthouse misses the beginning of a page, and asks to be run again (NO_NAVSTART)."""
_RUN_AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}"""


def missing() -> str:
    """Why nothing can be judged here; empty: it can."""
    if not CHROMIUM:
        return "Chromium is not installed"
    return "" if AXE.exists() else "make bench installs what judges pages"


def lighthouse(url: str, cookie: str, folder: Path) -> dict[str, Any]:
    """The report on a page as a phone sees it: a slow network and a slow processor are simulated."""
    headers, report = folder / "headers.json", folder / "report.json"
    headers.write_text(json.dumps({"Cookie": cookie}))
    options = [
        f"--extra-headers={headers}",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags={FLAGS}",
    ]
    environ = os.environ | {"CHROME_PATH": CHROMIUM, "HOME": str(folder)}
    command = [LIGHTHOUSE, url, "--quiet", *options]
    for _ in range(TRIES):
        ended = subprocess.run(command, check=False, env=environ, capture_output=True, text=True, timeout=300)
        if ended.returncode == 0:
            break
    else:
        raise RuntimeError(f"Lighthouse failed on {url}: {ended.stderr[-500:]}")
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def nu_errors(pages: dict[str, str], folder: Path) -> list[str] | None:
    """What is wrong with pages, by their paths; None without Java, which the checker is written in."""
    java = shutil.which("java")
    if java is None:
        return None
    folder.mkdir(parents=True)
    paths = {f"{number}.html": path for number, path in enumerate(pages)}
    for name, path in paths.items():
        (folder / name).write_text(pages[path])
    command = [java, "-jar", NU, "--errors-only", "--format", "json", "--stdout", "--exit-zero-always"]
    made = subprocess.run([*command, folder], check=True, capture_output=True, text=True, timeout=300)
    messages = json.loads(made.stdout)["messages"]
    return [f"{paths[Path(each['url']).name]}: {each['message']}" for each in messages]


def axe_violations(page: Page) -> list[str]:
    """What is wrong with the page that is open."""
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(_RUN_AXE)
    return found
