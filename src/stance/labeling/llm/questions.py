"""From pairs to questions: one for each sentence, with all its targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from stance.labeling.codebook import guideline
from stance.schema.nouns import InputError

TEMPLATE = Path(__file__).with_name("prompt.j2")
BLOCKS = ("system", "user")

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """The rows of a sentence's targets, in order, and the messages that ask about them."""

    rows: tuple[int, ...]
    messages: tuple[Message, ...]


class Prompt:
    """A Jinja template with a block ``system`` and a block ``user``.

    Raises :class:`InputError` for a template that is missing, broken or lacks a block.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        from jinja2 import Environment, StrictUndefined, TemplateError

        self.path = Path(path) if path else TEMPLATE
        options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
        try:
            source = self.path.read_text(encoding="utf-8")
            self.template = Environment(**options).from_string(source)  # type: ignore[arg-type]
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"template {self.path}: cannot be read: {error}") from error
        except TemplateError as error:
            raise InputError(f"template {self.path}: {error}") from error
        if missing := [name for name in BLOCKS if name not in self.template.blocks]:
            raise InputError(f"template {self.path}: block {', '.join(missing)} is missing")
        self.guideline = guideline()

    def messages(self, rows: Sequence[Mapping[Any, Any]]) -> tuple[Message, ...]:
        """What is asked about the targets of one sentence."""
        from jinja2 import TemplateError

        first = rows[0]
        start, end = int(first["sentence_start"]), int(first["sentence_end"])
        context = self.template.new_context(
            {
                "guideline": self.guideline,
                "context": first["text"][:start].strip(),
                "sentence": first["text"][start:end].strip(),
                "targets": [_target(number, row) for number, row in enumerate(rows, 1)],
            }
        )
        try:
            texts = ["".join(self.template.blocks[name](context)).strip() for name in BLOCKS]
        except TemplateError as error:
            raise InputError(f"template {self.path}: {error}") from error
        return tuple(
            {"role": role, "content": text} for role, text in zip(BLOCKS, texts, strict=True)
        )


def questions(X: pd.DataFrame, prompt: Prompt) -> Iterator[Question]:
    """One question for each sentence of each article."""
    frame = X.reset_index(drop=True)
    keys = ["article_id", "sentence_index", "text", "sentence_start", "sentence_end"]
    for _, group in frame.groupby(keys, sort=False, dropna=False):
        messages = prompt.messages(group.to_dict("records"))
        yield Question(tuple(int(i) for i in group.index), messages)


def _target(number: int, row: Mapping[Any, Any]) -> dict[str, Any]:
    text = row["text"]
    named = (text[s["start"] : s["end"]] for s in row["target_spans"])
    others = [words for words in dict.fromkeys(named) if words != row["target"]]
    return {"number": number, "words": row["target"], "mentions": others}
