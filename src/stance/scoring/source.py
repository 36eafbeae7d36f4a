"""Where the articles come from, and who is told how it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from stance.schema.nouns import Article, InputError
from stance.text.articles import STDIN, read_articles


@dataclass(slots=True)
class Source:
    """A ``place`` that :func:`read_articles` knows, or one ``text``."""

    place: str | None = None
    text: str | None = None
    _held: list[Article] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if (self.place is None) == (self.text is None):
            raise InputError("give input=PATH or text='…', one of the two")

    def articles(self) -> Iterator[Article]:
        """The articles, from the beginning, one at a time."""
        if self._held is not None:
            return iter(self._held)
        if self.text is not None:
            return iter([Article(id="text", text=self.text)])
        return read_articles(str(self.place))

    def hold(self) -> None:
        """Keep in memory what can be read only once, standard input, to read it twice."""
        if self.place == STDIN and self._held is None:
            self._held = list(read_articles(STDIN))


def _ignored(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Watch:
    """``tell`` takes a line for a person, ``step`` the number of articles just done."""

    tell: Callable[[str], object] = _ignored
    step: Callable[[int], object] = _ignored
