"""What a run costs, and the budget that ends it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from stance.labeling.llm.cache import Reply

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """For a million tokens, in whatever currency the budget is in."""

    input: float = 0.0
    output: float = 0.0

    def of(self, reply: Reply) -> float:
        """What an answer cost."""
        spent = reply.input_tokens * self.input + reply.output_tokens * self.output
        return spent / _MILLION


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that one run may spend; ``None`` is no limit. Cached answers are free."""

    cost: float | None = None
    tokens: int | None = None
    calls: int | None = None

    def allows(self, cost: float, tokens: int, calls: int) -> bool:
        """Whether a run may spend that much."""
        limits = ((self.cost, cost), (self.tokens, tokens), (self.calls, calls))
        return all(limit is None or spent <= limit for limit, spent in limits)


@dataclass
class Spending:
    """Keeps count for many threads at once.

    A call is reserved at the most that it can cost before it is made, and settled at what it did
    cost, so that calls in flight can never add up to more than the budget.
    """

    prices: Prices
    budget: Budget
    cost: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0
    calls: int = 0
    _reserved: list[Reply] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def reserve(self, most: Reply) -> bool:
        """Whether there is room for a call that may take ``most``; waits for calls in flight."""
        with self._changed:
            while not self._fits(most):
                if not self._reserved:
                    return False
                self._changed.wait()
            self._reserved.append(most)
            return True

    def settle(self, most: Reply, reply: Reply | None) -> None:
        """Replace a reservation by what the call took; ``None``: it failed and cost nothing."""
        with self._changed:
            self._reserved.remove(most)
            if reply is not None:
                self.cost += self.prices.of(reply)
                self.input_tokens += reply.input_tokens
                self.output_tokens += reply.output_tokens
                self.calls += 1
            self._changed.notify_all()

    def _fits(self, most: Reply) -> bool:
        waiting = [*self._reserved, most]
        tokens = sum(r.input_tokens + r.output_tokens for r in waiting)
        return self.budget.allows(
            self.cost + sum(map(self.prices.of, waiting)),
            self.input_tokens + self.output_tokens + tokens,
            self.calls + len(waiting),
        )
