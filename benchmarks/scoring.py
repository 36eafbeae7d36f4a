"""Scoring speed, all of it side by side in one run on the same sentences; prints ratios.

    python benchmarks/scoring.py [--sentences 2000] [--rounds 2] [--model FOLDER] [--output FILE]

`span` from raw articles to Parquet is held against (a) the bare encoder over the same tokens in
perfect batches, the limit; (b) a `text-classification` pipeline with the same encoder as
cross-encoder, a pass for each party, in batches of 1 and 32; (c) a cross-encoder of RoBERTa-base's
size with random weights; (d) TF-IDF. The span model is trained on the project's corpus for two
epochs, so that the labels of ONNX and torch are a trained model's, or is the one in FOLDER. Slow
rivals read fewer sentences; every figure is a rate. All of it is measured in two rounds, one after
the other, and the better of each two counts: other work on the machine only ever slows. Takes
minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import invented
import pandas as pd
import pyarrow.parquet as pq
import torch

from stance.corpora.project import load_project
from stance.models import StanceModel, load, save
from stance.models.encoders import encoder_path, load_encoder, load_tokenizer
from stance.models.span.classifier import SpanClassifier
from stance.models.span.network import SpanModel
from stance.models.span.onnx import OnnxNetwork, export
from stance.models.span.reader import TOKENS, batches
from stance.models.tfidf import TfidfClassifier
from stance.scoring.local import LocalEngine
from stance.scoring.plan import ONNX, TORCH, Plan
from stance.scoring.scorer import Scorer
from stance.scoring.source import Source, Watch

PARTIES = (1, 3, 10)
#: What each figure must reach, in the order of the table; a negative one must not be exceeded.
AIMS = {
    "span end to end / bare encoder": 0.80,
    "span / pipeline, batch 32, 3 parties": 5.0,
    "span / pipeline, batch 1, 3 parties": 6.0,
    "span / RoBERTa-base-sized, 3 parties": 18.0,
    "cost of 10 parties / of 1": -1.15,
    "ONNX int8 / torch, encoder alone": 1.8,
    "ONNX int8 / torch, end to end": 1.5,
    "ONNX int8 / pipeline, batch 32, 3 parties": 8.0,
    "labels that ONNX int8 and torch share, project's test part": 0.99,
    "labels that ONNX int8 and torch share, invented sentences": 0.99,
    "TF-IDF pairs a second, end to end": 10_000,
}
#: Sentences for TF-IDF, so that the start of its processes is not what is measured.
MANY = 100_000
BARE = "bare encoder, perfect batches"
QUARTER = "span, end to end, 3 parties, a quarter of the articles"
ALONE = {TORCH: "network alone, torch", ONNX: "network alone, ONNX int8"}
WORDS = "TF-IDF, end to end, pairs"


@dataclass(slots=True)
class Bench:
    """What was measured, by name."""

    rates: dict[str, float] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)

    def note(self, name: str, rate: float) -> None:
        """Keep the best of the rounds."""
        self.rates[name] = max(rate, self.rates.get(name, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready(Plan):
    """A plan whose model has been loaded before the clock starts."""

    loaded: Scorer

    def scorer(self) -> Scorer:
        return self.loaded


def trained_span(folder: Path) -> Path:
    pairs = load_project().pairs
    classifier = SpanClassifier(recipe={"epochs": 2, "select": False})
    classifier.fit(pairs[pairs["split"] == "train"])
    return save(StanceModel(classifier, about={"languages": ["en"]}), folder / "span")


def trained_tfidf(folder: Path) -> Path:
    pairs = load_project().pairs
    classifier = TfidfClassifier().fit(pairs[pairs["split"] == "train"])
    return save(StanceModel(classifier, about={"languages": ["en"]}), folder / "tfidf")


def ready(model: Path, runtime: str = TORCH) -> Ready:
    plan = Plan(
        model=str(model),
        parties=tuple(invented.people()),
        threads=len(os.sched_getaffinity(0)),
        runtime=runtime,
    )
    fields = {name: getattr(plan, name) for name in plan.__dataclass_fields__}
    return Ready(**fields, loaded=plan.scorer())


def end_to_end(plan: Ready, articles: Path) -> tuple[float, pd.DataFrame]:
    """Seconds from raw articles to Parquet, the model loaded before, and the predictions."""
    output = articles.with_suffix(f".{plan.runtime}.parquet")
    output.unlink(missing_ok=True)
    engine, source = LocalEngine(runtime=plan.runtime), Source(place=str(articles))
    seconds = timed(lambda: engine.run(plan, source, [output], {}, Watch()))
    return seconds, pd.read_parquet(output)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_encoder(items: Sequence[Any], network: Any) -> float:
    """Seconds of the network alone over the tokens of these windows, batched perfectly."""
    ready = [
        {
            "input_ids": torch.tensor(padded([items[i].input_ids for i in batch])),
            "attention_mask": torch.tensor(padded([[1] * items[i].length for i in batch])),
        }
        for batch in batches(items, TOKENS)
    ]
    with torch.inference_mode():
        network(**ready[0])
        return timed(lambda: [network(**tensors) for tensors in ready])


def padded(rows: list[list[int]]) -> list[list[int]]:
    longest = max(map(len, rows))
    return [row + [0] * (longest - len(row)) for row in rows]


def pipeline(model: Any, tokenizer: Any, pairs: list[tuple[str, str]], batch: int) -> float:
    """Seconds of a Hugging Face pipeline over (sentence, target) pairs."""
    from transformers import pipeline as make

    classify = make("text-classification", model=model, tokenizer=tokenizer, device="cpu")
    inputs = [{"text": text, "text_pair": target} for text, target in pairs]
    classify(inputs[:2])
    return timed(lambda: classify(inputs, batch_size=batch))


def cross_encoders() -> dict[str, tuple[Any, Any]]:
    from transformers import (
        AutoModelForSequenceClassification,
        RobertaConfig,
        RobertaForSequenceClassification,
    )

    tokenizer = load_tokenizer("minilm")
    small = AutoModelForSequenceClassification.from_pretrained(encoder_path("minilm"), num_labels=3)
    # RoBERTa-base's shape; its vocabulary costs nothing to read, so the tokenizer may be another.
    large = RobertaForSequenceClassification(RobertaConfig(num_labels=3, vocab_size=50265))
    return {"MiniLM": (small.eval(), tokenizer), "RoBERTa-base-sized": (large.eval(), tokenizer)}


def measure(folder: Path, sentences: int, rounds: int, model: Path | None) -> Bench:
    bench = Bench()
    span, words = model or trained_span(folder), trained_tfidf(folder)
    articles = {
        count: invented.write(folder / f"articles-{count}.jsonl", sentences, count)
        for count in PARTIES
    }
    same_length(list(articles.values()))
    plan, integers = ready(span), ready(span, ONNX)
    few = invented.write(folder / "few.jsonl", 100, 3)
    frames = {each.runtime: end_to_end(each, few)[1] for each in (plan, integers)}
    quarter = invented.write(folder / "quarter.jsonl", sentences // 4, 3)
    bare, encoders, runtimes = load_encoder("minilm").eval(), cross_encoders(), both(folder, span)
    for _ in range(rounds):
        for each in (plan, integers):
            for count in PARTIES if each is plan else (3,):
                seconds, frame = end_to_end(each, articles[count])
                assert frame["target_party"].notna().sum() == count * sentences
                bench.note(end(each.runtime, count), sentences / seconds)
                if count == 3:
                    frames[each.runtime] = frame
        items = windows(frames[TORCH])
        bench.note(BARE, len(items) / bare_encoder(items, bare))
        networks(bench, *runtimes, items)
        rivals(bench, encoders, frames[TORCH])
        bench.note(QUARTER, sentences // 4 / end_to_end(plan, quarter)[0])
        tfidf(bench, folder, words)
    bench.ratios = ratios(bench.rates) | {
        "labels that ONNX int8 and torch share, project's test part": shared(
            *(on_test_part(each) for each in (plan, integers))
        ),
        "labels that ONNX int8 and torch share, invented sentences": shared(
            frames[TORCH]["predicted"], frames[ONNX]["predicted"]
        ),
    }
    return bench


def end(runtime: str, count: int) -> str:
    name = "span, ONNX int8" if runtime == ONNX else "span"
    return f"{name}, end to end, {count} parties"


def rival(name: str, batch: int) -> str:
    return f"pipeline, {name}, batch {batch}, 3 parties"


def ratios(rates: dict[str, float]) -> dict[str, float]:
    three, integers = rates[end(TORCH, 3)], rates[end(ONNX, 3)]
    return {
        "span end to end / bare encoder": three / rates[BARE],
        "span / pipeline, batch 32, 3 parties": three / rates[rival("MiniLM", 32)],
        "span / pipeline, batch 1, 3 parties": three / rates[rival("MiniLM", 1)],
        "span / RoBERTa-base-sized, 3 parties": three / rates[rival("RoBERTa-base-sized", 32)],
        "cost of 10 parties / of 1": rates[end(TORCH, 1)] / rates[end(TORCH, 10)],
        "ONNX int8 / torch, encoder alone": rates[ALONE[ONNX]] / rates[ALONE[TORCH]],
        "ONNX int8 / torch, end to end": integers / three,
        "ONNX int8 / pipeline, batch 32, 3 parties": integers / rates[rival("MiniLM", 32)],
        "TF-IDF pairs a second, end to end": rates[WORDS],
    }


def same_length(files: Sequence[Path]) -> None:
    """More parties must not mean more tokens, or their cost could not be told apart."""
    tokenizer = load_tokenizer("minilm")
    means = [invented.mean_tokens(path, tokenizer) for path in files]
    assert max(means) < 1.03 * min(means), means


def on_test_part(plan: Ready) -> pd.Series[str]:
    """Labels of the test part of the project's corpus."""
    pairs = load_project().pairs
    test = pairs[(pairs["split"] == "test") & (pairs["holder_kind"] == "any")]
    found = plan.loaded.model.answer(test.reset_index(drop=True)).probabilities
    return pd.Series(found.argmax(axis=1))


