"""The engine of one machine: shards scored in this process, or in several beside it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from stance.schema.nouns import Article, InputError
from stance.scoring.parts import Part, StoredArticles
from stance.scoring.plan import ENCODERS, TORCH, Plan, check_runtime
from stance.scoring.rollup_files import check_rollup
from stance.scoring.scorer import Scorer
from stance.scoring.shards import Shard, shards_of
from stance.scoring.source import Source, Watch
from stance.scoring.summary import Summary
from stance.scoring.work import Work, work_of
from stance.scoring.writers import check_output, write_predictions
from stance.text.articles import STDIN
from stance.text.places import find_files


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEngine:
    """Scores shard after shard into a work folder, then writes the outputs, in bounded memory.

    ``workers`` processes score a shard each: one for an encoder, whose ``threads`` use all cores,
    and one a core for what is written in Python. ``tokens`` is the most in an encoder's batch,
    ``runtime`` is ``torch`` or, for span models in 8-bit integers, ``onnx``.
    """

    shard_articles: int = 1000
    shard_megabytes: float = 1.0
    workers: int | None = None
    threads: int | None = None
    tokens: int | None = None
    runtime: str = TORCH

    def __post_init__(self) -> None:
        check_runtime(self.runtime)

    def check(self, source: Source, outputs: Sequence[Path], rollup: Path | None = None) -> None:
        """Raise :class:`InputError` for what is not there, or cannot be written."""
        for path in outputs:
            check_output(path)
        if rollup is not None:
            check_rollup(rollup)
        if source.place not in (None, STDIN):
            find_files(str(source.place))

    def run(
        self,
        plan: Plan,
        source: Source,
        outputs: Sequence[Path],
        names: Mapping[str, str],
        watch: Watch,
        *,
        rollup: Path | None = None,
        part_of: Mapping[str, str] | None = None,
    ) -> Summary:
        """Score the source into the outputs and the roll-up, where a party counts for the one that
        it is ``part_of``; what an earlier run has done is not done again."""
        plan = replace(plan, tokens=self.tokens, runtime=self.runtime)
        asked = [*outputs, *([rollup] if rollup is not None else [])]
        with work_of(asked, plan.fingerprint(), watch.tell) as work:
            for part in self.score(plan, source.articles(), work):
                watch.step(part.tally.articles)
            parts = work.ordered()
            frames = (part.frame() for part in parts)
            if outputs or rollup is not None:
                write_predictions(
                    frames,
                    outputs,
                    StoredArticles(parts),
                    dict(names),
                    rollup=rollup,
                    part_of=part_of,
                    made_by=plan.made_by(),
                )
            return Summary.of(parts, work.reused)

    def score(self, plan: Plan, articles: Iterable[Article], work: Work) -> Iterator[Part]:
        """Score what the work folder does not hold yet; parts come as they are done."""
        cores = len(os.sched_getaffinity(0))
        workers = self.workers or (1 if plan.kind in ENCODERS else cores)
        threads = self.threads or max(1, cores // workers)
        plan = replace(plan, threads=threads)
        shards = shards_of(articles, self.shard_articles, int(self.shard_megabytes * 2**20))
        head = list(islice(shards, 2))
        if len(head) < 2 or workers == 1:
            return _here(plan, chain(head, shards), work)
        return _beside(plan, chain(head, shards), work, workers)


def _here(plan: Plan, shards: Iterable[Shard], work: Work) -> Iterator[Part]:
    scorer: Scorer | None = None
    for shard in shards:
        if not work.kept(shard):
            scorer = scorer or plan.scorer()
            work.parts[shard.number] = Part.score(work.folder, shard, scorer)
        yield work.parts[shard.number]


def _beside(plan: Plan, shards: Iterable[Shard], work: Work, workers: int) -> Iterator[Part]:
    """The same in other processes; no more shards wait than keep them busy."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, _start, (plan,))
    waiting: deque[tuple[int, Future[Part]]] = deque()

    def next_done() -> Part:
        number, future = waiting.popleft()
        work.parts[number] = future.result()
        return work.parts[number]

    try:
        for shard in shards:
            if work.kept(shard):
                yield work.parts[shard.number]
                continue
            waiting.append((shard.number, pool.submit(_score, shard, work.folder)))
            if len(waiting) > 2 * workers:
                yield next_done()
        while waiting:
            yield next_done()
    except BrokenProcessPool as error:
        raise InputError(
            "a scoring process was ended from outside (out of memory?); the same command goes on "
            "where this one stopped, engine.workers=1 or a smaller engine.shard_megabytes need less"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


class _Worker:
    """What a scoring process holds: the plan, and the scorer once the first shard has come."""

    plan: Plan
    scorer: Scorer | None = None


def _start(plan: Plan) -> None:
    # A key pressed to stop the command is for the process that waits for this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.plan = plan


def _end_with_parent() -> None:
    """A parent that is killed cannot tell anybody; its end of the pipe closes."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _score(shard: Shard, folder: Path) -> Part:
    if _Worker.scorer is None:
        _Worker.scorer = _Worker.plan.scorer()
    return Part.score(folder, shard, _Worker.scorer)
