"""Text as names are compared: accents, quotes and brackets folded, with the way back to offsets."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

#: What leaves no trace in a name: combining accents, and editors' brackets ("[Nicolas] Maduro").
_DROPPED = re.compile(r"[\u0300-\u036f\[\]\u00ad\u200b-\u200f\u2060\ufeff]")
_SAME_LENGTH = {
    **dict.fromkeys("’‘ʼ`´", "'"),
    **dict.fromkeys("‐‑‒–", "-"),
    **dict.fromkeys("\u00a0\u2009\u202f\n\t\r", " "),
    **{"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"},
}


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Every precomposed letter → its base letter, one code point for one."""
    table = {ord(letter): base for letter, base in _SAME_LENGTH.items()}
    for code in range(0xC0, min(0x2000, sys.maxunicode)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and not unicodedata.combining(base):
            table.setdefault(code, base)
    return table


def fold(text: str) -> str:
    """The text with accents and typographic signs made plain, code point for code point."""
    if text.isascii():
        return text if "\n" not in text and "\t" not in text else text.translate(_WHITE)
    return text.translate(_table())


_WHITE = {ord(sign): " " for sign in "\n\t\r"}


class Folded:
    """A folded text whose places can be found again in the original one."""

    __slots__ = ("_original", "_source", "text")

    def __init__(self, text: str) -> None:
        self._original: list[int] | None = None
        self._source = text
        if _DROPPED.search(text):
            kept = [i for i, letter in enumerate(text) if not _DROPPED.match(letter)]
            self._original = [*kept, len(text)]
            text = "".join(text[i] for i in kept)
        self.text = fold(text)

    @property
    def shorter(self) -> bool:
        """Whether something was dropped, so that places differ from the original's."""
        return self._original is not None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's ``[start, end)`` for a place in the folded text."""
        if self._original is None:
            return start, end
        first, last = self._original[start], self._original[end - 1] + 1
        # A letter's own accents belong to it.
        while last < self._original[end] and self._original[end] - last <= 2:
            last += 1
        if first and self._source[first - 1] == "[" and "]" in self._source[first:last]:
            first -= 1
        return first, last