def shared(one: pd.Series[Any], other: pd.Series[Any]) -> float:
    return float((one.to_numpy() == other.to_numpy()).mean())


def windows(frame: pd.DataFrame) -> list[Any]:
    """The windows of these predictions as the encoder reads them."""
    from stance.models.span.collator import encode
    from stance.models.span.examples import examples_of

    asked = frame[frame["target_party"].notna()].reset_index(drop=True)
    asked["holder_kind"], asked["holder_spans"] = "any", None
    return encode(examples_of(asked, context=False), load_tokenizer("minilm"), 192)


def both(folder: Path, span: Path) -> tuple[Any, OnnxNetwork]:
    """The whole network, in torch and in ONNX."""
    model = SpanModel.from_pretrained(span, local_files_only=True).eval()
    export(model, load_tokenizer(str(span / "tokenizer")), folder / "bench.onnx")
    return model, OnnxNetwork(folder / "bench.onnx", torch.get_num_threads())


def networks(bench: Bench, model: Any, network: OnnxNetwork, items: Sequence[Any]) -> None:
    """Both over the same batches, without anything around them."""
    from stance.models.span.collator import Collator

    ready = [Collator(0)([items[i] for i in batch]) for batch in batches(items, TOKENS)]
    asked = [
        {k: v for k, v in t.items() if "label" not in k and k != "link_weights"} for t in ready
    ]
    network(asked[0])
    with torch.inference_mode():
        model(**asked[0])
        seconds = timed(lambda: [model(**tensors) for tensors in asked])
    bench.note(ALONE[TORCH], len(items) / seconds)
    bench.note(ALONE[ONNX], len(items) / timed(lambda: [network(each) for each in asked]))


