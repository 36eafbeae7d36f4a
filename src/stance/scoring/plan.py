"""The plan: all that decides an article's rows, in a form that travels to other processes."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from stance.labeling.model import RulesModel
from stance.models.saving import StanceModel, load, model_sha256, read_record
from stance.parties.matcher import Matcher, Matching
from stance.schema.nouns import InputError, Party
from stance.scoring.cache import AnswerStore, CachedModel
from stance.scoring.origin import MadeBy
from stance.scoring.scorer import Model, Scorer

#: The model that is always there.
RULES = "rules"
#: What an encoder runs on: torch in 32-bit floats, or ONNX Runtime in 8-bit integers.
TORCH, ONNX = "torch", "onnx"
#: Kinds of models that use all cores by themselves.
ENCODERS = ("frozen", "pair", "span")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A model (its folder, or ``rules``), the parties, and how they are matched and judged.

    ``uri`` is how a person named the model. ``threads`` are the encoder's, ``tokens`` the most in
    one of its batches; ``None`` leaves them as they are. ``runtime`` is ``torch`` or ``onnx``. What
    the model says is kept in the folder ``cache``, no larger than ``cache_megabytes``.
    """

    model: str
    uri: str = ""
    parties: tuple[Party, ...]
    matching: Matching = field(default_factory=Matching)
    threshold: float | None = None
    threads: int | None = None
    tokens: int | None = None
    runtime: str = TORCH
    cache: str | None = None
    cache_megabytes: float = 2000

    def made_by(self) -> MadeBy:
        """The model as a reader of its answers is to know it."""
        own = RulesModel.threshold if self.model == RULES else self._record()["threshold"]
        threshold = own if self.threshold is None else self.threshold
        return MadeBy(uri=self.uri or self.model, sha256=artefact(self.model), threshold=threshold)

    @property
    def kind(self) -> str:
        """The model's kind; raises :class:`InputError` for a folder that is no model."""
        return RULES if self.model == RULES else str(self._record()["kind"])

    def _record(self) -> dict[str, Any]:
        return read_record(Path(self.model))

    def scorer(self) -> Scorer:
        """The scorer, with its model loaded."""
        model = open_folder(self.model)
        # Without torch there is nothing to set, and loading it would cost seconds and memory.
        if self.threads and (torch := sys.modules.get("torch")):
            torch.set_num_threads(self.threads)
        if self.tokens and isinstance(model, StanceModel):
            model.classifier.tokens = self.tokens
        if self.runtime == ONNX and isinstance(model, StanceModel):
            model.classifier.use_onnx(artefact(self.model), self.threads or 0)
        return Scorer(self._cached(model), Matcher(self.parties, self.matching), self.threshold)

    def _cached(self, model: StanceModel | RulesModel) -> Model:
        if self.cache is None:
            return model
        store = AnswerStore(Path(self.cache), self.cache_megabytes)
        return CachedModel(model, f"{artefact(self.model)} {self.runtime}", store)

    def fingerprint(self) -> dict[str, str]:
        """Hashes of what the rows depend on, by what a person calls it."""
        settings = {
            "matching": asdict(self.matching),
            "threshold": self.threshold,
            "tokens": self.tokens,
            "runtime": self.runtime,
        }
        return {
            "model": artefact(self.model),
            "parties": hash_of([asdict(party) for party in self.parties]),
            "settings": hash_of(settings),
            "version of stance": version("news-stance"),
        }


def check_runtime(name: str) -> None:
    """Raise :class:`InputError` for what an encoder does not run on."""
    if name not in (TORCH, ONNX):
        raise InputError(f"engine.runtime {name!r} is none of {TORCH}, {ONNX}")


def open_folder(model: str) -> StanceModel | RulesModel:
    """The model of a folder, or the rules."""
    return RulesModel() if model == RULES else load(model)


def artefact(model: str) -> str:
    """The sha256 of a model's bytes; of the rules, of their code and their lexicon.

    Raises :class:`InputError` for a folder that is no model.
    """
    if model != RULES:
        read_record(Path(model))
        return model_sha256(Path(model))
    folder = Path(sys.modules[RulesModel.__module__].__file__ or "").parent
    total = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".py", ".yaml")):
        total.update(path.read_bytes())
    return total.hexdigest()


def hash_of(value: object) -> str:
    """The sha256 of a plain value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
