"""The network for ONNX Runtime: the encoder in 8-bit integers, the heads as they are."""

from __future__ import annotations

import copy
import logging
import os
import re
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from torch import nn

from stance.models.span.fused import fuse_attention
from stance.models.span.network import SpanModel
from stance.models.span.smoothing import smoothed
from stance.schema.files import whole
from stance.schema.nouns import InputError

INPUTS = ("input_ids", "attention_mask", "party_weights", "sentence_weights")
#: Part of an exported file's name; another one where exports come out differently.
_FORM = "int8-fused"
_AXES = {
    "input_ids": {0: "batch", 1: "tokens"},
    "attention_mask": {0: "batch", 1: "tokens"},
    "party_weights": {0: "batch", 1: "parties", 2: "tokens"},
    "sentence_weights": {0: "batch", 1: "tokens"},
    "logits": {0: "batch", 1: "parties"},
    "links": {0: "batch", 1: "holders", 2: "parties"},
}


class OnnxNetwork:
    """Answers as the torch network does; ``threads`` of 0 leaves them to ONNX Runtime."""

    def __init__(self, path: Path, threads: int = 0) -> None:
        runtime = _runtime()
        options = runtime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = runtime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, tensors: Mapping[str, torch.Tensor]) -> tuple[Any, Any]:
        """Logits (B, P, C, 3) and links (B, H, P, 3)."""
        logits, links = self.session.run(None, {name: tensors[name].numpy() for name in INPUTS})
        return logits, links


def cached_network(model: SpanModel, tokenizer: Any, sha256: str, threads: int = 0) -> OnnxNetwork:
    """The network of the model with this sha256, exported once for this user."""
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "news-stance" / "onnx"
    path = folder / f"{sha256}.{_FORM}.onnx"
    if not path.is_file():
        export(model, tokenizer, path)
    return OnnxNetwork(path, threads)


def export(model: SpanModel, tokenizer: Any, path: Path) -> None:
    """Write the network with its encoder's weights as 8-bit integers, a scale for each channel.

    What would lose much by it keeps its numbers.
    """
    _runtime()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Right after a training the network is not ready to read: its dropout would blur the sample.
    model = copy.deepcopy(model).eval()  # type: ignore[no-untyped-call]
    model.encoder, exact = smoothed(model.encoder, _sample(tokenizer))
    fuse_attention(model.encoder)
    with tempfile.TemporaryDirectory() as scratch, whole(path) as partial:
        plain = Path(scratch) / "network.onnx"
        _trace(model, plain)
        root = logging.getLogger()
        level = root.level
        root.setLevel(logging.ERROR)  # It advises a pre-processing that changes nothing here.
        try:
            quantize_dynamic(
                plain,
                partial,
                weight_type=QuantType.QInt8,
                per_channel=True,
                # Embeddings stay as they are: to look them up costs nothing, and all share a scale.
                op_types_to_quantize=["MatMul", "Gemm"],
                nodes_to_exclude=_as_they_are(plain, exact),
            )
        finally:
            root.setLevel(level)


def _trace(model: SpanModel, path: Path) -> None:
    outputs = _Outputs(model).eval()
    example = {
        "input_ids": torch.ones(2, 8, dtype=torch.long),
        "attention_mask": torch.ones(2, 8, dtype=torch.long),
        "party_weights": torch.full((2, 3, 8), 1 / 8),
        "sentence_weights": torch.full((2, 8), 1 / 8),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            outputs,
            tuple(example[name] for name in INPUTS),
            str(path),
            input_names=list(INPUTS),
            output_names=["logits", "links"],
            dynamic_axes=_AXES,
            opset_version=17,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )


def _as_they_are(path: Path, exact: Sequence[str]) -> list[str]:
    """The nodes outside of the encoder, which are small and decide, and the layers ``exact``."""
    import onnx

    # A module's "layer.0.output.dense" is "/layer.0/output/dense/" in the names of nodes.
    layers = [f"/encoder/{re.sub(r'[.](?![0-9])', '/', name)}/" for name in exact]
    names = [node.name for node in onnx.load(str(path)).graph.node]
    return [n for n in names if "/encoder/" not in n or any(layer in n for layer in layers)]


def _sample(tokenizer: Any) -> dict[str, torch.Tensor]:
    """The packaged articles' paragraphs, which show the layers what news looks like."""
    folder = files("stance") / "seeds"
    articles = [file for file in folder.iterdir() if file.name.endswith((".txt", ".md"))]
    texts = [
        paragraph
        for article in sorted(articles, key=lambda file: file.name)
        for paragraph in article.read_text(encoding="utf-8").split("\n\n")
    ]
    found = tokenizer(texts, padding=True, truncation=True, max_length=64, return_tensors="pt")
    return {name: found[name] for name in ("input_ids", "attention_mask")}


class _Outputs(nn.Module):
    """The network with the two outputs that are read, in their order."""

    def __init__(self, model: SpanModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: torch.Tensor) -> tuple[Any, Any]:
        found = self.model(**dict(zip(INPUTS, inputs, strict=True)))
        return found.logits, found.links


def _runtime() -> Any:
    try:
        import onnx  # noqa: F401
        import onnxruntime
    except ImportError as error:
        raise InputError(
            "engine.runtime=onnx: ONNX Runtime is not installed; run "
            "`pip install 'news-stance[onnx]'`"
        ) from error
    return onnxruntime