def rivals(bench: Bench, encoders: dict[str, tuple[Any, Any]], frame: pd.DataFrame) -> None:
    """Cross-encoders over pairs of these predictions, as sentences of three parties a second."""
    pairs = [
        (row.text[row.sentence_start : row.sentence_end], row.target)
        for row in frame.itertuples(index=False)
    ]
    for name, (model, tokenizer) in encoders.items():
        for batch in (1, 32):
            some = pairs[: 192 if name.startswith("RoBERTa") else 960]
            rate = len(some) / pipeline(model, tokenizer, some, batch) / 3
            bench.note(rival(name, batch), rate)


def tfidf(bench: Bench, folder: Path, model: Path) -> None:
    """The whole command, its start included, and the classifier alone."""
    output = folder / "tfidf.parquet"
    output.unlink(missing_ok=True)
    articles = invented.write(folder / "many.jsonl", MANY, 3)
    (folder / "parties.txt").write_text("\n".join(invented.NAMES), encoding="utf-8")
    command = [sys.executable, "-m", "stance", "score", f"input={articles}", "quiet=true"]
    command += [f"parties={folder}/parties.txt", f"model_uri={model}", f"output={output}"]
    seconds = timed(lambda: subprocess.run(command, check=True))
    parties = pq.read_table(output, columns=["target_party"])["target_party"]
    pairs = pq.ParquetFile(output).read_row_group(0).to_pandas().query("target_party.notna()")
    classifier = load(model)
    classifier.answer(pairs.head(100))
    alone = len(pairs) / timed(lambda: classifier.answer(pairs))
    bench.note(WORDS, (len(parties) - parties.null_count) / seconds)
    bench.note("TF-IDF, classifier alone on one core, pairs", alone)


