from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from hydra import compose, initialize_config_module
from hydra.utils import instantiate
from omegaconf import DictConfig, OmegaConf

import stance.configs
from stance.cli import JOBS

FOLDER = Path(stance.configs.__file__).parent
GROUPS = {
    group: sorted(path.stem for path in (FOLDER / group).glob("[!_]*.yaml"))
    for group in (
        "corpus",
        "classifier",
        "encoder",
        "labeler",
        "space",
        "engine",
        "tracking",
        "experiment",
        "debug",
    )
}
USES = {"corpus": "prepare", "classifier": "train", "labeler": "label", "engine": "score"}
USES |= {
    "encoder": "train",
    "space": "tune",
    "tracking": "train",
    "experiment": "train",
    "debug": "train",
}
#: What has no default.
NEEDS = {name: ["labeler.model.model=x"] for name in ("llm", "nli")}
NEEDS["model"] = ["labeler.model.folder=x"]


def compose_of(job: str) -> DictConfig:
    with initialize_config_module("stance.configs", version_base="1.3"):
        return compose(job)


@pytest.mark.parametrize("job", JOBS)
def test_every_script_composes(job: str) -> None:
    config = compose_of(job)

    assert OmegaConf.is_config(config)
    assert "tracking" in config


@pytest.mark.parametrize(
    ("group", "name"), [(group, name) for group, names in GROUPS.items() for name in names]
)
def test_every_choice_composes_and_instantiates(group: str, name: str) -> None:
    with initialize_config_module("stance.configs", version_base="1.3"):
        config = compose(USES[group], overrides=[f"{group}={name}", *NEEDS.get(name, [])])
    OmegaConf.resolve(config)

    node = {"classifier": "estimator", "labeler": "model"}.get(group)
    if node:
        assert instantiate(config[group][node], _convert_="all") is not None
    if group in ("experiment", "debug"):
        plain = compose_of("train")
        assert any(config[key] != plain[key] for key in ("output", "max_pairs"))
    if group == "tracking":
        assert instantiate(config.tracking).registered_name
    if group == "corpus":
        assert config.corpus.construct in ("stance", "portrayal")


@pytest.mark.parametrize("kind", ["span", "pair", "frozen"])
@pytest.mark.parametrize("name", GROUPS["encoder"])
def test_an_encoder_is_one_choice_for_every_classifier(kind: str, name: str) -> None:
    with initialize_config_module("stance.configs", version_base="1.3"):
        config = compose("train", overrides=[f"classifier={kind}", f"encoder={name}"])
    made = instantiate(config.classifier.estimator, _convert_="all")

    assert made.encoder == config.encoder.name
    assert made.revision == config.encoder.revision
    # What the hub may change is pinned; what the package holds is checked by its hash.
    assert (name == "minilm") or re.fullmatch("[0-9a-f]{40}", made.revision)
    if kind != "frozen":
        assert made.recipe["encoder_lr"] == config.encoder.lr[kind]


def test_the_gates_settings_are_all_in_its_config() -> None:
    settings = compose_of("gate").gate.settings
    made = instantiate(settings, _convert_="all")

    assert {field.name for field in fields(made)} == set(settings) - {"_target_"}
