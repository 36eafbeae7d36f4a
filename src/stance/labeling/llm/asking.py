"""One question to a server, with patience: what can pass is tried again, what cannot is said."""

from __future__ import annotations

import email.utils
import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stance.labeling.llm.cache import Reply
from stance.schema.nouns import InputError

#: The server is not to be reached with this address, key or model: nothing will get better.
_FATAL = {401: "the key is refused", 403: "access is refused", 404: "not found there"}
#: The server is busy or broken, for now.
_PASSING = (408, 409, 425, 429)
#: Characters to a token, where nobody counted.
CHARACTERS = 4
#: What a server that wants a key is not told, one that wants none may be.
_NO_KEY = "none"


@dataclass(frozen=True, slots=True)
class Retry:
    """``attempts`` in all, with waits that double from ``first_wait`` and are drawn at random
    below that; a server's Retry-After counts instead. No wait is longer than ``longest_wait``, no
    answer is waited for longer than ``timeout`` (all in seconds).
    """

    attempts: int = 6
    first_wait: float = 1.0
    longest_wait: float = 120.0
    timeout: float = 60.0


class Unanswered(Exception):
    """A question that got no answer, after every attempt; the message says why."""


class Asker:
    """Chat completions of an OpenAI-compatible server.

    ``key_env`` names the environment variable with the key, which is never kept, shown or logged.
    ``failures`` counts what went wrong on the way, by kind.
    """

    def __init__(self, base_url: str, key_env: str, retry: Retry) -> None:
        try:
            from openai import OpenAI
        except ImportError as error:
            raise InputError(
                "labeler=llm needs openai: pip install 'news-stance[labeling]'"
            ) from error

        self.base_url = base_url
        self.retry = retry
        self.failures: Counter[str] = Counter()
        self._key_env = key_env
        self._key = os.environ.get(key_env, "")
        self._client = OpenAI(
            base_url=base_url,
            api_key=self._key or _NO_KEY,
            max_retries=0,
            timeout=retry.timeout,
        )
        self._lock = threading.Lock()
        self._not_before = 0.0
        self._stopping = threading.Event()

    def ask(self, request: Mapping[str, Any]) -> Reply:
        """The reply to a request. Raises :class:`Unanswered`, or :class:`InputError` where no
        request can be answered: a wrong address, key or model.
        """
        said = ""
        for attempt in range(self.retry.attempts):
            self._pause()
            status, headers, said = self._post(request)
            if status == 200 and (reply := read_completion(said, request)):
                return reply
            with self._lock:
                self.failures[_kind(status)] += 1
            self._check_fatal(status, said)
            if 400 <= status < 500 and status not in _PASSING:
                break
            self._back_off(attempt, headers)
        raise Unanswered(self._plain(said) or "no answer")

    def stop(self) -> None:
        """End all waiting: nobody needs the answers any more."""
        self._stopping.set()

    def _post(self, request: Mapping[str, Any]) -> tuple[int, Mapping[str, str], str]:
        """Status, headers and body; status 0 where there is no whole response."""
        import openai

        completions = self._client.chat.completions.with_raw_response
        try:
            response = completions.create(**request).http_response
            return response.status_code, response.headers, response.text
        except openai.APIStatusError as error:
            return error.status_code, error.response.headers, error.response.text
        except openai.APIConnectionError as error:
            return 0, {}, f"{error} {error.__cause__ or ''}"

    def _pause(self) -> None:
        """Wait as long as the server has asked everybody to wait."""
        while (wait := self._not_before - time.monotonic()) > 0:
            if self._stopping.wait(wait):
                break
        if self._stopping.is_set():
            raise Unanswered("stopped")

    def _back_off(self, attempt: int, headers: Mapping[str, str]) -> None:
        if attempt + 1 == self.retry.attempts:
            return
        asked = retry_after(headers)
        if asked is not None and asked > self.retry.longest_wait:
            raise InputError(
                f"{self.base_url}: asks to wait {asked:.0f} s, more than longest_wait; run it "
                "again then, answers so far are kept in the cache"
            )
        if asked is not None:
            self._not_before = max(self._not_before, time.monotonic() + asked)
            return
        most = min(self.retry.longest_wait, self.retry.first_wait * 2**attempt)
        self._stopping.wait(random.uniform(most / 2, most))

    def _check_fatal(self, status: int, said: str) -> None:
        if status in _FATAL:
            hint = "" if self._key else f"; no key in ${self._key_env}"
            raise InputError(
                f"{self.base_url}: {_FATAL[status]} ({status}): {self._plain(said)}{hint}"
            )

    def _plain(self, said: str) -> str:
        """A server's words in one short line, without the key should it repeat it."""
        line = " ".join(said.split())[:300]
        return line.replace(self._key, "…") if self._key else line


def read_completion(body: str, request: Mapping[str, Any]) -> Reply | None:
    """A chat completion's words and tokens; ``None`` for a body that is none.

    A server that counts no tokens has them estimated.
    """
    try:
        value = json.loads(body)
        content = value["choices"][0]["message"].get("content")
        usage = value.get("usage") or {}
        counts = usage.get("prompt_tokens"), usage.get("completion_tokens")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    if content is not None and not isinstance(content, str):
        return None
    guesses = prompt_size(request) // CHARACTERS, len(content or "") // CHARACTERS
    return Reply(
        content, *(c if isinstance(c, int) else g for c, g in zip(counts, guesses, strict=True))
    )


def prompt_size(request: Mapping[str, Any]) -> int:
    """How many characters are sent."""
    return sum(len(message["content"]) for message in request["messages"])


def retry_after(headers: Mapping[str, str]) -> float | None:
    """How many seconds a server asks to wait: a number, or a date."""
    asked = headers.get("retry-after", "")
    try:
        return max(0.0, float(asked))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(asked).timestamp() - time.time())
    except ValueError:
        return None


def _kind(status: int) -> str:
    if status == 0:
        return "no whole response"
    return "no completion in it" if status == 200 else str(status)
