"""Notes whatever a page does that no page of ours may do."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

TELL_OF_VIOLATIONS = """
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
  console.error(`Policy violated: ${violatedDirective} by ${blockedURI} in ${sourceFile}:${lineNumber}`));
"""
_STATUS_IN_CONSOLE = re.compile(r"the server responded with a status of (\d+)")


class Witness:
    """Watches browser contexts; what it complains about makes the test fail."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.request_count = 0
        self._expected_statuses: set[int] = set()
        self._host = ""

    def expect_status(self, status: int) -> None:
        """Let answers of this status be, and the line that the console has about each."""
        self._expected_statuses.add(status)

    def watch(self, context: BrowserContext, address: str) -> None:
        """Note requests that do not go to the address, refusals, violations and errors."""
        self._host = urlsplit(address).netloc
        context.add_init_script(TELL_OF_VIOLATIONS)
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failed_request)
        context.on("response", self._on_response)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def _on_request(self, request: Request) -> None:
        self.request_count += 1
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self.complaints.append(f"a request to another host: {request.url}")

    def _on_failed_request(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before the answer came
            self.complaints.append(f"{request.url} failed: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected_statuses:
            self.complaints.append(f"{response.url} answered {response.status}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        found = _STATUS_IN_CONSOLE.search(message.text)
        if found is None or int(found[1]) not in self._expected_statuses:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self.complaints.append(f"error on {error.page and error.page.url}: {error.error}")
