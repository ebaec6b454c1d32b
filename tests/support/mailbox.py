"""A mail server for tests: it takes letters over SMTP, keeps them, and can be told how to answer."""

from __future__ import annotations

import socketserver
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Lock, Thread
from typing import Any, Self, cast


class Mailbox:
    """A server on the loopback, for as long as it is entered.

    Attributes
    ----------
    received
        The letters taken, in their order.
    refused
        Answers to addresses that it does not take letters for: ``{"x@example.org": "550 no such mailbox"}``.
    on_letter
        Called with each letter once it is there and before it is acknowledged.
    """

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refused: dict[str, str] = {}
        self.on_letter: Callable[[EmailMessage], None] = lambda _letter: None
        self._lock = Lock()
        self._server = _Server(("127.0.0.1", 0), _Talk)
        self._server.box = self

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    @property
    def ids(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.received]

    def take(self, data: bytes) -> None:
        letter = message_from_bytes(data, policy=default)
        with self._lock:
            self.received.append(letter)
        self.on_letter(letter)

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    box: Mailbox

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that end in the midst of a letter are what is tested."""


class _Talk(socketserver.StreamRequestHandler):
    """One client's conversation (RFC 5321)."""

    def handle(self) -> None:
        box = cast("_Server", self.server).box
        self._say("220 ready")
        while line := self.rfile.readline():
            verb, _space, rest = line.decode().strip().partition(" ")
            match verb.upper():
                case "RCPT":
                    address = rest.partition("<")[2].partition(">")[0]
                    self._say(box.refused.get(address, "250 known"))
                case "DATA":
                    self._say("354 go on")
                    box.take(self._letter())
                    self._say("250 taken")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 well")

    def _letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())
