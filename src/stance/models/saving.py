"""A saved model: one folder that loads with networking off and runs no code from the artefact.

``stance.json`` says what the folder holds (kind, labels, temperature, abstain threshold, corpora);
the weights lie beside it as safetensors or skops, and ``README.md`` is its card.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stance.models import card
from stance.models.base import Answers, Probabilities, StanceClassifier
from stance.models.calibration import scale
from stance.schema.nouns import LABELS, InputError

RECORD = "stance.json"
FORMAT = 1
#: What ``kind`` in ``stance.json`` stands for. Imported only when asked for: torch is slow to load.
KINDS = {
    "majority": "stance.models.majority:MajorityClassifier",
    "tfidf": "stance.models.tfidf:TfidfClassifier",
    "frozen": "stance.models.frozen:FrozenClassifier",
    "pair": "stance.models.pair:PairClassifier",
    "span": "stance.models.span.classifier:SpanClassifier",
}
#: Files that can run code when they are loaded. None of ours has one.
FOREIGN = (".pkl", ".pickle", ".joblib", ".bin", ".pt", ".pth", ".ckpt", ".py", ".npy", ".so")


@dataclass(slots=True)
class StanceModel:
    """A fitted classifier with what makes its answers honest: a temperature and a threshold.

    ``about`` is what ``stance.json`` tells of its making: corpora, seeds, metrics, licences.
    """

    classifier: StanceClassifier
    temperature: float = 1.0
    threshold: float = 0.0
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """``majority``, ``tfidf``, ``span`` …"""
        return self.classifier.kind

    @property
    def classes_(self) -> np.ndarray[Any, np.dtype[np.str_]]:
        """The labels in the order of the columns of :meth:`predict_proba`."""
        return self.classifier.classes_

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it was trained on."""
        return tuple(self.about.get("languages", ("en",)))

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Calibrated probabilities of shape (pairs, 3)."""
        return scale(self.classifier.predict_proba(X), self.temperature)

    def answer(self, X: pd.DataFrame) -> Answers:
        """Calibrated probabilities with holders and evidence, in one pass."""
        answers = self.classifier.answer(X)
        answers.probabilities = scale(answers.probabilities, self.temperature)
        return answers

    def predict(self, X: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.str_]]:
        """The most probable label of each pair, sure or not."""
        labels: np.ndarray[Any, np.dtype[np.str_]] = self.classes_[
            self.predict_proba(X).argmax(axis=1)
        ]
        return labels


def save(model: StanceModel, folder: Path) -> Path:
    """Write the model folder; what stood there before is replaced only when all is written."""
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    parts = model.classifier.save_parts(partial)
    record = {
        "format": FORMAT,
        "kind": model.kind,
        "labels": list(LABELS),
        "temperature": model.temperature,
        "threshold": model.threshold,
        "about": model.about,
        "parts": parts,
    }
    (partial / RECORD).write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
    written = card.card(model.kind, parts.get("params", {}), model.about)
    (partial / card.FILE).write_text(written, encoding="utf-8")
    before = folder.with_name(f".{folder.name}.before.partial")
    shutil.rmtree(before, ignore_errors=True)
    if folder.exists():
        folder.rename(before)
    partial.rename(folder)
    shutil.rmtree(before, ignore_errors=True)
    return folder


def load(folder: str | Path) -> StanceModel:
    """Load a model folder; :class:`InputError` for a missing, foreign or unsafe one."""
    folder = Path(folder)
    record = read_record(folder)
    if unsafe := sorted(p.name for p in folder.rglob("*") if p.suffix in FOREIGN):
        raise InputError(f"{folder}: holds {', '.join(unsafe)}, which can run code; not loaded")
    module, name = KINDS[record["kind"]].split(":")
    classifier = getattr(importlib.import_module(module), name).load_parts(folder, record["parts"])
    return StanceModel(classifier, record["temperature"], record["threshold"], record["about"])


def read_record(folder: Path) -> dict[str, Any]:
    """What ``stance.json`` says, checked."""
    path = folder / RECORD
    if not folder.is_dir():
        raise InputError(f"model {folder}: no such folder; `stance train` makes one")
    if not path.is_file():
        raise InputError(f"model {folder}: holds no {RECORD}, so it is no stance model")
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"model {path}: broken JSON: {error}") from error
    if record.get("format") != FORMAT or record.get("labels") != list(LABELS):
        raise InputError(f"model {path}: made by another version of stance; train it again")
    if record.get("kind") not in KINDS:
        raise InputError(f"model {path}: unknown kind {record.get('kind')!r}")
    return record


def model_sha256(folder: Path) -> str:
    """One hash over the names and bytes of all files of a model folder."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()
