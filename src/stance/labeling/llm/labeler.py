"""The labeler: a language model asked once for each sentence, with all its targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from stance.labeling.llm.answers import Said, read_answer, schema
from stance.labeling.llm.asking import Asker, Retry, Unanswered, prompt_size
from stance.labeling.llm.cache import AnswerCache, Reply, request_key
from stance.labeling.llm.questions import Prompt, Question, questions
from stance.labeling.llm.spending import Budget, Prices, Spending
from stance.labeling.votes import Vote
from stance.schema.nouns import InputError, Label

#: How answers are kept to JSON: by a schema, to any JSON, or by the prompt alone.
Format = Literal["json_schema", "json_object", "text"]
#: Characters to a token at worst: a budget must not be overrun because an estimate was low.
_FEWEST_CHARACTERS = 2
_MOST_OUTPUT = 4096
#: Questions in a row that get no answer, after which the server is given up.
PATIENCE = 10


class LlmLabeler:
    """``model`` at ``base_url``; ``options`` go to the server as they are.

    What cannot be had is an abstention whose rule says why: ``malformed`` (no readable answer on
    that target), ``refused``, ``unanswered`` (every attempt failed), ``budget`` (not asked).
    ``counts`` has how many questions and targets ended how.
    """

    kind = "llm"
    default: Label | None = None

    def __init__(
        self,
        *,
        model: str | None,
        base_url: str,
        key_env: str = "OPENAI_API_KEY",
        template: str | None = None,
        answers: Format = "json_schema",
        options: Mapping[str, Any] | None = None,
        concurrency: int = 8,
        retry: Retry | None = None,
        prices: Prices | None = None,
        budget: Budget | None = None,
        cache: str = "data/cache/llm.sqlite",
    ) -> None:
        if not model:
            raise InputError("labeler=llm: name a model, labeler.model.model=NAME")
        self.model = model
        self.name = f"llm:{model}"
        self.prompt = Prompt(template)
        self.answers = answers
        self.options = dict(options or {})
        self.concurrency = concurrency
        self.asker = Asker(base_url, key_env, retry or Retry())
        self.spending = Spending(prices or Prices(), budget or Budget())
        self._cache_file = Path(cache)
        self.counts: Counter[str] = Counter()
        self._in_a_row = 0

    @cached_property
    def cache(self) -> AnswerCache:
        """Where answers are kept, opened when it is first needed."""
        return AnswerCache(self._cache_file)

    def votes(self, X: pd.DataFrame) -> list[list[Vote]]:
        """One vote on each pair; an abstention says why as its rule."""
        asked = list(questions(X, self.prompt))
        requests = [self._request(question) for question in asked]
        keys = [request_key({"base_url": self.asker.base_url, **one}) for one in requests]
        # Sentences that are repeated word for word are asked once.
        replies = self._replies(dict(zip(keys, requests, strict=True)))
        found: list[list[Vote]] = [[] for _ in range(len(X))]
        for question, key in zip(asked, keys, strict=True):
            for row, vote in zip(question.rows, self._read(question, replies[key]), strict=True):
                found[row] = [vote]
        return found

    def told(self) -> list[str]:
        """What the run took, and how it went, for a person."""
        spent, counts = self.spending, self.counts
        lines = [
            f"{self.name}: {spent.calls} sentences asked, {counts['cached']} from "
            f"{self.cache.path}; {spent.input_tokens} + {spent.output_tokens} tokens, cost "
            f"{spent.cost:.4f}"
        ]
        reasons = ("malformed", "refused", "unanswered", "budget")
        if abstained := [f"{counts[name]} {name}" for name in reasons if counts[name]]:
            lines.append(f"abstained on {', '.join(abstained)}")
        if self.asker.failures:
            failures = ", ".join(f"{n} × {kind}" for kind, n in self.asker.failures.items())
            lines.append(f"attempts that failed: {failures}")
        if counts["budget"]:
            lines.append("the budget stopped it; run it again with more, answers are kept")
        return lines

    def _request(self, question: Question) -> dict[str, Any]:
        request = {"model": self.model, "messages": list(question.messages), **self.options}
        match self.answers:
            case "json_schema":
                form = {"name": "stances", "strict": True, "schema": schema(len(question.rows))}
                request["response_format"] = {"type": "json_schema", "json_schema": form}
            case "json_object":
                request["response_format"] = {"type": "json_object"}
        return request

    def _replies(self, requests: Mapping[str, dict[str, Any]]) -> dict[str, Reply | str]:
        """Each request's reply, or the reason why there is none."""
        cached = {key: self.cache.get(key) for key in requests}
        found: dict[str, Reply | str] = {k: reply for k, reply in cached.items() if reply}
        self.counts["cached"] += len(found)
        with ThreadPoolExecutor(self.concurrency) as pool:
            jobs = {
                pool.submit(self._ask, key, request): key
                for key, request in requests.items()
                if key not in found
            }
            try:
                for job in as_completed(jobs):
                    found[jobs[job]] = job.result()
            except BaseException:
                self.asker.stop()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return found

    def _ask(self, key: str, request: dict[str, Any]) -> Reply | str:
        most = self._most(request)
        if not self.spending.reserve(most):
            return "budget"
        reply: Reply | None = None
        try:
            reply = self.asker.ask(request)
            self.cache.put(key, self.model, reply)
        except Unanswered as error:
            self._lose_patience(error)
            return "unanswered"
        except InputError:
            self.asker.stop()
            raise
        finally:
            self.spending.settle(most, reply)
        self._in_a_row = 0
        return reply

    def _most(self, request: dict[str, Any]) -> Reply:
        """The most tokens that a request can take."""
        limits = (self.options.get(name) for name in ("max_tokens", "max_completion_tokens"))
        output = next((int(limit) for limit in limits if limit), _MOST_OUTPUT)
        return Reply(None, prompt_size(request) // _FEWEST_CHARACTERS, output)

    def _lose_patience(self, error: Unanswered) -> None:
        self._in_a_row += 1
        if self._in_a_row >= PATIENCE:
            self.asker.stop()
            raise InputError(
                f"{self.asker.base_url}: {PATIENCE} questions in a row got no answer ({error}); "
                f"{self.spending.calls} new answers are kept in {self.cache.path}, run it again to "
                "go on"
            ) from error

    def _read(self, question: Question, reply: Reply | str) -> list[Vote]:
        said: list[Said | None] = [None] * len(question.rows)
        reason = reply if isinstance(reply, str) else "malformed"
        if isinstance(reply, Reply):
            reason = "refused" if reply.content is None else reason
            said = read_answer(reply.content, len(question.rows))
        return [self._vote(question, one, reason) for one in said]

    def _vote(self, question: Question, said: Said | None, reason: str) -> Vote:
        if said is None:
            self.counts[reason] += 1
            return Vote(reason, "abstain", None, "")
        holder = question.rows[said.holder] if isinstance(said.holder, int) else said.holder
        return Vote("", said.label, holder, said.why)
