"""A model's card: the ``README.md`` that its folder has from the moment it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stance.schema.nouns import LABELS

FILE = "README.md"

_NOT_FOR = """\
- Sentiment, good and bad news, or what is true: the labels say who is for or against whom.
- Verdicts on persons, moderation, or anything that harms somebody when a single answer is wrong:
  the answers are for counting over many articles, and for people who read the sentence.
- Other languages, times and kinds of text than it was trained on, social media for one, before
  `stance evaluate` has measured it there.
- Parties that the text only hints at: it reads the places that it is told a party is named in."""


def card(kind: str, params: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    """The card as Markdown, from the parameters of the classifier and the model's ``about``."""
    name = about.get("name", kind)
    languages = about.get("languages", ["en"])
    sections = {
        "Trained on": _corpora(about),
        "How good it is": _figures(about),
        "What it is not for": [_NOT_FOR],
        "How it was made": _making(params, about),
    }
    lines = [
        "---",
        f"language: [{', '.join(languages)}]",
        "library_name: news-stance",
        "pipeline_tag: text-classification",
        "tags: [stance-detection, news]",
        "---",
        f"# {name}",
        "",
        f"A `{kind}` classifier: {_either(LABELS)}, for a party named in a sentence of news.",
        "`stance score model_uri=FOLDER input=ARTICLES` and `stance.load(FOLDER)` read it; loading",
        "runs no code from the folder.",
    ]
    for title, body in sections.items():
        lines += ["", f"## {title}", "", *body]
    return "\n".join(lines) + "\n"


def _either(labels: tuple[str, ...] | list[str]) -> str:
    return f"{', '.join(labels[:-1])} or {labels[-1]}"


def _corpora(about: Mapping[str, Any]) -> Iterator[str]:
    corpora = about.get("corpora", [])
    if not corpora:
        yield "Not on record."
        return
    yield from _table(
        ("corpus", "labels", "licence", "pairs: train", "dev", "articles", "source"),
        [_corpus(corpus) for corpus in corpora],
    )
    yield ""
    yield f"Pairs that it learnt from: {about.get('train_pairs', 'not on record')}."
    if about.get("restricted"):
        yield ""
        yield "**Restricted:** a licence above is non-commercial or not stated; the model's use"
        yield "may be bound by it."


def _corpus(corpus: Mapping[str, Any]) -> tuple[Any, ...]:
    pairs = corpus.get("pairs", {})
    sizes = (pairs.get(split, {}).get("pairs", "") for split in ("train", "dev"))
    named = (corpus.get(key, "") for key in ("name", "construct", "licence"))
    return (*named, *sizes, corpus.get("articles", ""), corpus.get("source", ""))


def _figures(about: Mapping[str, Any]) -> Iterator[str]:
    dev = about.get("dev")
    if not dev:
        yield "Not measured when it was saved; `stance evaluate model_uri=FOLDER` does."
        return
    yield f"On the development part, {dev['n']} pairs; 95 % intervals are clustered by article."
    yield "The epoch, the temperature and the threshold were chosen there, so that these figures"
    yield "flatter; `stance evaluate model_uri=FOLDER split=test` gives honest ones."
    yield ""
    ends = dev.get("interval", {})
    figures = {k: v for k, v in dev.items() if isinstance(v, float)}
    yield from _table(
        ("figure", "value", "95 % interval"),
        [(k.replace("_", " "), f"{v:.3f}", _between(ends.get(k))) for k, v in figures.items()],
    )
    if found := about.get("calibration"):
        yield ""
        yield f"Calibration error {found['error_before']:.3f} before scaling by the temperature"
        yield f"{found['temperature']:.2f}, {found['error_after']:.3f} after. It abstains below"
        yield f"{found['abstain_below']:.2f}, for a precision of {found['for_precision']:.2f}."


def _between(ends: Any) -> str:
    if not ends or None in ends:
        return ""
    low, high = ends
    return f"{low:.3f} to {high:.3f}"


def _making(params: Mapping[str, Any], about: Mapping[str, Any]) -> Iterator[str]:
    recipe = params.get("recipe") or {}
    settings = {k: v for k, v in params.items() if k not in ("recipe", "seed")}
    settings |= {f"recipe.{k}": v for k, v in recipe.items()}
    rows = [("seed", about.get("seed", params.get("seed", "")))]
    yield from _table(("setting", "value"), [*rows, *settings.items()])


def _table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"


def _cell(value: Any) -> str:
    return " ".join(str(value).replace("|", "\\|").split())
