"""Where predictions come from: what a reader needs to make them again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBy:
    """The model behind predictions: how a person named it, the sha256 of its bytes, and the least
    confidence at which its answers count.
    """

    uri: str
    sha256: str
    threshold: float
