from __future__ import annotations

from pathlib import Path

import pytest
from hydra import compose, initialize_config_module
from hydra.utils import instantiate
from omegaconf import OmegaConf

import stance.configs
from stance.cli import JOBS

FOLDER = Path(stance.configs.__file__).parent
GROUPS = {
    group: sorted(path.stem for path in (FOLDER / group).glob("[!_]*.yaml"))
    for group in ("corpus", "classifier", "labeler", "engine", "tracking", "experiment", "debug")
}
USES = {"corpus": "prepare", "classifier": "train", "labeler": "label", "engine": "score"}
USES |= {"tracking": "train", "experiment": "train", "debug": "train"}
#: What has no default.
NEEDS = {name: ["labeler.model.model=x"] for name in ("llm", "nli")}
NEEDS["model"] = ["labeler.model.folder=x"]


@pytest.mark.parametrize("job", JOBS)
def test_every_script_composes(job: str) -> None:
    with initialize_config_module("stance.configs", version_base="1.3"):
        config = compose(job)

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
    if group == "tracking":
        assert instantiate(config.tracking).registered_name
    if group == "corpus":
        assert config.corpus.construct in ("stance", "portrayal")