def table(bench: Bench, sentences: int) -> str:
    """The page, in Markdown."""
    lines = [
        "# Performance",
        "",
        f"Measured by `make bench` on {os.cpu_count()} cores ({platform.machine()}), no GPU, torch "
        f"{torch.__version__.split('+')[0]} in fp32, {sentences:,} invented sentences as long as "
        "news has them (37 tokens on average, from 24 to 120), in the same lengths whatever the "
        "number of parties; everything in one run, the best of its rounds. Machines differ: look "
        "at the ratios.",
        "",
        "| ratio | measured | aim |",
        "|---|---:|---:|",
        *(
            # Three decimals: agreement just below its aim should not look like it.
            f"| {name} | {bench.ratios[name]:,.3f} | {'at most' if aim < 0 else 'at least'} "
            f"{abs(aim):,.2f} |"
            for name, aim in AIMS.items()
        ),
        "",
        "| what | a second |",
        "|---|---:|",
        *(f"| {name} | {rate:,.0f} |" for name, rate in bench.rates.items()),
        "",
        "Sentences a second where nothing else is said. End to end means raw articles (JSONL) to "
        "Parquet: reading, sentences, parties, model, writing. The network is loaded before the "
        f"clock starts; TF-IDF is the whole command over {MANY:,} sentences, its start "
        "included, on all cores. A pipeline reads each pair of sentence and party, in "
        "the order in which they come, "
        'and pads a batch to its longest. "Alone" is without reading, matching and writing.',
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return "\n".join([*lines, "", f"Peak memory of the whole run: {peak:.1f} GiB.", ""])


def missed(bench: Bench) -> list[str]:
    return [
        name
        for name, aim in AIMS.items()
        if (bench.ratios[name] > -aim if aim < 0 else bench.ratios[name] < aim)
    ]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--model", type=Path, help="a trained span model's folder")
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        bench = measure(Path(folder), arguments.sentences, arguments.rounds, arguments.model)
    page = table(bench, arguments.sentences)
    print(page)
    if arguments.output:
        arguments.output.write_text(page, encoding="utf-8")
    for name in missed(bench):
        print(f"below its aim: {name}")
    return int(bool(missed(bench)))


if __name__ == "__main__":
    sys.exit(main())
