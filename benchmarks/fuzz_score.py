"""Inputs made to break things, through reader, scorer (rules) and every writer.

Files of random Unicode, nested and broken HTML, Markdown, JSONL, CSV and Parquet that are whole,
broken in known places or mutated anywhere, in right and wrong encodings, with NULs, lone
surrogates, formulas and single lines of 10 MB. Aims: no exception but the one line of a file that
cannot be read at all; every row that goes in comes out of the reader, of the scorer and of each
file that is written; nothing that was written can run.

    nice -n 12 python benchmarks/fuzz_score.py --count 10000 --seed 1
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
from fuzz_inputs import Input, made

from stance.labeling.model import RulesModel
from stance.parties.matcher import Matcher
from stance.schema.nouns import Article, InputError, Party
from stance.scoring.scorer import Scorer
from stance.scoring.writers import write_predictions
from stance.text.articles import read_articles

PARTIES = [Party("tarn", "Tarn"), Party("=orlev", "Orlev"), Party("<b>", "Vale Union")]
#: Files that are scored and written together.
BATCH = 100
OUTPUTS = ("csv", "jsonl", "parquet", "xlsx", "html")


class Broken(Exception):
    """What was found, for a person to mend."""


def check(condition: bool, said: str) -> None:
    if not condition:
        raise Broken(said)


def read_alone(path: Path, expected: int | None) -> str:
    """A file named itself: articles, or one line that says why there are none."""
    try:
        found = list(read_articles(path))
    except InputError as error:
        check("\n" not in str(error) and path.name in str(error), f"a poor message: {error!s:.300}")
        return "refused"
    check(expected in (None, len(found)), f"{path.name}: {expected} articles in, {len(found)} out")
    return "read"


def all_read(inputs: list[Input], articles: list[Article]) -> None:
    """Every article of the batch came out of the reader, each in its file."""
    found: dict[str, list[Article]] = {}
    for article in articles:
        found.setdefault(Path(article.path).name, []).append(article)
    for given in inputs:
        there = found.get(given.name, [])
        # A table that cannot be read at all is one article with a fault.
        whole = len(there) == 1 and there[0].fault and ": row " not in there[0].fault
        said = f"{given.name}: {given.articles} articles in, {len(there)} out"
        check(given.articles in (None, len(there)) or whole, said)
    ids = [article.id for article in articles]
    check(len(set(ids)) == len(ids), "ids are not unique")


def written(folder: Path, predictions: pd.DataFrame, articles: list[Article]) -> None:
    """Every row is in every file, and nothing in them runs."""
    rows = len(predictions)
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.reader(file))
    check(len(cells) == rows + 1, f"csv: {rows} rows in, {len(cells) - 1} out")
    wrong = [cell for row in cells for cell in row if re.match(r"[=+@\t\r]|-(?!1$)", cell)]
    check(not wrong, f"csv: would run: {wrong[:1]}")
    found = [
        json.loads(line) for line in (folder / "out.jsonl").open(encoding="utf-8", newline="\n")
    ]
    check(len(found) == rows, f"jsonl: {rows} rows in, {len(found)} out")
    count = pq.ParquetFile(folder / "out.parquet").metadata.num_rows
    check(count == rows, f"parquet: {rows} rows in, {count} out")
    sheet = zipfile.ZipFile(folder / "out.xlsx").read("xl/worksheets/sheet1.xml")
    check(sheet.count(b"<row ") == rows + 1, "xlsx: rows are missing")
    check(b"<f>" not in sheet and b"<hyperlink" not in sheet, "xlsx: a formula or a link")
    page = (folder / "out.html").read_text(encoding="utf-8")
    check("<script>alert" not in page, "html: markup of an article is not escaped")
    rolled = pd.read_parquet(folder / "rolled.parquet")
    counted = predictions["status"].isin(("ok", "truncated")).sum()
    check(rolled[rolled["rollup"] == "party"]["n"].sum() == counted, "roll-up: rows are missing")


def run_batch(scorer: Scorer, inputs: list[Input], folder: Path) -> Counter[str]:
    """Read each file alone and all as a folder, score, write, and count."""
    source = folder / "in"
    source.mkdir()
    for given in inputs:
        (source / given.name).write_bytes(given.content)
    told = Counter(read_alone(source / given.name, given.articles) for given in inputs)
    articles = list(read_articles(source))
    all_read(inputs, articles)
    predictions = scorer.score(articles)
    check(set(predictions["article_id"]) == {a.id for a in articles}, "the scorer lost an article")
    outputs = [folder / f"out.{ending}" for ending in OUTPUTS]
    names = {party.id: f"={party.name}" for party in PARTIES}
    write_predictions(predictions, outputs, articles, names, rollup=folder / "rolled.parquet")
    written(folder, predictions, articles)
    told.update(articles=len(articles), rows=len(predictions))
    told.update({f"status {k}": int(v) for k, v in predictions["status"].value_counts().items()})
    return told


def fuzz(
    seed: int, count: int, batch: int = BATCH, first: int = 0, loud: bool = False
) -> Counter[str]:
    """Run ``count`` inputs from the ``first`` on; raises at the first thing found, says where."""
    scorer = Scorer(RulesModel(), Matcher(PARTIES))
    total: Counter[str] = Counter()
    for start in range(first, first + count, batch):
        numbers = range(start, min(start + batch, first + count))
        began = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            try:
                total += run_batch(scorer, [made(seed, number) for number in numbers], Path(folder))
            except Exception as error:
                raise Broken(f"seed {seed}, inputs {numbers}: {error!r:.500}") from error
        if loud:
            print(
                f"{numbers.stop - first:6d} inputs, {time.perf_counter() - began:6.1f} s",
                flush=True,
            )
    return total


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="begin with the input of this number")
    parser.add_argument("--batch", type=int, default=BATCH)
    options = parser.parse_args()
    try:
        total = fuzz(options.seed, options.count, options.batch, options.first, loud=True)
    except Broken:
        traceback.print_exc()
        return 1
    print(f"{options.count} inputs, nothing broken and nothing lost: {dict(total)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
