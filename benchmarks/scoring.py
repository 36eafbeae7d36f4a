"""Scoring speed, all of it side by side in one run on the same sentences; prints ratios.

    python benchmarks/scoring.py [--sentences 1000] [--output docs/performance.md]

`span` from raw articles to Parquet is held against (a) the bare encoder over the same tokens in
perfect batches, the limit; (b) a `text-classification` pipeline with the same encoder as
cross-encoder, a pass for each party, in batches of 1 and 32; (c) a cross-encoder of RoBERTa-base's
size with random weights; (d) TF-IDF. Weights are untrained where only speed counts. Slow rivals
read fewer sentences; every figure is a rate.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import torch

from stance.models import StanceModel, save
from stance.models.encoders import encoder_path, load_encoder, load_tokenizer
from stance.models.span.classifier import SpanClassifier
from stance.models.span.network import SpanConfig, SpanModel
from stance.models.span.onnx import OnnxNetwork, export
from stance.models.span.reader import TOKENS, batches
from stance.models.tfidf import TfidfClassifier
from stance.schema.nouns import Party
from stance.scoring.local import LocalEngine
from stance.scoring.plan import Plan
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
    "labels that ONNX int8 and torch share": 0.99,
    "TF-IDF pairs a second": 10_000,
}
FIRST = "Ana Boris Clara Dmitri Elena Farid Greta Hassan Ines Jonas Katya Lamin Nils Olga".split()
LAST = (
    "Abren Bostok Carvel Dunmor Eskil Farrow Galdan Hestor Ibarra Jorvik Keldon Lomas Marek".split()
)
VERBS = (
    "praised", "criticised", "met", "accused", "thanked", "backed", "denounced", "warned of",
    "voted for", "called on", "sued", "applauded", "ignored", "defended", "blamed",
)  # fmt: skip
TAILS = (
    "over the new harbour fees that parliament passed on Tuesday",
    "after a long night of talks about the budget for schools",
    "while thousands of commuters waited for the strike to end",
    "in a letter that was read out at the party's yearly meeting",
    "saying that nobody in the province had been asked beforehand",
)


@dataclass(slots=True)
class Bench:
    """What was measured, by name."""

    rates: dict[str, float] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)


def people(count: int = 60) -> list[Party]:
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    random.Random(5).shuffle(names)
    return [Party(id=name, name=name, kind="person") for name in names[:count]]


def sentence(rng: random.Random, parties: Sequence[Party], count: int) -> str:
    """About 35 tokens however many parties it names, so that only their number changes."""
    named = [party.name for party in rng.sample(list(parties), count)]
    if count == 1:
        tails = rng.sample(TAILS, 2)
        return f"{named[0]} {rng.choice(VERBS)} the committee {tails[0]} and {tails[1]}."
    if count <= 3:
        listed = " and ".join(named[1:])
        return f"{named[0]} {rng.choice(VERBS)} {listed} {rng.choice(TAILS)}, officials said there."
    return f"{named[0]} {rng.choice(VERBS)} {', '.join(named[1:-1])} and {named[-1]}."


def corpus(folder: Path, sentences: int, count: int) -> Path:
    """A JSONL file of articles of ten sentences each."""
    rng, parties = random.Random(count), people()
    path = folder / f"articles-{count}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(sentences // 10):
            text = " ".join(sentence(rng, parties, count) for _ in range(10))
            file.write(json.dumps({"id": f"a{number}", "text": text, "language": "en"}) + "\n")
    return path


def untrained_span(folder: Path) -> Path:
    torch.manual_seed(1)
    classifier = SpanClassifier()
    encoder = load_encoder("minilm")
    classifier.tokenizer_ = load_tokenizer("minilm")
    classifier.model_ = SpanModel(SpanConfig(encoder=encoder.config.to_dict()), encoder).eval()
    return save(StanceModel(classifier, about={"languages": ["en"]}), folder / "span")


def trained_tfidf(folder: Path) -> Path:
    from stance.corpora.project import load_project

    pairs = load_project().pairs
    classifier = TfidfClassifier().fit(pairs[pairs["split"] == "train"])
    return save(StanceModel(classifier, about={"languages": ["en"]}), folder / "tfidf")


def end_to_end(
    model: Path, articles: Path, folder: Path, **engine: Any
) -> tuple[float, pd.DataFrame]:
    """Seconds from raw articles to Parquet, the model loaded before, and the predictions."""
    output = folder / f"{model.name}-{articles.stem}-{engine.get('runtime', 'torch')}.parquet"
    output.unlink(missing_ok=True)
    parties = people()
    plan = Plan(model=str(model), parties=tuple(parties))
    start = time.perf_counter()
    names = {party.id: party.name for party in parties}
    LocalEngine(**engine).run(plan, Source(place=str(articles)), [output], names, Watch())
    return time.perf_counter() - start, pd.read_parquet(output)


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


def measure(folder: Path, sentences: int) -> Bench:
    bench = Bench()
    span, tfidf = untrained_span(folder), trained_tfidf(folder)
    articles = {count: corpus(folder, sentences, count) for count in PARTIES}
    end_to_end(span, corpus(folder, 20, 2), folder)
    seconds = {}
    for count in PARTIES:
        seconds[count], frame = end_to_end(span, articles[count], folder)
        bench.rates[f"span, end to end, {count} parties"] = sentences / seconds[count]
        if count == 3:
            torch_labels, items = frame, windows(frame)
    limit = len(items) / bare_encoder(items, load_encoder("minilm").eval())
    bench.rates["bare encoder, perfect batches"] = limit
    # The first run exports the network.
    end_to_end(span, corpus(folder, 20, 2), folder, runtime="onnx")
    onnx_seconds, frame = end_to_end(span, articles[3], folder, runtime="onnx")
    bench.rates["span, ONNX int8, end to end, 3 parties"] = sentences / onnx_seconds
    onnx_only, torch_only = networks(folder, span, items)
    bench.rates["network alone, torch"] = len(items) / torch_only
    bench.rates["network alone, ONNX int8"] = len(items) / onnx_only
    rivals(bench, torch_labels)
    pairs_seconds, frame_tfidf = end_to_end(tfidf, corpus(folder, 10 * sentences, 3), folder)
    three = bench.rates["span, end to end, 3 parties"]
    rate = bench.rates
    bench.rates["TF-IDF, end to end, pairs"] = len(frame_tfidf) / pairs_seconds
    bench.rates["TF-IDF, classifier alone, pairs"] = tfidf_alone(tfidf, frame_tfidf)
    bench.ratios = {
        "span end to end / bare encoder": three / limit,
        "span / pipeline, batch 32, 3 parties": three
        / rate["pipeline, MiniLM, batch 32, 3 parties"],
        "span / pipeline, batch 1, 3 parties": three / rate["pipeline, MiniLM, batch 1, 3 parties"],
        "span / RoBERTa-base-sized, 3 parties": three
        / rate["pipeline, RoBERTa-base-sized, batch 32, 3 parties"],
        "cost of 10 parties / of 1": seconds[10] / seconds[1],
        "ONNX int8 / torch, encoder alone": torch_only / onnx_only,
        "ONNX int8 / torch, end to end": seconds[3] / onnx_seconds,
        "ONNX int8 / pipeline, batch 32, 3 parties": sentences
        / onnx_seconds
        / rate["pipeline, MiniLM, batch 32, 3 parties"],
        "labels that ONNX int8 and torch share": float(
            (frame["predicted"].fillna("") == torch_labels["predicted"].fillna("")).mean()
        ),
        "TF-IDF pairs a second": rate["TF-IDF, classifier alone, pairs"],
    }
    return bench


def windows(frame: pd.DataFrame) -> list[Any]:
    """The windows of these predictions as the encoder reads them."""
    from stance.models.span.collator import encode
    from stance.models.span.examples import examples_of

    asked = frame[frame["target_party"].notna()].reset_index(drop=True)
    asked["holder_kind"], asked["holder_spans"] = "any", None
    return encode(examples_of(asked, context=False), load_tokenizer("minilm"), 192)


def networks(folder: Path, span: Path, items: Sequence[Any]) -> tuple[float, float]:
    """Seconds of the whole network over the same batches: ONNX int8, torch."""
    from stance.models.span.collator import Collator

    model = SpanModel.from_pretrained(span, local_files_only=True).eval()
    export(model, folder / "bench.onnx")
    network = OnnxNetwork(folder / "bench.onnx", torch.get_num_threads())
    ready = [Collator(0)([items[i] for i in batch]) for batch in batches(items, TOKENS)]
    asked = [
        {k: v for k, v in t.items() if "label" not in k and k != "link_weights"} for t in ready
    ]
    network(asked[0])
    with torch.inference_mode():
        model(**asked[0])
        torch_seconds = timed(lambda: [model(**tensors) for tensors in asked])
    return timed(lambda: [network(tensors) for tensors in asked]), torch_seconds


def rivals(bench: Bench, frame: pd.DataFrame) -> None:
    """Cross-encoders over pairs of these predictions, as sentences of three parties a second."""
    asked = frame[frame["target_party"].notna()]
    pairs = [
        (row.text[row.sentence_start : row.sentence_end], row.target)
        for row in asked.itertuples(index=False)
    ]
    share = len(pairs) / asked.drop_duplicates(["article_id", "sentence_index"]).shape[0]
    for name, (model, tokenizer) in cross_encoders().items():
        for batch in (1, 32):
            some = pairs[: 120 if name.startswith("RoBERTa") else 480]
            rate = len(some) / pipeline(model, tokenizer, some, batch) / share
            bench.rates[f"pipeline, {name}, batch {batch}, 3 parties"] = rate


def tfidf_alone(folder: Path, frame: pd.DataFrame) -> float:
    """Pairs a second of the classifier without the reading of articles."""
    from stance.models import load

    pairs = frame[frame["target_party"].notna()].reset_index(drop=True)
    model = load(folder)
    model.predict_proba(pairs.head(100))
    return len(pairs) / timed(lambda: model.predict_proba(pairs))


def table(bench: Bench, sentences: int) -> str:
    """The page, in Markdown."""
    lines = [
        "# Performance",
        "",
        f"Measured by `make bench` on {os.cpu_count()} cores ({platform.machine()}), no GPU, torch "
        f"{torch.__version__.split('+')[0]} in fp32, {sentences} invented sentences of about 35 "
        "tokens, everything in one run. Machines differ: look at the ratios.",
        "",
        "| ratio | measured | aim |",
        "|---|---:|---:|",
        *(
            f"| {name} | {bench.ratios[name]:,.2f} | {'at most' if aim < 0 else 'at least'} "
            f"{abs(aim):,.2f} |"
            for name, aim in AIMS.items()
        ),
        "",
        "| what | a second |",
        "|---|---:|",
        *(f"| {name} | {rate:,.0f} |" for name, rate in bench.rates.items()),
        "",
        "Sentences a second where nothing else is said. End to end means raw articles (JSONL) to "
        "Parquet: reading, sentences, parties, model, writing; the model is loaded before.",
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
    parser.add_argument("--sentences", type=int, default=1000)
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        bench = measure(Path(folder), arguments.sentences)
    page = table(bench, arguments.sentences)
    print(page)
    if arguments.output:
        arguments.output.write_text(page, encoding="utf-8")
    for name in missed(bench):
        print(f"below its aim: {name}")
    return int(bool(missed(bench)))


if __name__ == "__main__":
    sys.exit(main())
