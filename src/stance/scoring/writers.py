"""Predictions on disk, by the ending of the name: CSV, JSONL, Parquet, Excel or the HTML report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from stance.schema.defusing import to_csv
from stance.schema.files import check_place, whole, write_text
from stance.schema.nouns import Article, InputError
from stance.schema.table import PREDICTIONS, disk_schema, to_arrow
from stance.scoring.columns import PREDICTIONS_MEAN, ROLLUPS_MEAN
from stance.scoring.origin import MadeBy
from stance.scoring.rollup import BASIS, Rollups
from stance.scoring.rollup_files import check_rollup, sheets, write_rollups

#: Takes the next part of the predictions.
Write = Callable[[pd.DataFrame], None]
_SPANS = ("target_spans", "holder_spans")


def write_predictions(
    parts: pd.DataFrame | Iterable[pd.DataFrame],
    path: Path | Sequence[Path],
    articles: Collection[Article],
    names: dict[str, str],
    *,
    rollup: Path | None = None,
    part_of: Mapping[str, str] | None = None,
    made_by: MadeBy | None = None,
) -> None:
    """Write predictions whole, to one file or to several at once, and their roll-ups.

    ``parts`` come one after another, each with whole articles: CSV, JSONL and Parquet hold one at a
    time, HTML holds all. ``articles`` (their texts are not needed) are looked at after the last
    part, so that a list may grow meanwhile; ``names`` gives each party id its name. The roll-ups
    are written to ``rollup``, a file or a folder, and into workbooks; ``part_of`` counts a party
    for another there. The report tells what they are ``made_by``. An error leaves no file behind.
    Raises :class:`InputError` for an ending that is none of ours or a place that cannot be written.
    """
    paths = [path] if isinstance(path, Path) else list(path)
    for each in paths:
        check_output(each)
    if rollup is not None:
        check_rollup(rollup)
    given = Given(articles, names, Rollups(part_of), made_by)
    with ExitStack() as stack:
        writes = [stack.enter_context(_WRITERS[each.suffix](each, given)) for each in paths]
        if rollup is not None or any(each.suffix == ".xlsx" for each in paths):
            writes.append(given.rollups.add)
        for part in [parts] if isinstance(parts, pd.DataFrame) else parts:
            for write in writes:
                write(part)
        if rollup is not None:
            write_rollups(given.tables(), rollup, names)


def check_output(path: Path) -> None:
    """Refuse an ending or a place that cannot be written, before any work is done."""
    if path.suffix not in _WRITERS:
        known = ", ".join(suffix for suffix in _WRITERS if suffix != ".htm")
        raise InputError(f"output {path}: ending {path.suffix!r} is none of {known}")
    check_place(path)


@dataclass(slots=True)
class Given:
    """What a writer may look at besides the parts."""

    articles: Collection[Article]
    names: dict[str, str]
    rollups: Rollups
    made_by: MadeBy | None

    def tables(self) -> dict[str, pd.DataFrame]:
        """The roll-ups, once all parts have been written."""
        return self.rollups.tables(self.articles)


@contextmanager
def _html(path: Path, given: Given) -> Iterator[Write]:
    from stance.scoring.report import render

    parts: list[pd.DataFrame] = []
    yield parts.append
    predictions = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    predictions = predictions.reindex(columns=list(PREDICTIONS))
    page = render(
        predictions,
        list(given.articles),
        given.names,
        part_of=given.rollups.part_of,
        made_by=given.made_by,
    )
    write_text(page, path)


@contextmanager
def _xlsx(path: Path, given: Given) -> Iterator[Write]:
    from stance.scoring.workbook import add_meanings, add_tables, workbook

    with workbook(path) as add_sheet:
        rows = add_sheet("Stances", list(PREDICTIONS))
        yield lambda part: rows.add(flat(part).itertuples(index=False, name=None))
        add_tables(add_sheet, sheets(given.tables(), given.names), BASIS)
        add_meanings(add_sheet, {"Stances": PREDICTIONS_MEAN, "roll-ups": ROLLUPS_MEAN})


@contextmanager
def _csv(path: Path, _: Given) -> Iterator[Write]:
    with whole(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        to_csv(pd.DataFrame(columns=list(PREDICTIONS)), file)
        yield lambda part: to_csv(flat(part), file, header=False)


def flat(predictions: pd.DataFrame) -> pd.DataFrame:
    """Spans as ``start-end`` words, columns in the table's order."""
    frame = predictions.reindex(columns=list(PREDICTIONS)).astype(object)
    for name in _SPANS:
        frame[name] = [" ".join(f"{s['start']}-{s['end']}" for s in spans) for spans in frame[name]]
    return frame


@contextmanager
def _jsonl(path: Path, _: Given) -> Iterator[Write]:
    def write(part: pd.DataFrame) -> None:
        frame = part.reindex(columns=list(PREDICTIONS))
        for name in _SPANS:
            frame[name] = frame[name].map(lambda spans: [dict(span) for span in spans])
        frame.to_json(file, orient="records", lines=True, force_ascii=False)

    with whole(path) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        yield write


@contextmanager
def _parquet(path: Path, _: Given) -> Iterator[Write]:
    with whole(path) as partial, pq.ParquetWriter(partial, disk_schema(PREDICTIONS)) as file:
        yield lambda part: file.write_table(to_arrow(part, PREDICTIONS))


_WRITERS: dict[str, Callable[[Path, Given], AbstractContextManager[Write]]] = {
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".parquet": _parquet,
    ".xlsx": _xlsx,
    ".html": _html,
    ".htm": _html,
}
