"""The lines of a stream, however long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, AnyStr, Generic

#: The longest line, cell or document that is read, in bytes (in CSV, in characters).
LONGEST = 64 * 2**20
TOO_LONG = f"longer than {LONGEST >> 20} MiB; cut it into articles"
NOT_UTF8 = "not UTF-8; convert the file, for example with `iconv -f latin1 -t utf-8`"


class Lines(Generic[AnyStr]):
    """The lines of a stream; of one longer than :data:`LONGEST` only its first words are kept."""

    def __init__(self, stream: IO[AnyStr]) -> None:
        self._stream: IO[AnyStr] = stream
        self._cut = False

    def __iter__(self) -> Iterator[AnyStr]:
        while line := self._stream.readline(LONGEST):
            whole = _whole(line)
            self._cut = self._cut or not whole
            yield line if whole else line[:80]
            while not whole:
                whole = _whole(self._stream.readline(LONGEST))

    def cut(self) -> bool:
        """Whether a line since the last call was too long."""
        cut, self._cut = self._cut, False
        return cut


def _whole(line: str | bytes) -> bool:
    return len(line) < LONGEST or line[-1:] in ("\n", b"\n")
