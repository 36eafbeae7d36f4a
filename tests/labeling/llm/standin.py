"""A stand-in for a language model's server: real HTTP on loopback, with moods."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: What the stand-in understands of a sentence.
WORDS = {"denounced": "opposition", "praised": "support", "thanked": "support"}
_TARGET = re.compile(r"^(\d+)\. (.+?)(?: \(also: .*\))?$", re.MULTILINE)


class Server(ThreadingHTTPServer):
    """``moods`` are taken one for each request; without any it answers well."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.moods: list[Any] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.times: list[float] = []
        self.lock = threading.Lock()
        self.at_once = self.most_at_once = 0
        self.delay = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        server = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with server.lock:
            server.requests.append(body)
            server.headers.append({k.lower(): v for k, v in self.headers.items()})
            server.times.append(time.monotonic())
            mood = server.moods.pop(0) if server.moods else "well"
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
        time.sleep(server.delay)
        with server.lock:
            server.at_once -= 1
        self.answer(mood, body)

    def answer(self, mood: Any, body: dict[str, Any]) -> None:
        match mood:
            case "well":
                self.send(200, completion(json.dumps(understood(body))))
            case "nothing":
                self.close_connection = True
            case "half":
                whole = json.dumps(completion(json.dumps(understood(body)))).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(whole)))
                self.end_headers()
                self.wfile.write(whole[: len(whole) // 2])
                self.close_connection = True
            case "silence":
                time.sleep(1.0)
                self.close_connection = True
            case ("raw", text):
                self.raw(200, text)
            case ("says", content):
                self.send(200, completion(content))
            case (status, headers):
                self.send(status, {"error": {"message": f"mood {status}"}}, headers)
            case int(status):
                self.send(status, {"error": {"message": f"mood {status}"}})

    def send(self, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
        self.raw(status, json.dumps(value), headers)

    def raw(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, word in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, word)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def completion(content: str | None) -> dict[str, Any]:
    return {
        "choices": [{"message": {"role": "assistant", "content": content}}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20},
    }


def understood(body: dict[str, Any]) -> dict[str, Any]:
    """The first target does to the others what the sentence's verb says."""
    user = body["messages"][-1]["content"]
    targets = [int(number) for number, _ in _TARGET.findall(user.split("Targets:")[1])]
    label = next((label for word, label in WORDS.items() if word in user), "neutral")
    return {"answers": [_entry(number, label if number > 1 else "neutral") for number in targets]}


def _entry(number: int, label: str) -> dict[str, Any]:
    held = label != "neutral"
    return {
        "target": number,
        "label": label,
        "holder_kind": "party" if held else "none",
        "holder": int(held),
        "why": "",
    }


@contextmanager
def serving() -> Iterator[Server]:
    """A server until the block ends."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
