"""The work folder: finished parts of an output that is not finished yet.

It lies beside the output under a name of its own and is gone once the output is written. A run
that was killed goes on from it, as long as it is of the same plan and the same articles.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stance.schema.files import write_json
from stance.schema.nouns import InputError
from stance.scoring.parts import Part
from stance.scoring.shards import Shard

MANIFEST = "manifest.json"
Tell = Callable[[str], object]


@dataclass(slots=True)
class Work:
    """Parts in a folder; ``parts`` are those that this run has gone by, by the shard's number."""

    folder: Path
    tell: Tell
    parts: dict[int, Part] = field(default_factory=dict)
    reused: int = 0

    def kept(self, shard: Shard) -> bool:
        """Whether an earlier run has done this shard; what it has done of others is dropped."""
        found = Part.found(self.folder, shard.number)
        if found is None:
            return False
        if found.tally.sha256 != shard.sha256:
            self.tell(f"the input has changed from shard {shard.number + 1} on: scored anew")
            self._drop(shard.number)
            return False
        self.parts[shard.number] = found
        self.reused += 1
        return True

    def ordered(self) -> list[Part]:
        """The parts in the order of the input."""
        return [self.parts[number] for number in sorted(self.parts)]

    def _drop(self, first: int) -> None:
        number = first
        while (path := Part.place(self.folder, number)).exists():
            path.unlink()
            number += 1


@contextmanager
def work_of(outputs: Sequence[Path], fingerprint: dict[str, str], tell: Tell) -> Iterator[Work]:
    """The work folder of these outputs, beside the first of them, with what an earlier run left.

    What is left of a run with another plan is dropped, and ``tell`` says what has changed. The
    folder goes when the block ends without error, or before any part is done; without outputs it
    goes at any rate.
    """
    if not outputs:
        with tempfile.TemporaryDirectory(prefix="stance-score-") as folder:
            yield Work(Path(folder), tell)
        return
    work = Work(outputs[0].with_name(f".{outputs[0].name}.work"), tell)
    try:
        work.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"output {outputs[0]}: cannot be written: {error.strerror or error}"
        ) from error
    _begin(work.folder, fingerprint, tell)
    try:
        yield work
    except BaseException:
        if not any(work.folder.glob("*.parquet")):  # no part is done: nothing to go on from
            shutil.rmtree(work.folder)
        raise
    for path in outputs:
        # What killed runs have left half written.
        for partial in path.parent.glob(f".{path.name}.*.partial"):
            partial.unlink()
    shutil.rmtree(work.folder)


def _begin(folder: Path, fingerprint: dict[str, str], tell: Tell) -> None:
    manifest = folder / MANIFEST
    before = _read(manifest)
    if any(folder.iterdir()) and before != fingerprint:
        changed = [key for key in fingerprint if before.get(key) != fingerprint[key]]
        tell(f"{folder}: left by a run with other {', '.join(changed)}: starting afresh")
        shutil.rmtree(folder)
    write_json(fingerprint, manifest)


def _read(manifest: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
